"""The ruleset that a computation goes by: the built-in one, or that of a file."""

from __future__ import annotations

import os
from typing import Final

from pos_member.composition.calc.shown import reason_of
from pos_member.domain.errors import Fault
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset

_LONGEST: Final = 1 << 17
_LONGEST_PATH: Final = 300
_ROOT: Final = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))
BUILT_IN: Final = os.path.join(_ROOT, "resources", "rulesets", "default.toml")
"""Where the built-in rules lie; a plain text, for ``calc`` starts faster without path objects."""


def load_ruleset(path: str | None) -> Ruleset:
    """The ruleset of a file, or the built-in one.

    ``Fault`` for a file that cannot be read, ``RulesetError`` for one that holds no usable ruleset.
    """
    file = BUILT_IN if path is None else path
    try:
        with open(file, "rb") as document:
            return parse_ruleset(document.read(_LONGEST))
    except OSError as error:
        template = "读不了规则集文件 {path}：{reason}。请核对文件名和权限"
        name = os.fsencode(file).decode(errors="backslashreplace")
        path = name if len(name) <= _LONGEST_PATH else f"…{name[-_LONGEST_PATH:]}"
        raise Fault("ruleset_unreadable", template, retryable=False, path=path, reason=reason_of(error)) from error
