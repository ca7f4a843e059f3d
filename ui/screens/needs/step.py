"""What all steps of the needs' panel have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from pos_member.app.counter import CounterState, Session
from pos_member.domain.errors import Spoken
from ui.i18n import say, tr
from ui.needs_desk import NeedsDesk
from ui.theme import set_look
from ui.view_models.needs import Todo
from ui.widgets.banner import Banner


class NeedStep(QWidget):
    """One thing to be done: why, or in its place what was refused last, and below it what is asked for.

    It is for the counter it was made with; :meth:`follow` gives it a later one.
    """

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.todo, self.state, self.desk, self.session = todo, state, desk, session
        self._why = Banner(tone="danger" if todo.conflict else "warn", loud=True)
        self._says_why = True
        self._refusal = QLabel()
        self._refusal.setWordWrap(True)
        self._refusal.setTextFormat(Qt.TextFormat.PlainText)
        set_look(self._refusal, tone="danger")
        self._refusal.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._why)
        column.addWidget(self._refusal)
        column.addLayout(self.body)
        self._say_why()

    @property
    def refusal(self) -> str:
        """What was refused last, and why; empty after something else was done."""
        return self._refusal.text()

    def start(self) -> None:
        """The keys go where the work begins."""
        self.setFocus()

    def follow(self, todo: Todo, state: CounterState) -> None:
        """The same thing is still to be done, maybe for other goods."""
        self.todo, self.state = todo, state
        self._say_why()

    def step_back(self) -> bool:
        """Whether Esc had something to take back here, so that the panel stays open."""
        return False

    def refuse(self, spoken: Spoken) -> None:
        """Says why not, in place."""
        self.say(say(spoken))

    def wait(self) -> None:
        """Until the till has answered no field takes keys: a PIN typed ahead must not stand there to be read."""
        self.say("")
        self.setFocus()

    def say(self, sentence: str) -> None:
        """Says something in place; nothing for an empty sentence."""
        self._refusal.setText(sentence)
        self._refusal.setAccessibleName(sentence)
        self._refusal.setVisible(bool(sentence))
        self._why.setVisible(self._says_why and not sentence)

    def hide_why(self) -> None:
        """What the step shows says it all."""
        self._says_why = False
        self._why.hide()

    def _say_why(self) -> None:
        sentence = self.todo.sentence
        self._why.say("!", tr(sentence.template, **sentence.gaps), "danger" if self.todo.conflict else "warn")


def main_button(label: str, act: Callable[[], object]) -> QPushButton:
    """The step's one large action, done by Enter."""
    button = QPushButton(f"{label}   Enter")
    button.setAccessibleName(label)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_look(button, role="primary")
    button.clicked.connect(act)
    return button


def is_enter(event: QKeyEvent) -> bool:
    """Whether Enter was pressed anew, not held down since something else."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
