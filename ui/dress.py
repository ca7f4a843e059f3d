"""Looks that belong to one widget alone, written with the tokens of the theme in force."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from PySide6.QtWidgets import QWidget

from ui.theme import Theme, current


def dress(widget: QWidget, rules: str) -> None:
    """Gives a widget style rules of its own; ``$names`` are the tokens of :class:`ui.theme.Theme`."""
    theme = current()
    tokens = {field.name: getattr(theme, field.name) for field in fields(Theme)}
    widget.setStyleSheet(Template(rules).substitute(tokens))
