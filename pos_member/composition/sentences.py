"""What a command says to the person who typed it: Simplified Chinese, or English where the environment asks for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from xml.etree import ElementTree

from pos_member.domain.errors import Spoken

FAILED = 2
"""The exit status of a command that could not be done."""

_ENGLISH = Path(__file__).resolve().parents[2] / "resources" / "translations" / "en.ts"


def sentence(spoken: Spoken) -> str:
    """The sentence of a refusal or fault in the language of the environment."""
    if not wants_english():
        return spoken.message
    return _english(spoken.template).format(**spoken.gaps)


def complain(spoken: Spoken) -> int:
    """Says on standard error why a command could not be done; answers with the exit status that goes with it."""
    print(sentence(spoken), file=sys.stderr, flush=True)
    return FAILED


def wants_english() -> bool:
    """Whether the environment asks for English."""
    named = (os.environ.get(variable) for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "").startswith("en")


def _english(template: str) -> str:
    for message in ElementTree.parse(_ENGLISH).iter("message"):  # noqa: S314 - our own translation file
        if message.findtext("source") == template:
            return message.findtext("translation") or template
    return template
