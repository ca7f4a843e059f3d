"""Inputs as they should be; each test spoils or completes its own copy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

_LINE = {"sku": "VC-100", "category": "supplement", "unit_price_fen": 6800, "quantity": "2"}
_MEMBER = {
    "id": "m1",
    "tier": "gold",
    "birthday": "1980-05-20",
    "completed_sales": 7,
    "spend_365_fen": 320000,
    "visits_365": 8,
    "visited_today": False,
    "lots": [
        {"points": 300, "earned_on": "2026-01-10", "expires_on": "2027-01-31"},
        {"points": 4000, "earned_on": "2025-08-10", "expires_on": "2026-08-31"},
    ],
    "debt": 0,
    "birthday_bonus_years": [2025],
    "upgrade_bonuses": [{"tier": "silver", "on": "2026-01-02"}],
}
_SCOPE = {
    "skus": ["VC-100"],
    "categories": ["supplement"],
    "stores": ["S1"],
    "members": True,
    "tiers": ["gold"],
    "days_of_month": [6],
    "weekdays": [3],
    "from": "2026-05-01",
    "to": "2026-05-31",
}
_QUOTE = {
    "at": "2026-05-06T10:12:00+08:00",
    "member": _MEMBER,
    "store": "S1",
    "lines": [_LINE, {"sku": "SWAB", "category": "sundry", "unit_price_fen": 990, "quantity": "1", "insurable": True}],
    "offers": [
        {"id": "percent", "kind": "percent", "rate": "0.95", **_SCOPE},
        {"id": "fixed", "kind": "fixed_price", "price_fen": 6700},
        {"id": "free", "kind": "buy_n_get_m", "n": 9, "m": 1},
        {"id": "spend", "kind": "spend_reduce", "threshold_fen": 90000, "off_fen": 5000},
    ],
    "coupon": {"id": "coupon", "threshold_fen": 10000, "off_fen": 500},
    "points_to_redeem": 500,
    "offline": True,
    "redeemed_offline_today": 100,
    "replica_as_of": "2026-05-06T09:00:00+08:00",
    "tenders": [{"kind": "insurance", "fen": 100}, {"kind": "cash", "fen": 20000}],
    "cash_rounding": False,
}
_RETURN = {
    "sale": _QUOTE,
    "already_returned": [{"line": 0, "quantity": "1"}],
    "return": [{"line": 0, "quantity": "1"}, {"line": 1, "quantity": "1"}],
    "at": "2026-05-20T09:00:00+08:00",
}
_BALANCE = {
    "at": "2026-12-05T12:00:00+08:00",
    "entries": [
        {"id": "e1", "occurred_at": "2026-01-10T09:00:00+08:00", "business_date": "2026-01-10", "points": 300},
        {
            "id": "e2",
            "occurred_at": "2026-02-10T09:00:00+08:00",
            "business_date": "2026-02-10",
            "points": 50,
            "expires_on": "2026-12-31",
        },
        {
            "id": "e3",
            "occurred_at": "2026-03-10T09:00:00+08:00",
            "business_date": "2026-03-10",
            "points": -20,
            "of": "e1",
        },
    ],
}
_TIER = {
    "at": "2026-06-30T08:00:00+08:00",
    "current_tier": "silver",
    "purchases": [{"at": "2026-05-20T12:00:00+08:00", "net_fen": 150000}],
}
_INPUTS = {"quote": _QUOTE, "return": _RETURN, "balance": _BALANCE, "tier": _TIER}

LEFT_OUT = object()
"""In place of a value: the field is not there."""


def well_formed(command: str) -> Any:
    """An input that a command takes, with every field there is, as a copy of its own."""
    return json.loads(json.dumps(_INPUTS[command]))


def spoilt(command: str, path: Sequence[str | int], value: object) -> Any:
    """A well-formed input with another value at one place."""
    given = well_formed(command)
    place = given
    for step in path[:-1]:
        place = place[step]
    if value is LEFT_OUT:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return given
