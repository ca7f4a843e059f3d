"""The points ledger (积分流水): append-only entries folded to lots and a balance (docs/programme §6)."""

from __future__ import annotations

from bisect import insort
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One movement of points. ``points`` is signed and never 0; what adds carries the last day it can be spent.

    ``of`` names the entry that a taking entry reverses. ``source`` is the sale, activity or person behind it.
    """

    id: str
    member_id: str
    kind: str
    points: int
    occurred_at: datetime
    business_date: date
    store_id: str
    terminal_id: str
    source: str
    ruleset: str
    expires_on: date | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Points still unspent out of one adding entry, whose id it bears."""

    entry_id: str
    points: int
    earned_on: date
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a set of entries folds to: open lots, first to expire first, or a debt; never both."""

    lots: tuple[Lot, ...]
    debt: int
    expired: int

    @property
    def available(self) -> int:
        """Points a member may spend."""
        return sum(lot.points for lot in self.lots)

    @property
    def total(self) -> int:
        """The balance, negative while there is debt."""
        return self.available - self.debt


def expiry_of(earned_on: date, months: int) -> date:
    """The last day points can be spent: the end of the ``months``-th month after the one they were earned in."""
    years, month0 = divmod(earned_on.month - 1 + months, 12)
    year, month = earned_on.year + years, month0 + 1
    return date(year, month, monthrange(year, month)[1])


def with_expiry(entry: LedgerEntry, months: int) -> LedgerEntry:
    """The entry with the expiry it has by default, if it adds points and names none."""
    if entry.points <= 0 or entry.expires_on is not None:
        return entry
    return replace(entry, expires_on=expiry_of(entry.business_date, months))


def unexpired(lots: Iterable[Lot], on: date) -> tuple[Lot, ...]:
    """The lots that can still be spent on a business date, in the order in which they are eaten."""
    return tuple(sorted((lot for lot in lots if lot.expires_on >= on), key=eating_order))


def expiring(lots: Iterable[Lot], on: date, days: int) -> tuple[Lot, ...]:
    """The lots that can be spent on a business date and lapse within ``days`` of it, first to expire first."""
    until = on + timedelta(days=days)
    return tuple(lot for lot in unexpired(lots, on) if lot.expires_on <= until)


def eating_order(lot: Lot) -> tuple[date, date, str]:
    """What sorts lots as they are eaten: first to expire, then first earned, then by id."""
    return lot.expires_on, lot.earned_on, lot.entry_id


def eat(lots: Sequence[Lot], points: int) -> tuple[tuple[Lot, ...], tuple[Lot, ...]]:
    """What a taking of points eats of sorted lots, and what it leaves. It eats all there is when that is not enough."""
    eaten: list[Lot] = []
    left: list[Lot] = []
    for lot in lots:
        taken = min(points, lot.points)
        points -= taken
        if taken:
            eaten.append(lot if taken == lot.points else replace(lot, points=taken))
        if taken < lot.points:
            left.append(lot if not taken else replace(lot, points=lot.points - taken))
    return tuple(eaten), tuple(left)


def fold(entries: Iterable[LedgerEntry], on: date) -> Balance:
    """The balance of a set of entries on a business date, whatever order they come in.

    An entry that comes twice counts once. ``ValueError`` names an entry that comes with two contents, or is malformed:
    0 points, an adding entry without a last day (see :func:`with_expiry`) or with ``of``, a taking one with a last day.
    """
    return fold_onto((), 0, entries, on)


def fold_onto(lots: Iterable[Lot], debt: int, entries: Iterable[LedgerEntry], on: date) -> Balance:
    """As :func:`fold`, over lots and a debt in points that stand already: a till's own entries over head office's."""
    folding = _Folding(lots, debt)
    for entry in _in_order(entries):
        folding.lapse(before=entry.business_date)
        if entry.expires_on is not None:
            folding.add(entry, entry.expires_on)
        else:
            folding.take(entry)
    folding.lapse(before=on)
    return Balance(lots=tuple(folding.lots), debt=folding.debt, expired=folding.expired)


def _in_order(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    once: dict[str, LedgerEntry] = {}
    for entry in entries:
        if once.setdefault(entry.id, entry) != entry:
            raise ValueError(f"ledger entry {entry.id} comes with two contents")
        adds = entry.points > 0
        if entry.points == 0 or adds != (entry.expires_on is not None) or (adds and entry.of is not None):
            raise ValueError(f"ledger entry {entry.id} is malformed")
    return sorted(once.values(), key=lambda entry: (entry.occurred_at, entry.id))


class _Folding:
    """The state between two entries. ``lots`` stay sorted in eating order."""

    def __init__(self, lots: Iterable[Lot], debt: int) -> None:
        self.lots = sorted(lots, key=eating_order)
        self.debt = debt
        self.expired = 0

    def lapse(self, before: date) -> None:
        count = 0
        while count < len(self.lots) and self.lots[count].expires_on < before:
            self.expired += self.lots[count].points
            count += 1
        del self.lots[:count]

    def add(self, entry: LedgerEntry, expires_on: date) -> None:
        paid = min(self.debt, entry.points)
        self.debt -= paid
        rest = entry.points - paid
        if rest:
            lot = Lot(entry_id=entry.id, points=rest, earned_on=entry.business_date, expires_on=expires_on)
            insort(self.lots, lot, key=eating_order)
            self.lapse(before=entry.business_date)

    def take(self, entry: LedgerEntry) -> None:
        wanted = -entry.points
        if entry.of is not None:
            wanted -= self._take_from(entry.of, wanted)
        eaten, left = eat(self.lots, wanted)
        self.lots = list(left)
        self.debt += wanted - sum(lot.points for lot in eaten)

    def _take_from(self, entry_id: str, wanted: int) -> int:
        for index, lot in enumerate(self.lots):
            if lot.entry_id == entry_id:
                taken = min(wanted, lot.points)
                self.lots[index : index + 1] = [] if taken == lot.points else [replace(lot, points=lot.points - taken)]
                return taken
        return 0
