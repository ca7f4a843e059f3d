"""What is done at the desks beside the counter: returns, members, points, registers, shifts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from pos_member.app.returns.return_goods import GoodsBack
from pos_member.domain.member_entry import MemberEntry
from pos_member.domain.quantity import Quantity
from pos_member.domain.registers import PrescriptionPaper
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.shift import CashDirection
from tests.durability.journal import Step
from tests.durability.steps import (
    COUNTER_STEPS,
    NOTHING_RECORDED,
    Answer,
    Hand,
    Performer,
    approval_of,
    recorded,
    settlement_of,
)


def perform(hand: Hand, step: Step) -> Answer:
    """Does a step, or does it again. ``Refusal`` and ``Fault`` as the use case."""
    return (COUNTER_STEPS.get(step.do) or _DESK_STEPS[step.do])(hand, step)


def _return(hand: Hand, step: Step) -> Answer:
    done = hand.till.returns.take_back(step.id, _back(hand, step), pharmacist=approval_of(step.args))
    return recorded(done.fact, queued=done.receipt_queued)


def _exchange(hand: Hand, step: Step) -> Answer:
    back, paid = _back(hand, step), settlement_of(step.args)
    done = hand.till.returns.exchange(step.id, back, paid, pharmacist=approval_of(step.args))
    return recorded(done.returned, done.sale, queued=done.receipt_queued)


def _back(hand: Hand, step: Step) -> GoodsBack:
    return GoodsBack(
        sale=hand.till.returns.find(step.args["receipt"]),
        lines=tuple(ReturnedLine(line=line, quantity=Quantity(milli=milli)) for line, milli in step.args["lines"]),
        reason="包装破损",
        quality=step.args["quality"],
    )


def _enrol(hand: Hand, step: Step) -> Answer:
    args = step.args
    entry = MemberEntry(name=args["name"], phone=args["phone"], birthday="1990-02-03", card=args["card"])
    return recorded(hand.till.members.enrol(step.id, entry, args["referrer"]).enrolment)


def _edit(hand: Hand, step: Step) -> Answer:
    hand.till.members.edit(step.id, step.args["member"], MemberEntry(address=step.args["address"]))
    return NOTHING_RECORDED


def _card(hand: Hand, step: Step) -> Answer:
    hand.till.members.replace_card(step.id, step.args["member"], step.args["card"], "遗失")
    return NOTHING_RECORDED


def _service(hand: Hand, step: Step) -> Answer:
    return recorded(hand.till.points.redeem_service(step.id, step.args["member"], step.args["service"]).redemption)


def _reward(hand: Hand, step: Step) -> Answer:
    args = step.args
    done = hand.till.points.redeem_reward(step.id, args["member"], args["reward"], args["sku"])
    return recorded(done.redemption)


def _donate(hand: Hand, step: Step) -> Answer:
    return recorded(hand.till.points.donate(step.id, step.args["member"], step.args["points"], "希望工程").redemption)


def _take_back(hand: Hand, step: Step) -> Answer:
    return recorded(hand.till.points.void_redemption(step.id, step.args["redemption"], "顾客改变主意").void)


def _check_in(hand: Hand, step: Step) -> Answer:
    return recorded(hand.till.points.check_in(step.id, step.args["member"]).grant)


def _adjust(hand: Hand, step: Step) -> Answer:
    args = step.args
    approval = approval_of(args)
    return recorded(hand.till.points.adjust_points(step.id, args["member"], args["points"], "补登", approval).grant)


def _prescription(hand: Hand, step: Step) -> Answer:
    paper = PrescriptionPaper(number="R-1", institution="市一院", prescriber="周医生", patient="王先生")
    written_on = date.fromisoformat(step.args["written_on"])
    hand.till.registers.register_prescription(step.id, paper, written_on, tuple(step.args["skus"]))
    return NOTHING_RECORDED


def _decide(hand: Hand, step: Step) -> Answer:
    prescription, pharmacist = step.args["prescription"], approval_of(step.args)
    hand.till.registers.decide_prescription(step.id, prescription, approved=True, pharmacist=pharmacist)
    return NOTHING_RECORDED


def _buyer(hand: Hand, step: Step) -> Answer:
    hand.till.registers.register_buyer("赵一鸣", "11010519491231002X")
    return NOTHING_RECORDED


def _acknowledge(hand: Hand, step: Step) -> Answer:
    hand.till.registers.acknowledge(step.args["key"])
    return NOTHING_RECORDED


def _cash(hand: Hand, step: Step) -> Answer:
    args = step.args
    done = hand.till.shifts.move_cash(step.id, args["shift"], CashDirection(args["direction"]), args["fen"], "找零")
    return recorded(done.movement)


def _open_shift(hand: Hand, step: Step) -> Answer:
    return recorded(hand.till.shifts.open_shift(step.id, step.args["float"]))


def _close_shift(hand: Hand, step: Step) -> Answer:
    args = step.args
    return recorded(hand.till.shifts.close_shift(step.id, args["shift"], args["counted"], "盘点差异").closing)


_DESK_STEPS: Final[Mapping[str, Performer]] = MappingProxyType(
    {
        "return": _return,
        "exchange": _exchange,
        "enrol": _enrol,
        "edit": _edit,
        "card": _card,
        "service": _service,
        "reward": _reward,
        "donate": _donate,
        "take_back": _take_back,
        "check_in": _check_in,
        "adjust": _adjust,
        "prescription": _prescription,
        "decide": _decide,
        "buyer": _buyer,
        "acknowledge": _acknowledge,
        "cash": _cash,
        "open_shift": _open_shift,
        "close_shift": _close_shift,
    }
)
