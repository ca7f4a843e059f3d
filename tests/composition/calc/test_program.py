"""``python main.py calc`` as support staff and other programs start it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.composition.calc.asking import ROOT, ask_program
from tests.composition.calc.inputs import spoilt, well_formed

_SALE = json.dumps({**well_formed("quote"), "store": "南京西路店", "points_to_redeem": 400}).encode()
_NO_UNICODE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
_ENGLISH = {"LANGUAGE": "en", "LC_ALL": "en_US.ISO-8859-1"}


@pytest.mark.parametrize("environment", [_NO_UNICODE, _ENGLISH, {"PYTHONIOENCODING": "ascii"}])
def test_it_speaks_chinese_in_utf_8_whatever_the_locale(environment: dict[str, str]) -> None:
    at_home = ask_program("quote", given=_SALE)
    abroad = ask_program("quote", given=_SALE, environment=environment)
    assert abroad == at_home
    assert "金卡" in abroad.out.decode()
    wrong = json.dumps(spoilt("quote", ("lines", 0, "quantity"), "一")).encode()
    assert ask_program("quote", given=wrong, environment=environment).malformed.endswith('，收到 "一"')
    refused = ask_program("quote", given=_SALE.replace(b": 400", b": 450"), environment=environment)
    assert "积分抵现" in refused.result["refused"]["message"]
    no_file = ask_program("--ruleset", "没有.toml", "quote", given=_SALE, environment=environment)
    assert no_file.malformed == "读不了规则集文件 没有.toml：没有这个文件。请核对文件名和权限"


def test_it_runs_where_nothing_is_installed_beside_python() -> None:
    bare = ask_program("quote", given=_SALE, python=("-E", "-s", "-S"))
    assert bare.result["payable_fen"] == ask_program("quote", given=_SALE).result["payable_fen"]


@pytest.mark.parametrize("command", ["quote", "return", "balance", "tier", "batch"])
def test_a_computation_loads_nothing_of_screens_databases_devices_or_the_network(command: str) -> None:
    given = json.dumps(well_formed(command) if command != "batch" else {"command": "quote", "input": {}}).encode()
    told = ask_program(command, given=given + b"\n", python=("-X", "importtime"))
    assert told.status == 0
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.err.decode().splitlines()}
    ours = {line.rpartition("|")[2].strip() for line in told.err.decode().splitlines() if "pos_member." in line}
    assert "json" in loaded
    heavy = {
        "PySide6", "sqlalchemy", "msgspec", "httpx", "serial", "escpos", "structlog", "platformdirs", "alembic",
        "argparse", "logging", "pathlib", "socket", "sqlite3", "uuid", "xml",
    }  # fmt: skip
    assert loaded & heavy == set()
    composition = ("pos_member.composition.calc", "pos_member.composition.command_line")
    assert {name for name in ours if not name.startswith(("pos_member.domain", *composition))} == {
        "pos_member.composition"
    }


def test_a_ruleset_file_may_be_named(tmp_path: Path) -> None:
    built_in = ROOT / "resources" / "rulesets" / "default.toml"
    copy = tmp_path / "copy.toml"
    copy.write_bytes(built_in.read_bytes())
    plain = ask_program("quote", given=_SALE)
    assert ask_program("--ruleset", str(copy), "quote", given=_SALE) == plain
    assert ask_program(f"--ruleset={copy}", "quote", given=_SALE) == plain
    assert ask_program("quote", "--ruleset", str(copy), given=_SALE) == plain


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "没有这个文件"),
        (b"", "version"),
        (b"version = ", "TOML"),
        (b"\xff\xfe", "UTF-8"),
        (b"\x00\x01\x02", "TOML"),
        (b'colour = "red"\n', "version"),
        (b"#" * 300_000, "太大"),
    ],
)
def test_a_ruleset_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    file = tmp_path / "rules.toml"
    if content is not None:
        file.write_bytes(content)
    for command in ("quote", "batch"):
        assert told in ask_program("--ruleset", str(file), command, given=_SALE).malformed


def test_a_folder_or_a_wrong_value_is_no_ruleset(tmp_path: Path) -> None:
    assert "这是一个文件夹" in ask_program("--ruleset", str(tmp_path), "quote", given=_SALE).malformed
    document = (ROOT / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")
    file = tmp_path / "rules.toml"
    file.write_text(document.replace('discount = "0.85"', 'discount = "8.5"'), encoding="utf-8")
    sentence = ask_program("--ruleset", str(file), "quote", given=_SALE).malformed
    assert "tiers.gold.discount" in sentence
    assert "8.5" in sentence


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("rules.toml/inner.toml", "路径中间有一段不是文件夹"),
        ("x" * 5000, "文件名太长"),
        ("loop.toml", "系统错误 ELOOP"),
    ],
)
def test_why_a_ruleset_file_cannot_be_read_is_not_told_in_english(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "rules.toml").write_bytes(b"")
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    sentence = ask_program("--ruleset", str(tmp_path / name), "quote", given=_SALE, environment=_ENGLISH).malformed
    assert sentence.endswith(f"：{reason}。请核对文件名和权限")


@pytest.mark.parametrize(
    "arguments", [(), ("sell",), ("--ruleset",), ("--rules", "x", "quote"), ("--ruleset", "-x", "quote")]
)
def test_a_usage_error_exits_with_two_and_shows_the_usage(arguments: tuple[str, ...]) -> None:
    told = ask_program(*arguments, given=_SALE)
    assert told.status == 2
    assert told.out == b""
    assert told.err.startswith(b"usage: main.py calc")


def test_the_programs_help_lists_it() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--help"], capture_output=True, timeout=60, check=True
    )
    assert re.search(rb"^ +calc ", done.stdout, re.MULTILINE)


def test_help_is_shown_where_no_chinese_can_be() -> None:
    told = ask_program("--help", environment=_NO_UNICODE)
    assert told.status == 0
    assert b"quote,return,balance,tier,batch" in told.out


@pytest.mark.parametrize("command", ["quote", "batch"])
def test_a_closed_stream_or_a_full_disk_is_told(command: str) -> None:
    given = _SALE if command == "quote" else b"{}\n"
    program = f'exec "{sys.executable}" "{ROOT / "main.py"}" calc {command} '
    for redirection, said in (
        ("<&-", "读不了标准输入：已关闭"),
        (">&-", "写不了标准输出：已关闭"),
        (">/dev/full", "磁盘已满"),
    ):
        if "full" in redirection and not os.path.exists("/dev/full"):
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", program + redirection], input=given, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 2
        (sentence,) = done.stderr.decode().splitlines()
        assert said in sentence


def test_without_a_place_for_complaints_the_exit_status_still_tells() -> None:
    program = f'exec "{sys.executable}" "{ROOT / "main.py"}" calc quote 2>&-'
    done = subprocess.run(["/bin/sh", "-c", program], input=b"{}", capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
