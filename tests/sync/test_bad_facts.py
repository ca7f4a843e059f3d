"""Facts that no honest till sends are kept, told, and change nothing; nor do those that change no figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pos_member.app.facts import kind_of
from pos_member.app.published import Verdict
from pos_member.domain.bonuses import BonusKind
from pos_member.domain.fact import Fact
from pos_member.domain.membership import Enrolment
from pos_member.domain.quantity import Quantity
from pos_member.domain.redeeming import Redemption, RedemptionKind, RedemptionVoid
from pos_member.domain.registers import EphedrineRegistered, PrescriptionDecided, PrescriptionRegistered
from pos_member.domain.returns import GoodsReturn, LineReturn
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import CashDirection, CashMovement, ShiftOpening
from pos_member.domain.spending import Spending
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Tier
from tests.sync.chain import Chain, Till
from tests.sync.counters import entry_of, grant_of, push_told, rows, stamp_of


def _returned(chain: Chain, till: Till, sale: Sale, packs: int = 1, **changes: object) -> SaleReturn:
    """A return of so many packs of a sale to nobody in particular."""
    quantity, fen = Quantity.whole(packs), sale.quote.payable_fen * packs // 10
    goods = GoodsReturn(
        lines=(LineReturn(line=0, quantity=quantity, refund_fen=fen, points_given_back=0),),
        refund_fen=fen,
        tenders=(Tender(kind=TenderKind.CASH, fen=fen),),
        points_taken_back=0,
        birthday_taken_back=0,
        points_given_back=0,
        given_back_lots=(),
    )
    plain = {
        **stamp_of(chain, till, about=sale.id),
        "receipt_no": "01-000009",
        "sale_receipt_no": sale.receipt_no,
        "sale_on": sale.business_date,
        "reason": "不想要了",
        "quality": False,
        "confirmed_by": None,
        "goods": goods,
        "whole": False,
    }
    return SaleReturn(**{**plain, **changes})


def test_a_return_that_does_not_fit_its_sale_is_kept_but_not_posted(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    sale = till.sell(packs=10)
    till.push()
    honest = _returned(chain, till, sale)
    goods = honest.goods
    too_dear = replace(goods, refund_fen=99, tenders=(Tender(kind=TenderKind.CASH, fen=99),))
    beyond = replace(goods, lines=(replace(goods.lines[0], line=3),))
    nothing = replace(goods, lines=(replace(goods.lines[0], quantity=Quantity(0)),))
    with_points = replace(_returned(chain, till, sale), entries=(entry_of(chain, honest, "purchase", 5, "x"),))
    bad = {
        _returned(chain, till, sale, about=chain.ids.new()): "总部没有这笔退货的原销售单。",
        _returned(chain, till, sale, member_id=wang.id): "退货与原销售单记的不是同一位会员。",
        _returned(chain, till, sale, 11): "退货超出了原销售单售出的数量。",
        _returned(chain, till, sale, goods=beyond): "退货超出了原销售单售出的数量。",
        _returned(chain, till, sale, goods=nothing): "退货超出了原销售单售出的数量。",
        _returned(chain, till, sale, goods=too_dear): "退款金额与原销售单不符。",
        _returned(chain, till, sale, store_id="S009"): "记录写的不是上传它的终端和门店。",
        with_points: "积分流水记的不是这笔退货。",
    }

    verdicts = push_told(till, *bad, honest)

    assert [(each.verdict, each.why) for each in verdicts[:-1]] == [(Verdict.REJECTED, why) for why in bad.values()]
    assert verdicts[-1].verdict is Verdict.ACCEPTED
    assert len(rows(chain, "tasks", "kind")) == len(bad)
    assert list(chain.office.sale(sale.receipt_no).returned) == [honest.id]


def test_points_that_do_not_fit_their_fact_are_kept_but_not_posted(chain: Chain) -> None:
    wang = chain.join(tier=Tier.GOLD)
    chain.give(wang, 2000)
    till = chain.till()
    till.pull()
    stamp = stamp_of(chain, till, member_id=wang.id)
    spending = Spending(on_what="consultation", on=stamp["business_date"], points=1000, lots=())
    redemption = Redemption(
        **{**stamp, "about": "consultation"}, kind=RedemptionKind.SERVICE, name="药师咨询", spending=spending
    )
    taken = entry_of(chain, redemption, "service", -1000, redemption.id)
    redemption = replace(redemption, entries=(taken,))
    void = RedemptionVoid(**stamp_of(chain, till, member_id=wang.id, about=redemption.id), reason="错")
    void = replace(void, entries=(entry_of(chain, void, "redemption_void", 1000, void.id),))
    grant = grant_of(chain, till, wang, BonusKind.ACTIVITY, 20, "spring")

    def again(fact: Fact, **changes: object) -> Any:
        entries = tuple(replace(entry, id=chain.ids.new()) for entry in fact.entries)
        return replace(fact, **{"id": chain.ids.new(), "entries": entries, **changes})  # type: ignore[arg-type]

    somebody = chain.ids.new()
    bad = {
        again(redemption, entries=()): "积分流水与兑换的积分不符。",
        again(redemption, entries=(replace(taken, id=chain.ids.new(), kind="gift"),)): "积分流水与兑换的积分不符。",
        again(redemption, member_id=somebody): "总部没有这位会员。",
        again(redemption, entries=(taken,)): "积分流水号与已有的重复。",
        again(void, about=chain.ids.new()): "总部没有这笔兑换。",
        again(void, entries=()): "积分流水与兑换的积分不符。",
        again(grant, points=21): "积分流水与所赠积分不符。",
        again(grant, member_id=somebody): "总部没有这位会员。",
        again(grant, terminal_id=somebody): "记录写的不是上传它的终端和门店。",
        replace(grant, reason="另一条"): "这个编号已经入账，内容不同。",
        ShiftOpening(
            **{**stamp_of(chain, till), "entries": (replace(taken, id=chain.ids.new()),)}, number=1, float_fen=0
        ): "这种记录不带积分流水。",
    }

    verdicts = push_told(till, redemption, grant, *bad, void, again(void))

    assert [each.verdict for each in verdicts[:2]] == [Verdict.ACCEPTED] * 2
    assert [(each.verdict, each.why) for each in verdicts[2:-2]] == [(Verdict.REJECTED, why) for why in bad.values()]
    assert [each.why for each in verdicts[-2:]] == ["", "这笔兑换已经作废。"]
    assert chain.office.member_figure(wang.id).available == 2020


def test_figures_that_would_break_what_is_published_are_kept_aside(chain: Chain) -> None:
    """What a column cannot hold, or could not be told again, must not stop the pushes of everybody else."""
    wang = chain.join()
    till = chain.till()
    till.pull()
    huge = grant_of(chain, till, wang, BonusKind.ADJUSTMENT, 10**12, "x")
    ancient = grant_of(chain, till, wang, BonusKind.ADJUSTMENT, 5, "x")
    before_all = datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    ancient = replace(ancient, entries=(replace(ancient.entries[0], occurred_at=before_all),))
    nameless = grant_of(chain, till, wang, BonusKind.ADJUSTMENT, 5, "x")
    strange = Enrolment(**stamp_of(chain, till), referrer_id="nobody")
    honest = grant_of(chain, till, wang, BonusKind.ADJUSTMENT, 5, "x")

    verdicts = push_told(till, huge, ancient, replace(nameless, id="AB" * 16), strange, honest)

    assert [each.verdict.value for each in verdicts] == [
        "rejected",
        "quarantined",
        "quarantined",
        "quarantined",
        "accepted",
    ]
    assert chain.office.member_figure(wang.id).available == 5


def test_registers_shifts_and_cash_are_kept_and_change_no_figure(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    before = chain.office.member(wang.id)
    facts = (
        ShiftOpening(**stamp_of(chain, till), number=1, float_fen=20_000),
        CashMovement(**stamp_of(chain, till), direction=CashDirection.IN, fen=500, reason="换零钱"),
        PrescriptionRegistered(**stamp_of(chain, till), written_on=date(2026, 3, 4), skus=("Y0017",)),
        PrescriptionDecided(**stamp_of(chain, till), approved=True),
        EphedrineRegistered(**stamp_of(chain, till, member_id=wang.id), packs=()),
    )

    verdicts = push_told(till, *facts)

    assert {each.verdict for each in verdicts} == {Verdict.ACCEPTED}
    assert [kind for (kind,) in rows(chain, "facts", "kind")] == [kind_of(type(fact)) for fact in facts]
    after = chain.office.member(wang.id)
    assert before is not None
    assert after is not None
    assert replace(after, applied={}) == before
