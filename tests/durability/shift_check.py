"""Closed shifts: what each said it came to, against a sum of what was done in it."""

from __future__ import annotations

from typing import Any

from tests.durability.findings import Findings
from tests.durability.records_check import Records


def check_shifts(records: Records, out: Findings) -> None:
    """Sales, returns and the cash that should be in the drawer, added up from the documents alone."""
    for key, closing in records.facts.items():
        if records.kinds[key] != "shift_closing":
            continue
        shift, totals = closing["about"], closing["totals"]
        sales = [each for each in records.sales.values() if each["shift_id"] == shift]
        returns = _of(records, "return", shift)
        moved = sum(_signed(each) for each in _of(records, "cash_movement", shift))
        cash = records.facts[shift]["float_fen"] + moved
        cash += sum(_cash(each["tenders"]) - each["quote"]["change_fen"] for each in sales)
        cash -= sum(_cash(each["goods"]["tenders"]) for each in returns)
        said = totals["sales"], totals["returns"], totals["expected_cash_fen"]
        if said != (len(sales), len(returns), cash):
            out.broken.append(f"shift {closing['number']}: said {said}, is {(len(sales), len(returns), cash)}")


def _of(records: Records, kind: str, shift: str) -> list[dict[str, Any]]:
    found = (each for key, each in records.facts.items() if records.kinds[key] == kind)
    return [each for each in found if each["shift_id"] == shift]


def _signed(movement: dict[str, Any]) -> int:
    fen: int = movement["fen"]
    return fen if movement["direction"] == "in" else -fen


def _cash(tenders: list[dict[str, Any]]) -> int:
    return sum(each["fen"] for each in tenders if each["kind"] == "cash")
