"""What is no JSON, or JSON of a kind that nobody should have to guess at, is told in one sentence."""

from __future__ import annotations

import json

import pytest

from tests.composition.calc.asking import Asking
from tests.composition.calc.inputs import well_formed


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        pytest.param(b"", "input: 是空的", id="nothing"),
        pytest.param(b" \r\n\t", "input: 是空的", id="white space"),
        pytest.param(b"[]", "input: 应为对象，收到 列表", id="a list"),
        pytest.param(b"null", "input: 应为对象，收到 null", id="null"),
        pytest.param(b'{"at": ', "input: 不是合法的 JSON：第 1 行第 8 个字符", id="cut short"),
        pytest.param(b"{}\n{}", "input: 不是合法的 JSON：第 2 行第 1 个字符，一个 JSON 值之后还有多余的内容", id="two"),
        pytest.param(b"{'at': 1}", "input: 不是合法的 JSON：第 1 行第 2 个字符", id="single quotes"),
        pytest.param(b'{"at": "a\x00b"}', "input: 不是合法的 JSON：第 1 行第 10 个字符", id="a raw control character"),
        pytest.param(b'\xef\xbb\xbf{"at": 1}', "input: 开头有 BOM", id="a byte order mark"),
        pytest.param('{"at": "五月"}'.encode("gb18030"), "input: 不是 UTF-8：第 9 个字节", id="another encoding"),
        pytest.param(b'{"at": "\xed\xa0\x80"}', "input: 不是 UTF-8", id="a surrogate as bytes"),
        pytest.param(b"[" * 500_000, "input: 嵌套太深", id="lists without end"),
        pytest.param(b'{"a":' * 500_000, "input: 嵌套太深", id="objects without end"),
        pytest.param(b'{"at": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "input: 嵌套太深", id="a deep field"),
    ],
)
def test_what_is_no_json_is_told_with_the_place(ask: Asking, given: bytes, sentence: str) -> None:
    assert ask("quote", given).malformed.startswith(sentence)


@pytest.mark.parametrize(
    "number",
    ["500.0", "5e2", "-0.0", "NaN", "Infinity", "-Infinity", "9" * 301, "9" * 5000, "-" + "9" * 5000, "1" + "0" * 300],
)
def test_a_number_that_is_no_integer_is_refused_at_its_field(ask: Asking, number: str) -> None:
    text = json.dumps(well_formed("quote")).replace('"points_to_redeem": 500', f'"points_to_redeem": {number}')
    told = ask("quote", text.encode()).malformed
    assert told.startswith("points_to_redeem: 应为不小于 0 的整数")
    assert len(told) < 120
    assert number[:10] in told or "位以上的整数" in told


def test_a_number_of_300_digits_is_reckoned_with_to_the_last(ask: Asking) -> None:
    price = int("9" * 300)
    line = {"sku": "A", "category": "rx", "unit_price_fen": price, "quantity": "9" * 300}
    result = ask("quote", {"at": "2026-05-06T10:12:00+08:00", "lines": [line]}).result
    assert result["payable_fen"] == price * price


@pytest.mark.parametrize(
    ("key", "twice", "field"),
    [
        ('"at": ', '"at": 1, "at": ', "at"),
        ('"tier": "gold", "birthday"', '"tier": "gold", "tier": "gold", "birthday"', "member.tier"),
        ('"sku": "SWAB"', '"sku": "SWAB", "sku": "SWAB"', "lines[1].sku"),
        ('"n": 9', '"n": 9, "n": 9', "offers[2].n"),
    ],
)
def test_a_key_given_twice_is_named_where_it_stands(ask: Asking, key: str, twice: str, field: str) -> None:
    text = json.dumps(well_formed("quote"))
    assert key in text
    told = ask("quote", text.replace(key, twice, 1).encode()).malformed
    assert told.startswith(f"{field}: 同一个对象里写了两次")


@pytest.mark.parametrize("field", ["store", "at"])
def test_half_a_surrogate_pair_is_no_text(ask: Asking, field: str) -> None:
    given = {**well_formed("quote"), field: "S\ud800"}
    assert ask("quote", given).malformed.startswith(f"{field}: ")


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("colour", "colour: "),
        ("优惠", "优惠: "),
        ("", '"": '),
        ("a\nb", r'"a\nb": '),
        ("a\u2028b", r'"a\u2028b": '),
        ("\x1b[31m", r'"\u001b[31m": '),
        ("\ud800", r'"\ud800": '),
        ("x" * 5000, '"' + "x" * 40 + "…"),
    ],
)
def test_an_unknown_field_is_named_on_one_line_whatever_it_is_called(ask: Asking, key: str, shown: str) -> None:
    told = ask("quote", {**well_formed("quote"), key: 1}).malformed
    assert told.startswith(shown)
    assert told.endswith("没有这个字段，请删去")


def test_names_with_line_breaks_in_them_stay_on_the_line(ask: Asking) -> None:
    given = well_formed("quote")
    given["lines"][0]["sku"] = "片\u2028剂\n\x85\u2029"
    told = ask("quote", given)
    assert told.result["lines"][0]["sku"] == "片\u2028剂\n\x85\u2029"
    assert len(told.out.decode().splitlines()) == 1


def test_an_endless_name_in_a_sentence_is_cut(ask: Asking) -> None:
    entry = {"occurred_at": "2026-01-10T09:00:00+08:00", "business_date": "2026-01-10", "points": 300, "id": "e" * 9999}
    given = {"at": "2026-12-05T12:00:00+08:00", "entries": [entry, {**entry, "points": 200}]}
    told = ask("balance", given).malformed
    assert told.startswith("entries[1].id: ")
    assert len(told) < 500


def test_a_document_beyond_64_mib_is_refused_unread(ask: Asking) -> None:
    assert ask("tier", b" " * ((64 << 20) + 1)).malformed.startswith("input: 太大")
