"""``calc tier``: the tier that a purchase history earns."""

from __future__ import annotations

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.read_offers import TIERS
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Purchase, evaluate, figures


def tier_command(given: Table, ruleset: Ruleset) -> dict[str, object]:
    """The tier and the figures behind it, spend in fen. ``Malformed`` names a field.

    The tier that is held now protects nothing here, but has to be one.
    """
    on = fields.moment(given, "at").date()
    fields.word(given, "current_tier", TIERS)
    purchases = fields.each(given, "purchases", _purchase)
    fields.finish(given)
    window = ruleset.tier_window
    counted = figures(purchases, on, window.days, window.visit_min_fen)
    return {
        "tier": evaluate(counted, ruleset),
        "spend_365_fen": counted.spend_fen,
        "visits_365": counted.visits,
        "recency_days": counted.recency_days,
    }


def _purchase(left: Table) -> Purchase:
    purchase = Purchase(sale_id="", on=fields.moment(left, "at").date(), net_fen=fields.whole(left, "net_fen"))
    fields.finish(left)
    return purchase
