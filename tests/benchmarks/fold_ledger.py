"""Folding a ledger: buying, paying with points, returns, lapsing lots."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from pos_member.domain.ledger import LedgerEntry, fold, with_expiry
from tests.benchmarks.figure import Figure, beside

_MOST = 100_000
_LEAST = 100


def fold_ledger() -> list[Figure]:
    """``fold_ledger_us`` for 1,000 entries; ``fold_ledger_growth``: an entry among many against an entry among few."""
    thousand = _ledger(1000)
    on = date(2026, 6, 30)
    usual = beside(
        "fold_ledger_us",
        lambda: fold(thousand, on),
        lambda: _sum(thousand),
        "sorting the same 1,000 entries and summing them",
        rounds=51,
        each=5,
    )
    few, many = _ledger(_LEAST), _ledger(_MOST)
    growth = beside(
        "fold_ledger_growth",
        lambda: fold(many, on),
        lambda: fold(few, on),
        f"an entry of {_MOST:,} ÷ an entry of {_LEAST}",
        rounds=3,
        each=1,
    )
    times = growth.ratio * _LEAST / _MOST
    return [
        usual,
        Figure(name=growth.name, value=times, unit="x", ratio=times, against=growth.against, p50=times, p99=times),
    ]


def _ledger(count: int) -> list[LedgerEntry]:
    """``count`` entries over five years, shuffled; the seed is fixed."""
    chance = random.Random(20260630)
    begin = datetime(2021, 7, 1, 9, tzinfo=UTC)
    entries: list[LedgerEntry] = []
    for number in range(count):
        at = begin + timedelta(seconds=number * (5 * 365 * 86_400) // count)
        adds = chance.random() < 0.6
        of = entries[-1].id if not adds and entries and entries[-1].points > 0 and chance.random() < 0.2 else None
        points = chance.randint(1, 300) if adds else -chance.randint(1, 400)
        entry = LedgerEntry(
            id=f"{number:08d}",
            member_id="m1",
            kind="purchase" if adds else "redemption",
            points=points,
            occurred_at=at,
            business_date=at.date(),
            store_id="S1",
            terminal_id="t1",
            source="s1",
            ruleset="2026.1",
            of=of,
        )
        entries.append(with_expiry(entry, 12))
    chance.shuffle(entries)
    return entries


def _sum(entries: list[LedgerEntry]) -> int:
    return sum(entry.points for entry in sorted(entries, key=lambda entry: (entry.occurred_at, entry.id)))
