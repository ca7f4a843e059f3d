"""Dates as they are typed on a prescription, and what is one thing to do for several goods."""

from __future__ import annotations

from datetime import date

import pytest

from pos_member.app.counter import Need, NeedKind
from pos_member.domain.errors import Sentence
from ui.view_models.language import chinese
from ui.view_models.needs import need_mark, todos, typed_date

TODAY = date(2026, 5, 21)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-05-19", date(2026, 5, 19)),
        ("20260519", date(2026, 5, 19)),
        ("２０２６年５月１９日", date(2026, 5, 19)),
        ("0519", date(2026, 5, 19)),
        ("5-9", date(2026, 5, 9)),
        ("1230", date(2025, 12, 30)),
        ("0229", None),
        ("20261340", None),
        ("2026", None),
        ("19", None),
        ("", None),
        ("明天", None),
    ],
)
def test_a_date_is_taken_as_it_is_typed(text: str, meant: date | None) -> None:
    assert typed_date(text, TODAY) == meant


def need(kind: NeedKind, *skus: str, prescription_id: str | None = None, conflict: str | None = None) -> Need:
    said = Sentence(template="请办理", gaps={})
    return Need(kind=kind, code=kind, sentence=said, skus=skus, prescription_id=prescription_id, conflict=conflict)


def test_one_prescription_is_one_thing_to_do_and_each_conflict_is_one() -> None:
    needs = (
        need(NeedKind.PRESCRIPTION, "A"),
        need(NeedKind.PRESCRIPTION, "B", prescription_id="rejected"),
        need(NeedKind.APPROVAL, "C", prescription_id="p1"),
        need(NeedKind.APPROVAL, "D", prescription_id="p2"),
        need(NeedKind.ACKNOWLEDGEMENT, "A", "B", conflict="x"),
        need(NeedKind.ACKNOWLEDGEMENT, "A", "C", conflict="y"),
    )
    assert [(todo.kind, todo.skus) for todo in todos(needs)] == [
        (NeedKind.PRESCRIPTION, ("A", "B")),
        (NeedKind.APPROVAL, ("C",)),
        (NeedKind.APPROVAL, ("D",)),
        (NeedKind.ACKNOWLEDGEMENT, ("A", "B")),
        (NeedKind.ACKNOWLEDGEMENT, ("A", "C")),
    ]
    mark = need_mark(needs, "B", chinese)
    assert mark is not None
    assert mark.text == "待登记处方"
    assert need_mark(needs, "E", chinese) is None
