"""What a basket needs before it can be settled: the law's obligations, and conflicts to be acknowledged (§1, §9).

The counter lists it, and settling refuses by the same list: no path is checked in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pos_member.app.counter import Need, NeedKind
from pos_member.app.ports import TerminalRecords
from pos_member.app.selling.prescriptions import PrescriptionStatus, RegisteredPrescription, read_prescription
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.conflicts import Conflict, conflicts, require_acknowledged
from pos_member.domain.errors import Refusal
from pos_member.domain.member import MemberState
from pos_member.domain.obligations import Prescription, check_duty, check_ephedrine, check_prescribed
from pos_member.domain.product import Product
from pos_member.domain.quantity import Quantity
from pos_member.domain.registers import RegisteredPacks
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Staff

_KINDS: Final = {
    "prescription_not_approved": NeedKind.APPROVAL,
    "prescription_approver_away": NeedKind.APPROVAL,
    "ephedrine_limit": NeedKind.FEWER_PACKS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A basket that nothing speaks against: who is on duty, the prescriptions it uses up, the packs to register."""

    pharmacist: Staff | None
    prescription_ids: tuple[str, ...]
    packs: tuple[RegisteredPacks, ...]


def conflicts_of(workplace: Workplace, basket: Basket, member: MemberState | None) -> tuple[Conflict, ...]:
    """What a pharmacist would warn of, acknowledged or not."""
    return conflicts(_as_now(workplace, basket), () if member is None else member.allergies)


def needs_of(
    workplace: Workplace, records: TerminalRecords, basket: Basket, member: MemberState | None, moment: Moment
) -> tuple[Need, ...]:
    """All that the basket needs, the law's first."""
    return _Clearing(workplace, records, basket, member, moment.ruleset).needs


def require_cleared(
    workplace: Workplace, records: TerminalRecords, basket: Basket, member: MemberState | None, moment: Moment
) -> Cleared:
    """That nothing speaks against selling the basket now.

    ``Refusal`` with the first of what it needs: ``no_pharmacist``; ``prescription_missing``,
    ``prescription_incomplete``, ``prescription_used``, ``prescription_rejected``, ``prescription_not_approved``,
    ``prescription_approver_away``; ``ephedrine_limit``, ``ephedrine_buyer``; ``conflict_unacknowledged``.
    """
    clearing = _Clearing(workplace, records, basket, member, moment.ruleset)
    for need in clearing.needs:
        raise Refusal(need.code, need.sentence.template, **need.sentence.gaps)
    return Cleared(pharmacist=clearing.pharmacist, prescription_ids=clearing.used, packs=clearing.packs)


class _Clearing:
    """One look at a basket: what it still needs, and what settling it would use up."""

    def __init__(
        self,
        workplace: Workplace,
        records: TerminalRecords,
        basket: Basket,
        member: MemberState | None,
        ruleset: Ruleset,
    ) -> None:
        self._basket = basket
        self._ruleset = ruleset
        self._products = _as_now(workplace, basket)
        self.pharmacist = workplace.pharmacist(records)
        self.packs = _packs(basket, self._products)
        self._registered = [read_prescription(records, each) for each in basket.prescription_ids]
        used: dict[str, None] = {}
        self.needs = (*self._law(used), *_unacknowledged(workplace, basket, member))
        self.used = tuple(used)

    def _law(self, used: dict[str, None]) -> Iterator[Need]:
        for product in self._products:
            try:
                check_duty(product, self.pharmacist is not None, self._ruleset)
            except Refusal as refusal:
                yield _need(refusal, NeedKind.PHARMACIST, (product.sku,))
        for product in self._products:
            if product.category in self._ruleset.obligations.prescription:
                yield from self._prescribed(product, used)
        try:
            check_ephedrine(sum(_whole(each.quantity) for each in self.packs), self._basket.buyer, self._ruleset)
        except Refusal as refusal:
            yield _need(refusal, NeedKind.BUYER, tuple(dict.fromkeys(each.sku for each in self.packs)))

    def _prescribed(self, product: Product, used: dict[str, None]) -> Iterator[Need]:
        """The first prescription for these goods that may be used is; where none may, what the latest one lacks."""
        found: Refusal | None = None
        lacking: str | None = None
        naming: list[RegisteredPrescription | None] = [each for each in self._registered if product.sku in each.skus]
        for registered in naming or [None]:
            try:
                self._check(product, registered)
            except Refusal as refusal:
                found, lacking = refusal, None if registered is None else registered.id
                continue
            if registered is not None:
                used[registered.id] = None
            return
        if found is not None:
            yield _need(found, NeedKind.PRESCRIPTION, (product.sku,), prescription_id=lacking)

    def _check(self, product: Product, registered: RegisteredPrescription | None) -> None:
        here = () if self.pharmacist is None else (self.pharmacist.id,)
        if registered is None:
            check_prescribed(product, None, here, self._ruleset)
            return
        gaps = {"name": product.name, "number": registered.paper.number}
        if registered.status is PrescriptionStatus.USED:
            template = "处方 {number} 已用于另一笔销售，{name} 须另有处方；请登记新的处方，或删除这一行"
            raise Refusal("prescription_used", template, **gaps)
        if registered.status is PrescriptionStatus.REJECTED:
            template = "处方 {number} 已被药师驳回，{name} 不能卖；请登记新的处方，或删除这一行"
            raise Refusal("prescription_rejected", template, **gaps)
        approved = registered.status is PrescriptionStatus.APPROVED
        prescription = Prescription(
            number=registered.paper.number,
            institution=registered.paper.institution,
            written_on=registered.written_on,
            approved_by=registered.decided_by if approved else None,
        )
        check_prescribed(product, prescription, here, self._ruleset)


def _unacknowledged(workplace: Workplace, basket: Basket, member: MemberState | None) -> Iterator[Need]:
    for conflict in conflicts_of(workplace, basket, member):
        try:
            require_acknowledged((conflict,), basket.acknowledged)
        except Refusal as refusal:
            yield _need(refusal, NeedKind.ACKNOWLEDGEMENT, conflict.skus, conflict=conflict.key)


def _as_now(workplace: Workplace, basket: Basket) -> tuple[Product, ...]:
    """The goods of the lines as head office has them now: what they are decides, not what they were when scanned."""
    find = workplace.replica.product_by_sku
    return tuple(find(line.product.sku) or line.product for line in basket.lines)


def _packs(basket: Basket, products: Iterable[Product]) -> tuple[RegisteredPacks, ...]:
    held = [(line, product) for line, product in zip(basket.lines, products, strict=True) if product.ephedrine]
    return tuple(RegisteredPacks(sku=product.sku, quantity=line.quantity) for line, product in held)


def _whole(quantity: Quantity) -> int:
    """Packs that a quantity takes, a broken one counted as one."""
    return -(-quantity.milli // 1000)


def _need(
    refusal: Refusal,
    kind: NeedKind,
    skus: Iterable[str],
    *,
    prescription_id: str | None = None,
    conflict: str | None = None,
) -> Need:
    return Need(
        kind=_KINDS.get(refusal.code, kind),
        code=refusal.code,
        sentence=refusal.sentence,
        skus=tuple(skus),
        prescription_id=prescription_id,
        conflict=conflict,
    )
