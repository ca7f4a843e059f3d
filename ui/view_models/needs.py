"""What a basket still needs before it can be paid, as people see it: one thing after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from unicodedata import normalize

from pos_member.app.counter import CounterState, Need, NeedKind
from pos_member.app.selling.prescriptions import RegisteredPrescription
from pos_member.domain.errors import Sentence
from pos_member.domain.registers import PrescriptionPaper
from ui.view_models.language import Translate
from ui.view_models.offers import ChipWord, PromptRow
from ui.view_models.status import Fact

_MARKS: Mapping[NeedKind, tuple[str, str]] = MappingProxyType(
    {
        NeedKind.PHARMACIST: ("等药师上岗", "warn"),
        NeedKind.PRESCRIPTION: ("待登记处方", "warn"),
        NeedKind.APPROVAL: ("待药师审核", "warn"),
        NeedKind.FEWER_PACKS: ("超出限量", "danger"),
        NeedKind.BUYER: ("待登记购买人", "warn"),
        NeedKind.ACKNOWLEDGEMENT: ("有冲突待确认", "danger"),
    }
)
"""The words on a line for what it waits for, as source texts, and their tones."""

_TITLES: Mapping[NeedKind, str] = MappingProxyType(
    {
        NeedKind.PHARMACIST: "药师上岗",
        NeedKind.PRESCRIPTION: "登记处方",
        NeedKind.APPROVAL: "审核处方",
        NeedKind.FEWER_PACKS: "减少数量",
        NeedKind.BUYER: "登记购买人",
        NeedKind.ACKNOWLEDGEMENT: "确认冲突",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to be done for the basket; ``skus`` are all the goods it is done for."""

    kind: NeedKind
    sentence: Sentence
    skus: tuple[str, ...]
    prescription_id: str | None
    conflict: str | None

    def is_same(self, other: Todo) -> bool:
        """Whether both are one and the same thing, be it for other goods by now."""
        return (self.kind, self.conflict) == (other.kind, other.conflict) and (
            self.kind != NeedKind.APPROVAL or self.prescription_id == other.prescription_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsView:
    """What stands at the checkout while the basket cannot be paid: the first thing, and how many more there are."""

    sentence: str
    more: str
    tone: str


def todos(needs: Iterable[Need]) -> tuple[Todo, ...]:
    """What has to be done, the law's first; what is done at once for several goods is one thing."""
    found: list[Todo] = []
    for need in needs:
        todo = Todo(
            kind=need.kind,
            sentence=need.sentence,
            skus=need.skus,
            prescription_id=need.prescription_id,
            conflict=need.conflict,
        )
        at = next((index for index, known in enumerate(found) if known.is_same(todo)), None)
        if at is None:
            found.append(todo)
        else:
            found[at] = replace(found[at], skus=tuple(dict.fromkeys((*found[at].skus, *todo.skus))))
    return tuple(found)


def needs_view(state: CounterState, tr: Translate) -> NeedsView | None:
    """What the basket needs first; None where nothing stands in the way."""
    waiting = todos(state.needs)
    if not waiting:
        return None
    first, more = waiting[0], len(waiting) - 1
    return NeedsView(
        sentence=tr(first.sentence.template, **first.sentence.gaps),
        more=tr("另有 {count} 项待办", count=more) if more else "",
        tone=_MARKS[first.kind][1],
    )


def conflict_rows(state: CounterState, tr: Translate) -> tuple[PromptRow, ...]:
    """Every conflict but the one that is asked about just now; also those that somebody has answered for."""
    waiting = todos(state.needs)
    asked = waiting[0].conflict if waiting else None
    rows = []
    for conflict in state.conflicts:
        if conflict.key == asked:
            continue
        words = tr(conflict.sentence.template, **conflict.sentence.gaps)
        if conflict.key in state.basket.acknowledged:
            words = tr("{conflict}（已核对）", conflict=words)
        rows.append(PromptRow(mark=ChipWord(text="!", tone="danger"), text=words))
    return tuple(rows)


def need_mark(needs: Iterable[Need], sku: str, tr: Translate) -> ChipWord | None:
    """What a line of the basket waits for first."""
    for need in needs:
        if sku in need.skus:
            word, tone = _MARKS[need.kind]
            return ChipWord(text=tr(word), tone=tone)
    return None


def todo_title(todo: Todo, tr: Translate) -> str:
    """What is to be done, in a word or two."""
    return tr(_TITLES[todo.kind])


def goods_named(state: CounterState, skus: Iterable[str]) -> dict[str, str]:
    """What these goods of the basket are called, by SKU."""
    wanted = set(skus)
    return {
        line.product.sku: f"{line.product.name} {line.product.specification}".strip()
        for line in state.basket.lines
        if line.product.sku in wanted
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionDraft:
    """A prescription as far as it has been typed, for the basket it was begun for."""

    basket_id: str
    number: str = ""
    institution: str = ""
    prescriber: str = ""
    patient: str = ""
    written_on: str = ""

    @property
    def paper(self) -> PrescriptionPaper:
        """What stands on it, full-width letters and digits as what they mean."""
        return PrescriptionPaper(
            number=normalize("NFKC", self.number),
            institution=self.institution,
            prescriber=self.prescriber,
            patient=self.patient,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerDraft:
    """The buyer of goods with ephedrine as far as typed, for the basket it was begun for."""

    basket_id: str
    name: str = ""
    id_number: str = ""


def typed_date(text: str, today: date) -> date | None:
    """A date as it is typed: 2026-05-21, 20260521, 05-21 or 0521, also full-width; None where it is none.

    Without a year it is the last such day up to ``today``.
    """
    parts = "".join(sign if sign.isdigit() else " " for sign in normalize("NFKC", text)).split()
    digits = "".join(part.zfill(2) for part in parts)
    if len(digits) == 8 and digits.isascii():
        return _date(digits)
    if len(digits) == 4 and digits.isascii():
        this_year = _date(f"{today.year:04d}{digits}")
        return this_year if this_year is not None and this_year <= today else _date(f"{today.year - 1:04d}{digits}")
    return None


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def prescription_facts(
    prescription: RegisteredPrescription, goods: Mapping[str, str], tr: Translate
) -> tuple[Fact, ...]:
    """What a pharmacist compares with the paper."""
    paper = prescription.paper
    rows = (
        (tr("处方号"), paper.number),
        (tr("开具机构、医师"), f"{paper.institution} · {paper.prescriber}"),
        (tr("患者"), paper.patient),
        (tr("处方日期"), prescription.written_on.isoformat()),
        *((tr("药品"), goods.get(sku, sku)) for sku in prescription.skus),
    )
    return tuple(Fact(what=what, value=value) for what, value in rows)
