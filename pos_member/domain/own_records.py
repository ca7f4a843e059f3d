"""What one till has recorded of a member and head office's figures do not hold yet (docs/programme §2, overlay)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pos_member.domain.fact import Fact
from pos_member.domain.granting import BonusGrant
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.redeeming import Redemption, RedemptionVoid
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecords:
    """Sales and other facts of one member, in the order in which they were recorded."""

    records: tuple[Sale | Fact, ...] = ()

    @property
    def sales(self) -> tuple[Sale, ...]:
        """The sales among them."""
        return tuple(each for each in self.records if isinstance(each, Sale))

    @property
    def returns(self) -> tuple[SaleReturn, ...]:
        """The returns among them."""
        return tuple(each for each in self.records if isinstance(each, SaleReturn))

    @property
    def redemptions(self) -> tuple[Redemption, ...]:
        """The redemptions among them, voided ones too."""
        return tuple(each for each in self.records if isinstance(each, Redemption))

    @property
    def voids(self) -> tuple[RedemptionVoid, ...]:
        """The voids of redemptions among them."""
        return tuple(each for each in self.records if isinstance(each, RedemptionVoid))

    @property
    def voided(self) -> frozenset[str]:
        """Ids of the redemptions that were voided, whoever's records they are in."""
        return frozenset(each.about for each in self.voids if each.about)

    @property
    def grants(self) -> tuple[BonusGrant, ...]:
        """The bonuses among them."""
        return tuple(each for each in self.records if isinstance(each, BonusGrant))

    def entries(self, member_id: str) -> Iterator[LedgerEntry]:
        """The ledger entries they post to a member."""
        for each in self.records:
            yield from (entry for entry in each.entries if entry.member_id == member_id)

    @classmethod
    def of(cls, records: Iterable[Sale | Fact]) -> OwnRecords:
        """Those of an iterable, in its order."""
        return cls(records=tuple(records))


NOTHING_OWN = OwnRecords()
