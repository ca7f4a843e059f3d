"""Registers who buys goods with ephedrine (含麻黄碱药品登记): kept in the basket until it is settled."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from pos_member.app.counter import CounterState
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.identity_number import require_id_number
from pos_member.domain.obligations import Buyer

_LONGEST_NAME: Final = 40


def register_buyer(workplace: Workplace, name: str, id_number: str) -> CounterState:
    """The basket with its buyer's name and ID number, in place of another's.

    ``Refusal``: ``buyer_name``, and those of :func:`require_id_number`.
    """
    written = unicodedata.normalize("NFKC", name).strip()
    if not written or len(written) > _LONGEST_NAME or not written.isprintable():
        template = "购买人姓名应为 1 到 {most} 个字；请按身份证填写"
        raise Refusal("buyer_name", template, most=_LONGEST_NAME)
    buyer = Buyer(name=written, id_number=require_id_number(id_number))
    with workplace.terminal.transaction() as records:
        basket = replace(open_basket(workplace, records), buyer=buyer)
        records.save_basket(basket)
        return price_basket(workplace, records, basket)
