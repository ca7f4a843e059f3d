"""Texts in the language on the screen: Qt's translation files, with Simplified Chinese as the source language.

``resources/translations/en.ts`` holds one context, ``till``; ``en.qm`` beside it is compiled from it. Source texts
are templates with named gaps. A gap that is one of the domain's words (a tier, a role, a category), or several with 、
between them, is translated too.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from pos_member.domain.errors import Fault, Spoken
from ui.view_models.labels import TABLED, label
from ui.view_models.language import Language

_CONTEXT = "till"


def tr(source: str, /, **gaps: object) -> str:
    """The text in the language now in use, its gaps filled; the source itself where it has no translation."""
    text = QCoreApplication.translate(_CONTEXT, source)
    return text.format(**{name: _filling(value) for name, value in gaps.items()}) if gaps else text


def say(spoken: Spoken) -> str:
    """The sentence of a refusal or a fault in the language now in use."""
    return tr(spoken.template, **spoken.gaps)


def _filling(value: object) -> object:
    if isinstance(value, StrEnum):
        return tr(label(value))
    if not isinstance(value, str):
        return value
    words = value.split("、")
    return tr("、").join(map(tr, words)) if all(word in TABLED for word in words) else value


class Languages:
    """Installs and removes the translation of the running application."""

    def __init__(self, app: QCoreApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._installed: QTranslator | None = None

    def use(self, language: Language) -> None:
        """Speaks a language from now on; texts already on the screen stay until they are built again.

        ``Fault`` ``translation_missing`` when its file cannot be read; the language stays what it was.
        """
        translator: QTranslator | None = None
        if language != "zh":
            translator = QTranslator(self._app)
            if not translator.load(str(self._folder / f"{language}.qm")):
                raise Fault(
                    "translation_missing",
                    "语言文件 {file} 缺失或损坏，界面仍用原来的语言；请重新安装程序。",
                    retryable=False,
                    file=f"{language}.qm",
                )
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
        if translator is not None:
            self._app.installTranslator(translator)
        self._installed = translator
