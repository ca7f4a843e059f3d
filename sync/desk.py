"""Asking head office while somebody waits at the counter: short deadlines, one question at a time."""

from __future__ import annotations

import asyncio

from pos_member.app.codec import from_text
from pos_member.app.ports import RemoteSale
from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.sale import Sale
from sync.enrolment import Identity
from sync.transport import Transport

ANSWER_SECONDS = 0.8


class HeadOfficeDesk:
    """The :class:`pos_member.app.ports.HeadOfficeDesk` over HTTP. Used on the database lane, one call at a time."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def sale(self, receipt_no: str) -> RemoteSale | None:
        """A sale of any till of the chain, None when head office knows none of that number.

        ``Fault`` ``head_office_unreachable`` when it has not answered within 800 ms, and those of :class:`Transport`.
        """
        try:
            return asyncio.run(self._sale(receipt_no))
        except TimeoutError as error:
            template = "连不上总部（{address}）：没有及时回答。请稍后再试，或等网络恢复"
            raise Fault("head_office_unreachable", template, retryable=True, address=self._identity.base_url) from error
        except Refusal as refusal:
            if refusal.code == "sale_unknown":
                return None
            raise

    async def _sale(self, receipt_no: str) -> RemoteSale:
        async with asyncio.timeout(ANSWER_SECONDS), self._transport() as transport:
            answer = await transport.sale(receipt_no)
        return RemoteSale(sale=from_text(Sale, answer.document), returned=answer.returned)

    def _transport(self) -> Transport:
        return Transport(self._identity.base_url, self._identity.credential)
