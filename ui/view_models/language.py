"""How view models speak: a callable that turns a Simplified Chinese template into the language on the screen."""

from __future__ import annotations

from typing import Literal, Protocol

Language = Literal["zh", "en"]
"""The languages the screens are written in; every source text is Simplified Chinese."""


class Translate(Protocol):
    """Looks a source text up and fills its named gaps."""

    def __call__(self, source: str, /, **gaps: object) -> str:
        """The sentence in the language now in use; the source itself where it has no translation."""
        ...


def chinese(source: str, /, **gaps: object) -> str:
    """The :class:`Translate` of the source language: fills the gaps and looks nothing up."""
    return source.format(**gaps) if gaps else source


def other_language(language: Language) -> Language:
    """The one the language key switches to."""
    return "en" if language == "zh" else "zh"
