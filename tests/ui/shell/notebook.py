"""A log that is kept in memory."""

from __future__ import annotations


class Notebook:
    """Keeps what is logged."""

    def __init__(self) -> None:
        self.records: list[tuple[str, dict[str, object]]] = []

    def error(self, event: str, /, **fields: object) -> None:
        """One record more."""
        self.records.append((event, fields))
