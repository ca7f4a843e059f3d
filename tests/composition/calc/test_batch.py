"""A batch: a line in, a line out, in order, whatever a line holds."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from tests.composition.calc.asking import ROOT, Asking
from tests.composition.calc.inputs import spoilt, well_formed

_BATCH = [sys.executable, str(ROOT / "main.py"), "calc", "batch"]


def _line(command: str, given: object) -> bytes:
    return json.dumps({"command": command, "input": given}).encode() + b"\n"


def test_results_refusals_and_malformed_lines_come_out_in_the_order_they_went_in(ask: Asking) -> None:
    lines = [
        _line("tier", well_formed("tier")),
        _line("quote", {**well_formed("quote"), "points_to_redeem": 5000}),
        _line("quote", spoilt("quote", ("lines", 0, "quantity"), "1e2")),
        b"\n",
        _line("balance", well_formed("balance")),
        b"{]\n",
        _line("return", well_formed("return")),
    ]
    tier, refused, wrong, blank, balance, broken, returned = ask("batch", b"".join(lines)).answers
    assert tier["tier"] == "silver"
    assert refused["refused"]["code"] == "points_balance"
    assert wrong["malformed"].startswith("lines[0].quantity: ")
    assert blank["malformed"].startswith("line: 是空的")
    assert balance["balance"] == 330
    assert broken["malformed"].startswith("line: 不是合法的 JSON")
    assert returned["refund_fen"] > 0


@pytest.mark.parametrize("command", ["quote", "return", "balance", "tier"])
def test_a_line_gives_the_bytes_that_the_command_alone_gives(ask: Asking, command: str) -> None:
    given = well_formed(command)
    assert ask("batch", _line(command, given)).out == ask(command, given).out


def test_nothing_in_nothing_out(ask: Asking) -> None:
    assert ask("batch", b"").answers == []


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_however_a_line_ends_it_is_answered(ask: Asking, end: bytes) -> None:
    line = _line("tier", well_formed("tier")).rstrip()
    assert [answer["tier"] for answer in ask("batch", line + b"\r\n" + line + end).answers] == ["silver", "silver"]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"[]", "line: 应为对象"),
        (b'{"input": {}}', "command: 缺少"),
        (b'{"command": "sell", "input": {}}', "command: 应为 quote、return、balance、tier 之一"),
        (b'{"command": "batch", "input": {}}', "command: "),
        (b'{"command": 5, "input": {}}', "command: "),
        (b'{"command": "tier"}', "input: 缺少"),
        (b'{"command": "tier", "input": []}', "input: 应为对象"),
        (b'{"command": "tier", "input": null}', "input: "),
        (b'{"command": "tier", "input": {}, "id": 7}', "id: 没有这个字段"),
        (b'{"command": "tier", "command": "tier", "input": {}}', "command: 同一个对象里写了两次"),
        (b'{"command": "tier", "input": {"at": 1, "at": 2}}', "at: 同一个对象里写了两次"),
        (b'{"command": "tier", "input": {"at": NaN}}', "at: "),
        (b"\xef\xbb\xbf{}", "line: 开头有 BOM"),
        (b"\xff", "line: 不是 UTF-8"),
        (b"[" * 200_000, "line: 嵌套太深"),
        (b" \t ", "line: 是空的"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_and_the_next_is_answered(ask: Asking, line: bytes, field: str) -> None:
    wrong, right = ask("batch", line + b"\n" + _line("tier", well_formed("tier"))).answers
    assert wrong["malformed"].startswith(field)
    assert right["tier"] == "silver"


class _EndlessLine(io.RawIOBase):
    """A line that goes on for a gigabyte, and one after it; nobody could keep it whole."""

    def __init__(self) -> None:
        self.left = 1 << 30
        self.after = b"\n" + _line("tier", well_formed("tier"))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = min(len(buffer), self.left)
        if count:
            self.left -= count
            buffer[:count] = b" " * count
            return count
        count = min(len(buffer), len(self.after))
        buffer[:count], self.after = self.after[:count], self.after[count:]
        return count


def test_an_endless_line_is_one_malformed_answer_and_is_not_kept(ask: Asking) -> None:
    wrong, right = ask.of("batch", io.BufferedReader(_EndlessLine(), 1 << 20)).answers
    assert wrong["malformed"].startswith("line: 这一行太长")
    assert right["tier"] == "silver"


def test_a_line_of_just_8_mib_is_read(ask: Asking) -> None:
    line = _line("tier", well_formed("tier")).rstrip()
    padded = line + b" " * ((8 << 20) - len(line))
    read, too_long = ask("batch", padded + b"\n" + padded + b" \n").answers
    assert read["tier"] == "silver"
    assert too_long["malformed"].startswith("line: 这一行太长")


def test_each_answer_comes_before_the_next_line_is_given() -> None:
    with subprocess.Popen(_BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as batch:
        assert batch.stdin is not None
        assert batch.stdout is not None
        for tier in ("silver", "gold"):
            given = {**well_formed("tier"), "current_tier": tier}
            batch.stdin.write(_line("tier", given))
            batch.stdin.flush()
            assert json.loads(batch.stdout.readline())["tier"] == "silver"
        batch.stdin.close()
        assert batch.stdout.read() == b""
    assert batch.returncode == 0


def test_who_reads_only_the_first_answers_hears_no_complaint() -> None:
    with subprocess.Popen(_BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as batch:
        assert batch.stdin is not None
        assert batch.stdout is not None
        assert batch.stderr is not None
        line = _line("quote", well_formed("quote"))
        batch.stdin.write(line)
        batch.stdin.flush()
        assert b"payable_fen" in batch.stdout.readline()
        batch.stdout.close()
        batch.stdin.write(line)
        batch.stdin.flush()
        assert batch.stderr.read() == b""
        batch.wait(30)
        assert batch.returncode == 0
        with pytest.raises(BrokenPipeError):
            os.write(batch.stdin.fileno(), line)
