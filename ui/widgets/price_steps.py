"""The price step by step, down to the payable; and what the sale earns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import set_look
from ui.view_models.payment import StepRow
from ui.widgets.card import hairline
from ui.widgets.elided_label import ElidedLabel


class FactRow(QWidget):
    """A name at the left, a figure at the right."""

    def __init__(
        self, name: str, figure: str = "", role: str = "step", *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.figure = QLabel(figure)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title = ElidedLabel(name)
        set_look(title, role=role)
        set_look(self.figure, role="section" if strong else role)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(12)
        row.addWidget(title, 1)
        row.addWidget(self.figure)
        self.setAccessibleName(f"{name} {figure}")


class PriceSteps(QWidget):
    """One row a step, with a line under each, and the payable."""

    def __init__(self, payable: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StepRow, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._payable = FactRow(payable, role="section")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._rows)
        column.addWidget(self._payable)

    def show_steps(self, steps: tuple[StepRow, ...], payable: str) -> None:
        """Other steps."""
        self._payable.figure.setText(payable)
        if steps == self._steps:
            return
        self._steps = steps
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for step in steps:
            self._rows.addWidget(FactRow(step.what, step.amount, parent=self))
            self._rows.addWidget(hairline(self))
