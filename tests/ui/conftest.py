"""Screens are tested without a display."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_itemcollected(item: pytest.Item) -> None:
    """The platform without a display says once a window that it knows no size hints; that is no finding."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))
