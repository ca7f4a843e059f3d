"""A shop for each story: seeded once, copied for each, opened and closed around it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_member.composition.demo_shop import DemoShop
from tests.story.counter import Counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo shop's folder in which nothing has been sold yet."""
    folder = tmp_path_factory.mktemp("seeded-shop")
    DemoShop(folder).close()
    return folder


def _opened(seeded: Path, folder: Path) -> DemoShop:
    shutil.copytree(seeded, folder)
    shop = DemoShop(folder)
    shop.open()
    return shop


@pytest.fixture
def shop(seeded: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A shop of one story's own: head office in its own process, two enrolled tills, the virtual printer."""
    shop = _opened(seeded, tmp_path / "shop")
    yield shop
    shop.close()


@pytest.fixture
def new_counter(shop: DemoShop, qapp: QApplication) -> Iterator[Counter]:
    """A till that has sold nothing yet; cashier signed in, pharmacist on duty."""
    counter = Counter(shop, qapp)
    counter.open()
    counter.sign_in()
    counter.take_duty()
    yield counter
    counter.close()


@pytest.fixture(scope="module")
def busy_counter(seeded: Path, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Counter]:
    """A till that serves the customers of a whole module."""
    shop = _opened(seeded, tmp_path_factory.mktemp("busy") / "shop")
    counter = Counter(shop, qapp)
    counter.open()
    counter.sign_in()
    counter.take_duty()
    yield counter
    counter.close()
    shop.close()


@pytest.fixture
def counter(busy_counter: Counter) -> Counter:
    """The busy till between two customers."""
    busy_counter.clear()
    return busy_counter
