"""Opening the demo store for the first time and again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from pos_member.app.members.identify import FoundMember
from pos_member.app.published import Entity
from pos_member.composition.demo_members import DemoMember
from pos_member.composition.demo_store import STORE
from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.own_records import NOTHING_OWN
from pos_member.domain.product import Category, Product
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Role
from pos_member.domain.standing import standing
from pos_member.domain.tier import Tier
from sync.head_office.office import HeadOffice
from tests.composition.conftest import TODAY, SeededStore, open_it, open_office


def test_the_till_finds_store_staff_and_ruleset(shop: SeededStore, ruleset: Ruleset) -> None:
    assert shop.replica.store(STORE.id) == STORE
    in_force = shop.replica.ruleset(TODAY)
    assert in_force is not None
    assert in_force.version == ruleset.version
    assert [(person.number, person.name, person.role) for person in shop.replica.staff()] == [
        ("1", "李芳", Role.CASHIER),
        ("2", "陈蕾", Role.PHARMACIST),
        ("3", "孙伟", Role.STORE_MANAGER),
    ]


def test_each_pin_is_told_to_the_visitor_and_published_only_as_its_hash(shop: SeededStore) -> None:
    hashes = {person.name: person.pin_hash for person in shop.replica.staff()}
    assert len({pin.pin for pin in shop.facts.pins}) == 3
    for pin in shop.facts.pins:
        assert len(pin.pin) == 6
        assert pin.pin.isdigit()
        assert hashes[pin.name] == f"hash of {pin.pin[::-1]}"


def test_head_office_folds_every_member_to_the_balance_the_story_gave(
    shop: SeededStore, members: tuple[DemoMember, ...]
) -> None:
    told = {member.published.state.member.id: member.published for member in members}
    assert len(told) == 500
    for member_id, published in told.items():
        assert shop.office.member(member_id) == published.state
        assert shop.replica.member(member_id) == published.state
        assert all(shop.replica.card(card.code) == card for card in published.cards)


def test_the_cards_on_the_counter_are_one_of_each_tier_one_lost_and_one_frozen(
    shop: SeededStore, ruleset: Ruleset
) -> None:
    *good, lost, frozen = shop.facts.cards
    tiers = []
    for sample in good:
        found = shop.identify(sample.code)
        assert isinstance(found, FoundMember)
        assert found.state.member.name in sample.title
        tiers.append(standing(found.state, NOTHING_OWN, TODAY, ruleset).tier)
    assert tiers == [Tier.DIAMOND, Tier.GOLD, Tier.SILVER, Tier.BASIC]
    with pytest.raises(Refusal, match="挂失"):
        shop.identify(lost.code)
    with pytest.raises(Refusal, match="冻结"):
        shop.identify(frozen.code)


def test_the_diamond_card_has_much_to_spend_and_a_birthday_and_the_basic_one_buys_for_the_first_time(
    shop: SeededStore, ruleset: Ruleset
) -> None:
    diamond, gold, _, basic = (shop.identify(sample.code) for sample in shop.facts.cards[:4])
    assert isinstance(diamond, FoundMember)
    assert isinstance(gold, FoundMember)
    assert isinstance(basic, FoundMember)
    assert diamond.state.member.birthday is not None
    assert diamond.state.member.birthday.month == TODAY.month
    limit = ruleset.offline.points_per_member_day
    assert sum(lot.points for lot in diamond.state.lots) > limit
    assert sum(lot.points for lot in gold.state.lots) > limit
    assert basic.state.completed_sales == 0


def test_the_goods_on_the_counter_show_each_category_and_each_register_the_law_asks_for(shop: SeededStore) -> None:
    *known, unknown = shop.facts.goods
    categories = set()
    registered = []
    for sample in known:
        product = shop.identify(sample.code)
        assert isinstance(product, Product)
        assert product.name == sample.title
        categories.add(product.category)
        if product.category is Category.RX or product.ephedrine:
            registered.append((product.category is Category.RX, product.ephedrine))
    assert categories == set(Category)
    assert registered == [(True, False), (False, True)]
    with pytest.raises(Refusal) as nothing:
        shop.identify(unknown.code)
    assert nothing.value.code == "unknown_code"


def test_a_second_start_knows_what_the_first_one_told_and_publishes_nothing(shop: SeededStore) -> None:
    published = shop.office.health().feed_no
    assert open_it(shop.office, shop.folder) == shop.facts
    assert shop.office.health().feed_no == published


def test_a_seeding_that_was_cut_short_is_done_again(shop: SeededStore, tmp_path: Path) -> None:
    class PowerCutError(Exception):
        pass

    class CutOffice:
        def __init__(self, office: HeadOffice) -> None:
            self.is_empty = office.is_empty
            self.import_ledger = office.import_ledger

        def publish(self, entities: Iterable[Entity]) -> None:
            raise PowerCutError(len(list(entities)))

    office = open_office(tmp_path)
    with pytest.raises(PowerCutError):
        open_it(CutOffice(office), tmp_path)
    assert open_it(office, tmp_path) == shop.facts
    assert not office.is_empty()
    office.close()


@pytest.mark.parametrize("left", [None, '{"store_id": "S001"}', "{"])
def test_when_the_note_of_the_first_start_is_lost_or_damaged_the_way_on_is_told(
    shop: SeededStore, tmp_path: Path, left: str | None
) -> None:
    if left is not None:
        (tmp_path / "demo.json").write_text(left, encoding="utf-8")
    with pytest.raises(Fault, match="请删除演示店的数据文件夹"):
        open_it(shop.office, tmp_path)
