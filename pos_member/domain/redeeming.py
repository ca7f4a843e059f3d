"""Recorded redemptions (兑换): points or a free quota spent on a service, a reward, a gift or a donation (§7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_member.domain.fact import Fact
from pos_member.domain.spending import Spending


class RedemptionKind(StrEnum):
    """What was got for it; also the kind of the ledger entry that takes the points."""

    SERVICE = "service"
    REWARD = "reward"
    GIFT = "gift"
    DONATION = "donation"


VOID = "redemption_void"
"""The kind of the ledger entries by which a voided redemption's points come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption(Fact):
    """A member had something for points or for a free quota, by its ``name``; ``sku`` are the goods handed out.

    ``about`` is the id of the service, reward, gift or cause.

    ``worth_fen`` is a donation's worth as its certificate says it, 0 for all else.
    """

    kind: RedemptionKind
    name: str
    spending: Spending
    sku: str | None = None
    worth_fen: int = 0

    @property
    def points(self) -> int:
        """Points that it took; 0 where a free quota paid."""
        return self.spending.points


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionVoid(Fact):
    """A redemption (``about``) of the same day that was taken back; its points come back.

    The free use of ``benefit_id``, where one paid, counts no more.
    """

    reason: str
    benefit_id: str | None = None
