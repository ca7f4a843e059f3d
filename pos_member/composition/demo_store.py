"""The demo store: a shop of an invented chain, filled so that everything a till does can be seen at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from pos_member.app.codec import from_text, to_text
from pos_member.app.published import Entity, PublishedMember, PublishedRuleset
from pos_member.composition.demo_goods import load_goods
from pos_member.composition.demo_members import make_members
from pos_member.composition.demo_samples import Sample, sample_cards, sample_goods
from pos_member.domain.errors import Fault
from pos_member.domain.ids import IdFactory
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.member import CardStatus, MemberStatus
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.tier import Tier

STORE = Store(id="S001", name="安和大药房", address="演示店 · 安和市桂园路 18 号", phone="0000-88881234")

DEMO_SEED = 20260118
_PEOPLE = (
    ("1", "李芳", Role.CASHIER, "135790"),
    ("2", "陈蕾", Role.PHARMACIST, "246801"),
    ("3", "孙伟", Role.STORE_MANAGER, "864209"),
)


class DemoOffice(Protocol):
    """The part of head office that the demo store is published through."""

    def is_empty(self) -> bool:
        """Whether nothing was ever published."""
        ...

    def publish(self, entities: Iterable[Entity]) -> None:
        """Publishes the latest version of each thing, all or none."""
        ...

    def import_ledger(self, entries: Iterable[LedgerEntry]) -> None:
        """Takes in ledger entries that no till has sent."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPin:
    """Who may sign in at the demo store, with the PIN, which is no secret there."""

    name: str
    role: Role
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFacts:
    """What a visitor to the demo store has to know: who signs in how, and what lies on the counter to be scanned.

    ``spenders`` are the cards of gold and diamond members, for a tour that pays with points each time it is made.
    """

    store_id: str
    pins: tuple[DemoPin, ...]
    cards: tuple[Sample, ...]
    goods: tuple[Sample, ...]
    spenders: tuple[str, ...]


def open_demo_store(
    office: DemoOffice,
    *,
    facts_file: Path,
    resources: Path,
    today: date,
    ids: IdFactory,
    hash_pin: Callable[[str], str],
) -> DemoFacts:
    """The demo store's facts: of the store that is there, or, where head office is empty, of one seeded now.

    ``facts_file`` keeps them from one start to the next. ``Fault`` ``demo_facts_lost`` when it is gone or damaged.
    """
    if not office.is_empty():
        return _kept(facts_file)
    return seed(office, facts_file=facts_file, resources=resources, today=today, ids=ids, hash_pin=hash_pin)


def seed(
    office: DemoOffice,
    *,
    facts_file: Path,
    resources: Path,
    today: date,
    ids: IdFactory,
    hash_pin: Callable[[str], str],
) -> DemoFacts:
    """Publishes the demo store as it stands on the morning of ``today``, a business date of the store.

    ``resources`` is the folder with the demo's goods and names and the default ruleset. Members, their cards and their
    past are the same for the same day; ``ids`` number the staff alone. Head office stays empty until all is published,
    so that a seeding which was cut short is simply done again.
    """
    text = (resources / "rulesets" / "default.toml").read_text(encoding="utf-8")
    ruleset = parse_ruleset(text)
    goods = load_goods(resources / "demo" / "products.csv")
    names = resources / "demo" / "names.toml"
    members = make_members(goods=goods, ruleset=ruleset, store=STORE, names=names, today=today, seed=DEMO_SEED)
    published = [member.published for member in members]
    facts = DemoFacts(
        store_id=STORE.id,
        pins=tuple(DemoPin(name=name, role=role, pin=pin) for _, name, role, pin in _PEOPLE),
        cards=sample_cards(published, ruleset, today),
        goods=sample_goods(goods),
        spenders=_spenders(published),
    )
    facts_file.write_text(to_text(facts), encoding="utf-8")
    office.import_ledger([entry for member in members for entry in member.entries])
    office.publish([STORE, _published(ruleset, text), *_staff(ids, hash_pin), *goods, *published])
    return facts


def _kept(facts_file: Path) -> DemoFacts:
    try:
        return from_text(DemoFacts, facts_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Fault(
            "demo_facts_lost",
            "演示店的说明文件 {path} 丢失或损坏：请删除演示店的数据文件夹，再重新启动演示店",
            retryable=False,
            path=str(facts_file),
        ) from error


def _published(ruleset: Ruleset, text: str) -> PublishedRuleset:
    return PublishedRuleset(
        version=ruleset.version, effective_from=ruleset.effective_from, stores=ruleset.stores, text=text
    )


def _spenders(members: Iterable[PublishedMember]) -> tuple[str, ...]:
    return tuple(
        card.code
        for member in members
        if member.state.tier in (Tier.GOLD, Tier.DIAMOND) and member.state.member.status is MemberStatus.ACTIVE
        for card in member.cards
        if card.status is CardStatus.ACTIVE
    )


def _staff(ids: IdFactory, hash_pin: Callable[[str], str]) -> Sequence[Staff]:
    return [
        Staff(id=ids.new(), number=number, name=name, role=role, pin_hash=hash_pin(pin))
        for number, name, role, pin in _PEOPLE
    ]
