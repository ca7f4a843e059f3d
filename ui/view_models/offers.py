"""The offer a line got, as a chip says it: 金卡 8.5折, 首单 9折."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pos_member.domain.offers import FIRST_PURCHASE, tier_of_offer
from pos_member.domain.quote import LineOffer
from pos_member.domain.rates import decimal_text
from ui.view_models.labels import TIER_TONES, label
from ui.view_models.language import Translate


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipWord:
    """A word and its tone."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptRow:
    """What the cashier is told: a one-character mark with its tone, and the sentence."""

    mark: ChipWord
    text: str


def offer_word(offer: LineOffer, tr: Translate) -> ChipWord:
    """The name of an offer, and its rate."""
    tier = tier_of_offer(offer.id)
    if tier is not None:
        tone, name = TIER_TONES[tier], tr(label(tier))
    else:
        tone, name = "info", tr("首单") if offer.id == FIRST_PURCHASE else offer.id
    if offer.rate is None:
        return ChipWord(text=name, tone=tone)
    return ChipWord(text=f"{name} {rate_word(Fraction(offer.rate), tr)}", tone=tone)


def rate_word(rate: Fraction, tr: Translate) -> str:
    """A rate that is paid: in tenths of the price (8.5折), or in per cent off (−15%)."""
    return tr("{tenths}折", tenths=decimal_text(rate * 10), off=decimal_text((1 - rate) * 100))
