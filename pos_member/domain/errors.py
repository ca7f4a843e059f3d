"""The four families of things that go wrong, each with one treatment (ARCHITECTURE.md, "Errors")."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence as a value: a Simplified Chinese template, and what fills its named gaps."""

    template: str
    gaps: dict[str, object]

    @property
    def message(self) -> str:
        """The sentence in Simplified Chinese."""
        return self.template.format(**self.gaps)


class Spoken(Exception):
    """Something a person has to be told: a stable code and a sentence.

    The sentence is a Simplified Chinese template with named gaps; a screen in another language looks the
    template up in its translations and fills the same gaps.
    """

    def __init__(self, code: str, template: str, /, **gaps: object) -> None:
        super().__init__(code, template, gaps)
        self.code = code
        self.template = template
        self.gaps = gaps

    @property
    def sentence(self) -> Sentence:
        """What is said, as a value."""
        return Sentence(template=self.template, gaps=self.gaps)

    @property
    def message(self) -> str:
        """The sentence in Simplified Chinese."""
        return self.sentence.message

    def __str__(self) -> str:
        return self.message


class Refusal(Spoken):
    """A rule says no. Nothing has changed; the cashier is told why and goes on."""


class Fault(Spoken):
    """The surroundings fail: disk, printer, head office. ``retryable`` when trying again may help."""

    def __init__(self, code: str, template: str, /, *, retryable: bool, **gaps: object) -> None:
        super().__init__(code, template, **gaps)
        self.retryable = retryable


class UserCancelled(Exception):
    """A person changed their mind; nothing is said."""


class InvariantViolation(Exception):
    """A bug: the work is rolled back, logged under an incident id, and a safe screen is shown."""


class Malformed(ValueError):
    """What was given cannot be: ``field`` names it ("lines[2].quantity"), the sentence says what is allowed.

    To whoever types JSON it is their mistake; inside the till, where every field is checked on its way in, a bug.
    """

    def __init__(self, field: str, template: str, /, **gaps: object) -> None:
        super().__init__(field, template, gaps)
        self.field = field
        self.why = template.format(**gaps)

    def within(self, outer: str) -> Malformed:
        """The same, where the field is part of something bigger: "quantity" within "lines[2]"."""
        return Malformed(f"{outer}.{self.field}", "{why}", why=self.why)

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"
