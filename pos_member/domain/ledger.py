"""The points ledger (积分流水): append-only entries folded to lots and a balance (docs/programme §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from operator import attrgetter
from typing import Final

from pos_member.domain.calendar_days import month_end, plus_days
from pos_member.domain.errors import Malformed

_ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC)


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
class EatenLot:
    """Points taken out of lots with one last day."""

    expires_on: date
    points: int


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
    """The last day points can be spent: the end of the ``months``-th month after the one they were earned in.

    Past the end of the calendar it is the last date there is.
    """
    years, month0 = divmod(earned_on.month - 1 + months, 12)
    year, month = earned_on.year + years, month0 + 1
    if year > date.max.year:
        return date.max
    return month_end(date(year, month, 1))


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
    until = plus_days(on, days)
    return tuple(lot for lot in unexpired(lots, on) if lot.expires_on <= until)


def eating_order(lot: Lot) -> tuple[date, date, str]:
    """What sorts lots as they are eaten: first to expire, then first earned, then by id."""
    return lot.expires_on, lot.earned_on, lot.entry_id


def eat(lots: Iterable[Lot], points: int) -> tuple[Lot, ...]:
    """What a taking of points eats of sorted lots: all there is when that is not enough."""
    eaten: list[Lot] = []
    for lot in lots:
        if not points:
            break
        taken = min(points, lot.points)
        points -= taken
        eaten.append(lot if taken == lot.points else replace(lot, points=taken))
    return tuple(eaten)


def joined(eaten: Iterable[Lot]) -> tuple[EatenLot, ...]:
    """What was eaten, in order, equal last days joined."""
    by_day: dict[date, int] = {}
    for lot in eaten:
        by_day[lot.expires_on] = by_day.get(lot.expires_on, 0) + lot.points
    return tuple([EatenLot(expires_on=day, points=points) for day, points in by_day.items()])


def fold(entries: Iterable[LedgerEntry], on: date) -> Balance:
    """The balance of a set of entries on a business date, whatever order they come in; those dated later count too.

    An entry that comes twice counts once. ``Malformed`` names the entry by its place ("entries[3].points") that comes
    with two contents, has 0 points, adds without a last day (see :func:`with_expiry`) or with ``of``, or takes with a
    last day.
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
            folding.take(-entry.points, entry.of)
    folding.lapse(before=on)
    return Balance(lots=folding.lots, debt=folding.debt, expired=folding.expired)


def _in_order(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Each entry once, by (occurred_at, id); instants as the time since one of them, which sorts fast in any offset."""
    once: dict[str, LedgerEntry] = {}
    for index, entry in enumerate(entries):
        _check(entry, index)
        known = once.setdefault(entry.id, entry)
        if known is not entry and known != entry:
            raise Malformed(f"entries[{index}].id", "流水 {id!r} 出现了两次，内容不同", id=entry.id)
    ordered = sorted(once.values(), key=attrgetter("id"))
    ordered.sort(key=_since_zero)
    return ordered


def _since_zero(entry: LedgerEntry) -> timedelta:
    return entry.occurred_at - _ZERO


def _check(entry: LedgerEntry, index: int) -> None:
    if entry.points > 0:
        if entry.expires_on is None:
            raise Malformed(f"entries[{index}].expires_on", "增加积分的流水 {id!r} 应有到期日", id=entry.id)
        if entry.of is not None:
            raise Malformed(f"entries[{index}].of", "流水 {id!r} 增加积分，不能冲减别的流水", id=entry.id)
    elif entry.points == 0:
        raise Malformed(f"entries[{index}].points", "流水 {id!r} 的积分不能为 0", id=entry.id)
    elif entry.expires_on is not None:
        raise Malformed(f"entries[{index}].expires_on", "流水 {id!r} 扣减积分，不能有到期日", id=entry.id)


class _Folding:
    """The state between two entries: a heap of lots, the first to be eaten on top, and what is left of each by number.

    Lots are numbered as they come. One that a reversal has emptied stays in the heap until it gets to the top.
    """

    def __init__(self, lots: Iterable[Lot], debt: int) -> None:
        self.debt = debt
        self.expired = 0
        self._heap: list[tuple[date, date, str, int]] = []
        self._left: list[int] = []
        self._number_of: dict[str, int] = {}
        for lot in lots:
            self._open(lot.entry_id, lot.points, lot.earned_on, lot.expires_on)

    @property
    def lots(self) -> tuple[Lot, ...]:
        return tuple(
            Lot(entry_id=entry_id, points=self._left[number], earned_on=earned_on, expires_on=expires_on)
            for expires_on, earned_on, entry_id, number in sorted(self._heap)
            if self._left[number]
        )

    def lapse(self, before: date) -> None:
        heap = self._heap
        while heap and heap[0][0] < before:
            number = heappop(heap)[-1]
            self.expired += self._left[number]
            self._left[number] = 0

    def add(self, entry: LedgerEntry, expires_on: date) -> None:
        paid = min(self.debt, entry.points)
        self.debt -= paid
        rest = entry.points - paid
        if expires_on < entry.business_date:
            self.expired += rest
        elif rest:
            self._open(entry.id, rest, entry.business_date, expires_on)

    def take(self, points: int, of: str | None) -> None:
        own = None if of is None else self._number_of.get(of)
        if own is not None:
            points -= self._eat(own, points)
        heap = self._heap
        while points and heap:
            number = heap[0][-1]
            points -= self._eat(number, points)
            if not self._left[number]:
                heappop(heap)
        self.debt += points

    def _open(self, entry_id: str, points: int, earned_on: date, expires_on: date) -> None:
        number = len(self._left)
        self._left.append(points)
        self._number_of[entry_id] = number
        heappush(self._heap, (expires_on, earned_on, entry_id, number))

    def _eat(self, number: int, points: int) -> int:
        eaten = min(points, self._left[number])
        self._left[number] -= eaten
        return eaten
