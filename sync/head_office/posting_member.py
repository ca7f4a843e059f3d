"""Posting enrolments, changes of members and replaced cards: who a member is comes in the personal part alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from pos_member.app.codec import from_text
from pos_member.app.published import PublishedMember
from pos_member.domain.fact import Fact
from pos_member.domain.member import Card, CardStatus, Member, MemberState, MemberStatus
from pos_member.domain.membership import CardReplacement, Enrolment, MemberChange, Profile, ReplacedCard
from pos_member.domain.tier import Tier
from pos_member.storage.initials import initials
from sync.head_office.fact_book import add_fact
from sync.head_office.ledger_book import post_entries
from sync.head_office.posted import Arrival, Books, Notice, Ruling, held, wrong_with_entries

T = TypeVar("T")

_NOBODY: Final = Profile(name="", phone=None)
_PHONE_TAKEN = Notice(
    kind="duplicate_member", what="手机号已是另一位会员的，没有登记到这位会员：请核对两人是否同一人。"
)
_CARD_TAKEN = Notice(kind="duplicate_member", what="卡号已是另一位会员的，没有登记到这位会员：请核对两人是否同一人。")
UNREADABLE = Notice(kind="part_unfit", what="随附的个人资料读不出来：请与会员核对后补录。")


def post_enrolment(books: Books, told: Enrolment, arrival: Arrival) -> Ruling:
    """Makes a member. Without a phone or a card that another member has; nameless and erased where the part is."""
    fact, notices = held(books, told)
    why = wrong_with_entries(books, fact, fact.id)
    if fact.member_id not in (None, fact.id):
        why = "入会记录里的会员号前后不一。"
    if books.drafts.member(fact.id) is not None:
        why = "这个会员号已经有会员。"
    if why:
        return Ruling(why=why)
    profile, problems = _read_part(Profile, arrival)
    profile = profile or _NOBODY
    phone, phone_problem = _free_phone(books, fact.id, profile.phone, None)
    cards, card_problem = _with_cards(books, fact.id, (), profile.cards)
    member = Member(
        id=fact.id,
        name=profile.name,
        initials=initials(profile.name),
        phone=phone,
        birthday=profile.birthday,
        gender=profile.gender,
        joined_on=fact.business_date,
        home_store=fact.store_id,
        status=MemberStatus.ERASED if arrival.personal.erased else MemberStatus.ACTIVE,
        address=profile.address,
        channel=fact.channel,
        referrer_id=fact.referrer_id,
        marketing_consent=fact.marketing_consent,
        health_consent=fact.health_consent,
    )
    _write(books, fact)
    books.drafts.put(PublishedMember(state=MemberState(member=member, tier=Tier.BASIC), cards=cards))
    return Ruling(notices=(*notices, *problems, *(phone_problem or card_problem)))


def post_change(books: Books, told: MemberChange, arrival: Arrival) -> Ruling:
    """Puts a new profile in place of the one before; a phone or a card that another member has stays that one's."""
    fact, notices = held(books, told)
    published, ruling = _somebody(books, fact)
    if published is None:
        return ruling
    profile, problems = _read_part(Profile, arrival)
    member, cards = published.state.member, published.cards
    taken: tuple[Notice, ...] = ()
    if profile is not None:
        phone, phone_problem = _free_phone(books, member.id, profile.phone, member.phone)
        cards, card_problem = _with_cards(books, member.id, cards, profile.cards)
        taken = phone_problem or card_problem
        member = replace(
            member,
            name=profile.name,
            initials=initials(profile.name),
            phone=phone,
            birthday=profile.birthday,
            gender=profile.gender,
            address=profile.address,
        )
    member = replace(member, marketing_consent=fact.marketing_consent, health_consent=fact.health_consent)
    _write(books, fact)
    books.drafts.put(PublishedMember(state=replace(published.state, member=member), cards=cards))
    return Ruling(notices=(*notices, *problems, *taken))


def post_card_replacement(books: Books, told: CardReplacement, arrival: Arrival) -> Ruling:
    """The old card counts no more, whoever has the new one; the new one is added unless another member has it."""
    fact, notices = held(books, told)
    published, ruling = _somebody(books, fact)
    if published is None:
        return ruling
    replaced, problems = _read_part(ReplacedCard, arrival)
    taken: tuple[Notice, ...] = ()
    _write(books, fact)
    if replaced is not None:
        old = None if replaced.old is None else replaced.old.upper()
        cards = tuple(
            replace(card, status=CardStatus.REPLACED)
            if card.code.upper() == old or (old is None and card.status is CardStatus.ACTIVE)
            else card
            for card in published.cards
        )
        cards, taken = _with_cards(books, published.state.member.id, cards, (replaced.new,))
        books.drafts.put(replace(published, cards=cards))
    return Ruling(notices=(*notices, *problems, *taken))


def _somebody(books: Books, fact: Fact) -> tuple[PublishedMember | None, Ruling]:
    """The member that a fact changes; None and the ruling when nothing is to be changed.

    Of a member who was erased meanwhile nothing personal is taken in again.
    """
    published = None if fact.member_id is None else books.drafts.member(fact.member_id)
    if published is None:
        return None, Ruling(why="总部没有这位会员。")
    if published.state.member.status is MemberStatus.ERASED:
        return None, Ruling(why="这位会员的个人信息已经删除。", part_kept=False)
    why = wrong_with_entries(books, fact, fact.member_id)
    return (None if why else published), Ruling(why=why)


def _read_part(kind: type[T], arrival: Arrival) -> tuple[T | None, tuple[Notice, ...]]:
    """What is personal, None where nothing came; and the notice that it cannot be read."""
    part = arrival.personal.part
    if part is None:
        return None, ()
    try:
        return from_text(kind, part.content), ()
    except ValueError:
        return None, (UNREADABLE,)


def _free_phone(
    books: Books, member_id: str, phone: str | None, before: str | None
) -> tuple[str | None, tuple[Notice, ...]]:
    """The phone number if nobody else has it; otherwise the one ``before``, and the notice."""
    holder = None if phone is None else books.drafts.holder_of_phone(phone)
    return (phone, ()) if holder in (None, member_id) else (before, (_PHONE_TAKEN,))


def _with_cards(
    books: Books, member_id: str, held_cards: Sequence[Card], codes: Sequence[str]
) -> tuple[tuple[Card, ...], tuple[Notice, ...]]:
    """The member's cards with those of new codes that nobody else has, and the notice where somebody has one."""
    cards = {card.code.upper(): card for card in held_cards}
    taken: tuple[Notice, ...] = ()
    for code in dict.fromkeys(each.upper() for each in codes):
        if code in cards:
            continue
        if books.drafts.holder_of_card(code) in (None, member_id):
            cards[code] = Card(code=code, member_id=member_id)
        else:
            taken = (_CARD_TAKEN,)
    return tuple(cards.values()), taken


def _write(books: Books, fact: Fact) -> None:
    post_entries(books.connection, fact.entries)
    add_fact(books.connection, fact)
