"""What a member reads on the slip of a redemption, of its void, and on the certificate of a donation."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pos_member.domain.certificate_layout import certificate
from pos_member.domain.errors import Sentence
from pos_member.domain.ledger import EatenLot, LedgerEntry
from pos_member.domain.receipt import QrRow
from pos_member.domain.receipt_layout import ReceiptMember
from pos_member.domain.redeeming import VOID, Redemption, RedemptionKind, RedemptionVoid
from pos_member.domain.slip_layout import redemption_slip, void_slip
from pos_member.domain.spending import Spending
from tests.domain.makers import day
from tests.domain.test_receipt_layout import CASHIER, STORE, lines_of

AT = datetime(2026, 5, 6, 2, 12, tzinfo=UTC)
WANG = ReceiptMember(name="王*明", phone="138****5678")


def redemption(kind: RedemptionKind, name: str, points: int, **changes: object) -> Redemption:
    lots = (EatenLot(expires_on=day("2026-12-31"), points=points),) if points else ()
    plain: dict[str, object] = {
        "id": "r1",
        "at": AT,
        "business_date": day("2026-05-06"),
        "store_id": "S001",
        "terminal_id": "t1",
        "staff_id": "c1",
        "member_id": "m1",
        "kind": kind,
        "name": name,
        "spending": Spending(on_what="x", on=day("2026-05-06"), points=points, lots=lots),
    }
    return Redemption(**{**plain, **changes})  # type: ignore[arg-type]


def slip(redeemed: Redemption, said: str, goods: str = "") -> list[str]:
    document = redemption_slip(
        redeemed,
        store=STORE,
        terminal_name="1 号机",
        person=CASHIER,
        member=WANG,
        said=Sentence(template=said, gaps={}),
        goods=goods,
        available=12_500,
    )
    assert not document.kick_drawer
    assert QrRow(payload="r1") in document.rows
    return lines_of(document)


def test_a_reward_slip_names_the_reward_the_goods_and_the_points() -> None:
    reward = redemption(RedemptionKind.REWARD, "创可贴", 100, sku="B200")
    assert slip(reward, "创可贴扣 100 分", goods="防水创可贴") == [
        "安和大药房",
        "演示市健康路 1 号",
        "电话 0571-0000000",
        "积分换礼单",
        "时间 2026-05-06 10:12:00",
        "终端 1 号机  收银 李芳",
        "会员 王*明|138****5678",
        "创可贴",
        "商品 防水创可贴 B200",
        "创可贴扣 100 分",
        "使用积分|-100",
        "积分余额|12,500",
        "当天可凭本单在原收银台作废，积分退回",
        "顾客签字 ______________",
        "r1",
    ]


def test_a_free_service_says_that_it_took_no_points() -> None:
    lines = slip(redemption(RedemptionKind.SERVICE, "血糖检测", 0), "用免费权益，不扣积分")
    assert lines[3] == "积分换服务单"
    assert "使用积分|0" in lines
    assert not any(line.startswith("商品") for line in lines)


def void(*lots: tuple[date, int]) -> RedemptionVoid:
    return RedemptionVoid(
        id="v1",
        at=AT,
        business_date=day("2026-05-06"),
        store_id="S001",
        terminal_id="t1",
        staff_id="c1",
        member_id="m1",
        about="r1",
        reason="按错了",
        entries=tuple(
            LedgerEntry(
                id=f"e{points}",
                member_id="m1",
                kind=VOID,
                points=points,
                occurred_at=AT,
                business_date=day("2026-05-06"),
                store_id="S001",
                terminal_id="t1",
                source="v1",
                ruleset="2026.1",
                expires_on=expires_on,
            )
            for expires_on, points in lots
        ),
    )


def voided(fact: RedemptionVoid, of: Redemption) -> list[str]:
    document = void_slip(fact, of, store=STORE, terminal_name="1 号机", person=CASHIER, member=None, available=12_600)
    assert QrRow(payload="r1") in document.rows
    return lines_of(document)


def test_a_void_slip_says_which_points_came_back_and_until_when() -> None:
    lines = voided(
        void((day("2026-06-05"), 30), (day("2026-12-31"), 70)), redemption(RedemptionKind.REWARD, "创可贴", 100)
    )
    assert lines[3:] == [
        "兑换作废单",
        "时间 2026-05-06 10:12:00",
        "终端 1 号机  收银 李芳",
        "作废 积分换礼 创可贴",
        "原因 按错了",
        "退回积分，2026-06-05 到期|+30",
        "退回积分，2026-12-31 到期|+70",
        "积分余额|12,600",
        "顾客签字 ______________",
        "r1",
    ]


def test_a_void_of_a_free_use_gives_the_use_back() -> None:
    lines = voided(void(), redemption(RedemptionKind.SERVICE, "血糖检测", 0))
    assert "未用积分，会员权益的次数已退回" in lines
    assert not any(line.startswith("退回积分") for line in lines)


def test_a_certificate_names_the_donor_the_cause_the_points_and_their_worth() -> None:
    given = redemption(RedemptionKind.DONATION, "希望小学", 1200, worth_fen=1200)
    document = certificate(given, store=STORE, terminal_name="1 号机", person=CASHIER, member=WANG, available=12_500)
    assert lines_of(document)[3:] == [
        "公益捐赠证书",
        "会员 王*明于 2026 年 5 月 6 日，为以下公益项目捐赠积分：",
        "希望小学",
        "捐赠积分|1,200",
        "折合善款|¥12.00",
        "积分余额|12,500",
        "感谢您的爱心，特发此证。",
        "时间 2026-05-06 10:12:00",
        "终端 1 号机  收银 李芳",
        "r1",
    ]
    assert QrRow(payload="r1") in document.rows
