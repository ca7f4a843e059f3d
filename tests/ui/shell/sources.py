"""Every text that people read, found in the code: the source texts that a translation must have.

In ``ui`` that is each literal with a Chinese character that is no docstring, and each literal given to ``tr`` or
``translate``; elsewhere the templates of refusals, faults and prompts, and the words of the labels.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from tests.ui.shell.shop import ROOT
from ui.view_models.labels import TABLED

HAN = re.compile(r"[\u3400-\u9fff]")
_LOOKERS_UP = {"tr", "translate"}
_SPEAKERS = {"Refusal", "Fault", "Prompt"}


def source_texts() -> set[str]:
    """All of them."""
    found: set[str] = set(TABLED)
    for path in sorted((ROOT / "ui").rglob("*.py")):
        found |= set(_of_screens(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted([*(ROOT / "pos_member").rglob("*.py"), *(ROOT / "sync").rglob("*.py")]):
        found |= set(_of_speakers(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def broken_up_texts() -> list[str]:
    """Places in ``ui`` where Chinese stands in an f-string, which no translation can look up."""
    places = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and any(HAN.search(text) for text in _outer_strings(node)):
                places.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return places


def gaps_of(text: str) -> set[str]:
    """The names of a template's gaps."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _of_screens(tree: ast.Module) -> Iterator[str]:
    docstrings = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            if isinstance(node.value, str) and HAN.search(node.value):
                yield node.value
        elif isinstance(node, ast.Call) and _name(node).lstrip("_") in _LOOKERS_UP and node.args:
            given = node.args[0]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value


def _of_speakers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in _SPEAKERS:
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Assign) and any(_is_template(target) for target in node.targets):
            given = [node.value]
        else:
            continue
        yield from (text for value in given for text in _strings(value) if HAN.search(text))


def _is_template(target: ast.expr) -> bool:
    """A sentence that is chosen before it is spoken is kept under this name."""
    return isinstance(target, ast.Name) and target.id == "template"


def _strings(node: ast.expr) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _outer_strings(node: ast.JoinedStr) -> Iterator[str]:
    for part in node.values:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _docstrings(tree: ast.Module) -> set[int]:
    """Strings that stand alone as a statement."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def path_of_english() -> Path:
    """The English translation's source."""
    return ROOT / "resources" / "translations" / "en.ts"
