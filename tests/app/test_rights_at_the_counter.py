"""What head office may keep for some people at the counter, and how another lets them do it once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos_member.app.people.authorise import Approval
from pos_member.domain.rights import Right
from tests.app.people import SUN_WEI, audits, rights_with
from tests.app.registers import PAPER
from tests.app.shop import MASKS, VITAMIN, Shop
from tests.storage.makers import TODAY

Step = Callable[[Shop, Approval | None], object]

STEPS: dict[Right, Step] = {
    Right.VOID_LINE: lambda shop, approval: shop.till.remove_line(0, approval),
    Right.VOID_BASKET: lambda shop, approval: shop.till.void_basket(approval),
    Right.REPRINT: lambda shop, approval: shop.till.reprint_last(approval),
    Right.REGISTER_PRESCRIPTION: lambda shop, approval: shop.till.registers.register_prescription(
        shop.till.new_id(), PAPER, TODAY, ("R001",), approval
    ),
}


@pytest.mark.parametrize("right", STEPS)
def test_a_step_kept_for_the_store_manager_takes_her_pin_each_time(shop: Shop, right: Right) -> None:
    shop.sell(MASKS)
    shop.scan(VITAMIN)
    shop.publish(rights_with(right.value, "store_manager"), SUN_WEI)
    step, events = STEPS[right], shop.count("events")

    assert shop.refused(lambda: step(shop, None)) == "right_missing"
    assert shop.count("events") == events
    step(shop, Approval(staff_id=SUN_WEI.id, pin="3333"))
    (override,) = audits(shop, "override")
    assert (override["staff_id"], override["right"]) == (SUN_WEI.id, right.value)
    shop.scan(VITAMIN)
    assert shop.refused(lambda: step(shop, None)) == "right_missing"
