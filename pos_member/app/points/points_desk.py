"""The points desk: what a member spends points on, and is given otherwise than by a sale."""

from __future__ import annotations

from pos_member.app.people.authorise import Approval
from pos_member.app.people.seat import Seat
from pos_member.app.points.adjust_points import adjust_points
from pos_member.app.points.check_in import check_in
from pos_member.app.points.donate_points import donate_points
from pos_member.app.points.join_activity import join_activity
from pos_member.app.points.points_sheet import PointsSheet, points_sheet
from pos_member.app.points.record_bonus import BonusGiven
from pos_member.app.points.record_redemption import Redeemed
from pos_member.app.points.redeem_gift import redeem_gift
from pos_member.app.points.redeem_reward import redeem_reward
from pos_member.app.points.redeem_service import redeem_service
from pos_member.app.points.void_redemption import Voided, redemptions_today, void_redemption
from pos_member.app.workplace import Workplace
from pos_member.domain.redeeming import Redemption


class PointsDesk:
    """Points beside the sale, as a screen sees them. Ids of what is done are given by the screen, once each.

    Every method: ``Refusal`` ``not_signed_in``, ``till_locked``, ``member_frozen``, ``member_gone``; those that record
    also ``right_missing`` (a second person's ``approval`` helps), ``id_used`` and those of the use case.
    """

    def __init__(self, workplace: Workplace, seat: Seat) -> None:
        self._workplace = workplace
        self._seat = seat

    def sheet(self, member_id: str) -> PointsSheet:
        """All that the member may have now, and why not what they may not."""
        self._seat.person()
        return points_sheet(self._workplace, member_id)

    def redeem_service(
        self, redemption_id: str, member_id: str, service_id: str, approval: Approval | None = None
    ) -> Redeemed:
        """A service, free where a benefit still gives it. ``Refusal``: ``service_unknown``, ``redeem_…``."""
        return redeem_service(self._workplace, self._seat.person(), redemption_id, member_id, service_id, approval)

    def redeem_reward(
        self, redemption_id: str, member_id: str, reward_id: str, code: str, approval: Approval | None = None
    ) -> Redeemed:
        """Goods, by bar code or SKU, for points. ``Refusal``: ``reward_unknown``, ``product_unknown``, ``redeem_…``."""
        return redeem_reward(self._workplace, self._seat.person(), redemption_id, member_id, reward_id, code, approval)

    def redeem_gift(
        self, redemption_id: str, member_id: str, benefit_id: str, code: str, approval: Approval | None = None
    ) -> Redeemed:
        """Goods, by bar code or SKU, as a gift. ``Refusal``: ``benefit_…``, ``product_unknown``, ``gift_…``."""
        return redeem_gift(self._workplace, self._seat.person(), redemption_id, member_id, benefit_id, code, approval)

    def donate(
        self, redemption_id: str, member_id: str, points: int, cause: str, approval: Approval | None = None
    ) -> Redeemed:
        """Points for a cause, named in words. ``Refusal``: ``donation_cause``, ``donation_step``, ``redeem_…``."""
        return donate_points(self._workplace, self._seat.person(), redemption_id, member_id, points, cause, approval)

    def redemptions_today(self, member_id: str) -> tuple[Redemption, ...]:
        """What the member had at this till today and can be voided, oldest first."""
        self._seat.person()
        return redemptions_today(self._workplace, member_id)

    def void_redemption(
        self, void_id: str, redemption_id: str, reason: str, approval: Approval | None = None
    ) -> Voided:
        """Takes a redemption of today back. ``Refusal``: ``redemption_unknown``, ``void_…``."""
        return void_redemption(self._workplace, self._seat.person(), void_id, redemption_id, reason, approval)

    def check_in(self, grant_id: str, member_id: str, approval: Approval | None = None) -> BonusGiven:
        """The member is at the store today. ``Refusal``: ``check_in_given``, ``check_in_month_limit``."""
        return check_in(self._workplace, self._seat.person(), grant_id, member_id, approval)

    def join_activity(
        self, grant_id: str, member_id: str, activity_id: str, approval: Approval | None = None
    ) -> BonusGiven:
        """The member took part in an activity. ``Refusal``: ``activity_…``."""
        return join_activity(self._workplace, self._seat.person(), grant_id, member_id, activity_id, approval)

    def adjust_points(
        self, grant_id: str, member_id: str, points: int, reason: str, approval: Approval | None = None
    ) -> BonusGiven:
        """Points by hand, taken where below 0. ``Refusal``: ``adjustment_…``."""
        return adjust_points(self._workplace, self._seat.person(), grant_id, member_id, points, reason, approval)
