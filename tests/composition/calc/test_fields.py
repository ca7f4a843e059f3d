"""Every value that cannot be is told by the path of its field, the first in the order of the format."""

from __future__ import annotations

import json

import pytest

from tests.composition.calc.asking import Asking
from tests.composition.calc.inputs import LEFT_OUT, spoilt, well_formed

Step = str | int
_OFFER = "offers"


def _field(path: tuple[Step, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


_NO_AMOUNTS: tuple[object, ...] = (-1, "1", True, None, 1.5, [], {}, LEFT_OUT)
_NO_TEXTS: tuple[object, ...] = ("", 5, None, True, [], LEFT_OUT)
_NO_FLAGS: tuple[object, ...] = (None, 0, 1, "true", [])
_NO_QUANTITIES = (
    "0", "0.000", "-1", "+1", "1e2", ".5", "1.", "1.2345", "1.0000", " 1", "1\n", "１", "1,5", "", 1, None, LEFT_OUT
)  # fmt: skip
_NO_RATES = ("0", "0.00", "1.01", "-0.5", "+0.5", "1e-1", ".9", "1.", "0.9 ", "９", 1, 0.9, None, LEFT_OUT)
_NO_DAYS = (
    "2026-02-30", "2026-13-01", "0000-01-01", "2026-1-1", "20260101", "2026-W01-1", "2026-05-01T00:00Z", "２026-01-01",
    "2026-05-01\n", "", 20260501, None, LEFT_OUT,
)  # fmt: skip
_NO_MOMENTS = (
    "2026-05-06", "2026-05-06T10:12:00", "2026-05-06 10:12+08:00", "2026-05-06T10+08:00", "2026-05-06T24:00Z",
    "2026-05-06T10:60Z", "2026-05-06T10:12:60Z", "2026-05-06T10:12.5Z", "2026-05-06T10:12:00.Z", "2026-05-06T10:12z",
    "2026-05-06T10:12+0800", "2026-05-06T10:12+08", "2026-05-06T10:12+24:00", "2026-05-06T10:12+08:60",
    "2026-05-06T10:12:00+08:00:30", "2026-02-29T10:12Z", "0000-01-01T00:00Z", "2026-05-06t10:12Z", " 2026-05-06T10:12Z",
    "", 1, None, LEFT_OUT,
)  # fmt: skip
_NO_OBJECTS: tuple[object, ...] = (5, "x", True, [])
_NO_LISTS: tuple[object, ...] = (5, "x", None, {})

_QUOTE: list[tuple[tuple[Step, ...], tuple[object, ...]]] = [
    (("at",), _NO_MOMENTS),
    (("member",), _NO_OBJECTS),
    (("member", "id"), _NO_TEXTS),
    (("member", "tier"), ("platinum", "Gold", *_NO_TEXTS)),
    (("member", "birthday"), _NO_DAYS[:-1]),
    (("member", "completed_sales"), _NO_AMOUNTS),
    (("member", "spend_365_fen"), _NO_AMOUNTS),
    (("member", "visits_365"), _NO_AMOUNTS),
    (("member", "visited_today"), _NO_FLAGS),
    (("member", "lots"), _NO_LISTS),
    (("member", "lots", 1), (None, *_NO_OBJECTS)),
    (("member", "lots", 1, "points"), (0, *_NO_AMOUNTS)),
    (("member", "lots", 1, "earned_on"), _NO_DAYS),
    (("member", "lots", 1, "expires_on"), _NO_DAYS),
    (("member", "lots", 1, "colour"), (1,)),
    (("member", "debt"), (7, *_NO_AMOUNTS[:-1])),
    (("member", "birthday_bonus_years"), _NO_LISTS),
    (("member", "birthday_bonus_years", 0), (-1, 2025.5, "2025", True, None)),
    (("member", "upgrade_bonuses"), _NO_LISTS),
    (("member", "upgrade_bonuses", 0), (None, *_NO_OBJECTS)),
    (("member", "upgrade_bonuses", 0, "tier"), ("", "platinum", 1, LEFT_OUT)),
    (("member", "upgrade_bonuses", 0, "on"), _NO_DAYS),
    (("member", "upgrade_bonuses", 0, "colour"), (1,)),
    (("member", "colour"), (1,)),
    (("store",), _NO_TEXTS[:-1]),
    (("lines",), (LEFT_OUT, *_NO_LISTS)),
    (("lines", 1), (None, *_NO_OBJECTS)),
    (("lines", 1, "sku"), _NO_TEXTS),
    (("lines", 1, "category"), ("food", "RX", *_NO_TEXTS)),
    (("lines", 1, "unit_price_fen"), _NO_AMOUNTS),
    (("lines", 1, "quantity"), ("1.5", *_NO_QUANTITIES)),
    (("lines", 1, "no_discount"), _NO_FLAGS),
    (("lines", 1, "no_points"), _NO_FLAGS),
    (("lines", 1, "by_weight"), _NO_FLAGS),
    (("lines", 1, "insurable"), _NO_FLAGS),
    (("lines", 1, "colour"), (1,)),
    ((_OFFER,), _NO_LISTS),
    ((_OFFER, 0), (None, *_NO_OBJECTS)),
    ((_OFFER, 0, "id"), ("tier:gold", "tier:basic", "first_purchase", *_NO_TEXTS)),
    ((_OFFER, 1, "id"), ("percent",)),
    ((_OFFER, 0, "kind"), ("gift", *_NO_TEXTS)),
    ((_OFFER, 0, "rate"), _NO_RATES),
    ((_OFFER, 0, "price_fen"), (100,)),
    ((_OFFER, 0, "skus"), _NO_LISTS),
    ((_OFFER, 0, "skus", 0), _NO_TEXTS[:-1]),
    ((_OFFER, 0, "categories"), _NO_LISTS),
    ((_OFFER, 0, "categories", 0), ("food", *_NO_TEXTS[:-1])),
    ((_OFFER, 0, "stores"), _NO_LISTS),
    ((_OFFER, 0, "stores", 0), _NO_TEXTS[:-1]),
    ((_OFFER, 0, "members"), (False, None, 1, "true")),
    ((_OFFER, 0, "tiers"), _NO_LISTS),
    ((_OFFER, 0, "tiers", 0), ("platinum", *_NO_TEXTS[:-1])),
    ((_OFFER, 0, "days_of_month"), _NO_LISTS),
    ((_OFFER, 0, "days_of_month", 0), (0, 32, -1, "6", True, None, 6.0)),
    ((_OFFER, 0, "weekdays"), _NO_LISTS),
    ((_OFFER, 0, "weekdays", 0), (0, 8, "3", True, None)),
    ((_OFFER, 0, "from"), ("2026-06-01", *_NO_DAYS[:-1])),
    ((_OFFER, 0, "to"), _NO_DAYS[:-1]),
    ((_OFFER, 0, "colour"), (1,)),
    ((_OFFER, 1, "price_fen"), (0, *_NO_AMOUNTS)),
    ((_OFFER, 2, "n"), (0, *_NO_AMOUNTS)),
    ((_OFFER, 2, "m"), (0, *_NO_AMOUNTS)),
    ((_OFFER, 3, "threshold_fen"), _NO_AMOUNTS),
    ((_OFFER, 3, "off_fen"), (0, 90000, 90001, *_NO_AMOUNTS)),
    (("coupon",), _NO_OBJECTS),
    (("coupon", "id"), ("percent", "spend", "tier:silver", "first_purchase", *_NO_TEXTS)),
    (("coupon", "threshold_fen"), _NO_AMOUNTS),
    (("coupon", "off_fen"), (0, 10000, *_NO_AMOUNTS)),
    (("coupon", "kind"), ("percent",)),
    (("coupon", "stores"), ([], "S1")),
    (("points_to_redeem",), ("MAX", "500", *_NO_AMOUNTS[:-1])),
    (("offline",), _NO_FLAGS),
    (("redeemed_offline_today",), _NO_AMOUNTS[:-1]),
    (("replica_as_of",), _NO_MOMENTS[:-1]),
    (("tenders",), _NO_LISTS),
    (("tenders", 1), (None, *_NO_OBJECTS)),
    (("tenders", 1, "kind"), ("insurance", "gold", *_NO_TEXTS)),
    (("tenders", 1, "fen"), _NO_AMOUNTS),
    (("tenders", 1, "colour"), (1,)),
    (("cash_rounding",), _NO_FLAGS),
    (("colour",), (1, None)),
]
_RETURN: list[tuple[tuple[Step, ...], tuple[object, ...]]] = [
    (("sale",), (LEFT_OUT, None, *_NO_OBJECTS)),
    (("sale", "at"), ("2026-05-20", LEFT_OUT)),
    (("sale", "lines", 0, "sku"), _NO_TEXTS),
    (("sale", "member", "lots", 1, "points"), (0,)),
    (("sale", "offers", 0, "rate"), ("1.1",)),
    (("sale", "colour"), (1,)),
    (("already_returned",), _NO_LISTS),
    (("already_returned", 0), (None, *_NO_OBJECTS)),
    (("already_returned", 0, "line"), (2, *_NO_AMOUNTS)),
    (("already_returned", 0, "quantity"), ("0.5", *_NO_QUANTITIES)),
    (("return",), (LEFT_OUT, *_NO_LISTS)),
    (("return", 1), (None, *_NO_OBJECTS)),
    (("return", 1, "line"), (0, 2, *_NO_AMOUNTS)),
    (("return", 1, "quantity"), ("0.5", *_NO_QUANTITIES)),
    (("return", 1, "colour"), (1,)),
    (("at",), ("2026-05-06T10:11:59+08:00", "2026-05-06T02:11:59.999Z", *_NO_MOMENTS)),
    (("colour",), (1,)),
]
_BALANCE: list[tuple[tuple[Step, ...], tuple[object, ...]]] = [
    (("at",), _NO_MOMENTS),
    (("entries",), (LEFT_OUT, *_NO_LISTS)),
    (("entries", 1), (None, *_NO_OBJECTS)),
    (("entries", 1, "id"), ("e1", *_NO_TEXTS)),
    (("entries", 1, "occurred_at"), _NO_MOMENTS),
    (("entries", 1, "business_date"), _NO_DAYS),
    (("entries", 1, "points"), (0, "1", True, None, 1.0, LEFT_OUT)),
    (("entries", 1, "expires_on"), _NO_DAYS[:-1]),
    (("entries", 2, "expires_on"), ("2027-12-31",)),
    (("entries", 2, "of"), _NO_TEXTS[:-1]),
    (("entries", 1, "of"), ("e1",)),
    (("entries", 1, "kind"), ("purchase",)),
    (("colour",), (1,)),
]
_TIER: list[tuple[tuple[Step, ...], tuple[object, ...]]] = [
    (("at",), _NO_MOMENTS),
    (("current_tier",), ("platinum", *_NO_TEXTS)),
    (("purchases",), (LEFT_OUT, *_NO_LISTS)),
    (("purchases", 0), (None, *_NO_OBJECTS)),
    (("purchases", 0, "at"), _NO_MOMENTS),
    (("purchases", 0, "net_fen"), _NO_AMOUNTS),
    (("purchases", 0, "colour"), (1,)),
    (("colour",), (1,)),
]
_CASES = [
    pytest.param(command, path, values, id=f"{command} {_field(path)}")
    for command, table in (("quote", _QUOTE), ("return", _RETURN), ("balance", _BALANCE), ("tier", _TIER))
    for path, values in table
]


@pytest.mark.parametrize(("command", "path", "values"), _CASES)
def test_a_value_that_cannot_be_is_named_by_its_path(
    ask: Asking, command: str, path: tuple[Step, ...], values: tuple[object, ...]
) -> None:
    lines = b"".join(_line(command, spoilt(command, path, value)) for value in values)
    for value, answer in zip(values, ask("batch", lines).answers, strict=True):
        assert str(answer.get("malformed")).startswith(f"{_field(path)}: "), (value, answer)
    told = ask(command, spoilt(command, path, values[0])).malformed
    assert told.startswith(f"{_field(path)}: ")


@pytest.mark.parametrize("command", ["quote", "return", "balance", "tier"])
def test_what_is_well_formed_is_answered(ask: Asking, command: str) -> None:
    assert "refused" not in ask(command, well_formed(command)).result


@pytest.mark.parametrize("scope", ["skus", "categories", "stores", "tiers", "days_of_month", "weekdays"])
def test_an_empty_list_is_no_scope(ask: Asking, scope: str) -> None:
    for holder in (("offers", 0), ("coupon",)):
        told = ask("quote", spoilt("quote", (*holder, scope), [])).malformed
        assert told.startswith(f"{_field((*holder, scope))}: 列表不能是空的")


def test_a_sale_has_lines_and_a_return_too(ask: Asking) -> None:
    assert ask("quote", spoilt("quote", ("lines",), [])).malformed.startswith("lines: ")
    assert ask("return", spoilt("return", ("return",), [])).malformed.startswith("return: ")


@pytest.mark.parametrize("field", ["offers", "tenders"])
def test_other_lists_may_be_empty(ask: Asking, field: str) -> None:
    assert "lines" in ask("quote", {**well_formed("quote"), field: []}).result
    assert "lines" in ask("return", {**well_formed("return"), "already_returned": []}).result
    assert ask("balance", {**well_formed("balance"), "entries": []}).result["balance"] == 0
    assert ask("tier", {**well_formed("tier"), "purchases": []}).result["tier"] == "basic"


@pytest.mark.parametrize(
    ("flag", "value"),
    [("category", "device"), ("no_discount", True), ("no_points", True), ("by_weight", True), ("insurable", True)],
)
def test_lines_to_be_merged_have_to_agree(ask: Asking, flag: str, value: object) -> None:
    given = well_formed("quote")
    given["lines"].append({**given["lines"][0], flag: value})
    assert ask("quote", given).malformed.startswith(f"lines[2].{flag}: ")
    wanted = {**well_formed("return"), "sale": given}
    assert ask("return", wanted).malformed.startswith(f"sale.lines[2].{flag}: ")


def test_member_and_coupon_may_be_null(ask: Asking) -> None:
    given = {**well_formed("quote"), "member": None, "coupon": None, "points_to_redeem": "max"}
    assert ask("quote", given).result["tier_after"] is None


def test_of_several_wrong_fields_the_first_of_the_format_is_named(ask: Asking) -> None:
    given = {"colour": 1, "cash_rounding": 1, "lines": [{"quantity": 1, "sku": ""}], "member": {"debt": -1}, "at": "x"}
    found = []
    for repair in ({"at": "2026-05-06T10:12Z"}, {"member": None}, {"lines": [{"sku": "A", "quantity": 1}]}):
        found.append(ask("quote", given).malformed.partition(":")[0])
        given.update(repair)
    given["lines"] = [{"sku": "A", "category": "rx", "unit_price_fen": 1, "quantity": "1"}]
    found.append(ask("quote", given).malformed.partition(":")[0])
    del given["cash_rounding"]
    found.append(ask("quote", given).malformed.partition(":")[0])
    assert found == ["at", "member.id", "lines[0].sku", "cash_rounding", "colour"]


def test_a_sentence_says_what_is_allowed_and_what_was_given(ask: Asking) -> None:
    told = ask("quote", spoilt("quote", ("lines", 0, "quantity"), "1e2")).malformed
    assert told == 'lines[0].quantity: 应为大于 0、至多三位小数的数，写在引号内，如 "2.5"，收到 "1e2"'
    told = ask("quote", spoilt("quote", ("lines", 0, "category"), "food")).malformed
    assert told == 'lines[0].category: 应为 rx、otc_a、otc_b、tcm、supplement、device、sundry 之一，收到 "food"'
    told = ask("quote", spoilt("quote", ("lines", 0, "unit_price_fen"), LEFT_OUT)).malformed
    assert told == "lines[0].unit_price_fen: 缺少这个字段，应为不小于 0 的整数"


def _line(command: str, given: object) -> bytes:
    return json.dumps({"command": command, "input": given}).encode() + b"\n"
