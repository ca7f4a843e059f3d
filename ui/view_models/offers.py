"""The offer a line got, as a chip says it: 金卡 8.5折, 首单 9折."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pos_member.domain.money import round_half_up
from pos_member.domain.offers import FIRST_PURCHASE, tier_of_offer
from pos_member.domain.quote import Quote
from ui.view_models.labels import TIER_TONES, label
from ui.view_models.language import Translate


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipWord:
    """A word and its tone."""

    text: str
    tone: str


def offer_word(quote: Quote, offer_id: str, tr: Translate) -> ChipWord:
    """The name of an offer of this quote, with the tenths of the price that are paid where they are certain."""
    rate = rate_paid(quote, offer_id)
    if offer_id == FIRST_PURCHASE:
        tone, name = "info", tr("首单")
    else:
        tier = tier_of_offer(offer_id)
        tone, name = TIER_TONES[tier], tr(label(tier))
    text = tr("{offer}价", offer=name) if rate is None else tr("{offer} {tenths}折", offer=name, tenths=tenths(rate))
    return ChipWord(text=text, tone=tone)


def rate_paid(quote: Quote, offer_id: str) -> Fraction | None:
    """The one rate in hundredths that takes the gross of every line with this offer to its net; None if not just one.

    The quote names an offer and what it took off, not its rate.
    """
    pairs = [(line.gross_fen, line.line_net_fen) for line in quote.lines if line.offer and line.offer.id == offer_id]
    fitting = [
        rate
        for rate in (Fraction(hundredths, 100) for hundredths in range(1, 100))
        if all(round_half_up(gross * rate) == net for gross, net in pairs)
    ]
    return fitting[0] if len(fitting) == 1 else None


def tenths(rate: Fraction) -> str:
    """A rate in hundredths as a Chinese price tag says it, in tenths of the price: 8.5 for 0.85."""
    whole, rest = divmod(round_half_up(rate * 100), 10)
    return f"{whole}.{rest}" if rest else str(whole)
