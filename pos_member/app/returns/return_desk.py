"""Returns (退货) and exchanges (换货) as the screens see them. Each method answers with frozen values."""

from __future__ import annotations

from pos_member.app.members.identify import normalise
from pos_member.app.people.authorise import Approval
from pos_member.app.people.seat import Seat
from pos_member.app.ports import PrintJob
from pos_member.app.printing.print_return import reprint_last_return
from pos_member.app.returns.exchange_goods import Exchanged, ExchangePreview, exchange_goods, preview_exchange
from pos_member.app.returns.find_sale import ReturnableLine, ReturnableSale, find_sale
from pos_member.app.returns.return_goods import GoodsBack, Returned, ReturnPreview, preview_return, return_goods
from pos_member.app.selling.settle_sale import Settlement
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.quantity import Quantity
from pos_member.domain.returns import ReturnedLine


class ReturnDesk:
    """Where goods come back. First :meth:`find` the sale, then :meth:`preview`, then one of the two deeds."""

    def __init__(self, workplace: Workplace, seat: Seat) -> None:
        self._workplace = workplace
        self._seat = seat

    def find(self, receipt_no: str) -> ReturnableSale:
        """The sale of a scanned or typed number. ``Refusal``: those of :func:`find_sale`."""
        self._seat.person()
        return find_sale(self._workplace, receipt_no)

    def quantity(self, line: ReturnableLine, text: str) -> ReturnedLine:
        """So much of a line as somebody typed. ``Refusal`` ``return_quantity_unreadable``."""
        self._seat.person()
        try:
            return ReturnedLine(line=line.line, quantity=Quantity.parse(normalise(text)))
        except ValueError:
            raise Refusal(
                "return_quantity_unreadable",
                "{name} 的退货数量「{text}」不对：请输入大于 0 的数字，至多 {left}",
                name=line.product.name,
                text=text,
                left=line.left,
            ) from None

    def preview(self, back: GoodsBack) -> ReturnPreview:
        """Money and points both ways if the goods came back now. ``Refusal``: those of :func:`preview_return`."""
        return preview_return(self._workplace, self._seat.person(), back)

    def take_back(
        self, return_id: str, back: GoodsBack, *, pharmacist: Approval | None = None, approval: Approval | None = None
    ) -> Returned:
        """Records the return and prints its slip. ``Refusal``: those of :func:`return_goods`."""
        return return_goods(
            self._workplace, self._seat.person(), return_id, back, pharmacist=pharmacist, approval=approval
        )

    def preview_exchange(self, back: GoodsBack, settlement: Settlement) -> ExchangePreview:
        """What exchanging the goods for the open basket comes to. ``Refusal``: those of :func:`preview_exchange`."""
        return preview_exchange(self._workplace, self._seat.person(), back, settlement)

    def exchange(
        self,
        exchange_id: str,
        back: GoodsBack,
        settlement: Settlement,
        *,
        pharmacist: Approval | None = None,
        approval: Approval | None = None,
    ) -> Exchanged:
        """Records the return and the sale of the open basket, on one slip. ``Refusal``: those of
        :func:`exchange_goods`.
        """
        return exchange_goods(
            self._workplace,
            self._seat.person(),
            exchange_id,
            back,
            settlement,
            pharmacist=pharmacist,
            approval=approval,
        )

    def reprint_last(self, approval: Approval | None = None) -> PrintJob:
        """Prints the last slip of this shift again, marked 补打. ``Refusal``: those of :func:`reprint_last_return`."""
        return reprint_last_return(self._workplace, self._seat.person(), approval)
