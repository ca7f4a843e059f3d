"""``calc batch``: a computation a line, an answer a line, in order, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from pos_member.composition.calc import fields
from pos_member.composition.calc.commands import COMMANDS, answer
from pos_member.composition.calc.shown import brief
from pos_member.composition.calc.strict_json import StrictJson
from pos_member.domain.errors import Malformed
from pos_member.domain.ruleset import Ruleset

_LONGEST: Final = 8 << 20
_SKIPPED_AT_ONCE: Final = 1 << 16


def answer_lines(given: BinaryIO, ruleset: Ruleset) -> Iterator[bytes]:
    """The answer to each line as soon as it is read: a result, a refusal, or what is malformed about it."""
    json = StrictJson()
    while line := given.readline(_LONGEST + 1):
        try:
            if len(line) > _LONGEST and not line.endswith(b"\n"):
                _skip_rest(given)
                raise Malformed("line", "这一行太长，最多 {most} 字节", most=_LONGEST)
            answered = _answer(json, line, ruleset)
        except Malformed as malformed:
            answered = {"malformed": brief(str(malformed))}
        yield json.encode(answered)


def _answer(json: StrictJson, line: bytes, ruleset: Ruleset) -> dict[str, object]:
    envelope = fields.root({"line": json.decode(line, "line")}, "line")
    command = fields.word(envelope, "command", COMMANDS)
    given = fields.root(envelope, "input")
    fields.finish(envelope)
    return answer(command, given, ruleset)


def _skip_rest(given: BinaryIO) -> None:
    while (rest := given.readline(_SKIPPED_AT_ONCE)) and not rest.endswith(b"\n"):
        pass
