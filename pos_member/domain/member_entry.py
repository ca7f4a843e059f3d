"""What is typed of a member (会员资料), read field by field: what is written in many ways is read as one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pos_member.domain.errors import Refusal
from pos_member.domain.membership import Profile

_PHONE: Final = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_BETWEEN_DIGITS: Final = re.compile(r"[\s\-‐-―−]")
_BIRTHDAY: Final = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})|[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?)")
_CARD: Final = re.compile(r"[0-9A-Z][0-9A-Z-]{5,31}")
_GENDERS: Final = {"": None, "f": "f", "女": "f", "m": "m", "男": "m"}
_DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・", "·"))
_EARLIEST_BIRTHDAY: Final = date(1900, 1, 1)
_NAME_MOST: Final = 40
_ADDRESS_MOST: Final = 200
_RARE_HANZI: Final = range(0x20000, 0x3FFFE)
_NOBODY: Final = Profile(name="", phone=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """A member's form as typed. None: not asked, so that it stays as it is; empty: there is none, or none any more.

    ``card`` is one card that comes to those the member has. Consents are asked one by one.
    """

    name: str | None = None
    phone: str | None = None
    birthday: str | None = None
    gender: str | None = None
    address: str | None = None
    card: str | None = None
    marketing_consent: bool | None = None
    health_consent: bool | None = None


def new_profile(entry: MemberEntry, today: date) -> Profile:
    """Who a new member is. ``Refusal``: those of :func:`changed_profile`."""
    return changed_profile(replace(entry, name=entry.name or ""), _NOBODY, today)


def changed_profile(entry: MemberEntry, before: Profile, today: date) -> Profile:
    """Who a member is after a change.

    ``Refusal``: ``name_malformed``, ``phone_malformed``, ``birthday_malformed``, ``gender_malformed``,
    ``address_malformed``, ``card_malformed``, ``member_unreachable``, in this order.
    """
    profile = Profile(
        name=before.name if entry.name is None else read_name(entry.name),
        phone=before.phone if entry.phone is None else read_phone(entry.phone),
        birthday=before.birthday if entry.birthday is None else read_birthday(entry.birthday, today),
        gender=before.gender if entry.gender is None else read_gender(entry.gender),
        address=before.address if entry.address is None else read_address(entry.address),
        cards=before.cards if not entry.card else tuple(dict.fromkeys((*before.cards, read_card(entry.card)))),
    )
    if profile.phone is None and not profile.cards:
        raise Refusal(
            "member_unreachable", "手机号和会员卡至少要有一样，否则以后找不到这位会员；请输入手机号，或扫会员卡"
        )
    return profile


def read_name(text: str) -> str:
    """A name: 1 to 40 signs, rare hanzi and the dot of long names among them. ``Refusal`` ``name_malformed``."""
    name = _plain(text).translate(_DOTS)
    if not any(map(_is_letter, name)) or not _fits(name, _NAME_MOST):
        raise Refusal("name_malformed", "姓名应为 1 至 {most} 个字，不能只有符号；请核对后重新输入", most=_NAME_MOST)
    return name


def phone_of(text: str) -> str | None:
    """The 11 digits of a mainland mobile number, however it is written; None for what is none."""
    found = _PHONE.fullmatch(_BETWEEN_DIGITS.sub("", _plain(text)))
    return None if found is None else found[1]


def read_phone(text: str) -> str | None:
    """The 11 digits of a phone number, None where none was typed. ``Refusal`` ``phone_malformed``."""
    if not _plain(text):
        return None
    phone = phone_of(text)
    if phone is None:
        raise Refusal("phone_malformed", "手机号应为 11 位，以 13 至 19 开头；请与顾客核对后重新输入")
    return phone


def read_birthday(text: str, today: date) -> date | None:
    """A birthday, None where none was typed. ``Refusal`` ``birthday_malformed``: no date, to come, or before 1900."""
    typed = _plain(text)
    if not typed:
        return None
    found = _BIRTHDAY.fullmatch(typed)
    try:
        born = None if found is None else date(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        born = None
    if born is None or not _EARLIEST_BIRTHDAY <= born <= today:
        template = "生日应为真实日期，如 1980-03-20 或 19800320，从 {earliest} 年起，不晚于今天；请核对后重新输入"
        raise Refusal("birthday_malformed", template, earliest=_EARLIEST_BIRTHDAY.year)
    return born


def read_gender(text: str) -> str | None:
    """ "f" or "m", None where none was typed. ``Refusal`` ``gender_malformed``."""
    typed = _plain(text).lower()
    if typed not in _GENDERS:
        raise Refusal("gender_malformed", "性别应为男或女，也可以不填；请重新选择")
    return _GENDERS[typed]


def read_address(text: str) -> str | None:
    """An address of at most 200 signs, None where none was typed. ``Refusal`` ``address_malformed``."""
    address = _plain(text)
    if not _fits(address, _ADDRESS_MOST):
        raise Refusal("address_malformed", "地址最多 {most} 个字，不能有特殊符号；请缩短后重新输入", most=_ADDRESS_MOST)
    return address or None


def read_card(text: str) -> str:
    """The code of a card, in upper case. ``Refusal`` ``card_malformed``; a phone number is no card."""
    code = _plain(text).replace(" ", "").upper()
    if not _CARD.fullmatch(code) or phone_of(code) is not None:
        raise Refusal("card_malformed", "卡号应为 6 至 32 位字母、数字或横线，且不是手机号；请重新扫卡或核对后输入")
    return code


def _plain(text: str) -> str:
    """Half-width, with single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip(" ")


def _fits(text: str, most: int) -> bool:
    return len(text) <= most and all(sign.isprintable() or ord(sign) in _RARE_HANZI for sign in text)


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or ord(sign) in _RARE_HANZI
