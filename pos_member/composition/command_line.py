"""The commands of the program. Each failure is one sentence on standard error and exit status 2."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Sequence
from functools import partial

from pos_member.domain.errors import Spoken, UserCancelled


def run(arguments: Sequence[str]) -> int:
    """Runs one command and answers with the exit status."""
    _print_any_script()
    try:
        command = _plain_calc(arguments) or _parsed(arguments)
        return command()
    except Spoken as spoken:
        return _complain(spoken)
    except (KeyboardInterrupt, UserCancelled):
        return 130
    except Exception as error:
        import logging

        log = logging.getLogger(__name__)
        if not log.hasHandlers():
            template = "程序内部出错（{kind}），没有结果：请保留输入，联系技术支持"
            return _complain(Spoken("incident", template, kind=type(error).__name__))
        import uuid

        incident = uuid.uuid4().hex[:8]
        log.exception("incident %s", incident)
        template = "程序内部出错，编号 {incident}：已记入日志，数据没有丢失"
        return _complain(Spoken("incident", template, incident=incident))


def _print_any_script() -> None:
    """Where the terminal has no Chinese, help and sentences show escapes instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _plain_calc(arguments: Sequence[str]) -> Callable[[], int] | None:
    """``calc`` as other programs call it, thousands of times: without loading what reads arguments of every kind."""
    match arguments:
        case ["calc", "quote" | "return" | "balance" | "tier" | "batch" as name]:
            return partial(_run_calc, name, None)
        case ["calc", "--ruleset", file, "quote" | "return" | "balance" | "tier" | "batch" as name] if file[:1] != "-":
            return partial(_run_calc, name, file)
    return None


def _run_calc(name: str, ruleset_file: str | None) -> int:
    """A single computation ends before looking for garbage would pay, in its course or as the interpreter closes."""
    gc.disable()
    from pos_member.composition.calc.run import run_calc

    if name == "batch":
        gc.enable()
    status = run_calc(name, ruleset_file)
    gc.freeze()
    return status


def _parsed(arguments: Sequence[str]) -> Callable[[], int]:
    from pos_member.composition.arguments import parse

    return parse(arguments)


def _complain(spoken: Spoken) -> int:
    from pos_member.composition.sentences import complain

    return complain(spoken)
