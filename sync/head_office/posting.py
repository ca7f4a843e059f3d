"""Posting sales: what a till's fact changes at head office, and what is wrong with it (docs/sync.md, "Posting")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, insert, select

from pos_member.app.published import Entity, EntityKind, PublishedMember
from pos_member.domain.event import EventKey
from pos_member.domain.labels import offer_label, points_label
from pos_member.domain.ledger import fold
from pos_member.domain.member import MemberState
from pos_member.domain.offers import FIRST_PURCHASE
from pos_member.domain.postings import BIRTHDAY, UPGRADE
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.standing import purchase_of, upgrades_of
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus, evaluate, figures
from pos_member.storage.fact_columns import sale_columns
from pos_member.storage.replica_rows import read_cards, read_member
from sync.head_office.feed import EntityKey
from sync.head_office.ledger_book import add_entries, any_known, entries_of_member
from sync.head_office.rules_in_force import RulesInForce
from sync.head_office.schema import sales
from sync.head_office.terminals import Terminal
from sync.head_office.till_dates import held_to

PURCHASES_KEPT_DAYS = 366

_SALE = select(sales.c.id).where(sales.c.id == bindparam("sale"))


@dataclass(frozen=True, slots=True)
class Overdraft:
    """A member whose debt grew, and the event after which it did. ``points`` is the whole debt."""

    member_id: str
    key: EventKey
    points: int


class Posting:
    """The postings of one transaction. Each sale is written at once; members are refolded and published at the end."""

    def __init__(self, connection: Connection, rules: RulesInForce, today: date) -> None:
        self._connection = connection
        self._rules = rules
        self._today = today
        self._states: dict[str, MemberState | None] = {}
        self._touched: dict[str, EventKey] = {}

    def held_to_today(self, sale: Sale) -> Sale:
        """The sale under a date that head office can stand by."""
        return held_to(self._today, sale, self._rules.of_version(sale.quote.ruleset))

    def granted_twice(self, sale: Sale) -> tuple[str, ...]:
        """What the member had already had when this sale, not yet posted, gives it: labels, empty when all is well.

        Two tills that were offline may each give what is given once (docs/programme §8).
        """
        state = None if sale.member_id is None else self._state(sale.member_id)
        if state is None:
            return ()
        offers = {line.offer.id for line in sale.quote.lines if line.offer is not None}
        kinds = {entry.kind for entry in sale.entries}
        had = [bonus.tier.rank for bonus in self._rewarded(state, sale)]
        given = {
            offer_label(FIRST_PURCHASE): FIRST_PURCHASE in offers and state.completed_sales > 0,
            points_label(BIRTHDAY): BIRTHDAY in kinds and sale.business_date.year in state.birthday_bonus_years,
            points_label(UPGRADE): any(bonus.tier.rank <= max(had, default=-1) for bonus in upgrades_of(sale)),
        }
        return tuple(label for label, twice in given.items() if twice)

    def post(self, sale: Sale, terminal: Terminal) -> str:
        """Posts a sale; a sentence why not when it breaks a rule, empty when it is posted."""
        state = None if sale.member_id is None else self._state(sale.member_id)
        why = self._wrong_with(sale, terminal, state)
        if why:
            return why
        add_entries(self._connection, sale.entries)
        self._connection.execute(insert(sales).values(sale_columns(sale)))
        if state is not None:
            self._states[state.member.id] = self._with_sale(state, sale)
        return ""

    def mark(self, member_id: str | None, key: EventKey) -> None:
        """The member's figures hold this event of a till now, whatever became of it."""
        state = None if member_id is None else self._state(member_id)
        if state is None:
            return
        applied = {**state.applied, f"{key.terminal_id}:{key.epoch}": key.seq}
        self._states[state.member.id] = replace(state, applied=applied)
        self._touched[state.member.id] = key

    def refolded(self) -> tuple[dict[EntityKey, Entity | None], tuple[Overdraft, ...]]:
        """The members that were touched, with their ledgers folded anew, and which of them went into debt."""
        entities: dict[EntityKey, Entity | None] = {}
        overdrafts = []
        for member_id, key in self._touched.items():
            state = self._state(member_id)
            if state is None:
                continue
            fresh = with_balance(self._connection, state, self._today)
            if fresh.debt > state.debt:
                overdrafts.append(Overdraft(member_id, key, fresh.debt))
            cards = read_cards(self._connection, member_id)
            entities[EntityKind.MEMBER, member_id] = PublishedMember(state=fresh, cards=cards)
        return entities, tuple(overdrafts)

    def _rewarded(self, state: MemberState, sale: Sale) -> tuple[UpgradeBonus, ...]:
        """The upgrade bonuses that stand against another one on the day of the sale."""
        ruleset = self._rules.of_version(sale.quote.ruleset)
        days = PURCHASES_KEPT_DAYS if ruleset is None else ruleset.accrual.upgrade_window_days
        oldest = sale.business_date - timedelta(days=days)
        return tuple(bonus for bonus in state.upgrade_bonuses if bonus.on > oldest)

    def _state(self, member_id: str) -> MemberState | None:
        if member_id not in self._states:
            self._states[member_id] = read_member(self._connection, member_id)
        return self._states[member_id]

    def _wrong_with(self, sale: Sale, terminal: Terminal, state: MemberState | None) -> str:
        quote = sale.quote
        added = sum(entry.points for entry in sale.entries if entry.points > 0)
        taken = -sum(entry.points for entry in sale.entries if entry.points < 0)
        if (sale.terminal_id, sale.store_id) != (terminal.id, terminal.store_id):
            return "销售单写的不是上传它的终端和门店。"
        if sale.member_id is not None and state is None:
            return "总部没有这位会员。"
        if sum(line.net_fen for line in quote.lines) != quote.payable_fen:
            return "各行金额之和与应收金额不符。"
        if sum(tender.fen for tender in sale.tenders) - quote.change_fen != quote.payable_fen:
            return "收款减找零与应收金额不符。"
        if (added, taken) != (quote.points_earned, quote.points_redeemed):
            return "积分流水与小票上的积分不符。"
        if any((entry.member_id, entry.source) != (sale.member_id, sale.id) for entry in sale.entries):
            return "积分流水记的不是这位会员的这笔销售。"
        if not _foldable(sale):
            return "积分流水有格式错误。"
        if self._connection.execute(_SALE, {"sale": sale.id}).one_or_none() is not None:
            return "这个单号的销售已经入账。"
        if any_known(self._connection, [entry.id for entry in sale.entries]):
            return "积分流水号与已有的重复。"
        return ""

    def _with_sale(self, state: MemberState, sale: Sale) -> MemberState:
        oldest = self._today - timedelta(days=PURCHASES_KEPT_DAYS)
        purchases = tuple(each for each in (*state.purchases, purchase_of(sale)) if each.on > oldest)
        years = {entry.business_date.year for entry in sale.entries if entry.kind == BIRTHDAY}
        reached = _tier_reached(purchases, sale, self._rules.of_version(sale.quote.ruleset))
        return replace(
            state,
            purchases=purchases,
            completed_sales=state.completed_sales + 1,
            birthday_bonus_years=tuple(sorted({*state.birthday_bonus_years, *years})),
            upgrade_bonuses=(*state.upgrade_bonuses, *upgrades_of(sale)),
            tier=max(state.tier, reached, key=lambda tier: tier.rank),
        )


def with_balance(connection: Connection, state: MemberState, on: date) -> MemberState:
    """The state with lots and debt as the member's whole ledger folds to."""
    balance = fold(entries_of_member(connection, state.member.id), on)
    return replace(state, lots=balance.lots, debt=balance.debt)


def _tier_reached(purchases: tuple[Purchase, ...], sale: Sale, ruleset: Ruleset | None) -> Tier:
    """The tier the purchases earn on the sale's day; under rules head office never published, what the till found."""
    if ruleset is None:
        return sale.quote.tier_after or Tier.BASIC
    window = ruleset.tier_window
    return evaluate(figures(purchases, sale.business_date, window.days, window.visit_min_fen), ruleset)


def _foldable(sale: Sale) -> bool:
    try:
        fold(sale.entries, sale.business_date)
    except ValueError:
        return False
    return True
