"""What holds for every test."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True, scope="session")
def _one_log() -> None:
    """What the program logs goes where the tests look for it."""
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


@pytest.fixture(autouse=True)
def _nothing_unexpected_is_logged(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the story that did not expect one."""
    yield
    found = [
        record for when in ("setup", "call") for record in caplog.get_records(when) if record.levelno >= logging.WARNING
    ]
    if found and request.node.get_closest_marker("logs_warnings") is None:
        pytest.fail("\n".join(f"{record.name}: {record.getMessage()}" for record in found))


@pytest.fixture(autouse=True, scope="module")
def _collected_on_the_main_thread() -> Iterator[None]:
    """Cycles are collected between modules, on the thread that owns the widgets, never on another one."""
    gc.disable()
    yield
    gc.collect()
    gc.freeze()
