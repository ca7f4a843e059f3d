"""The conformance vectors that other channels are made by come out of this program as they are written."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.composition.calc.asking import ROOT, Asking

_FOLDER = ROOT / "docs" / "programme" / "vectors"
_FILES = sorted(_FOLDER.glob("*.json"))


def _vector(path: Path) -> dict[str, Any]:
    vector = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(vector, dict)
    return vector


def _differences(expected: object, found: object, path: str = "") -> list[str]:
    """Where what was found lacks something expected; keys that nobody expects are free."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [
            line for key, value in expected.items() for line in _differences(value, found.get(key), f"{path}.{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for index, (one, other) in pairs for line in _differences(one, other, f"{path}[{index}]")]
    same = type(expected) is type(found) and expected == found
    return [] if same else [f"{path}: {expected!r} expected, {found!r} found"]


@pytest.mark.parametrize("path", _FILES, ids=[path.stem for path in _FILES])
def test_a_vector_comes_out_as_it_is_written(ask: Asking, path: Path) -> None:
    vector = _vector(path)
    expected = vector["expect"]
    told = ask(vector["command"], vector["input"])
    if "malformed" in expected:
        assert re.match(rf"{re.escape(expected['malformed'])}[.\[:]", told.malformed)
    else:
        assert _differences(expected, told.result) == []
        assert ("refused" in expected) == ("refused" in told.result)


def test_each_vector_has_a_name_of_its_own_and_says_why() -> None:
    vectors = {path.stem: _vector(path) for path in _FILES}
    assert len(vectors) >= 100
    assert {stem.partition("-")[2] for stem in vectors} == {vector["name"] for vector in vectors.values()}
    assert max(Counter(vector["name"] for vector in vectors.values()).values()) == 1
    for vector in vectors.values():
        assert list(vector) == ["name", "why", "command", "input", "expect"]
        assert vector["why"].strip()


def test_the_contents_list_each_vector_once_and_no_other() -> None:
    text = (_FOLDER / "README.md").read_text(encoding="utf-8")
    ranges = re.findall(r"^\| (\d{3})–(\d{3}) \|", text, re.MULTILINE)
    listed = [number for first, last in ranges for number in range(int(first), int(last) + 1)]
    assert listed == [int(path.name[:3]) for path in _FILES]
    names = {path.stem.partition("-")[2] for path in _FILES}
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+){2,})`", text)) <= names
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (_FOLDER / link).exists(), link
