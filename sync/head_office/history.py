"""The migrations of head office's database."""

from __future__ import annotations

from pathlib import Path

from pos_member.storage.database_file import History
from pos_member.storage.engine import Durability


class _HeadOfficeHistory(History):
    @property
    def folder(self) -> Path:
        """Where the revisions are."""
        return Path(__file__).parent / "migrations"


HEAD_OFFICE = _HeadOfficeHistory(name="head_office", head="head_office_0002", durability=Durability.FULL)
