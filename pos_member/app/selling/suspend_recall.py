"""Puts the open basket aside (挂单) for another customer, and takes it up again (取单)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pos_member.app.counter import CounterState
from pos_member.app.ports import SuspendedBasket, TerminalRecords
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket, BasketLine
from pos_member.domain.errors import Refusal, Sentence
from pos_member.domain.member import mask_name
from pos_member.domain.money import yuan
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedSale:
    """A basket that was put aside: ``title`` is the member's masked name, or the local time it was put aside at.

    ``payable_fen`` is what it would cost now.
    """

    basket_id: str
    title: str
    lines: int
    payable_fen: int
    suspended_at: datetime
    staff_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """The counter with a basket that was taken up again, and what has changed of its goods since."""

    state: CounterState
    changes: tuple[Sentence, ...] = ()


def suspend_basket(workplace: Workplace, person: Staff, basket_id: str) -> CounterState:
    """Puts the open basket aside and opens the next one; asked again, it changes nothing.

    ``Refusal``: ``basket_empty``, ``basket_changed``, ``suspended_full``.
    """
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        if basket.id != basket_id:
            if all(each.basket.id != basket_id for each in records.suspended_baskets()):
                raise Refusal("basket_changed", "购物篮已经换过，没有挂单：请核对屏幕上的商品后再挂单")
            return price_basket(workplace, records, basket)
        if not basket.lines:
            raise Refusal("basket_empty", "购物篮是空的：请先扫商品")
        now = workplace.clock.now()
        records.suspend_basket(SuspendedBasket(basket=basket, suspended_at=now, staff_id=person.id))
        fresh = Basket(id=workplace.ids.new())
        records.save_basket(fresh)
        return price_basket(workplace, records, fresh)


def suspended_sales(workplace: Workplace) -> tuple[SuspendedSale, ...]:
    """The baskets put aside, oldest first."""
    with workplace.terminal.reading() as records:
        return tuple(_sale(workplace, records, each) for each in records.suspended_baskets())


def recall_basket(workplace: Workplace, basket_id: str) -> Recalled:
    """Takes a basket up again, its goods as head office publishes them now; asked again, it changes nothing.

    A price that somebody changed stays, and so do goods that head office has taken away; :attr:`Recalled.changes` tells
    of these and of new prices. ``Refusal``: ``basket_not_empty``, ``suspended_gone``.
    """
    with workplace.terminal.transaction() as records:
        held = open_basket(workplace, records)
        if held.id == basket_id:
            return Recalled(state=price_basket(workplace, records, held))
        if not held.is_empty:
            raise Refusal("basket_not_empty", "当前购物篮还没有结清：请先收款、挂单或作废，再取单")
        suspended = records.take_suspended(basket_id)
        if suspended is None:
            raise Refusal("suspended_gone", "这一单已经取走：请在挂单列表里重新选择")
        lines, changes = _refreshed(workplace, suspended.basket.lines)
        basket = suspended.basket.with_lines(lines)
        records.save_basket(basket)
        return Recalled(state=price_basket(workplace, records, basket), changes=changes)


def _sale(workplace: Workplace, records: TerminalRecords, suspended: SuspendedBasket) -> SuspendedSale:
    state = price_basket(workplace, records, suspended.basket)
    title = f"{suspended.suspended_at.astimezone(ZoneInfo(workplace.store().zone)):%H:%M}"
    return SuspendedSale(
        basket_id=suspended.basket.id,
        title=title if state.member is None else mask_name(state.member.state.member.name),
        lines=len(suspended.basket.lines),
        payable_fen=0 if state.quote is None else state.quote.payable_fen,
        suspended_at=suspended.suspended_at,
        staff_id=suspended.staff_id,
    )


def _refreshed(
    workplace: Workplace, lines: tuple[BasketLine, ...]
) -> tuple[tuple[BasketLine, ...], tuple[Sentence, ...]]:
    """The lines with their goods as they are now, and what has changed."""
    fresh, changes = [], []
    for line in lines:
        product = line.product
        current = workplace.replica.product_by_sku(product.sku)
        if current is None:
            template = "{name} 已停售，仍按 {price} 留在单上：请核对后再收款"
            changes.append(Sentence(template=template, gaps={"name": product.name, "price": yuan(product.price_fen)}))
            fresh.append(line)
        elif not line.can_be(current):
            template = "{name} 现按整件销售，{quantity} 仍按原样留在单上：请核对后再收款"
            changes.append(Sentence(template=template, gaps={"name": product.name, "quantity": line.quantity}))
            fresh.append(line)
        elif line.list_price_fen is not None:
            kept = None if current.price_fen == product.price_fen else current.price_fen
            fresh.append(replace(line, product=replace(current, price_fen=product.price_fen), list_price_fen=kept))
        else:
            if current.price_fen != product.price_fen:
                gaps: dict[str, object] = {
                    "name": current.name,
                    "before": yuan(product.price_fen),
                    "after": yuan(current.price_fen),
                }
                changes.append(Sentence(template="{name} 的单价已由 {before} 变为 {after}", gaps=gaps))
            fresh.append(replace(line, product=current))
    return tuple(fresh), tuple(changes)
