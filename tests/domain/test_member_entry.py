from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pos_member.domain.errors import Refusal
from pos_member.domain.member_entry import (
    MemberEntry,
    changed_profile,
    new_profile,
    phone_of,
    read_address,
    read_birthday,
    read_card,
    read_gender,
    read_name,
    read_phone,
)
from pos_member.domain.membership import Profile

TODAY = date(2026, 3, 5)
ZHAO = Profile(name="赵敏", phone="13700137000", birthday=date(1990, 1, 2), gender="f", cards=("62000001",))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as told:
        act()
    assert "{" not in told.value.message
    return told.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "１３８００１３８０００",
        " 138 0013 8000 ",
        "138-0013-8000",
        "138–0013–8000",
        "＋８６　１３８　００１３　８０００",
        "+86 138-0013-8000",
        "0086 13800138000",
        "8613800138000",
    ],
)
def test_a_phone_number_is_read_however_it_is_written(typed: str) -> None:
    assert read_phone(typed) == phone_of(typed) == "13800138000"


@pytest.mark.parametrize(
    "typed",
    ["1380013800", "138001380000", "12800138000", "23800138000", "010-12345678", "1380013800O", "١٣٨٠٠١٣٨٠٠٠", "电话"],
)
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    assert refused(lambda: read_phone(typed)) == "phone_malformed"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王晓明", "王晓明"),
        ("  王晓明\n", "王晓明"),
        ("李㛃", "李㛃"),
        ("陈𬀩", "陈𬀩"),
        ("陈\U000323af", "陈\U000323af"),  # of the latest hanzi, which not every library knows
        ("阿卜杜热依木·买买提依明江", "阿卜杜热依木·买买提依明江"),
        ("古丽米热•吐尔逊", "古丽米热·吐尔逊"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
        ("好" * 40, "好" * 40),
    ],
)
def test_names_of_every_kind_are_taken(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["", "  ", "·", "123", "王\x00明", "王\u202e明", "王\ud83d", "王\ue863", "😀", "好" * 41]
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    assert refused(lambda: read_name(typed)) == "name_malformed"


@pytest.mark.parametrize(
    "typed",
    ["1980-03-20", "19800320", "１９８００３２０", "1980/3/20", "1980.03.20", "1980年3月20日", " 1980－03－20 "],
)
def test_a_birthday_is_read_however_it_is_written(typed: str) -> None:
    assert read_birthday(typed, TODAY) == date(1980, 3, 20)


@pytest.mark.parametrize("typed", ["1900-01-01", "2024-02-29", "2026-03-05"])
def test_the_earliest_and_the_latest_birthday_and_a_leap_day_are_taken(typed: str) -> None:
    assert read_birthday(typed, TODAY) == date.fromisoformat(typed)


@pytest.mark.parametrize(
    "typed",
    ["1899-12-31", "2026-03-06", "2025-02-29", "1980-13-01", "1980-00-10", "800320", "0000-01-01", "昨天", "1980-03"],
)
def test_what_is_no_birthday_is_refused(typed: str) -> None:
    assert refused(lambda: read_birthday(typed, TODAY)) == "birthday_malformed"


def test_a_card_code_is_kept_in_one_form() -> None:
    assert read_card(" ６２００ 0000 0000 0001 ") == "6200000000000001"
    assert read_card("old-0001") == "OLD-0001"


@pytest.mark.parametrize("typed", ["", "12345", "13800138000", "6" * 33, "6200 会员", "-620000", "6200\x1d000"])
def test_what_is_no_card_is_refused(typed: str) -> None:
    assert refused(lambda: read_card(typed)) == "card_malformed"


def test_gender_and_address_may_be_left_out_and_are_read_otherwise() -> None:
    assert [read_gender(typed) for typed in ("", "女", "F", "男", "ｍ")] == [None, "f", "f", "m", "m"]
    assert refused(lambda: read_gender("x")) == "gender_malformed"
    assert read_address(" 解放路　１２号 ") == "解放路 12号"
    assert read_address("") is None
    assert refused(lambda: read_address("路" * 201)) == "address_malformed"
    assert refused(lambda: read_address("路\x1b")) == "address_malformed"


def test_a_new_member_needs_a_name_and_a_phone_or_a_card() -> None:
    assert new_profile(MemberEntry(name="赵敏", card="62000001"), TODAY).phone is None
    assert refused(lambda: new_profile(MemberEntry(phone="13700137000"), TODAY)) == "name_malformed"
    assert refused(lambda: new_profile(MemberEntry(name="赵敏", birthday="19900102"), TODAY)) == "member_unreachable"


def test_a_change_touches_only_what_was_typed() -> None:
    assert changed_profile(MemberEntry(), ZHAO, TODAY) == ZHAO
    moved = changed_profile(MemberEntry(address="解放路 12 号", birthday=""), ZHAO, TODAY)
    assert (moved.name, moved.phone, moved.birthday, moved.address) == ("赵敏", "13700137000", None, "解放路 12 号")
    assert changed_profile(MemberEntry(card="62000002"), ZHAO, TODAY).cards == ("62000001", "62000002")
    assert changed_profile(MemberEntry(card="62000001"), ZHAO, TODAY).cards == ("62000001",)
    assert changed_profile(MemberEntry(phone=""), ZHAO, TODAY).phone is None
