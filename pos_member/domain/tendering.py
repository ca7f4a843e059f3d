"""How a sale is paid: cash rounding, what the insurance may pay, the change due (docs/programme §3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from pos_member.domain.errors import Malformed, Refusal
from pos_member.domain.money import yuan
from pos_member.domain.quote import QuoteRequest
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tender import Tender, TenderKind


def require_distinct(tenders: Sequence[Tender]) -> None:
    """``Malformed`` for an amount below 0, or two tenders of a kind."""
    kinds = set()
    for index, tender in enumerate(tenders):
        if tender.fen < 0:
            raise Malformed(f"tenders[{index}].fen", "不能小于 0")
        if tender.kind in kinds:
            raise Malformed(f"tenders[{index}].kind", "同一种支付方式只能出现一次")
        kinds.add(tender.kind)


def cash_rounding(request: QuoteRequest, payable_fen: int, ruleset: Ruleset) -> int:
    """The fen that fall off what is paid in cash alone, where the store rounds it down (抹零)."""
    if not request.cash_rounding or any(tender.kind is not TenderKind.CASH for tender in request.tenders):
        return 0
    return payable_fen % ruleset.tenders.cash_rounding_fen


def insured(tenders: Sequence[Tender]) -> int:
    """What the insurance pays, in fen."""
    return sum(tender.fen for tender in tenders if tender.kind is TenderKind.INSURANCE)


def change(payable_fen: int, insurable_fen: int, tenders: Sequence[Tender]) -> int:
    """The change due in fen. Without tenders the whole is paid in cash exactly.

    ``Refusal``, tested in this order: ``insurance_exceeds``, ``tender_short``, ``tender_exceeds``.
    """
    if not tenders:
        return 0
    by_insurance = insured(tenders)
    if by_insurance > insurable_fen:
        template = "医保最多支付 {most}（可用医保的商品净额），{insured} 超出。请减少医保金额，其余用别的方式收"
        raise Refusal("insurance_exceeds", template, most=yuan(insurable_fen), insured=yuan(by_insurance))
    given = sum(tender.fen for tender in tenders)
    if given < payable_fen:
        template = "应收 {payable}，只收到 {given}，还差 {short}。请补足后再完成收款"
        gaps = {"payable": yuan(payable_fen), "given": yuan(given), "short": yuan(payable_fen - given)}
        raise Refusal("tender_short", template, **gaps)
    not_cash = sum(tender.fen for tender in tenders if tender.kind is not TenderKind.CASH)
    if not_cash > payable_fen:
        template = "应收 {payable}，非现金收了 {given}，多出 {over} 不能找零。请把非现金减到应收以内"
        gaps = {"payable": yuan(payable_fen), "given": yuan(not_cash), "over": yuan(not_cash - payable_fen)}
        raise Refusal("tender_exceeds", template, **gaps)
    return given - payable_fen
