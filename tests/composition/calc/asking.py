"""Asking ``calc`` inside the test's own process, and outside it as another program would."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pos_member.composition.calc.run import run_calc

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came back: exit status, and what stood on the two streams."""

    status: int
    out: bytes
    err: bytes

    @property
    def result(self) -> Any:
        """The one line of JSON, where there is a result."""
        assert self.status == 0, self.err.decode()
        assert self.err == b""
        assert self.out.endswith(b"\n")
        assert self.out.count(b"\n") == 1
        return json.loads(self.out)

    @property
    def malformed(self) -> str:
        """The one sentence, where the input cannot be."""
        assert self.status == 2, self.out
        assert self.out == b""
        (sentence,) = self.err.decode().splitlines()
        return sentence

    @property
    def answers(self) -> list[Any]:
        """The lines of a batch."""
        assert self.status == 0, self.err.decode()
        assert self.err == b""
        return [json.loads(line) for line in self.out.split(b"\n")[:-1]]


class Asking:
    """``calc`` in this process, with streams of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, command: str, given: object, ruleset: Path | None = None) -> Told:
        """Gives bytes as they are, anything else as JSON."""
        raw = given if isinstance(given, bytes) else json.dumps(given).encode()
        return self.of(command, io.BytesIO(raw), ruleset)

    def of(self, command: str, given: io.BufferedIOBase, ruleset: Path | None = None) -> Told:
        """Gives what a stream holds."""
        out, err = io.BytesIO(), io.BytesIO()
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            self._monkeypatch.setattr(sys, name, io.TextIOWrapper(stream, encoding="ascii"))  # type: ignore[type-var]
        status = run_calc(command, None if ruleset is None else str(ruleset))
        told = Told(status=status, out=out.getvalue(), err=err.getvalue())
        self._monkeypatch.undo()
        return told


def ask_program(
    *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None, python: tuple[str, ...] = ()
) -> Told:
    """``python main.py calc …`` as a process of its own."""
    command = [sys.executable, *python, str(ROOT / "main.py"), "calc", *arguments]
    variables = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "PYTHONIOENCODING")}
    done = subprocess.run(
        command, input=given, capture_output=True, env={**variables, **(environment or {})}, timeout=60, check=False
    )
    return Told(status=done.returncode, out=done.stdout, err=done.stderr)
