"""What holds for every test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _collected_on_the_main_thread() -> Iterator[None]:
    """Cycles are collected between modules, on the thread that owns the widgets, never on another one."""
    gc.disable()
    yield
    gc.collect()
    gc.freeze()
