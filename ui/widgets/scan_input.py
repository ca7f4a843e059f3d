"""The one input that takes everything: codes, cards, phones, names, initials."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.widgets.keycap import Keycap

_LONGEST = 200
"""Characters; nothing that is printed on goods or a card is longer."""

_CONTROL = Qt.KeyboardModifier.ControlModifier


class ScanInput(QLineEdit):
    """Takes typing and gives it whole on Enter; keys with a meaning of their own go on to the screen."""

    submitted = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digits_choose = False
        self.setPlaceholderText(tr("扫码，或输入 条码 / 卡号 / 手机号 / 姓名 / 拼音首字母"))
        self.setAccessibleName(tr("扫码或输入"))
        self.setClearButtonEnabled(False)
        self.setMaxLength(_LONGEST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        set_look(self, scan=True)
        self._enter = Keycap("Enter", parent=self)
        self._enter.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addStretch()
        row.addWidget(self._enter)
        self.setTextMargins(0, 0, 64, 0)
        self.textChanged.connect(lambda text: self._enter.setVisible(bool(text)))

    @property
    def is_given_back(self) -> bool:
        """Whether it holds what was typed before, about to be replaced."""
        return bool(self.text()) and self.selectedText() == self.text()

    def give_back(self, text: str) -> None:
        """Shows what was typed before, to be mended or replaced."""
        self.setText(text)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Keys of the screen are no shortcuts of a text field."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_screens(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Types, or gives what was typed, or leaves the key to the screen."""
        if self._is_screens(event):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit(self.text().strip())
        else:
            super().keyPressEvent(event)

    def _is_screens(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return not self.text().strip() or self.digits_choose
        if key == Qt.Key.Key_Delete:
            return not self.text() or bool(event.modifiers() & _CONTROL)
        if self.digits_choose and text.isascii() and text.isdigit():
            return True
        return text == "+" or (key == Qt.Key.Key_I and bool(event.modifiers() & _CONTROL))
