"""A ``calc`` command from standard input to standard output: UTF-8 both ways and Chinese, whatever the locale."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, Final

from pos_member.composition.calc import fields
from pos_member.composition.calc.commands import COMMANDS, answer
from pos_member.composition.calc.ruleset_file import load_ruleset
from pos_member.composition.calc.shown import brief, reason_of
from pos_member.composition.calc.strict_json import StrictJson
from pos_member.domain.errors import Fault, Malformed, Spoken
from pos_member.domain.ruleset import Ruleset

_BATCH: Final = "batch"
_FAILED: Final = 2
_LARGEST: Final = 64 << 20


def run_calc(name: str, ruleset_file: str | None) -> int:
    """Runs one of the computations, or a batch of them; answers with the exit status.

    0 with the result, a refusal among them; 2 with one line on standard error that names the field or what failed.
    """
    try:
        ruleset = load_ruleset(ruleset_file)
        if sys.stdin is None:
            raise _no_input("已关闭")
        if sys.stdout is None:
            raise _no_output("已关闭")
        _put(sys.stdout.buffer, _read_on(_answers(name, sys.stdin.buffer, ruleset)))
    except Malformed as malformed:
        return _say(str(malformed))
    except Spoken as spoken:
        return _say(spoken.message)
    return 0


def _answers(name: str, given: BinaryIO, ruleset: Ruleset) -> Iterator[bytes]:
    if name != _BATCH:
        return _answer(name, given, ruleset)
    from pos_member.composition.calc.batch import answer_lines

    return answer_lines(given, ruleset)


def _answer(name: str, given: BinaryIO, ruleset: Ruleset) -> Iterator[bytes]:
    document = given.read(_LARGEST + 1)
    if len(document) > _LARGEST:
        raise Malformed("input", "太大，最多 {most} 字节", most=_LARGEST)
    json = StrictJson()
    fields_given = fields.root({"input": json.decode(document, "input")}, "input")
    yield json.encode(answer(COMMANDS[name], fields_given, ruleset))


def _read_on(answers: Iterator[bytes]) -> Iterator[bytes]:
    """The answers, as long as the input can be read."""
    try:
        yield from answers
    except OSError as error:
        raise _no_input(reason_of(error)) from error


def _put(out: BinaryIO, answers: Iterable[bytes]) -> None:
    """Writes each answer at once. That nobody reads on is an end as good as any."""
    for each in answers:
        try:
            out.write(each)
            out.flush()
        except BrokenPipeError:
            _forget(out)
            return
        except OSError as error:
            _forget(out)
            raise _no_output(reason_of(error)) from error


def _forget(out: BinaryIO) -> None:
    """Lets what is still buffered go nowhere, or the interpreter would try to write it as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, out.fileno())
    os.close(nowhere)


def _no_input(reason: str) -> Fault:
    return Fault("input_unreadable", "读不了标准输入：{reason}。请检查重定向和管道", retryable=False, reason=reason)


def _no_output(reason: str) -> Fault:
    template = "写不了标准输出：{reason}。请检查重定向、管道和磁盘"
    return Fault("output_unwritable", template, retryable=False, reason=reason)


def _say(sentence: str) -> int:
    with suppress(OSError):
        if sys.stderr is not None:
            sys.stderr.buffer.write(f"{brief(sentence)}\n".encode(errors="backslashreplace"))
            sys.stderr.flush()
    return _FAILED
