from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_member.domain.errors import Refusal
from pos_member.domain.identity_number import check_digit, require_id_number

bodies = st.builds(
    lambda region, born, order: f"{region:06d}{born:%Y%m%d}{order:03d}",
    st.integers(110000, 829999),
    st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    st.integers(0, 999),
)
numbers = bodies.map(lambda body: body + check_digit(body))


def refused(text: str) -> str:
    with pytest.raises(Refusal) as told:
        require_id_number(text)
    assert "{" not in told.value.message
    return told.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X ",
    ],
)
def test_the_standards_own_example_is_taken_however_it_is_typed(typed: str) -> None:
    assert require_id_number(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "110105491231002",  # the 15 digits of before 1999
        "11010519491231002",
        "11010519491231002XX",
        "1101051949123100XX",
        "01010519491231002X",
        "11010519490230002X",  # 30 February
        "11010519491331002X",
        "11010500001231002X",
        "张三",
        "11010519491231002\x00",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢٣",  # digits, but not these
    ],
)
def test_what_is_no_number_is_said_to_be_none(typed: str) -> None:
    assert refused(typed) == "id_number_malformed"


@given(numbers)
def test_a_whole_number_is_taken_as_it_is(number: str) -> None:
    assert require_id_number(number) == number
    assert require_id_number(number.lower()) == number


@given(numbers, st.integers(0, 5) | st.integers(14, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, off: int) -> None:
    digit = "0123456789X".index(number[place])
    wrong = str((digit + off) % 10) if digit < 10 else str(off)
    mistyped = number[:place] + wrong + number[place + 1 :]
    assert refused(mistyped) == ("id_number_malformed" if mistyped[0] == "0" else "id_number_check_digit")


@given(numbers, st.integers(14, 15))
def test_two_neighbours_that_changed_places_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert refused(swapped) == "id_number_check_digit"


@given(bodies)
def test_of_the_eleven_check_digits_one_is_right(body: str) -> None:
    taken = [sign for sign in "0123456789X" if sign == check_digit(body)]
    assert [sign for sign in "0123456789X" if _is_taken(body + sign)] == taken


def _is_taken(text: str) -> bool:
    try:
        require_id_number(text)
    except Refusal:
        return False
    return True
