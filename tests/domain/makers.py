"""Short ways to say who buys what, for the stories of this folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pos_member.domain.ledger import LedgerEntry, Lot
from pos_member.domain.member import Member, MemberState
from pos_member.domain.offers import Coupon, Offer
from pos_member.domain.postings import entries_of
from pos_member.domain.pricing import quote
from pos_member.domain.product import Category, Product
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, OfflineLimit, Quote, QuoteRequest, SaleLine
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Tier
from pos_member.domain.trace import trace
from pos_member.domain.trace_words import in_chinese, sentence

DEFAULT_TEXT = (Path(__file__).parents[2] / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")


def ruleset(*changes: tuple[str, str]) -> Ruleset:
    """The built-in ruleset, with pieces of its text replaced; each has to occur just once."""
    text = DEFAULT_TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse_ruleset(text)


RULES = ruleset()


def day(text: str) -> date:
    return date.fromisoformat(text)


def goods(
    sku: str,
    category: str,
    fen: int,
    quantity: str = "1",
    *,
    no_discount: bool = False,
    no_points: bool = False,
    by_weight: bool = False,
    insurable: bool = False,
) -> SaleLine:
    return SaleLine(
        sku=sku,
        category=Category(category),
        unit_price_fen=fen,
        quantity=Quantity.parse(quantity),
        no_discount=no_discount,
        no_points=no_points,
        by_weight=by_weight,
        insurable=insurable,
    )


def lot(points: int, earned_on: str, expires_on: str, entry_id: str = "") -> Lot:
    return Lot(
        entry_id=entry_id or f"{earned_on}-{points}",
        points=points,
        earned_on=day(earned_on),
        expires_on=day(expires_on),
    )


NOBODY_SPECIAL = MemberStanding(
    id="m1",
    tier=Tier.BASIC,
    birthday=None,
    completed_sales=5,
    spend_365_fen=0,
    visits_365=0,
    visited_today=False,
    lots=(),
    debt=0,
    birthday_bonus_years=(),
    upgrade_bonuses=(),
)

BASIC = replace(NOBODY_SPECIAL, spend_365_fen=35_000, visits_365=2)
SILVER = replace(NOBODY_SPECIAL, tier=Tier.SILVER, spend_365_fen=150_000, visits_365=4)
GOLD = replace(NOBODY_SPECIAL, tier=Tier.GOLD, spend_365_fen=320_000, visits_365=9)
DIAMOND = replace(NOBODY_SPECIAL, tier=Tier.DIAMOND, spend_365_fen=620_000, visits_365=20)


def price(
    *lines: SaleLine,
    member: MemberStanding | None = None,
    on: str = "2026-05-06",
    points: int | Literal["max"] = 0,
    offline: OfflineLimit | None = None,
    cash: int | None = None,
    rules: Ruleset = RULES,
    store: str | None = None,
    offers: tuple[Offer, ...] = (),
    coupon: Coupon | None = None,
    tenders: tuple[Tender, ...] = (),
    cash_rounding: bool = False,
) -> Quote:
    return quote(
        QuoteRequest(
            on=day(on),
            lines=lines,
            member=member,
            store=store,
            offers=offers,
            coupon=coupon,
            points_to_redeem=points,
            offline=offline,
            tenders=tenders if cash is None else (Tender(kind=TenderKind.CASH, fen=cash),),
            cash_rounding=cash_rounding,
        ),
        rules,
    )


def paid(**fen: int) -> tuple[Tender, ...]:
    """Tenders by their kinds."""
    return tuple(Tender(kind=TenderKind(kind), fen=each) for kind, each in fen.items())


def told(priced: Quote, rules: Ruleset = RULES) -> list[str]:
    """The trace of a quote, as a Chinese reader reads it."""
    return [sentence(step, in_chinese) for step in trace(priced, rules)]


def entry(
    entry_id: str,
    points: int,
    at: str,
    *,
    on: str | None = None,
    expires_on: str | None = None,
    of: str | None = None,
    kind: str = "adjustment",
) -> LedgerEntry:
    occurred = datetime.fromisoformat(at)
    return LedgerEntry(
        id=entry_id,
        member_id="m1",
        kind=kind,
        points=points,
        occurred_at=occurred,
        business_date=day(on) if on else occurred.date(),
        store_id="S001",
        terminal_id="t1",
        source="s1",
        ruleset="2026.1",
        expires_on=day(expires_on) if expires_on else None,
        of=of,
    )


class CountingIds:
    """Identifiers e0001, e0002, …"""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"e{self._count:04d}"


def state(standing: MemberStanding = NOBODY_SPECIAL, **changes: object) -> MemberState:
    """The member as head office would publish them."""
    published = MemberState(
        member=Member(
            id=standing.id,
            name="王小明",
            initials="wxm",
            phone="13812345678",
            birthday=standing.birthday,
            gender=None,
            joined_on=day("2023-04-01"),
            home_store="S001",
        ),
        tier=standing.tier,
        lots=standing.lots,
        debt=standing.debt,
        completed_sales=standing.completed_sales,
        birthday_bonus_years=standing.birthday_bonus_years,
        upgrade_bonuses=standing.upgrade_bonuses,
    )
    return replace(published, **changes)  # type: ignore[arg-type]


def sold(
    priced: Quote,
    *,
    sale_id: str = "s1",
    at: datetime = datetime(2026, 5, 6, 2, 12, tzinfo=UTC),
    on: str = "2026-05-06",
    cash: int | None = None,
    member_id: str | None = "m1",
    ids: CountingIds | None = None,
) -> Sale:
    """The sale that a quote becomes when it is settled."""
    return Sale(
        id=sale_id,
        receipt_no="S001-1-000042",
        store_id="S001",
        terminal_id="t1",
        cashier_id="c1",
        pharmacist_id=None,
        member_id=member_id,
        at=at,
        business_date=day(on),
        products=tuple(
            SoldProduct(sku=line.sku, name=f"商品{line.sku}", specification="10片", unit="盒") for line in priced.lines
        ),
        quote=priced,
        tenders=(Tender(kind=TenderKind.CASH, fen=priced.payable_fen if cash is None else cash),),
        entries=entries_of(
            priced,
            ids=ids or CountingIds(),
            ruleset=RULES,
            sale_id=sale_id,
            member_id=member_id,
            at=at,
            on=day(on),
            store_id="S001",
            terminal_id="t1",
        ),
    )


def product(category: str = "otc_b", *, ephedrine: bool = False) -> Product:
    return Product(
        sku="P1",
        name="感冒灵颗粒",
        specification="10g×9袋",
        maker="某药厂",
        category=Category(category),
        price_fen=1500,
        unit="盒",
        ephedrine=ephedrine,
    )
