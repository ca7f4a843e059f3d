"""Whole fen: rounding, and how an amount is written and read."""

from __future__ import annotations

import pytest

from pos_member.domain.money import half_up, parse_yuan, yuan


@pytest.mark.parametrize(
    ("ratio", "fen"),
    [((0, 1), 0), ((1, 3), 0), ((1, 2), 1), ((2, 3), 1), ((3, 2), 2), ((5, 2), 3), ((7, 1), 7), ((249, 100), 2)],
)
def test_half_a_fen_always_goes_up(ratio: tuple[int, int], fen: int) -> None:
    assert half_up(*ratio) == fen


def test_an_amount_is_written_with_its_sign_and_two_places() -> None:
    assert [yuan(fen) for fen in (0, 1, -1, 99, 100, -8630, 123_456, 100_000_005)] == [
        "¥0.00",
        "¥0.01",
        "−¥0.01",
        "¥0.99",
        "¥1.00",
        "−¥86.30",
        "¥1,234.56",
        "¥1,000,000.05",
    ]


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("0", 0), ("100", 10000), ("84.5", 8450), ("84.05", 8405), ("0.01", 1), ("9999999.99", 999_999_999)],
)
def test_an_amount_is_read_as_it_is_typed(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize("typed", ["", ".", "1.", ".5", "1.005", "-1", "1e2", "1 000", "1.2.3", "10000000", "１", "²"])
def test_what_is_no_amount_in_yuan_is_turned_away(typed: str) -> None:
    with pytest.raises(ValueError, match="^" + typed.replace(".", r"\.") + "$"):
        parse_yuan(typed)
