"""The commands as a person types them: what they print, and what they say when something is wrong."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_member.composition.demo_shop import DemoShop
from pos_member.composition.display import has_display
from pos_member.composition.head_office_process import HeadOfficeProcess

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, language: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": language, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    for display in ("DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE"):
        environment.pop(display, None)
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def said(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that could not be done."""
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo shop's folder, closed."""
    folder = tmp_path_factory.mktemp("shop")
    DemoShop(folder).close()
    return folder


@pytest.fixture
def office(seeded: Path) -> Iterator[HeadOfficeProcess]:
    """The demo shop's head office, serving."""
    office = HeadOfficeProcess(seeded / "head-office")
    office.start()
    yield office
    office.stop()


def test_help_lists_every_command() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert all(command in result.stdout for command in ("till", "enrol", "head-office", "demo"))


def test_the_tour_makes_its_own_sale_each_time_and_keeps_the_shop(tmp_path: Path) -> None:
    data, pictures = tmp_path / "demo", tmp_path / "tour"
    for number in (1, 2):
        result = run("demo", "--data", str(data), "--tour", str(pictures))
        assert result.returncode == 0, result.stderr
        assert f"S001-01-{number:06d}" in result.stdout
        images = [line for line in result.stdout.splitlines() if line.endswith(".png")]
        assert len(images) >= 8
        assert all(Path(image).read_bytes().startswith(b"\x89PNG") for image in images)
        assert (pictures / "receipt.bin").read_bytes().startswith(b"\x1b@")
    with sqlite3.connect(data / "head-office" / "head-office.db") as head_office:
        assert head_office.execute("SELECT count(*) FROM sales").fetchone() == (2,)


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        sentence = said(run("head-office", "serve", "--data", str(tmp_path), "--port", port))
    assert f"端口 {port} 已被别的程序占用" in sentence


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("not a folder")
    for command in (["demo"], ["head-office", "serve"]):
        sentence = said(run(*command, "--data", str(in_the_way / "data")))
        assert "不能写入" in sentence
        assert str(in_the_way) in sentence


def test_a_database_of_a_newer_version_is_left_alone(seeded: Path, tmp_path: Path) -> None:
    database = tmp_path / "head-office.db"
    with (
        sqlite3.connect(seeded / "head-office" / "head-office.db") as source,
        sqlite3.connect(database) as target,
    ):
        source.backup(target)
        target.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    sentence = said(run("head-office", "code", "--data", str(tmp_path), "--store", "S001", "--name", "3号机"))
    assert "更新版本的程序" in sentence
    with sqlite3.connect(database) as untouched:
        assert untouched.execute("SELECT version_num FROM alembic_version").fetchone() == ("from_the_future",)


def test_a_second_start_on_the_same_folder_says_so(office: HeadOfficeProcess, seeded: Path) -> None:
    assert office.url
    sentence = said(run("head-office", "serve", "--data", str(seeded / "head-office"), "--port", "0"))
    assert "正被另一个程序使用" in sentence


def test_a_till_is_enrolled_with_a_code_once(office: HeadOfficeProcess, seeded: Path, tmp_path: Path) -> None:
    code = run("head-office", "code", "--data", str(seeded / "head-office"), "--store", "S001", "--name", "3号机")
    assert code.returncode == 0
    enrol = ("enrol", "--head-office", office.url, "--code", code.stdout.strip())

    done = run(*enrol, "--data", str(tmp_path / "till-3"))
    assert done.returncode == 0, done.stderr
    assert "3号机" in done.stdout
    assert "已是 S001 的 3号机" in said(run(*enrol, "--data", str(tmp_path / "till-3")))
    assert "注册码" in said(run(*enrol, "--data", str(tmp_path / "till-4")))
    wrong = ("enrol", "--head-office", office.url, "--code", "WRONG-CODE", "--data", str(tmp_path / "till-4"))
    assert "注册码" in said(run(*wrong))


def test_head_office_that_is_not_there_is_named(tmp_path: Path) -> None:
    arguments = ("enrol", "--head-office", "http://127.0.0.1:1", "--code", "ABC", "--data", str(tmp_path / "till"))
    assert "http://127.0.0.1:1" in said(run(*arguments))
    assert "http://127.0.0.1:1" in said(run(*arguments, language="en_US.UTF-8"))


def test_a_store_nobody_knows_gets_no_code(seeded: Path) -> None:
    arguments = ("head-office", "code", "--data", str(seeded / "head-office"), "--store", "S999", "--name", "x")
    assert "S999" in said(run(*arguments))
    assert "门店" not in said(run(*arguments, language="en_US.UTF-8"))


def test_the_till_needs_a_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "显示器" in said(run("till", "--data", str(tmp_path)))
    for dead in (":9077", "127.0.0.1:9077", "nonsense"):
        monkeypatch.setenv("DISPLAY", dead)
        assert not has_display()


def test_a_display_is_one_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with socket.socket() as server:
        for number in range(900, 960):
            try:
                server.bind(("127.0.0.1", 6000 + number))
            except OSError:
                continue
            break
        server.listen()
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}.0")
        assert has_display()


def test_a_command_nobody_knows_exits_with_two() -> None:
    result = run("sell-everything")
    assert result.returncode == 2
    assert "sell-everything" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bug_is_one_sentence_and_no_traceback() -> None:
    """Where no log is kept, as with a command in a shell."""
    broken = (
        "import sys; from pos_member.composition import arguments, command_line\n"
        "arguments.parse = {}.__getitem__\n"
        "sys.exit(command_line.run(('till',)))"
    )
    told = subprocess.run([sys.executable, "-c", broken], capture_output=True, timeout=60, cwd=ROOT, check=False)
    assert told.returncode == 2
    assert told.stdout == b""
    assert len(told.stderr.splitlines()) == 1
    assert b"KeyError" in told.stderr
