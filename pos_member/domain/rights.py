"""Who may do what (权限): rights that a ruleset gives to roles, and what the law keeps for some of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pos_member.domain.errors import Refusal
from pos_member.domain.staff import Role, Staff


class Right(StrEnum):
    """Something that not everybody may do."""

    SELL = "sell"
    VOID_LINE = "void_line"
    VOID_BASKET = "void_basket"
    CHANGE_PRICE = "change_price"
    RETURN_GOODS = "return_goods"
    REPRINT = "reprint"
    ENROL_MEMBER = "enrol_member"
    EDIT_MEMBER = "edit_member"
    REPLACE_CARD = "replace_card"
    REVEAL_MEMBER = "reveal_member"
    GIVE_BONUS = "give_bonus"
    ADJUST_POINTS = "adjust_points"
    REDEEM = "redeem"
    OPEN_SHIFT = "open_shift"
    CLOSE_SHIFT = "close_shift"
    MOVE_CASH = "move_cash"
    OPEN_DRAWER = "open_drawer"
    REGISTER_PRESCRIPTION = "register_prescription"
    APPROVE_PRESCRIPTION = "approve_prescription"
    CONFIRM_QUALITY = "confirm_quality"


KEPT_BY_LAW: Final[Mapping[Right, frozenset[Role]]] = {
    Right.APPROVE_PRESCRIPTION: frozenset({Role.PHARMACIST}),
    Right.CONFIRM_QUALITY: frozenset({Role.PHARMACIST}),
    Right.ADJUST_POINTS: frozenset({Role.STORE_MANAGER}),
}
"""Rights that no ruleset gives to another role: the pharmacist's by law, points by hand by docs/programme §5."""

_RIGHTS: Final = {
    Right.SELL: "收款",
    Right.VOID_LINE: "删除商品行",
    Right.VOID_BASKET: "作废整单",
    Right.CHANGE_PRICE: "改价",
    Right.RETURN_GOODS: "退货",
    Right.REPRINT: "补打小票",
    Right.ENROL_MEMBER: "会员入会",
    Right.EDIT_MEMBER: "修改会员资料",
    Right.REPLACE_CARD: "换卡",
    Right.REVEAL_MEMBER: "查看完整会员资料",
    Right.GIVE_BONUS: "加分",
    Right.ADJUST_POINTS: "调整积分",
    Right.REDEEM: "积分兑换",
    Right.OPEN_SHIFT: "开班",
    Right.CLOSE_SHIFT: "交班",
    Right.MOVE_CASH: "现金存取",
    Right.OPEN_DRAWER: "开钱箱",
    Right.REGISTER_PRESCRIPTION: "登记处方",
    Right.APPROVE_PRESCRIPTION: "审核处方",
    Right.CONFIRM_QUALITY: "确认质量问题",
}
_ROLES: Final = {Role.CASHIER: "收银员", Role.PHARMACIST: "药师", Role.STORE_MANAGER: "店长"}


def right_label(right: Right) -> str:
    """What a right is called: 退货, 改价."""
    return _RIGHTS[right]


def role_label(role: Role) -> str:
    """What a role is called: 收银员, 药师, 店长."""
    return _ROLES[role]


def require_right(person: Staff, right: Right, rights: Mapping[Right, frozenset[Role]]) -> None:
    """``Refusal`` ``right_missing`` names who may do it instead."""
    if person.role not in rights[right]:
        raise Refusal(
            "right_missing",
            "{name}没有「{right}」的权限：请由{roles}输入密码授权，或由其登录后办理",
            name=person.name,
            right=right_label(right),
            roles="、".join(role_label(role) for role in Role if role in rights[right]),
        )
