"""Data folders in a bad way, and settings somebody got wrong: one sentence each, and nothing is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos_member.composition.settings import TillSettings, load_settings
from pos_member.domain.errors import Fault

ROOT = Path(__file__).resolve().parents[2]


def said(*arguments: str) -> str:
    """The one sentence of a command that cannot be done."""
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "", "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments], capture_output=True, text=True, env=environment, timeout=60
    )
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    return sentence


def test_a_folder_whose_lock_cannot_be_taken_is_named(tmp_path: Path) -> None:
    (tmp_path / "in-use.lock").mkdir()
    sentence = said("head-office", "serve", "--data", str(tmp_path), "--port", "0")
    assert "不能写入" in sentence
    assert str(tmp_path) in sentence


def test_a_log_that_cannot_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    assert str(tmp_path / "log") in said("head-office", "serve", "--data", str(tmp_path), "--port", "0")


def test_a_head_office_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "head-office.db").write_bytes(b"PNG" * 4000)
    assert "已损坏" in said("head-office", "serve", "--data", str(tmp_path), "--port", "0")
    assert (tmp_path / "head-office.db").read_bytes() == b"PNG" * 4000


def test_a_code_is_not_made_where_no_head_office_ever_was(tmp_path: Path) -> None:
    folder = tmp_path / "mistyped"
    assert str(folder) in said("head-office", "code", "--data", str(folder), "--store", "S001", "--name", "1号机")
    assert not folder.exists()


def test_sales_without_the_identity_they_were_made_under_are_not_given_another(tmp_path: Path) -> None:
    """The code is not used up: head office is not even asked."""
    (tmp_path / "terminal.db").write_bytes(b"sales")
    enrol = ("enrol", "--data", str(tmp_path), "--head-office", "http://127.0.0.1:1", "--code", "ABC")
    assert "identity.json" in said(*enrol)
    (tmp_path / "identity.json").write_text("{")
    assert "identity.json" in said(*enrol)
    assert (tmp_path / "terminal.db").read_bytes() == b"sales"


def test_without_settings_the_till_has_no_printer(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, ["generic-80mm"])
    assert settings == TillSettings()
    assert settings.printer_address is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("printer = ", "?"),
        ("printer = 9100", "printer"),
        ('printer = "192.168.1.50"', "printer"),
        ('printer = "cash desk:9100"', "printer"),
        ('printer = "192.168.1.50:0"', "printer"),
        ('printer = "192.168.1.50:99999"', "printer"),
        ('printer_profile = "dot-matrix"', "printer_profile"),
        ('language = "fr"', "language"),
        ('theme = "pink"', "theme"),
        ('colour = "red"', "colour"),
        ("[printer]", "printer"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as told:
        load_settings(tmp_path, ["generic-80mm"])
    assert told.value.code == "settings_wrong"
    assert told.value.gaps["key"] == key
    assert str(tmp_path / "settings.toml") in told.value.message


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Fault) as told:
        load_settings(tmp_path, [])
    assert told.value.code == "settings_wrong"
    path.unlink()
    path.mkdir()
    with pytest.raises(Fault) as told:
        load_settings(tmp_path, [])
    assert str(path) in told.value.message


def test_settings_are_taken_as_written(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('printer = "192.168.1.50:9100"\ntheme = "dark"\n')
    settings = load_settings(tmp_path, ["generic-80mm"])
    assert settings.printer_address == ("192.168.1.50", 9100)
    assert settings.theme == "dark"


def test_a_port_no_machine_has_is_not_taken_for_another(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        "head-office",
        "serve",
        "--data",
        str(tmp_path),
        "--port",
        "99999",
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert "99999" in result.stderr
    assert "Traceback" not in result.stderr
