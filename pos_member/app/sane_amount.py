"""Amounts of money as people type them: a limit on slips of the finger."""

from __future__ import annotations

from typing import Final

from pos_member.domain.errors import Refusal
from pos_member.domain.money import yuan

_MOST_FEN: Final = 999_999_999
"""Long sums of more would not fit a column of the shift's totals."""


def require_sane_amount(fen: int) -> None:
    """``Refusal`` ``amount_most`` for more than any drawer or payment holds."""
    if fen > _MOST_FEN:
        template = "金额 {amount} 过大，最多 {most}：请核对后重新输入"
        raise Refusal("amount_most", template, amount=yuan(fen), most=yuan(_MOST_FEN))
