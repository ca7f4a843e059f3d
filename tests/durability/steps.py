"""What is done at the till, one step after the other, each through the use case that its screen would call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pos_member.app.codec import to_text
from pos_member.app.people.authorise import Approval
from pos_member.app.selling.settle_sale import Settlement
from pos_member.app.till import Till
from pos_member.composition.data_folder import TERMINAL_FILE
from pos_member.composition.system import SystemClock
from pos_member.domain.fact import Fact
from pos_member.domain.sale import Sale
from pos_member.domain.tender import Tender, TenderKind
from pos_member.storage.print_queue import PrintQueue
from tests.durability.journal import Step, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a use case promised: digests of the recorded documents by id; ids whose receipt was not queued."""

    promised: dict[str, str] = field(default_factory=dict)
    unqueued: tuple[str, ...] = ()


NOTHING_RECORDED: Final = Answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """The hand at the till: the till, and the folder where the paper is taken from its queue."""

    till: Till
    folder: Path


Performer = Callable[[Hand, Step], Answer]


def recorded(*records: Sale | Fact, queued: bool = True) -> Answer:
    """The answer of a use case that gave these back."""
    promised = {each.id: digest(to_text(each)) for each in records}
    return Answer(promised=promised, unqueued=() if queued else tuple(promised))


def approval_of(args: dict[str, Any]) -> Approval:
    """The second person who types the PIN."""
    return Approval(staff_id=args["staff"], pin=args["pin"])


def settlement_of(args: dict[str, Any]) -> Settlement:
    """How a step says that a basket is paid."""
    return Settlement(
        basket_id=args["basket"],
        points=args["points"],
        tenders=tuple(Tender(kind=TenderKind(kind), fen=fen) for kind, fen in args["tenders"]),
        cash_rounding=args["rounding"],
    )


def _sign_in(hand: Hand, step: Step) -> Answer:
    hand.till.sign_in(step.args["staff"], step.args["pin"])
    return NOTHING_RECORDED


def _take_duty(hand: Hand, step: Step) -> Answer:
    hand.till.take_duty(step.args["staff"], step.args["pin"])
    return NOTHING_RECORDED


def _counter(hand: Hand, step: Step) -> Answer:
    hand.till.counter()
    return NOTHING_RECORDED


def _scan(hand: Hand, step: Step) -> Answer:
    hand.till.enter(step.args["code"])
    return NOTHING_RECORDED


def _quantity(hand: Hand, step: Step) -> Answer:
    hand.till.set_quantity(step.args["line"], step.args["text"])
    return NOTHING_RECORDED


def _remove(hand: Hand, step: Step) -> Answer:
    hand.till.remove_line(step.args["line"])
    return NOTHING_RECORDED


def _price(hand: Hand, step: Step) -> Answer:
    hand.till.change_price(step.args["line"], step.args["fen"], "临期特价", approval_of(step.args))
    return NOTHING_RECORDED


def _void(hand: Hand, step: Step) -> Answer:
    hand.till.void_basket()
    return NOTHING_RECORDED


def _suspend(hand: Hand, step: Step) -> Answer:
    hand.till.suspend(step.args["basket"])
    return NOTHING_RECORDED


def _recall(hand: Hand, step: Step) -> Answer:
    hand.till.recall(step.args["basket"])
    return NOTHING_RECORDED


def _settle(hand: Hand, step: Step) -> Answer:
    settled = hand.till.settle(settlement_of(step.args))
    return recorded(settled.sale, queued=settled.receipt_queued)


def _reprint(hand: Hand, step: Step) -> Answer:
    hand.till.reprint_last()
    return NOTHING_RECORDED


def _print(hand: Hand, step: Step) -> Answer:
    """The paper comes out of the printer, as the spooler records it."""
    queue = PrintQueue.open(hand.folder / TERMINAL_FILE, clock=SystemClock())
    try:
        for job_id in step.args["jobs"]:
            queue.mark_sending(job_id)
            queue.mark_done(job_id)
    finally:
        queue.close()
    return NOTHING_RECORDED


COUNTER_STEPS: Final[Mapping[str, Performer]] = MappingProxyType(
    {
        "sign_in": _sign_in,
        "take_duty": _take_duty,
        "counter": _counter,
        "scan": _scan,
        "quantity": _quantity,
        "remove": _remove,
        "price": _price,
        "void": _void,
        "suspend": _suspend,
        "recall": _recall,
        "settle": _settle,
        "reprint": _reprint,
        "print": _print,
    }
)
