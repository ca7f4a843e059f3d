"""Posting bonuses (docs/programme §5): points that were given or taken otherwise than by a sale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pos_member.domain.bonuses import BonusKind, PastBonus, past_bonuses
from pos_member.domain.granting import BonusGrant
from pos_member.domain.ruleset import Ruleset
from sync.head_office.fact_book import add_fact
from sync.head_office.ledger_book import post_entries
from sync.head_office.posted import (
    Arrival,
    Books,
    Ruling,
    granted_twice,
    held,
    wrong_with_entries,
)

_LABELS: Final = {
    BonusKind.REGISTRATION: "注册积分",
    BonusKind.CHECK_IN: "签到积分",
    BonusKind.REVIEW: "评价积分",
    BonusKind.REFERRAL: "推荐积分",
    BonusKind.ACTIVITY: "活动积分",
    BonusKind.FESTIVAL: "节日积分",
    BonusKind.ADJUSTMENT: "调整积分",
}


def post_bonus(books: Books, told: BonusGrant, _arrival: Arrival) -> Ruling:
    """Posts a bonus to its member; one that another till gave too is posted all the same, with a notice."""
    fact, notices = held(books, told)
    published = None if fact.member_id is None else books.drafts.member(fact.member_id)
    if published is None:
        return Ruling(why="总部没有这位会员。")
    posted = [(entry.kind, entry.points, entry.source) for entry in fact.entries]
    if posted != [(fact.kind.value, fact.points, fact.source)]:
        return Ruling(why="积分流水与所赠积分不符。")
    why = wrong_with_entries(books, fact, fact.member_id)
    if why:
        return Ruling(why=why)
    given = past_bonuses(fact.entries)
    had = published.state.bonuses
    twice = any(_is_too_much(bonus, had, books.rules.of_version(fact.entries[0].ruleset)) for bonus in given)
    post_entries(books.connection, fact.entries)
    add_fact(books.connection, fact)
    books.drafts.put(replace(published, state=replace(published.state, bonuses=(*had, *given))))
    return Ruling(notices=(*notices, *granted_twice((_LABELS[fact.kind],) if twice else ())))


def _is_too_much(bonus: PastBonus, had: Sequence[PastBonus], ruleset: Ruleset | None) -> bool:
    """Whether it was given before, or goes beyond what the month still held."""
    same = [each for each in had if each.kind == bonus.kind]
    match bonus.kind:
        case BonusKind.ADJUSTMENT:
            return False
        case BonusKind.REGISTRATION:
            return bool(same)
        case BonusKind.CHECK_IN:
            limit = None if ruleset is None else ruleset.bonuses.check_in_month_limit
            given = any(each.on == bonus.on for each in same)
        case BonusKind.REVIEW:
            limit = None if ruleset is None else ruleset.bonuses.review_month_limit
            given = any(each.source == bonus.source for each in same)
        case _:
            return any(each.source == bonus.source for each in same)
    month = (bonus.on.year, bonus.on.month)
    so_far = sum(each.points for each in same if (each.on.year, each.on.month) == month)
    return given or (limit is not None and so_far + bonus.points > limit)
