"""Paying with points: more and less by steps, all or none, how much that is, and why not more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.payment import PointsView
from ui.widgets.banner import Banner
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.progress_line import ProgressLine


class PointsStepper(QWidget):
    """``stepped`` asks for so many steps more or less, ``toggled`` for all that may be or none."""

    stepped = Signal(int)
    toggled = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title, self._heading = QLabel(tr("积分抵现")), ElidedLabel(role="muted")
        set_look(title, role="step")
        self._less, self._more = KeyButton("←", "−"), KeyButton("→", "+")
        self._all = KeyButton("F7", tr("全用 / 不用"))
        self._bar = ProgressLine("brand", 12)
        self._figure, self._limit, self._notice = QLabel(), QLabel(), Banner()
        set_look(self._figure, role="name")
        set_look(self._limit, role="muted")
        self._limit.setWordWrap(True)
        self._less.clicked.connect(lambda: self.stepped.emit(-1))
        self._more.clicked.connect(lambda: self.stepped.emit(1))
        self._all.clicked.connect(self.toggled)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self._all)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for button in (self._less, self._more):
            keys.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(top)
        column.addWidget(self._heading)
        column.addWidget(self._bar)
        column.addWidget(self._figure)
        column.addWidget(self._limit)
        column.addLayout(keys)
        column.addWidget(self._notice)

    def show_points(self, view: PointsView) -> None:
        """Another number of points."""
        self._heading.setText(view.heading)
        self._bar.show_thousandths(view.used * 1000 // view.greatest if view.greatest else 0)
        self._figure.setText(view.figure)
        self._limit.setText(view.limit)
        self._limit.setVisible(bool(view.limit))
        self._notice.say(tr("限"), view.notice, "warn")
        self._notice.setVisible(bool(view.notice))
        self._less.set_label(f"−{view.step:,}")
        self._more.set_label(f"+{view.step:,}")
        self._less.setAccessibleName(tr("少用 {step} 分", step=view.step))
        self._more.setAccessibleName(tr("多用 {step} 分", step=view.step))
        self._less.setEnabled(view.used > 0)
        self._more.setEnabled(view.used < view.greatest)
        self._all.setEnabled(view.greatest > 0)
        self.setAccessibleName(f"{tr('积分抵现')} {view.figure}")
