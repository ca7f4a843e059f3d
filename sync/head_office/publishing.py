"""What goes out to the tills: checked, and with the figures that only head office's own books can give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from pos_member.app.offer_text import offer_from_text
from pos_member.app.ports import CouponState, RewardStock
from pos_member.app.published import Entity, EntityKind, PublishedMember, PublishedOffer, PublishedRuleset
from pos_member.domain.errors import Refusal
from pos_member.domain.member import MemberState
from pos_member.domain.offers import BUILT_IN
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Store
from pos_member.storage.replica_rows import (
    key_of,
    read_cards,
    read_coupon,
    read_entity,
    read_member,
    read_reward_stock,
    stock_key,
)
from sync.head_office.feed import EntityKey
from sync.head_office.ledger_book import with_ledger
from sync.head_office.schema import epochs, terminals

_CHAINS = (
    select(epochs.c.terminal_id, epochs.c.epoch, epochs.c.last_seq)
    .join(terminals, terminals.c.id == epochs.c.terminal_id)
    .where(terminals.c.store_id == bindparam("store"))
)


def prepared(connection: Connection, entities: Iterable[Entity], today: date) -> dict[EntityKey, Entity | None]:
    """The entities as they are to be published; when one comes twice, the later counts.

    ``Refusal``: ``ruleset_unusable``, ``ruleset_changed``, ``store_zone_unknown``, ``offer_unusable``.
    """
    return {key_of(entity): _prepared(connection, entity, today) for entity in entities}


def _prepared(connection: Connection, entity: Entity, today: date) -> Entity:
    match entity:
        case PublishedMember():
            return _with_own_figures(connection, entity, today)
        case CouponState():
            return _with_own_use(connection, entity)
        case RewardStock():
            return _with_own_count(connection, entity)
        case PublishedRuleset():
            _check_ruleset(connection, entity)
        case PublishedOffer():
            _check_offer(entity)
        case Store():
            _check_zone(entity)
    return entity


def refolded(connection: Connection, member_ids: Iterable[str], today: date) -> dict[EntityKey, Entity | None]:
    """The members among these ids, with their ledgers folded anew."""
    ready: dict[EntityKey, Entity | None] = {}
    for member_id in member_ids:
        state = read_member(connection, member_id)
        if state is not None:
            fresh = with_ledger(connection, state, today)
            cards = read_cards(connection, member_id)
            ready[EntityKind.MEMBER, member_id] = PublishedMember(state=fresh, cards=cards)
    return ready


def _with_own_figures(connection: Connection, published: PublishedMember, today: date) -> PublishedMember:
    """Profile, allergies and cards as given; what tills and the ledger decide is never taken for a known member."""
    given = published.state
    held = read_member(connection, given.member.id)
    state = given if held is None else replace(held, member=given.member, allergies=given.allergies)
    return replace(published, state=with_ledger(connection, _unmarked(state, held), today))


def _unmarked(state: MemberState, held: MemberState | None) -> MemberState:
    """No till has reported anything yet of a member who is new here."""
    return replace(state, applied={}) if held is None else state


def _with_own_use(connection: Connection, given: CouponState) -> CouponState:
    """Which sale used a coupon that is known here, only sales decide."""
    held = read_coupon(connection, given.coupon.id.upper())
    return given if held is None else replace(given, used_by=held.used_by)


def _with_own_count(connection: Connection, given: RewardStock) -> RewardStock:
    """Pieces as given: counted now, so that nothing that a till of the store has reported by now is taken off again."""
    held = read_reward_stock(connection, stock_key(given.store_id, given.reward_id))
    if held is not None:
        return replace(given, applied=held.applied)
    chains = connection.execute(_CHAINS, {"store": given.store_id})
    return replace(given, applied={f"{row.terminal_id}:{row.epoch}": row.last_seq for row in chains})


def _check_offer(published: PublishedOffer) -> None:
    """Tills must be able to read it, under an id that is its own."""
    try:
        readable = offer_from_text(published.text).id == published.id
    except ValueError:
        readable = False
    if not readable or published.id in BUILT_IN:
        raise Refusal(
            "offer_unusable",
            "优惠 {offer} 不能发布：正文读不出来，或编号与正文不符、与规则集自带的优惠相同。请改正后再发布。",
            offer=published.id,
        )


def _check_zone(store: Store) -> None:
    """A till without a time zone has no business date, and sells nothing."""
    try:
        ZoneInfo(store.zone)
    except (ValueError, LookupError, OSError) as error:
        raise Refusal(
            "store_zone_unknown",
            "门店 {store} 的时区 {zone} 不认识：请用 Asia/Shanghai 这样的 IANA 时区名。",
            store=store.id,
            zone=store.zone,
        ) from error


def _check_ruleset(connection: Connection, published: PublishedRuleset) -> None:
    ruleset = parse_ruleset(published.text)
    said = (published.version, published.effective_from, published.stores)
    if said != (ruleset.version, ruleset.effective_from, ruleset.stores):
        raise Refusal(
            "ruleset_changed",
            "规则集 {version} 的版本、生效日期或门店与其正文不符：请按正文发布。",
            version=published.version,
        )
    held = read_entity(connection, EntityKind.RULESET, published.version)
    if held is not None and held != published:
        raise Refusal(
            "ruleset_changed",
            "规则集 {version} 已经发布过，内容不同：已发布的版本不能改，请换一个版本号。",
            version=published.version,
        )
