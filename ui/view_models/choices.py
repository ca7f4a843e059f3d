"""What a short list offers: things that typed text may mean, or baskets that were put aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_member.app.counter import CandidateKind, Choice
from pos_member.app.selling.suspend_recall import SuspendedSale
from pos_member.domain.money import yuan
from ui.view_models.figures import Place
from ui.view_models.language import Translate
from ui.view_models.offers import ChipWord

_SUSPENDED = "suspended:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    """A row to pick: ``figure`` stands at the right, empty where there is none."""

    key: str
    chip: ChipWord
    title: str
    detail: str
    figure: str = ""


def candidate_rows(choice: Choice, tr: Translate) -> tuple[ChoiceRow, ...]:
    """The candidates of a choice."""
    chips = {
        CandidateKind.MEMBER: ChipWord(text=tr("会员"), tone="gold"),
        CandidateKind.PRODUCT: ChipWord(text=tr("商品"), tone="brand"),
    }
    return tuple(
        ChoiceRow(key=one.key, chip=chips[one.kind], title=one.title, detail=one.detail) for one in choice.candidates
    )


def suspended_rows(sales: Iterable[SuspendedSale], place: Place, tr: Translate) -> tuple[ChoiceRow, ...]:
    """Baskets that were put aside: for whom, when, how many lines, and what they would cost now."""
    return tuple(_suspended_row(sale, place.moment(sale.suspended_at), tr) for sale in sales)


def _suspended_row(sale: SuspendedSale, moment: str, tr: Translate) -> ChoiceRow:
    """When it was put aside is said once, also where that is all there is to name it by."""
    detail = tr("{lines} 种", lines=sale.lines)
    if moment != sale.title:
        detail = tr("{moment} 挂单 · {lines} 种", moment=moment, lines=sale.lines)
    return ChoiceRow(
        key=f"{_SUSPENDED}{sale.basket_id}",
        chip=ChipWord(text=tr("挂单"), tone="info"),
        title=sale.title,
        detail=detail,
        figure=yuan(sale.payable_fen),
    )


def is_suspended(key: str) -> bool:
    """Whether a row's key is that of a basket."""
    return key.startswith(_SUSPENDED)


def suspended_id(key: str) -> str:
    """The basket of a row's key."""
    return key.removeprefix(_SUSPENDED)
