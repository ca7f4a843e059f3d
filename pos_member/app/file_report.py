"""What a check of ``terminal.db`` looked at and found, and what a person is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_member.domain.errors import Sentence


class FindingKind(StrEnum):
    """What is wrong. ``damaged``: SQLite cannot read it; the others: it can, and it does not add up."""

    DAMAGED = "damaged"
    CHAIN = "chain"
    UNPAIRED = "unpaired"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with the file."""

    kind: FindingKind
    what: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """How many events, sales and other facts were looked at, and what is wrong; ``whole``: to the end."""

    events: int
    sales: int
    facts: int
    whole: bool
    findings: tuple[Finding, ...]

    @property
    def damaged(self) -> bool:
        """Whether the file has to be recovered."""
        return any(finding.kind is FindingKind.DAMAGED for finding in self.findings)


def finding(kind: FindingKind, template: str, **gaps: object) -> Finding:
    """A finding with its sentence."""
    return Finding(kind=kind, what=Sentence(template=template, gaps=gaps))
