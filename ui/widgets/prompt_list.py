"""What the cashier is told, one sentence below the other; what is dangerous stands on a red ground."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.view_models.offers import PromptRow
from ui.widgets.banner import Banner


class PromptList(QWidget):
    """Prompts one under the other."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PromptRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_prompts(self, rows: tuple[PromptRow, ...]) -> None:
        """Other prompts."""
        if rows == self._rows:
            return
        self._rows = rows
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row in rows:
            loud = row.mark.tone == "danger"
            self._column.addWidget(Banner(row.mark.text, row.text, row.mark.tone, loud=loud, parent=self))
