"""Light and dark from one set of names, and the conventions by which widgets ask for a look.

Widgets never name a colour. They set dynamic properties (before they are shown, or with :func:`set_look` later):

* ``role`` on QLabel: ``brand`` (store name), ``title`` (21 px), ``section`` (17 px), ``name`` (17 px, strong),
  ``muted`` (13 px), ``note`` (15 px, quiet), ``figure`` (21 px, strong), ``total`` (28 px), ``payable`` (42 px),
  ``change`` (64 px), ``on_brand`` (text on the brand colour).
* ``tone`` on QLabel chips and on QFrame banners (together with ``banner``): ``gold``, ``rx``, ``info``, ``ok``,
  ``mute``, ``warn``, ``danger``, ``brand``. A tone is never alone: the words say the same.
* ``tone`` on plain QLabel: the ink of that tone.
* ``keycap`` on QLabel: a key's name; ``on_brand`` beside it on the brand colour.
* ``card`` on QFrame: a white surface with a line around it; ``sunken`` on QFrame: a quiet band.
* ``role`` on QPushButton: ``key`` (surface with a line), ``primary`` (the brand's colour), ``quiet`` (text only),
  ``tile`` (large key: quick amounts, number pads), ``danger``. ``marked`` on tiles: the one in force.
* ``figures`` on QLineEdit: a number field, right-aligned by its owner; ``bare``: without a frame of its own.

Painted widgets take their colours from :func:`current`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from string import Template
from types import MappingProxyType

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.stylesheet import STYLESHEET

FONT_FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC")
"""Families with the Chinese glyphs and digits of one width; the first that is installed is used."""

_NAME_PROPERTY = "till_theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The tokens. ``x`` and ``x_soft`` are an ink and the surface it is read on; ``*_fill`` carry ``on_fill`` text."""

    name: str
    bg: str
    surface: str
    sunken: str
    line: str
    hair: str
    ink: str
    ink2: str
    ink3: str
    brand: str
    brand_fill: str
    brand_press: str
    brand_edge: str
    brand_soft: str
    on_fill: str
    on_fill2: str
    gold: str
    gold_soft: str
    gold_bar: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    danger_fill: str
    danger_edge: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str
    status: str
    status_ink: str
    dot_ok: str
    dot_warn: str
    dot_bad: str

    def color(self, token: str) -> QColor:
        """A token as a colour."""
        return QColor(getattr(self, token))

    def tone(self, tone: str) -> tuple[QColor, QColor]:
        """Ink and surface of a tone."""
        ink, soft = TONES[tone]
        return self.color(ink), self.color(soft)


TONES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "gold": ("gold", "gold_soft"),
        "rx": ("danger", "danger_soft"),
        "danger": ("danger", "danger_soft"),
        "info": ("info", "info_soft"),
        "ok": ("ok", "ok_soft"),
        "warn": ("warn", "warn_soft"),
        "brand": ("brand", "brand_soft"),
        "mute": ("ink2", "sunken"),
    }
)
"""The tokens of ink and surface behind each tone."""

LIGHT = Theme(
    name="light",
    bg="#eef1f4",
    surface="#ffffff",
    sunken="#f6f8fa",
    line="#dde3e8",
    hair="#edf0f3",
    ink="#15202b",
    ink2="#566573",
    ink3="#8795a1",
    brand="#0a7d6b",
    brand_fill="#0a7d6b",
    brand_press="#0c6b5c",
    brand_edge="#2a9a87",
    brand_soft="#e7f6f3",
    on_fill="#ffffff",
    on_fill2="#eefaf7",
    gold="#8a6100",
    gold_soft="#fdf1d3",
    gold_bar="#d9a93d",
    warn="#b23b00",
    warn_soft="#fff0e6",
    danger="#b3261e",
    danger_soft="#fdecea",
    danger_fill="#b3261e",
    danger_edge="#f4c4bf",
    ok="#1b7f3b",
    ok_soft="#edf9f1",
    info="#1f5fa8",
    info_soft="#e8f1fb",
    status="#1d2a35",
    status_ink="#c6d0d8",
    dot_ok="#3fbf7f",
    dot_warn="#f0b429",
    dot_bad="#ef5350",
)

DARK = Theme(
    name="dark",
    bg="#0e151b",
    surface="#17212a",
    sunken="#1d2a34",
    line="#31414e",
    hair="#24323d",
    ink="#e8eef2",
    ink2="#a9b8c4",
    ink3="#738593",
    brand="#4cc9b0",
    brand_fill="#0a7d6b",
    brand_press="#086a5b",
    brand_edge="#2a9a87",
    brand_soft="#143a35",
    on_fill="#ffffff",
    on_fill2="#eefaf7",
    gold="#ecc467",
    gold_soft="#3b3014",
    gold_bar="#d9a93d",
    warn="#ffb083",
    warn_soft="#402a1a",
    danger="#ff9c94",
    danger_soft="#45211f",
    danger_fill="#b3261e",
    danger_edge="#7a332e",
    ok="#7ad795",
    ok_soft="#183a23",
    info="#90c1f5",
    info_soft="#1a344f",
    status="#0a1016",
    status_ink="#c6d0d8",
    dot_ok="#3fbf7f",
    dot_warn="#f0b429",
    dot_bad="#ef5350",
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK)})
"""The themes by name."""


def apply(app: QApplication, name: str) -> Theme:
    """Dresses the application: style, palette, font and stylesheet. ``KeyError`` for a theme that is not there."""
    theme = THEMES[name]
    app.setProperty(_NAME_PROPERTY, name)
    app.setStyle("fusion")
    app.setPalette(_palette(theme))
    app.setFont(font(15))
    tokens = {field.name: getattr(theme, field.name) for field in fields(theme)}
    app.setStyleSheet(Template(STYLESHEET).substitute(tokens))
    return theme


def current() -> Theme:
    """The theme in force, light before any was applied."""
    app = QApplication.instance()
    return THEMES.get(str(app.property(_NAME_PROPERTY)) if app is not None else "", LIGHT)


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The application's font at a size, with digits of one width."""
    chosen = QFont()
    chosen.setFamilies(list(FONT_FAMILIES))
    chosen.setPixelSize(pixels)
    chosen.setBold(bold)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


def set_look(widget: QWidget, **properties: object) -> None:
    """Changes dynamic properties of a widget and draws it anew by the stylesheet's rules for them."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: theme.bg,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.sunken,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.Button: theme.surface,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.Highlight: theme.brand_fill,
        QPalette.ColorRole.HighlightedText: theme.on_fill,
        QPalette.ColorRole.PlaceholderText: theme.ink2,
        QPalette.ColorRole.ToolTipBase: theme.status,
        QPalette.ColorRole.ToolTipText: theme.status_ink,
        QPalette.ColorRole.Link: theme.brand,
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(role, QColor(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.ink3))
    return palette
