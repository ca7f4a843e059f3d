"""Records that somebody has looked at a conflict (过敏、重复用药) with the customer, and sells all the same."""

from __future__ import annotations

from pos_member.app.counter import CounterState
from pos_member.app.facts import AUDIT
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.event import PersonalPart, canonical_bytes
from pos_member.domain.staff import Staff


def acknowledge_conflict(workplace: Workplace, person: Staff, key: str) -> CounterState:
    """The basket with a conflict acknowledged, by its key; once, however often it is asked for.

    Audited by the person's name; the ingredient tells of somebody's health, so it travels as the part that can be
    erased. ``Refusal``: ``conflict_gone``.
    """
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        state = price_basket(workplace, records, basket)
        if key in basket.acknowledged:
            return state
        found = next((each for each in state.conflicts if each.key == key), None)
        if found is None:
            raise Refusal("conflict_gone", "购物篮或会员已有变动，这一项不用再确认：请核对屏幕上的提示")
        told = {"conflict": found.kind.value, "ingredient": found.ingredient, "goods": list(found.skus)}
        records.append_event(
            kind=AUDIT,
            event_id=workplace.ids.new(),
            at=workplace.clock.now(),
            body={
                "action": "acknowledge_conflict",
                "staff_id": person.id,
                "person": person.name,
                "basket_id": basket.id,
            },
            member_id=basket.member_id,
            part=PersonalPart(salt=workplace.salt(), content=canonical_bytes(told)),
        )
        basket = basket.acknowledging(key)
        records.save_basket(basket)
        state = price_basket(workplace, records, basket)
    workplace.wake_sync()
    return state
