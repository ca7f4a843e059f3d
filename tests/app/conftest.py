"""The shop that the stories of the use cases are told in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.shop import CHEN_LEI, Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """李芳 is signed in, 陈蕾 on duty."""
    opened = Shop(tmp_path)
    opened.sign_in()
    opened.till.take_duty(CHEN_LEI.id, "2222")
    yield opened
    opened.close()
