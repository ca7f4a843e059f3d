"""A till with its screens up, on fresh files, in the light theme and in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.counter.counter_desk import Desk
from tests.ui.counter.shop import Shop, open_shop
from ui import theme
from ui.approvals import Approvals
from ui.screens.selling import SellingScreen
from ui.task_runner import TaskRunner


class NoIncidents:
    """A log in which nothing may be written."""

    def error(self, event: str, /, **fields: object) -> None:
        raise AssertionError((event, fields))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = open_shop(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner(log=NoIncidents(), new_incident_id=lambda: "x")
    yield runner
    assert runner.stop(5)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, shop: Shop, tasks: TaskRunner) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    screen = SellingScreen(till=shop.till, tasks=tasks, approvals=Approvals(tasks), session=shop.session)
    qtbot.addWidget(screen)
    screen.resize(1366, 736)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.load()
    desk = Desk(screen=screen, shop=shop, tasks=tasks, qtbot=qtbot)
    desk.wait()
    yield desk
    desk.wait()
    qapp.setStyleSheet("")
