"""What goes out to the tills: checked, and with the figures that only head office's own books can give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from pos_member.app.published import Entity, EntityKind, PublishedMember, PublishedRuleset
from pos_member.domain.errors import Refusal
from pos_member.domain.member import MemberState
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Store
from pos_member.storage.replica_rows import key_of, read_cards, read_entity, read_member
from sync.head_office.feed import EntityKey
from sync.head_office.posting import with_balance


def prepared(connection: Connection, entities: Iterable[Entity], today: date) -> dict[EntityKey, Entity | None]:
    """The entities as they are to be published; when one comes twice, the later counts.

    ``Refusal``: ``ruleset_unusable``, ``ruleset_changed``, ``store_zone_unknown``.
    """
    ready: dict[EntityKey, Entity | None] = {}
    for entity in entities:
        key = key_of(entity)
        if isinstance(entity, PublishedMember):
            entity = _with_own_figures(connection, entity, today)
        elif isinstance(entity, PublishedRuleset):
            _check_ruleset(connection, entity)
        elif isinstance(entity, Store):
            _check_zone(entity)
        ready[key] = entity
    return ready


def refolded(connection: Connection, member_ids: Iterable[str], today: date) -> dict[EntityKey, Entity | None]:
    """The members among these ids, with their ledgers folded anew."""
    ready: dict[EntityKey, Entity | None] = {}
    for member_id in member_ids:
        state = read_member(connection, member_id)
        if state is not None:
            fresh = with_balance(connection, state, today)
            cards = read_cards(connection, member_id)
            ready[EntityKind.MEMBER, member_id] = PublishedMember(state=fresh, cards=cards)
    return ready


def _with_own_figures(connection: Connection, published: PublishedMember, today: date) -> PublishedMember:
    """Profile and cards as given. What sales and the ledger decide is never taken from outside for a known member."""
    given = published.state
    held = read_member(connection, given.member.id)
    state = given if held is None else replace(held, member=given.member)
    return replace(published, state=with_balance(connection, _unmarked(state, held), today))


def _unmarked(state: MemberState, held: MemberState | None) -> MemberState:
    """No till has reported anything yet of a member who is new here."""
    return replace(state, applied={}) if held is None else state


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
