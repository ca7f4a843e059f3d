"""The checkout as ready strings: the lines of the basket, the member's card, the prompts and the totals."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pos_member.app.counter import CounterState, MemberSheet, RedemptionAllowance
from pos_member.domain.basket import BasketLine
from pos_member.domain.member import mask_card, mask_name, mask_phone
from pos_member.domain.money import yuan
from pos_member.domain.prompts import Prompt, PromptKind, TierProgress
from pos_member.domain.quote import Quote
from pos_member.domain.rates import percent_text
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.tier import Tier
from ui.view_models.figures import Place, gained, points, short_yuan, unit_price
from ui.view_models.labels import CATEGORY_CHIPS, PROMPT_MARKS, TIER_TONES, label
from ui.view_models.language import Translate
from ui.view_models.needs import NeedsView, conflict_rows, need_mark, needs_view
from ui.view_models.offers import ChipWord, PromptRow, offer_word, rate_word


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line of the basket. ``list_price``: empty where it is the unit price; ``spoken`` is read aloud.

    ``need`` is what it waits for before it can be paid.
    """

    number: str
    name: str
    chip: ChipWord | None
    need: ChipWord | None
    sub: str
    quantity: str
    unit_price: str
    list_price: str
    offer: ChipWord | None
    net: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """The member's card; ``ahead`` is the prompt of the next tier.

    ``progress`` is in thousandths of the way there, None where there is none.
    """

    name: str
    tier: ChipWord
    identity: str
    available: str
    worth: str
    debt: str
    fresh: str
    progress: int | None
    ahead: str
    prompts: tuple[PromptRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The figures under the basket. ``redeemable_label`` says what sets the limit."""

    gross: str
    saved: str
    earned: str
    redeemable_label: str
    redeemable: str
    payable: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutView:
    """Everything the checkout shows of a counter."""

    rows: tuple[LineRow, ...]
    member: MemberView | None
    needs: NeedsView | None
    conflicts: tuple[PromptRow, ...]
    coupon: PromptRow | None
    totals: Totals
    redeem_why_not: str


def checkout_view(state: CounterState, place: Place, tr: Translate) -> CheckoutView:
    """The counter as the checkout shows it."""
    return CheckoutView(
        rows=_rows(state, tr),
        member=member_view(state.member, place, tr) if state.member else None,
        needs=needs_view(state, tr),
        conflicts=conflict_rows(state, tr),
        coupon=_coupon(state, tr),
        totals=_totals(state, tr),
        redeem_why_not=_redeem_why_not(state, tr),
    )


def count_text(state: CounterState, tr: Translate) -> str:
    """How many kinds and pieces there are; what is sold by weight is one piece."""
    pieces = sum(1 if line.product.by_weight else line.quantity.milli // 1000 for line in state.basket.lines)
    return tr("{kinds} 种 {pieces} 件", kinds=len(state.basket.lines), pieces=pieces)


def tier_word(tier: Tier, tr: Translate) -> ChipWord:
    """A tier's name for a chip."""
    return ChipWord(text=tr(label(tier)), tone=TIER_TONES[tier])


def _rows(state: CounterState, tr: Translate) -> tuple[LineRow, ...]:
    quote = state.quote
    if quote is None:
        return ()
    return tuple(_row(index, line, quote, state, tr) for index, line in enumerate(state.basket.lines))


def _row(index: int, line: BasketLine, quote: Quote, state: CounterState, tr: Translate) -> LineRow:
    product, priced = line.product, quote.lines[index]
    need = need_mark(state.needs, product.sku, tr)
    chip = CATEGORY_CHIPS.get(product.category)
    offer = offer_word(priced.offer, tr) if priced.offer else _no_offer(quote, tr)
    name, net = product.name, yuan(priced.line_net_fen)
    quantity = f"{line.quantity}{'×' if product.unit[:1].isdigit() else ' '}{product.unit}"
    return LineRow(
        number=str(index + 1),
        name=name,
        chip=ChipWord(text=tr(chip[0]), tone=chip[1]) if chip else None,
        need=need,
        sub=" · ".join(part for part in (product.specification, tr(label(product.category)), product.maker) if part),
        quantity=quantity,
        unit_price=unit_price(priced.line_net_fen, line.quantity) if priced.offer else yuan(priced.unit_price_fen),
        list_price=yuan(priced.unit_price_fen) if priced.offer else "",
        offer=offer,
        net=net,
        spoken=" ".join(
            part for part in (name, need.text if need else "", quantity, offer.text if offer else "", net) if part
        ),
    )


def _no_offer(quote: Quote, tr: Translate) -> ChipWord | None:
    """Where others get a member's price, a line without one says so."""
    return ChipWord(text=tr(label("no_offer")), tone="") if quote.tier_before else None


def member_view(sheet: MemberSheet, place: Place, tr: Translate) -> MemberView:
    """The member's card."""
    member = sheet.state.member
    identity = (
        mask_phone(member.phone) if member.phone else "",
        tr("卡 {card}", card=mask_card(sheet.card_code)) if sheet.card_code else "",
        tr("入会 {month}", month=f"{member.joined_on:%Y-%m}"),
    )
    return MemberView(
        name=mask_name(member.name),
        tier=tier_word(sheet.standing.tier, tr),
        identity=" · ".join(part for part in identity if part),
        available=points(sheet.available),
        worth=tr("值 {amount}", amount=yuan(sheet.worth_fen)),
        debt=tr("欠 {points} 分，下次得分先抵", points=points(sheet.debt)) if sheet.debt else "",
        fresh=_fresh(sheet, place, tr),
        progress=_progress(sheet.next_tier),
        ahead=_ahead(sheet, tr),
        prompts=tuple(_prompt(prompt, tr) for prompt in sheet.prompts if prompt.kind != PromptKind.NEXT_TIER),
    )


def _fresh(sheet: MemberSheet, place: Place, tr: Translate) -> str:
    if sheet.as_of is None:
        return tr("尚无总部数据，含本机 {count} 笔未上传", count=sheet.own_records)
    moment = place.moment(sheet.as_of)
    if sheet.own_records:
        return tr("截至 {moment} 总部数据，另含本机 {count} 笔未上传", moment=moment, count=sheet.own_records)
    return tr("截至 {moment} 总部数据", moment=moment)


def _progress(ahead: TierProgress | None) -> int | None:
    if ahead is None or ahead.needed_fen <= 0:
        return None
    return max(0, min(1000, ahead.spent_fen * 1000 // ahead.needed_fen))


def _ahead(sheet: MemberSheet, tr: Translate) -> str:
    """The way to the next tier: as the prompt puts it, which knows of visits too, or else by what is left to spend."""
    for prompt in sheet.prompts:
        if prompt.kind == PromptKind.NEXT_TIER:
            return _sentence(prompt, tr)
    if sheet.next_tier is not None and sheet.next_tier.missing_fen > 0:
        tier = tr(label(sheet.next_tier.tier))
        return tr("再消费 {amount} 升{tier}", amount=short_yuan(sheet.next_tier.missing_fen), tier=tier)
    return tr("已是最高等级") if sheet.standing.tier == max(Tier, key=lambda tier: tier.rank) else ""


def _prompt(prompt: Prompt, tr: Translate) -> PromptRow:
    mark, tone = PROMPT_MARKS[prompt.kind]
    return PromptRow(mark=ChipWord(text=tr(mark), tone=tone), text=_sentence(prompt, tr))


def _sentence(prompt: Prompt, tr: Translate) -> str:
    """The prompt's sentence; a gap that is a rate is put into words."""
    gaps = {name: rate_word(gap, tr) if isinstance(gap, Fraction) else gap for name, gap in prompt.gaps.items()}
    return tr(prompt.template, **gaps)


def _coupon(state: CounterState, tr: Translate) -> PromptRow | None:
    """The coupon in the basket: what it takes off, or why it takes nothing off and the basket cannot be paid."""
    if state.coupon_problem is not None:
        words = tr(state.coupon_problem.template, **state.coupon_problem.gaps)
        return PromptRow(mark=ChipWord(text=tr("券"), tone="danger"), text=words)
    if state.basket.coupon is None:
        return None
    reductions = state.quote.order_reductions if state.quote is not None else ()
    off = sum(one.fen for one in reductions if one.is_coupon)
    words = tr("券 {coupon} 减 {amount}", coupon=state.basket.coupon, amount=yuan(off))
    return PromptRow(mark=ChipWord(text=tr("券"), tone="brand"), text=words)


def _totals(state: CounterState, tr: Translate) -> Totals:
    quote, allowance = state.quote, state.allowance
    open_to_points = quote is not None and allowance.reason != RedemptionLimit.NO_MEMBER
    return Totals(
        gross=yuan(quote.gross_fen if quote else 0),
        saved=yuan(quote.saved_fen if quote else 0),
        earned=gained(quote.points_earned) if quote and state.member else "—",
        redeemable_label=tr("可抵（{limit}）", limit=tr(label(allowance.reason))) if open_to_points else tr("可抵"),
        redeemable=points_and_worth(allowance.points, allowance.worth_fen, tr) if open_to_points else "—",
        payable=yuan(quote.payable_fen if quote else 0),
        count=count_text(state, tr),
    )


def points_and_worth(count: int, worth_fen: int, tr: Translate) -> str:
    """Points and the money they stand for: 2,000 分 = ¥20.00."""
    return tr("{points} 分 = {amount}", points=points(count), amount=yuan(worth_fen))


def _redeem_why_not(state: CounterState, tr: Translate) -> str:
    """Why points cannot be used now; empty when they can."""
    if state.quote is None:
        return tr("先扫商品，再用积分。")
    if state.allowance.points > 0:
        return ""
    return limit_sentence(state.allowance, tr)


def limit_sentence(allowance: RedemptionAllowance, tr: Translate) -> str:
    """What keeps points from paying for more, and the way on."""
    step = points(allowance.step)
    return {
        RedemptionLimit.NO_MEMBER: tr("没有会员，不能用积分；先扫会员卡。"),
        RedemptionLimit.NOTHING_PAYABLE: tr("本单没有可以用积分抵的金额。"),
        RedemptionLimit.BALANCE: tr("以可用积分为限，每 {step} 分一档。", step=step),
        RedemptionLimit.SHARE: tr(
            "最多抵应付金额的 {share}，每 {step} 分一档。", share=percent_text(allowance.max_share), step=step
        ),
        RedemptionLimit.OFFLINE: tr(
            "为防多机重复抵扣，本机今日对该会员最多还可抵 {points} 分，每 {step} 分一档。",
            points=points(allowance.offline_left),
            step=step,
        ),
        RedemptionLimit.REPLICA_EXPIRED: tr("总部数据过旧，暂不能用积分；联网更新后恢复。"),
        RedemptionLimit.STOPPED: tr("本机的数据曾被还原或复制，不能用积分；请联系总部重新登记本机。"),
    }[allowance.reason]
