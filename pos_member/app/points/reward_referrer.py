"""Gives the referrer (推荐人) of a new member points, once what that member has bought comes to enough."""

from __future__ import annotations

from pos_member.app.points.record_bonus import post_bonus
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.bonuses import referral_bonus
from pos_member.domain.errors import Refusal
from pos_member.domain.granting import BonusGrant
from pos_member.domain.member import MemberState, MemberStatus
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.sale import Sale
from pos_member.domain.staff import Staff
from pos_member.domain.standing import bonuses_with


def reward_referrer(
    workplace: Workplace,
    records: TerminalRecords,
    moment: Moment,
    person: Staff,
    sale: Sale,
    buyer: MemberState | None,
) -> BonusGrant | None:
    """Records the bonus that a sale, recorded in this transaction with its event, earns the buyer's referrer.

    ``buyer`` is the sale's member before it, None for a sale to nobody. Nothing is given, nor refused, where there is
    no referrer, the referrer's membership is not active, the net spend since joining does not reach what the rules ask
    for, or the bonus was given before. A return of the sale does not take it back (docs/programme §5).
    """
    if buyer is None or buyer.member.referrer_id is None:
        return None
    referrer = workplace.member(records, buyer.member.referrer_id)
    if referrer is None or referrer.member.status is not MemberStatus.ACTIVE:
        return None
    referred_id, referrer_id = buyer.member.id, referrer.member.id
    spent = buyer.spend_fen + _spent(records.own_records(referred_id, buyer.applied))
    past = bonuses_with(referrer, records.own_records(referrer_id, referrer.applied))
    try:
        bonus = referral_bonus(past, referrer_id, referred_id, spent, moment.ruleset)
    except Refusal:
        return None
    return post_bonus(
        workplace,
        records,
        moment,
        person,
        bonus,
        grant_id=workplace.ids.new(),
        member_id=referrer_id,
        about=sale.id,
    )


def _spent(own: OwnRecords) -> int:
    """What was paid, less what was given back, in fen."""
    bought = sum(sale.quote.payable_fen for sale in own.sales)
    return bought - sum(each.goods.refund_fen for each in own.returns)
