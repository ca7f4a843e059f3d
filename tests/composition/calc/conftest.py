"""``calc`` at hand, and inputs that are as they should be."""

from __future__ import annotations

import pytest

from tests.composition.calc.asking import Asking


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Asking:
    return Asking(monkeypatch)
