"""The database lane: answers on the GUI thread, one treatment for each kind of trouble, and an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos_member.domain.errors import Fault, InvariantViolation, Refusal, Spoken, UserCancelled
from tests.ui.shell.notebook import Notebook
from ui.task_runner import Incident, TaskRunner


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def tasks(qtbot: QtBot, notebook: Notebook) -> Iterator[TaskRunner]:
    numbers = iter(f"E-{n}" for n in range(100))
    runner = TaskRunner(log=notebook, new_incident_id=lambda: next(numbers))
    yield runner
    assert runner.stop(2)


def refuse() -> int:
    raise Refusal("unknown_card", "没有登记过卡 {card}", card="6200 **** 1947")


def test_work_runs_on_one_other_thread_in_order_and_answers_on_this_one(tasks: TaskRunner, qtbot: QtBot) -> None:
    here = threading.get_ident()
    worked: list[int] = []
    answered: list[tuple[int, int]] = []

    def work(number: int) -> int:
        worked.append(threading.get_ident())
        return number

    for number in range(20):
        tasks.run(partial(work, number), lambda n: answered.append((n, threading.get_ident())))
    qtbot.waitUntil(lambda: tasks.idle)
    assert [number for number, _ in answered] == list(range(20))
    assert {thread for _, thread in answered} == {here}
    assert len(set(worked)) == 1
    assert here not in worked


def test_a_refusal_goes_to_whoever_asked(tasks: TaskRunner, qtbot: QtBot) -> None:
    heard: list[Spoken] = []
    tasks.run(refuse, None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].message == "没有登记过卡 6200 **** 1947"


def test_a_fault_nobody_listens_to_goes_to_the_window(tasks: TaskRunner, qtbot: QtBot) -> None:
    def work() -> None:
        raise Fault("disk_write_failed", "磁盘写不进去", retryable=True)

    with qtbot.waitSignal(tasks.unheard) as heard:
        tasks.run(work)
    assert heard.args[0].code == "disk_write_failed"


def test_a_change_of_mind_is_silent(tasks: TaskRunner, qtbot: QtBot, notebook: Notebook) -> None:
    said: list[object] = []
    tasks.unheard.connect(said.append)
    tasks.broke.connect(said.append)

    def work() -> None:
        raise UserCancelled

    tasks.run(work, said.append, said.append)
    qtbot.waitUntil(lambda: tasks.idle)
    assert said == []
    assert notebook.records == []


def test_a_bug_gets_a_number_and_the_log_tells_where_but_not_about_whom(
    tasks: TaskRunner, qtbot: QtBot, notebook: Notebook
) -> None:
    def work() -> None:
        raise InvariantViolation("balance of 王小明 13800138000 below zero")

    with qtbot.waitSignal(tasks.broke) as broke:
        tasks.run(work)
    incident = broke.args[0]
    assert isinstance(incident, Incident)
    assert (incident.id, incident.kind) == ("E-0", "InvariantViolation")
    assert any("test_task_runner.py" in frame for frame in incident.where)
    assert "13800138000" not in str(notebook.records)
    assert "王小明" not in str(notebook.records)
    assert notebook.records[0][1]["incident_id"] == "E-0"


def test_the_lane_goes_on_after_a_bug(tasks: TaskRunner, qtbot: QtBot) -> None:
    answers: list[int] = []
    tasks.run(lambda: 1 // 0)
    tasks.run(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])


def test_the_answer_for_a_screen_that_is_gone_is_dropped(tasks: TaskRunner, qtbot: QtBot) -> None:
    class Screen(QObject):
        def show_it(self, value: int) -> None:
            self.setObjectName(str(value))

    screen = Screen()
    gate = threading.Event()
    tasks.run(lambda: gate.wait(5), screen.show_it)
    screen.deleteLater()
    with qtbot.waitSignal(screen.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)


def test_after_a_stop_work_is_refused_quietly_and_what_was_queued_is_finished(qtbot: QtBot, notebook: Notebook) -> None:
    runner = TaskRunner(log=notebook, new_incident_id=lambda: "E")
    done: list[int] = []
    for number in range(5):
        runner.run(partial(done.append, number))
    assert runner.stop(2)
    assert done == [0, 1, 2, 3, 4]
    assert not runner.run(lambda: done.append(99))
    assert 99 not in done


def test_only_what_somebody_asked_for_announces_itself(tasks: TaskRunner, qtbot: QtBot) -> None:
    started: list[bool] = []
    tasks.started.connect(lambda: started.append(True))
    tasks.run(lambda: None, background=True)
    qtbot.waitUntil(lambda: tasks.idle)
    assert started == []
    tasks.run(lambda: None)
    assert started == [True]
