"""The chain that the sync stories are told with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.chain import Chain


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """A head office that is serving."""
    made = Chain(tmp_path)
    try:
        made.serve()
        yield made
    finally:
        made.close()
