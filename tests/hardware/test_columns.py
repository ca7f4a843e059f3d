from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from hardware.columns import char_columns, pad, printable, text_columns, truncate, wrap
from hardware.profiles import PrinterProfile
from tests.hardware.receipts import NARROW, WIDE

ROOMY = PrinterProfile(name="all glyphs", columns=48, dots=576, four_byte_glyphs=True)


def gbk_characters() -> list[str]:
    codes = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return [char for code in codes if len(char := code.decode("gbk", errors="ignore")) == 1 and not char.isascii()]


def test_every_gbk_character_takes_the_columns_a_terminal_in_a_chinese_locale_gives_it() -> None:
    characters = gbk_characters()
    assert len(characters) > 21_000
    assert [char for char in characters if char_columns(char) != wcwidth(char, ambiguous_width=2)] == []


@pytest.mark.parametrize("char", list("×…“”·①℃￥（）"))
def test_signs_that_terminals_call_narrow_are_two_columns_on_paper(char: str) -> None:
    assert printable(char, WIDE) == char
    assert text_columns(char) == 2


def test_the_yen_sign_of_a_keyboard_prints_as_the_full_width_one() -> None:
    assert printable("¥12.50", WIDE) == "￥12.50"


def test_the_micro_sign_prints_as_the_greek_letter() -> None:
    assert printable("50µg", WIDE) == "50μg"


def test_a_minus_sign_is_never_lost() -> None:
    assert printable("−3.00", WIDE) == "-3.00"


def test_a_character_without_a_glyph_is_seen_as_a_geta_mark() -> None:
    assert printable("㐂", WIDE) == "〓"
    assert printable("𠮷", WIDE) == "〓"
    assert printable("䶮", WIDE) == "䶮"
    assert printable("䶮", NARROW) == "〓"


def test_a_printer_with_all_glyphs_prints_rare_hanzi_themselves() -> None:
    assert printable("㐂䶮𠮷", ROOMY) == "㐂䶮𠮷"


def test_control_characters_never_reach_the_printer() -> None:
    assert printable("a\x1bp\x00\x10b", WIDE) == "a〓p〓b"


def test_full_width_input_stays_full_width() -> None:
    assert text_columns(printable("ＡＢＣ１２３", WIDE)) == 12


def test_invisible_marks_take_no_column() -> None:
    assert printable("葛\U000e0100\u200b根", WIDE) == "葛根"


def test_a_wide_character_is_never_halved_at_the_edge() -> None:
    assert truncate("复方甘草片", 5) == "复方"
    assert wrap("复方甘草片", 5) == ("复方", "甘草", "片")


def test_numbers_and_words_stay_whole_where_they_can() -> None:
    assert wrap("每次 1200mg daily dose", 10) == ("每次", "1200mg", "daily dose")


def test_a_closing_mark_does_not_begin_a_line_nor_an_opening_one_end_it() -> None:
    assert wrap("一二三，四", 6) == ("一二", "三，四")
    assert wrap("一二（三）", 6) == ("一二", "（三）")


def test_a_currency_sign_stays_with_its_figure() -> None:
    assert wrap("应收 ￥1,234.00", 12) == ("应收", "￥1,234.00")


def test_a_dose_in_micrograms_stays_whole() -> None:
    assert wrap("每次 50μg", 7) == ("每次", "50μg")


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrap("A" * 25, 10) == ("A" * 10, "A" * 10, "A" * 5)


def test_padding_centres_and_aligns_by_columns() -> None:
    assert pad("中文", 10, "left") == "中文      "
    assert pad("中文", 10, "center") == "   中文   "
    assert pad("中文", 10, "right") == "      中文"


@given(st.text(max_size=120), st.integers(min_value=2, max_value=48), st.sampled_from([WIDE, NARROW, ROOMY]))
def test_whatever_is_typed_wraps_inside_its_columns_and_loses_nothing_but_blanks(
    text: str, columns: int, profile: PrinterProfile
) -> None:
    clean = printable(text, profile)
    lines = wrap(clean, columns)
    assert all(text_columns(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == clean.replace(" ", "")
    clean.encode(profile.encoding)
