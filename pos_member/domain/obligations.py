"""What the law asks for at the counter: before goods are sold, and before they come back (docs/programme §1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pos_member.domain.errors import Malformed, Refusal
from pos_member.domain.labels import category_label
from pos_member.domain.product import Category, Product
from pos_member.domain.quote import Quote
from pos_member.domain.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A prescription as it was registered; ``approved_by`` is the id of the pharmacist who approved it, if one did."""

    number: str
    institution: str
    written_on: date | None
    approved_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who buys goods with ephedrine, as registered."""

    name: str
    id_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReason:
    """Why goods come back. For a quality reason, ``pharmacist_confirms`` says that a pharmacist looked and agreed."""

    words: str
    quality: bool = False
    pharmacist_confirms: bool = False


def check_duty(product: Product, pharmacist_on_duty: bool, ruleset: Ruleset) -> None:
    """Refuses goods that are not sold while no pharmacist is on duty. ``Refusal``: ``no_pharmacist``."""
    if not pharmacist_on_duty and needs_pharmacist(product.category, ruleset):
        raise Refusal(
            "no_pharmacist",
            "药师不在岗，暂停销售处方药和甲类非处方药，{name} 现在不能卖。请药师在本机上岗后再扫",
            name=product.name,
        )


def needs_pharmacist(category: Category, ruleset: Ruleset) -> bool:
    """Whether goods of a category are sold only while a pharmacist is on duty."""
    if category is Category.OTC_A and ruleset.obligations.otc_a_needs_pharmacist:
        return True
    return category in ruleset.obligations.prescription


def check_prescribed(
    product: Product, prescription: Prescription | None, pharmacists_here: Collection[str], ruleset: Ruleset
) -> None:
    """Refuses goods that are sold against a prescription only, unless there is an approved one.

    ``pharmacists_here`` are the ids of the pharmacists signed in on this terminal. ``Refusal``, in this order:
    ``prescription_missing``, ``prescription_incomplete``, ``prescription_not_approved``,
    ``prescription_approver_away``.
    """
    if product.category not in ruleset.obligations.prescription:
        return
    name = product.name
    if prescription is None:
        raise Refusal("prescription_missing", "{name} 须凭处方销售；请先登记处方，再由药师审核", name=name)
    if not prescription.number.strip() or not prescription.institution.strip() or prescription.written_on is None:
        template = "{name} 的处方登记不全，须有处方号、开具机构和日期；请补全后再审核"
        raise Refusal("prescription_incomplete", template, name=name)
    if prescription.approved_by is None:
        template = "{name} 的处方 {number} 尚未经药师审核；请药师审核后再卖"
        raise Refusal("prescription_not_approved", template, name=name, number=prescription.number)
    if prescription.approved_by not in pharmacists_here:
        template = "审核处方 {number} 的药师没有在本机登录，{name} 不能卖；请该药师登录，或由在岗药师重新审核"
        raise Refusal("prescription_approver_away", template, number=prescription.number, name=name)


def check_ephedrine(packs: int, buyer: Buyer | None, ruleset: Ruleset) -> None:
    """Refuses a sale that holds so many minimum packs of goods with ephedrine, all such goods together; 0 always may.

    ``Refusal``: ``ephedrine_limit``, ``ephedrine_buyer``, in this order. :class:`Malformed` names ``packs`` below 0.
    """
    if packs < 0:
        raise Malformed("packs", "应为不小于 0 的整数")
    if packs == 0:
        return
    limit = ruleset.obligations.ephedrine_limit
    if packs > limit:
        template = "含麻黄碱的药一次至多 {limit} 个最小包装，本单有 {packs} 个；请减到 {limit} 个"
        raise Refusal("ephedrine_limit", template, limit=limit, packs=packs)
    if buyer is None or not buyer.name.strip() or not buyer.id_number.strip():
        raise Refusal("ephedrine_buyer", "含麻黄碱的药须登记购买人的姓名和身份证号；请登记后再卖")


def require_paid(priced: Quote, names: Mapping[str, str], ruleset: Ruleset) -> None:
    """Refuses a sale that would give away goods that are never given away; points pay for what they pay.

    ``names`` are those of the goods by SKU. ``Refusal``: ``given_away``.
    """
    for line in priced.lines:
        if line.category in ruleset.obligations.never_free and line.net_fen + line.points_reduction_fen < 1:
            template = "{name} 是{category}，不能白送，本单上却减到了 0；请改价、增加数量，或不抹零"
            raise Refusal("given_away", template, name=names[line.sku], category=category_label(line.category))


def check_return(category: Category, days: int, reason: ReturnReason, ruleset: Ruleset) -> None:
    """Refuses goods of a category that may not come back, so many days by business date after they were sold.

    ``Refusal``: ``return_reason``, then for drugs ``return_quality_only``, ``return_unconfirmed``, for other goods
    ``return_too_late``. :class:`Malformed` names ``days`` below 0.
    """
    if days < 0:
        raise Malformed("days", "退货不能早于销售")
    if not reason.words.strip():
        raise Refusal("return_reason", "退货必须写明原因；请填写原因")
    rule = ruleset.returns
    if category in rule.quality_only:
        if not reason.quality:
            template = "{category}售出后非质量原因不退；有质量问题请交药师确认"
            raise Refusal("return_quality_only", template, category=category_label(category))
        if not reason.pharmacist_confirms:
            template = "{category}的质量问题须经药师确认才能退；请药师确认"
            raise Refusal("return_unconfirmed", template, category=category_label(category))
    elif days > rule.days:
        template = "{category}须在售出后 {limit} 天内退，这件已过 {days} 天；有疑问请找店长"
        raise Refusal("return_too_late", template, category=category_label(category), limit=rule.days, days=days)
