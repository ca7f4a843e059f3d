"""Taking payment as ready strings: the price step by step, the points, and the money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos_member.app.counter import CounterState, Payment, RedemptionAllowance, Settled
from pos_member.domain.member import mask_name
from pos_member.domain.money import yuan
from pos_member.domain.quote import Quote
from pos_member.domain.redemption import RedemptionLimit
from ui.view_models.checkout import count_text, limit_sentence, tier_word
from ui.view_models.figures import gained, less, points, short_yuan
from ui.view_models.labels import label
from ui.view_models.language import Translate
from ui.view_models.offers import offer_word

_LIMITED_BY_LINK: Final = {RedemptionLimit.OFFLINE, RedemptionLimit.REPLICA_EXPIRED, RedemptionLimit.STOPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step of the price: what, and how much."""

    what: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsView:
    """Paying with points: how many of how many, by what steps, and why not more.

    ``notice`` is what the surroundings limit.
    """

    used: int
    greatest: int
    step: int
    heading: str
    figure: str
    limit: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAmount:
    """A handy amount of cash, in fen and as a key says it."""

    fen: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    """Everything the payment screen shows. ``why_not``: empty when the sale can be settled; ``tone``: the change's."""

    steps: tuple[StepRow, ...]
    payable: str
    points: PointsView | None
    earned: str
    earned_parts: str
    balance_after: str
    change_label: str
    change: str
    tone: str
    received: str
    quick: tuple[QuickAmount, ...]
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledView:
    """A sale that is done. ``earned`` and ``balance`` are empty for a sale to nobody;
    ``notice`` is what went wrong beside the sale, if anything did."""

    change: str
    received: str
    receipt_no: str
    earned: str
    balance: str
    notice: str


def heading(state: CounterState, tr: Translate) -> str:
    """Whose basket it is and how much is in it."""
    parts = [tr("收款"), count_text(state, tr)]
    if state.member:
        tier = tier_word(state.member.standing.tier, tr)
        parts.append(f"{mask_name(state.member.state.member.name)} {tier.text}")
    return " · ".join(parts)


def payment_view(payment: Payment, available: int | None, tr: Translate) -> PaymentView:
    """The payment as the screen shows it. ``available`` are the member's points, None for a sale to nobody."""
    quote, cash = payment.quote, payment.cash_fen
    short = payment.short_fen > 0
    label, tone = (tr("应收"), "") if cash is None else (tr("还差"), "warn") if short else (tr("找零"), "brand")
    return PaymentView(
        steps=_steps(quote, tr),
        payable=yuan(quote.payable_fen),
        points=_points(quote, payment.allowance, available, tr) if available is not None else None,
        earned="" if quote.available_after is None else tr("{points} 分", points=gained(quote.points_earned)),
        earned_parts=_earned_parts(quote, tr),
        balance_after="" if quote.available_after is None else tr("{points} 分", points=points(quote.available_after)),
        change_label=label,
        change=yuan(payment.short_fen if short else payment.change_fen),
        tone=tone,
        received="" if cash is None else received_text(cash, quote, tr),
        quick=tuple(QuickAmount(fen=fen, text=short_yuan(fen), chosen=fen == cash) for fen in payment.suggestions),
        why_not=_why_not(payment, tr),
    )


def settled_view(settled: Settled, tr: Translate) -> SettledView:
    """A finished sale."""
    quote = settled.sale.quote
    cash = sum(tender.fen for tender in settled.sale.tenders)
    known = settled.available is not None
    return SettledView(
        change=yuan(quote.change_fen),
        received=received_text(cash, quote, tr),
        receipt_no=settled.sale.receipt_no,
        earned=tr("{points} 分", points=gained(quote.points_earned)) if known else "",
        balance=tr("{points} 分", points=points(settled.available)) if settled.available is not None else "",
        notice="" if settled.receipt_queued else tr("打印队列已满，小票没有打印；处理打印机后按 F10 补打。"),
    )


def stepped(used: int, steps: int, allowance: RedemptionAllowance) -> int:
    """So many steps of points more or less: none, or from the least that may be used up to the most."""
    wanted = used + steps * allowance.step
    if wanted < allowance.minimum:
        wanted = allowance.minimum if steps > 0 else 0
    return min(wanted, allowance.points)


def received_text(cash_fen: int, quote: Quote, tr: Translate) -> str:
    """What was given for what is owed."""
    return tr("已收 {cash} · 应收 {payable}", cash=yuan(cash_fen), payable=yuan(quote.payable_fen))


def _steps(quote: Quote, tr: Translate) -> tuple[StepRow, ...]:
    rows = [StepRow(what=tr("商品合计"), amount=yuan(quote.gross_fen))]
    offers: dict[str, int] = {}
    for line in quote.lines:
        if line.offer:
            name = offer_word(line.offer, tr).text
            offers[name] = offers.get(name, 0) + line.offer.reduction_fen
    rows += [StepRow(what=name, amount=less(fen)) for name, fen in offers.items()]
    rows += [StepRow(what=reduction.id, amount=less(reduction.fen)) for reduction in quote.order_reductions]
    if quote.points_redeemed:
        what = tr("积分抵现 {points} 分", points=points(quote.points_redeemed))
        rows.append(StepRow(what=what, amount=less(quote.points_redeemed_fen)))
    if quote.rounding_fen:
        rows.append(StepRow(what=tr("抹零"), amount=less(quote.rounding_fen)))
    return tuple(rows)


def _points(quote: Quote, allowance: RedemptionAllowance, available: int, tr: Translate) -> PointsView:
    used, greatest = quote.points_redeemed, allowance.points
    limited_by_link = allowance.reason in _LIMITED_BY_LINK
    sentence = limit_sentence(allowance, tr)
    return PointsView(
        used=used,
        greatest=greatest,
        step=allowance.step,
        heading=tr("余额 {points} 分", points=points(available)),
        figure=tr(
            "{used} / {greatest} 分 = {amount}",
            used=points(used),
            greatest=points(greatest),
            amount=yuan(quote.points_redeemed_fen),
        ),
        limit="" if limited_by_link else sentence,
        notice=sentence if limited_by_link else "",
    )


def _earned_parts(quote: Quote, tr: Translate) -> str:
    """What the points are earned for, where that is more than one thing: 购物 108 · 等级加成 54."""
    if len(quote.points) < 2:
        return ""
    return " · ".join(f"{tr(label(part.kind))} {points(part.points)}" for part in quote.points)


def _why_not(payment: Payment, tr: Translate) -> str:
    if payment.cash_fen is None and payment.short_fen > 0:
        return tr("输入收到的现金")
    return tr("现金还差 {amount}", amount=yuan(payment.short_fen)) if payment.short_fen > 0 else ""
