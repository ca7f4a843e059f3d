"""An offer as text and back: JSON with its kind, rates as exact decimals."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import Any, Final

from pos_member.app.codec import from_plain, from_text, to_plain, to_text
from pos_member.domain.offers import BuyNGetMOffer, FixedPriceOffer, Offer, PercentOffer, Scope, SpendReduceOffer
from pos_member.domain.rates import decimal_text

_KINDS: Final[dict[str, type[Offer]]] = {
    "percent": PercentOffer,
    "fixed_price": FixedPriceOffer,
    "buy_n_get_m": BuyNGetMOffer,
    "spend_reduce": SpendReduceOffer,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def offer_to_text(offer: Offer) -> str:
    """The offer as JSON; its keys are those of ``calc``'s offers (docs/calc.md)."""
    plain: dict[str, Any] = {"kind": _NAMES[type(offer)]}
    for field in fields(offer):
        value = getattr(offer, field.name)
        if isinstance(value, Fraction):
            plain[field.name] = decimal_text(value)
        elif isinstance(value, Scope):
            plain[field.name] = to_plain(value)
        else:
            plain[field.name] = value
    return to_text(plain)


def offer_from_text(text: str) -> Offer:
    """The offer again. ``ValueError`` when the text is none that this version knows."""
    plain = from_text(dict[str, Any], text)
    try:
        kind = _KINDS[plain.pop("kind")]
        values = {name: plain[name] for name in (field.name for field in fields(kind))}
        values["scope"] = from_plain(Scope, values["scope"])
        if "rate" in values:
            values["rate"] = Fraction(values["rate"])
        return kind(**values)
    except (KeyError, TypeError, ZeroDivisionError) as error:
        raise ValueError(f"no offer: {error}") from error
