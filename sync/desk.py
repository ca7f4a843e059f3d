"""Asking head office while somebody waits at the counter: short deadlines, one question at a time."""

from __future__ import annotations

import asyncio
import threading
from queue import Empty, SimpleQueue

from pos_member.app.codec import from_text
from pos_member.app.ports import RemoteSale
from pos_member.domain.errors import Fault, Spoken
from pos_member.domain.sale import Sale
from sync import wire
from sync.enrolment import Identity
from sync.transport import Transport, not_understood

ANSWER_SECONDS = 0.8


class HeadOfficeDesk:
    """The :class:`pos_member.app.ports.HeadOfficeDesk` over HTTP. Used on the database lane, one call at a time."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def sale(self, receipt_no: str) -> RemoteSale | None:
        """A sale of any till of the chain, None when head office knows none of that number.

        ``Fault`` ``head_office_unreachable`` when it has not answered within 800 ms, and those of :class:`Transport`.
        """
        if not wire.RECEIPT_NO.fullmatch(receipt_no):
            return None
        answer = self._within_deadline(receipt_no)
        if isinstance(answer, Spoken):
            if answer.code == "sale_unknown":
                return None
            raise answer
        try:
            return RemoteSale(sale=from_text(Sale, answer.document), returned=answer.returned)
        except ValueError as error:
            raise not_understood(self._identity.base_url) from error

    def _within_deadline(self, receipt_no: str) -> wire.SaleAnswer | Spoken:
        """The answer, or what went wrong. Asked on a thread of its own: looking up a name can hang beyond any limit."""
        answers: SimpleQueue[wire.SaleAnswer | Spoken] = SimpleQueue()
        threading.Thread(target=self._ask, args=(receipt_no, answers), daemon=True).start()
        try:
            return answers.get(timeout=ANSWER_SECONDS)
        except Empty:
            template = "连不上总部（{address}）：没有及时回答。请稍后再试，或等网络恢复"
            return Fault("head_office_unreachable", template, retryable=True, address=self._identity.base_url)

    def _ask(self, receipt_no: str, answers: SimpleQueue[wire.SaleAnswer | Spoken]) -> None:
        try:
            answers.put(asyncio.run(self._sale(receipt_no)))
        except TimeoutError:
            return  # whoever asked has been told
        except Spoken as said:
            answers.put(said)

    async def _sale(self, receipt_no: str) -> wire.SaleAnswer:
        transport = Transport(self._identity.base_url, self._identity.credential)
        async with asyncio.timeout(ANSWER_SECONDS), transport:
            return await transport.sale(receipt_no)
