"""Rights and roles in words, and who is sent for."""

from __future__ import annotations

import pytest

from pos_member.domain.errors import Refusal
from pos_member.domain.rights import Right, require_right, right_label, role_label
from pos_member.domain.staff import Role, Staff
from tests.domain.makers import RULES

LI_FANG = Staff(id="c1", number="1", name="李芳", role=Role.CASHIER, pin_hash="")


def test_every_right_and_every_role_has_a_name_of_its_own() -> None:
    assert len({right_label(right) for right in Right}) == len(Right)
    assert [role_label(role) for role in Role] == ["收银员", "药师", "店长"]


def test_who_may_not_is_told_who_may() -> None:
    require_right(LI_FANG, Right.SELL, RULES.rights)
    with pytest.raises(Refusal) as told:
        require_right(LI_FANG, Right.REVEAL_MEMBER, RULES.rights)
    assert told.value.code == "right_missing"
    assert told.value.message == "李芳没有「查看完整会员资料」的权限：请由药师、店长输入密码授权，或由其登录后办理"
