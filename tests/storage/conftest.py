"""What the stories of the files begin with."""

from __future__ import annotations

from tests.storage.recovery_day import day, whole

__all__ = ["day", "whole"]
