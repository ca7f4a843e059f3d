"""Puts the slips of redemptions and the certificates of donations in the print queue."""

from __future__ import annotations

from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.queue_slip import queue_slip
from pos_member.app.workplace import Workplace
from pos_member.domain.certificate_layout import certificate
from pos_member.domain.errors import Sentence
from pos_member.domain.labels import points_label
from pos_member.domain.member import Member
from pos_member.domain.receipt_layout import ReceiptMember
from pos_member.domain.redeeming import Redemption, RedemptionKind, RedemptionVoid
from pos_member.domain.slip_layout import redemption_slip, void_slip
from pos_member.domain.staff import Staff


def queue_redemption(
    workplace: Workplace,
    records: TerminalRecords,
    redemption: Redemption,
    person: Staff,
    member: Member,
    available: int,
    said: Sentence,
    goods: str,
) -> bool:
    """Queues the slip of a redemption, or the certificate of a donation.

    Whether nothing kept it from the printer: neither a full queue nor a till without one stops a redemption.
    """
    store, terminal_name, masked = workplace.store(), workplace.identity.name, ReceiptMember.of(member)
    if redemption.kind is RedemptionKind.DONATION:
        document = certificate(
            redemption, store=store, terminal_name=terminal_name, person=person, member=masked, available=available
        )
    else:
        document = redemption_slip(
            redemption,
            store=store,
            terminal_name=terminal_name,
            person=person,
            member=masked,
            said=said,
            goods=goods,
            available=available,
        )
    return queue_slip(workplace, records, f"{points_label(redemption.kind)} {redemption.name}", document)


def queue_void(
    workplace: Workplace,
    records: TerminalRecords,
    redemption: Redemption,
    void: RedemptionVoid,
    person: Staff,
    member: Member | None,
    available: int,
) -> bool:
    """Queues the slip of a void, as :func:`queue_redemption` does."""
    document = void_slip(
        void,
        redemption,
        store=workplace.store(),
        terminal_name=workplace.identity.name,
        person=person,
        member=None if member is None else ReceiptMember.of(member),
        available=available,
    )
    return queue_slip(workplace, records, f"兑换作废 {redemption.name}", document)
