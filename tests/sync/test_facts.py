"""Whatever a till records of a member is counted once, and every till shows the same of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from pos_member.app.points.adjust_points import adjust_points
from pos_member.app.points.check_in import check_in
from pos_member.app.points.donate_points import donate_points
from pos_member.app.points.join_activity import join_activity
from pos_member.app.points.redeem_reward import redeem_reward, stock_left
from pos_member.app.points.redeem_service import redeem_service
from pos_member.app.points.reward_referrer import reward_referrer
from pos_member.app.points.void_redemption import void_redemption
from pos_member.app.ports import RewardStock
from pos_member.app.workplace import Workplace
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.member import Member
from pos_member.domain.tier import Tier
from tests.sync.chain import MASK, STORE, Chain, Till
from tests.sync.counters import CASHIER, MANAGER, bring_back, figures_at, folds_to, workplace_of

_TODAY = date(2026, 3, 5)
Deed = Callable[[Chain, Till, Workplace, Member], None]


def _gold(chain: Chain) -> Member:
    """A gold member with 3,000 points from before."""
    wang = chain.join(tier=Tier.GOLD)
    chain.give(wang, 3000)
    return wang


def _entries(till: Till, member: Member) -> list[tuple[str, str, int]]:
    """The ledger entries that a till has written of a member, read past the program."""
    with closing(sqlite3.connect(till.folder / "terminal.db")) as database:
        return database.execute(
            "SELECT id, kind, points FROM ledger_entries WHERE member_id = ? ORDER BY id", (member.id,)
        ).fetchall()


def _posted(chain: Chain, member: Member) -> list[tuple[str, str, int]]:
    """The same at head office, without what was imported."""
    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database:
        return database.execute(
            "SELECT lower(hex(id)), kind, points FROM ledger_entries "
            "WHERE member_id = ? AND source != 'import' ORDER BY id",
            (bytes.fromhex(member.id),),
        ).fetchall()


def _verdicts(chain: Chain) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database:
        return database.execute("SELECT DISTINCT verdict, why FROM events").fetchall()


def _tasks(chain: Chain) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database:
        return database.execute("SELECT kind, what FROM tasks ORDER BY rowid").fetchall()


def _forget_answers(till: Till) -> Till:
    """The till as if no answer of head office had ever reached it."""
    till.close()
    with closing(sqlite3.connect(till.folder / "terminal.db")) as database, database:
        database.execute("UPDATE outbox SET acked_seq = 0, acked_hash = zeroblob(32)")
    return till.again()


def _sells(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    till.sell(wang, packs=5, points=100)


def _takes_part_of_a_sale_back(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    sale = till.sell(wang, packs=30, points=500)
    bring_back(here, chain.ids.new(), sale, 7)


def _takes_a_whole_sale_back_in_parts(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    sale = till.sell(wang, packs=3)
    for packs in (1, 2):
        chain.clock.pass_by(seconds=1)
        bring_back(here, chain.ids.new(), sale, packs)


def _gives_a_service_for_points(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    redeem_service(here, CASHIER, chain.ids.new(), wang.id, "consultation")


def _gives_the_free_test(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    redeem_service(here, CASHIER, chain.ids.new(), wang.id, "glucose")


def _gives_the_free_test_and_takes_it_back(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    redemption_id = chain.ids.new()
    redeem_service(here, CASHIER, redemption_id, wang.id, "glucose")
    void_redemption(here, CASHIER, chain.ids.new(), redemption_id, "顾客改变主意")


def _hands_out_a_reward(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    redeem_reward(here, CASHIER, chain.ids.new(), wang.id, "water", MASK.sku)


def _hands_out_a_reward_and_takes_it_back(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    redemption_id = chain.ids.new()
    redeem_reward(here, CASHIER, redemption_id, wang.id, "water", MASK.sku)
    void_redemption(here, CASHIER, chain.ids.new(), redemption_id, "拿错了")


def _donates(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    donate_points(here, CASHIER, chain.ids.new(), wang.id, 300, "山区儿童药箱")


def _checks_in(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    check_in(here, CASHIER, chain.ids.new(), wang.id)


def _notes_an_activity(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    join_activity(here, CASHIER, chain.ids.new(), wang.id, "health_lecture")


def _takes_points_by_hand(chain: Chain, till: Till, here: Workplace, wang: Member) -> None:
    adjust_points(here, MANAGER, chain.ids.new(), wang.id, -120, "误加")


_DEEDS: tuple[Deed, ...] = (
    _sells,
    _takes_part_of_a_sale_back,
    _takes_a_whole_sale_back_in_parts,
    _gives_a_service_for_points,
    _gives_the_free_test,
    _gives_the_free_test_and_takes_it_back,
    _hands_out_a_reward,
    _hands_out_a_reward_and_takes_it_back,
    _donates,
    _checks_in,
    _notes_an_activity,
    _takes_points_by_hand,
)


@pytest.mark.parametrize("pulls_first", [False, True], ids=["push-then-pull", "pull-then-push"])
@pytest.mark.parametrize("deed", _DEEDS, ids=lambda deed: deed.__name__.lstrip("_"))
def test_what_one_till_does_is_seen_the_same_everywhere_and_counts_once(
    chain: Chain, deed: Deed, *, pulls_first: bool
) -> None:
    wang = _gold(chain)
    chain.office.publish([RewardStock(store_id=STORE.id, reward_id="water", pieces=9, applied={})])
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()
    here, there = workplace_of(chain, first), workplace_of(chain, second)

    deed(chain, first, here, wang)
    told, left = figures_at(here, wang), _water_left(here)
    if pulls_first:
        first.pull()
        assert (figures_at(here, wang), _water_left(here)) == (told, left)
    first.push()
    assert (figures_at(here, wang), _water_left(here)) == (told, left)
    first.pull()
    assert (figures_at(here, wang), _water_left(here)) == (told, left)
    second.pull()
    assert (figures_at(there, wang), _water_left(there)) == (told, left)

    again = _forget_answers(first)
    again.push()
    second.pull()
    assert figures_at(there, wang) == figures_at(workplace_of(chain, again), wang) == told
    assert _verdicts(chain) == [("accepted", "")]
    assert _posted(chain, wang) == _entries(again, wang)
    assert _tasks(chain) == []


def _water_left(workplace: Workplace) -> int | None:
    with workplace.terminal.reading() as records:
        return stock_left(workplace, records, "water")


def test_the_figures_are_the_fold_of_all_that_two_tills_wrote_in_whatever_order_it_came(chain: Chain) -> None:
    wang = chain.join(tier=Tier.GOLD)
    opening = chain.give(wang, 3040)
    tills = chain.till("前台一"), chain.till("前台二")
    for till in tills:
        till.pull()
    for number, deed in enumerate((*_DEEDS[:3], _DEEDS[3], _DEEDS[8], _DEEDS[10], _DEEDS[11], *_DEEDS[:3])):
        till = tills[number % 2]
        deed(chain, till, workplace_of(chain, till), wang)
        if number % 3 == 0:
            till.push()
        if number % 4 == 1:
            till.pull()
        chain.clock.pass_by(minutes=1)
    for till in (tills[1], tills[0]):
        till.push()
    for till in tills:
        till.pull()

    written = sorted(entry for till in tills for entry in _entries(till, wang))
    assert _posted(chain, wang) == written
    one, other = (figures_at(workplace_of(chain, till), wang) for till in tills)
    assert one == other
    balance = sum(lot.points for lot in one.standing.lots) - one.standing.debt
    assert balance == opening.points + sum(points for _, _, points in written)
    assert folds_to([opening, *(entry for till in tills for entry in _recorded(till, wang))], _TODAY, one)


def _recorded(till: Till, member: Member) -> list[LedgerEntry]:
    """The ledger entries that a till has recorded of a member."""
    with till.terminal.reading() as records:
        return list(records.own_records(member.id, {}).entries(member.id))


def test_a_referral_earned_by_one_members_sale_is_the_referrers_everywhere(chain: Chain) -> None:
    referrer = chain.join()
    newcomer = chain.join(referrer_id=referrer.id)
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    here, there = workplace_of(chain, first), workplace_of(chain, second)
    sale = first.ring_up(newcomer, packs=11)
    state = first.replica.member(newcomer.id)

    first.record(sale)
    with first.terminal.transaction() as records:
        reward_referrer(here, records, here.moment(records), CASHIER, sale, state)
    told = figures_at(here, referrer)
    first.push()
    second.pull()

    assert sum(lot.points for lot in told.standing.lots) == 50
    assert figures_at(there, referrer) == told
    assert [(bonus.kind, bonus.source) for bonus in told.bonuses] == [("referral", newcomer.id)]
    assert figures_at(there, newcomer) == figures_at(here, newcomer)
