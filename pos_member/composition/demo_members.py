"""The demo store's members: people with a past that the programme's own rules priced and credited, sale by sale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from pos_member.app.published import PublishedMember
from pos_member.composition.demo_people import People, Person
from pos_member.composition.demo_shopping import HISTORY_DAYS, Shelf, ShoppingPlan, plan_for
from pos_member.domain.bonuses import past_bonuses, registration_bonus
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.ledger import LedgerEntry, fold_onto, with_expiry
from pos_member.domain.member import Card, CardStatus, Member, MemberState, MemberStatus
from pos_member.domain.own_records import NOTHING_OWN
from pos_member.domain.postings import BIRTHDAY, UPGRADE, entries_of
from pos_member.domain.pricing import quote
from pos_member.domain.product import Product
from pos_member.domain.quote import Quote, QuoteRequest, SaleLine
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Store
from pos_member.domain.standing import standing
from pos_member.domain.tier import (
    Purchase,
    Tier,
    TierFigures,
    UpgradeBonus,
    evaluate,
    figures,
    latest_review,
    review,
)
from pos_member.storage.initials import initials

MEMBERS_BY_TIER = {Tier.DIAMOND: 25, Tier.GOLD: 75, Tier.SILVER: 150, Tier.BASIC: 250}
"""How many of each the demo store has."""

_SAVERS = {Tier.DIAMOND: 6, Tier.GOLD: 8}
_FROZEN_EVERY, _LOST_EVERY, _REPLACED_EVERY = 83, 61, 47
_PURCHASE_DAYS = 366
_MOST_TRIES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMember:
    """A member to publish, and every ledger entry behind the balance, oldest first."""

    published: PublishedMember
    entries: tuple[LedgerEntry, ...]


def make_members(
    *, goods: Sequence[Product], ruleset: Ruleset, store: Store, names: Path, today: date, seed: int
) -> tuple[DemoMember, ...]:
    """Members of every tier as they stand on ``today`` before the store opens; the same ones for the same arguments.

    Each tier is the one the rules give for the purchases, each balance the fold of the entries.
    """
    random = Random(seed)  # noqa: S311 - invented people, no secrets
    people = People(names, random, today)
    biographer = _Biographer(goods, ruleset, store, today, random)
    members = [
        _with_mishap(number, biographer.member(person, tier, saves_points=saves_points), people)
        for number, ((tier, saves_points), person) in enumerate(zip(_wanted(), people, strict=False), 1)
    ]
    random.shuffle(members)
    return tuple(members)


def _wanted() -> Iterator[tuple[Tier, bool]]:
    for tier, count in MEMBERS_BY_TIER.items():
        for number in range(count):
            yield tier, number < _SAVERS.get(tier, 0)


def _with_mishap(number: int, member: DemoMember, people: People) -> DemoMember:
    """Some memberships are frozen, some cards lost or replaced by a new one."""
    published = member.published
    (card,) = published.cards
    if number % _FROZEN_EVERY == 0:
        state = replace(published.state, member=replace(published.state.member, status=MemberStatus.FROZEN))
        return replace(member, published=replace(published, state=state))
    if number % _LOST_EVERY == 0:
        return replace(member, published=replace(published, cards=(replace(card, status=CardStatus.LOST),)))
    if number % _REPLACED_EVERY == 0:
        cards = (replace(card, status=CardStatus.REPLACED), replace(card, code=people.card()))
        return replace(member, published=replace(published, cards=cards))
    return member


@dataclass(slots=True)
class _Moment:
    """A clock that stands wherever the story has got to."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True)
class _Life:
    """A member's past so far: the state after the last sale, and all entries."""

    state: MemberState
    moment: _Moment
    ids: Uuid7Factory
    entries: list[LedgerEntry] = field(default_factory=list)

    def post(self, entries: Iterable[LedgerEntry], on: date) -> None:
        posted = tuple(entries)
        balance = fold_onto(self.state.lots, self.state.debt, posted, on)
        self.entries.extend(posted)
        self.state = replace(self.state, lots=balance.lots, debt=balance.debt)


class _Biographer:
    """Invents the pasts of members of one store."""

    def __init__(self, goods: Sequence[Product], ruleset: Ruleset, store: Store, today: date, random: Random) -> None:
        self._shelf = Shelf(goods)
        self._ruleset = ruleset
        self._store = store
        self._zone = ZoneInfo(store.zone)
        self._today = today
        self._random = random
        self._terminal_id = f"{random.getrandbits(128):032x}"

    def member(self, person: Person, tier: Tier, *, saves_points: bool) -> DemoMember:
        """A member who stands in a tier today, at the monthly review as by the day's figures."""
        for _ in range(_MOST_TRIES):
            plan = plan_for(tier, self._today, self._random, saves_points=saves_points)
            life = self._lived(person, plan)
            reviewed = self._reviewed(life.state, self._today)
            earned = evaluate(self._figures(life.state.purchases, self._today), self._ruleset)
            if reviewed is tier and earned is tier:
                return self._published(person, life)
        raise ValueError(f"no shopping plan led to the tier {tier.value} under ruleset {self._ruleset.version}")

    def _lived(self, person: Person, plan: ShoppingPlan) -> _Life:
        joined_on = min([person.joined_on, *(day for day, _ in plan.visits)])
        life = self._joined(person, joined_on)
        for day, aim_fen in plan.visits:
            pays_with_points = self._random.random() < plan.pays_with_points
            self._shops(life, day, self._shelf.basket(aim_fen, self._random), pays_with_points)
        return life

    def _joined(self, person: Person, on: date) -> _Life:
        moment = _Moment(self._opening(on))
        ids = Uuid7Factory(moment, self._random.getrandbits)
        member = Member(
            id=ids.new(),
            name=person.name,
            initials=initials(person.name).partition(" ")[0],
            phone=person.phone,
            birthday=person.birthday,
            gender=person.gender,
            joined_on=on,
            home_store=self._store.id,
        )
        earlier = self._random.randint(1, 15) if on < self._today - timedelta(days=HISTORY_DAYS) else 0
        life = _Life(MemberState(member=member, tier=Tier.BASIC, completed_sales=earlier), moment, ids)
        if self._ruleset.bonuses.registration_points:
            bonus = registration_bonus((), member.id, self._ruleset)
            registration = LedgerEntry(
                id=ids.new(),
                member_id=member.id,
                kind=bonus.kind.value,
                points=bonus.points,
                occurred_at=moment.at,
                business_date=on,
                store_id=self._store.id,
                terminal_id=self._terminal_id,
                source=bonus.source,
                ruleset=self._ruleset.version,
            )
            life.post([with_expiry(registration, self._ruleset.ledger.expiry_months)], on)
        return life

    def _shops(self, life: _Life, on: date, lines: tuple[SaleLine, ...], pays_with_points: bool) -> None:
        life.moment.at = max(self._opening(on), life.moment.at) + timedelta(seconds=self._random.randrange(60, 20_000))
        life.state = replace(life.state, tier=self._reviewed(life.state, on))
        request = QuoteRequest(
            on=on,
            lines=lines,
            member=standing(life.state, NOTHING_OWN, on, self._ruleset),
            points_to_redeem="max" if pays_with_points else 0,
        )
        priced = quote(request, self._ruleset)
        sale_id = life.ids.new()
        entries = entries_of(
            priced,
            ids=life.ids,
            ruleset=self._ruleset,
            sale_id=sale_id,
            member_id=life.state.member.id,
            at=life.moment.at,
            on=on,
            store_id=self._store.id,
            terminal_id=self._terminal_id,
        )
        life.post(entries, on)
        life.state = _after_sale(
            life.state, priced, entries, Purchase(sale_id=sale_id, on=on, net_fen=priced.payable_fen)
        )

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, time(8, 30), self._zone).astimezone(UTC)

    def _reviewed(self, state: MemberState, on: date) -> Tier:
        """The tier held on a day: what the last sale gave, unless a monthly review came between (docs/programme §2)."""
        day = latest_review(on, self._ruleset)
        if not state.purchases or state.purchases[-1].on >= day:
            return state.tier
        return review(self._figures(state.purchases, day), self._ruleset)

    def _figures(self, purchases: Sequence[Purchase], on: date) -> TierFigures:
        window = self._ruleset.tier_window
        return figures(purchases, on, window.days, window.visit_min_fen)

    def _published(self, person: Person, life: _Life) -> DemoMember:
        first = self._today - timedelta(days=_PURCHASE_DAYS - 1)
        balance = fold_onto((), 0, life.entries, self._today)
        state = replace(
            life.state,
            tier=self._reviewed(life.state, self._today),
            lots=balance.lots,
            purchases=tuple(purchase for purchase in life.state.purchases if purchase.on >= first),
            bonuses=past_bonuses(life.entries),
            spend_fen=sum(purchase.net_fen for purchase in life.state.purchases),
        )
        card = Card(code=person.card, member_id=state.member.id)
        return DemoMember(published=PublishedMember(state=state, cards=(card,)), entries=tuple(life.entries))


def _after_sale(state: MemberState, priced: Quote, entries: Sequence[LedgerEntry], purchase: Purchase) -> MemberState:
    tier = priced.tier_after or state.tier
    kinds = {entry.kind for entry in entries}
    years = (*state.birthday_bonus_years, purchase.on.year) if BIRTHDAY in kinds else state.birthday_bonus_years
    upgrade = (UpgradeBonus(tier=tier, on=purchase.on),) if UPGRADE in kinds else ()
    return replace(
        state,
        tier=tier,
        completed_sales=state.completed_sales + 1,
        purchases=(*state.purchases, purchase),
        birthday_bonus_years=years,
        upgrade_bonuses=(*state.upgrade_bonuses, *upgrade),
    )
