"""What was recorded already under an id: asking again with the same id changes nothing."""

from __future__ import annotations

from typing import TypeVar

from pos_member.app.ports import TerminalRecords
from pos_member.domain.errors import Refusal
from pos_member.domain.fact import Fact

F = TypeVar("F", bound=Fact)


def id_used() -> Refusal:
    """That an id stands for something else already, so that nothing was done."""
    return Refusal("id_used", "这个编号已用于另一笔业务，本次没有办理：请返回重新办理")


def recorded_before(records: TerminalRecords, kind: type[F], fact_id: str, /, **asked: object) -> F | None:
    """The fact of an id, None while there is none; ``asked`` are fields that it has to have.

    ``Refusal`` ``id_used`` when the id stands for something else.
    """
    known = records.fact(kind, fact_id)
    if known is not None and any(getattr(known, name) != value for name, value in asked.items()):
        raise id_used()
    return known
