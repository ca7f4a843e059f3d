"""What an examination found."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Findings:
    """Sentences, by what they mean: something confirmed is gone, something is there twice, something does not fit."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.lost or self.doubled or self.broken)

    def add(self, other: Findings, where: str = "") -> None:
        """Takes over what another examination found; ``where`` goes before each sentence."""
        for mine, theirs in ((self.lost, other.lost), (self.doubled, other.doubled), (self.broken, other.broken)):
            mine.extend(f"{where}{each}" for each in theirs)

    def lines(self) -> list[str]:
        """A line each, with what it counts as."""
        kinds = (("lost", self.lost), ("doubled", self.doubled), ("broken", self.broken))
        return [f"{kind}: {each}" for kind, found in kinds for each in found]

    def summary(self, what: str, count: int) -> str:
        """The last line."""
        return f"{what} {count}, lost {len(self.lost)}, doubled {len(self.doubled)}, broken {len(self.broken)}"
