"""Money in whole fen: rounding, sharing out, and how an amount is written."""

from __future__ import annotations

from collections.abc import Sequence


def half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to a ratio not below 0, halves upwards (docs/programme §3)."""
    return (2 * numerator + denominator) // (2 * denominator)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """``total`` over ``weights`` by largest remainder, so that the parts sum exactly (docs/programme §3.3).

    Each part is the floor of its quota; what is left goes out one by one to the largest fractional remainders, ties to
    the earlier. Weights that sum to 0 get nothing.
    """
    whole = sum(weights)
    if whole == 0:
        return (0,) * len(weights)
    quotas = [total * weight for weight in weights]
    parts = [quota // whole for quota in quotas]
    left = total - sum(parts)
    if left:
        remainders = [quota % whole for quota in quotas]
        for index in sorted(range(len(parts)), key=remainders.__getitem__, reverse=True)[:left]:
            parts[index] += 1
    return tuple(parts)


def yuan(fen: int) -> str:
    """An amount as the screens write it: ¥1,234.56, −¥86.30."""
    return f"−¥{digits(-fen)}" if fen < 0 else f"¥{digits(fen)}"


def digits(fen: int) -> str:
    """An amount not below 0 in yuan, its digits alone: 1,234.56."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def parse_yuan(text: str) -> int:
    """Fen of an amount typed in yuan ("100", "84.5"). ``ValueError`` for anything else."""
    whole, point, rest = text.partition(".")
    typed = whole + rest
    if (
        not typed.isascii()
        or not typed.isdigit()
        or len(rest) > 2
        or len(whole) > 7
        or not whole
        or (point and not rest)
    ):
        raise ValueError(text)
    return int(whole) * 100 + int(rest.ljust(2, "0"))
