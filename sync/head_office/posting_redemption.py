"""Posting redemptions and their voids (docs/programme §7): points, free quotas, and the pieces left."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.published import PublishedMember
from pos_member.domain.benefits import BenefitUse, uses_left
from pos_member.domain.fact import Fact
from pos_member.domain.redeeming import VOID, Redemption, RedemptionKind, RedemptionVoid
from sync.head_office.fact_book import add_fact, read_fact, read_facts_about
from sync.head_office.ledger_book import post_entries
from sync.head_office.posted import (
    Arrival,
    Books,
    Ruling,
    granted_twice,
    held,
    points_moved,
    wrong_with_entries,
)


def post_redemption(books: Books, told: Redemption, arrival: Arrival) -> Ruling:
    """Posts what a member had for points or for a free quota. The goods are gone: what went too far is a notice."""
    fact, notices = held(books, told)
    published = books.drafts.member(fact.member_id)
    if published is None:
        return Ruling(why="总部没有这位会员。")
    why = _wrong_points(fact, (0, fact.spending.points), fact.kind) or wrong_with_entries(books, fact, fact.member_id)
    if why:
        return Ruling(why=why)
    post_entries(books.connection, fact.entries)
    add_fact(books.connection, fact)
    exceeded = _use_benefit(books, published, fact) + _move_stock(books, fact, fact.store_id, -1, arrival)
    return Ruling(notices=(*notices, *granted_twice(exceeded)))


def post_void(books: Books, told: RedemptionVoid, arrival: Arrival) -> Ruling:
    """Takes a posted redemption back: its points come back, its free use counts no more, its piece is there again."""
    fact, notices = held(books, told)
    redemption = None if fact.about is None else read_fact(books.connection, Redemption, fact.about)
    published = books.drafts.member(fact.member_id)
    if redemption is None or published is None:
        return Ruling(why="总部没有这笔兑换。")
    if redemption.member_id != fact.member_id:
        return Ruling(why="作废的兑换记的是另一位会员。")
    if read_facts_about(books.connection, RedemptionVoid, redemption.id):
        return Ruling(why="这笔兑换已经作废。")
    why = _wrong_points(fact, (redemption.spending.points, 0), VOID)
    why = why or wrong_with_entries(books, fact, fact.member_id)
    if why:
        return Ruling(why=why)
    post_entries(books.connection, fact.entries)
    add_fact(books.connection, fact)
    _give_benefit_back(books, published, redemption)
    _move_stock(books, redemption, redemption.store_id, 1, arrival)
    return Ruling(notices=notices)


def _wrong_points(fact: Fact, moved: tuple[int, int], kind: str) -> str:
    """A sentence when the entries do not add and take so many points, as entries of one kind."""
    right = points_moved(fact) == moved and all(entry.kind == kind for entry in fact.entries)
    return "" if right else "积分流水与兑换的积分不符。"


def _use_benefit(books: Books, published: PublishedMember, fact: Redemption) -> tuple[str, ...]:
    """Counts the free use; what it was for, when its quota was used up before."""
    state, benefit_id = published.state, fact.spending.benefit_id
    if benefit_id is None:
        return ()
    ruleset = books.rules.on(fact.business_date, fact.store_id)
    benefit = None if ruleset is None else ruleset.benefits.get(benefit_id)
    exceeded = benefit is not None and uses_left(benefit, state.benefit_uses, fact.business_date) == 0
    use = BenefitUse(benefit_id=benefit_id, on=fact.business_date)
    uses = tuple(each for each in (*state.benefit_uses, use) if each.on.year >= books.today.year - 1)
    books.drafts.put(replace(published, state=replace(state, benefit_uses=uses)))
    return (f"免费权益「{fact.name}」",) if exceeded else ()


def _give_benefit_back(books: Books, published: PublishedMember, redemption: Redemption) -> None:
    if redemption.spending.benefit_id is None:
        return
    use = BenefitUse(benefit_id=redemption.spending.benefit_id, on=redemption.business_date)
    uses = list(published.state.benefit_uses)
    if use in uses:
        uses.remove(use)
        books.drafts.put(replace(published, state=replace(published.state, benefit_uses=tuple(uses))))


def _move_stock(books: Books, redemption: Redemption, store_id: str, pieces: int, arrival: Arrival) -> tuple[str, ...]:
    """Takes a piece out of a reward's stock or puts it back; the reward's name when there was none left."""
    if redemption.kind is not RedemptionKind.REWARD or redemption.about is None:
        return ()
    stock = books.drafts.stock(store_id, redemption.about)
    if stock is None:
        return ()
    applied = {**stock.applied, arrival.chain: arrival.key.seq}
    books.drafts.put(replace(stock, pieces=stock.pieces + pieces, applied=applied))
    return (f"奖品「{redemption.name}」",) if stock.pieces + pieces < 0 else ()
