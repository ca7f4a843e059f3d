"""What is set per counter PC: ``settings.toml`` in the data folder. Every key may be left out."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_member.domain.errors import Fault

LANGUAGES = ("zh", "en")
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class TillSettings:
    """The counter PC's own settings. ``printer`` is "IP address:port" of a receipt printer, empty without one."""

    printer: str = ""
    printer_profile: str = "generic-80mm"
    language: str = "zh"
    theme: str = "light"

    @property
    def printer_address(self) -> tuple[str, int] | None:
        """Host and port, None without a printer."""
        if not self.printer:
            return None
        host, _, port = self.printer.rpartition(":")
        return host, int(port)


def load_settings(folder: Path, profiles: Collection[str]) -> TillSettings:
    """The settings of a data folder; ``profiles`` are the printers there are.

    ``Fault`` ``settings_wrong`` names the key, its value and what is allowed.
    """
    path = folder / "settings.toml"
    if not path.exists():
        return TillSettings()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, "", str(error), "TOML") from None
    known = {"printer", "printer_profile", "language", "theme"}
    for key, value in document.items():
        if key not in known:
            raise _wrong(path, key, value, ", ".join(sorted(known)))
        if not isinstance(value, str):
            raise _wrong(path, key, value, '"…"')
    settings = TillSettings(**document)
    _check(path, "language", settings.language, LANGUAGES)
    _check(path, "theme", settings.theme, THEMES)
    _check(path, "printer_profile", settings.printer_profile, profiles)
    if settings.printer and not _is_address(settings.printer):
        raise _wrong(path, "printer", settings.printer, "192.168.1.50:9100")
    return settings


def _is_address(text: str) -> bool:
    host, _, port = text.rpartition(":")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return port.isascii() and port.isdigit() and 0 < int(port) < 65536


def _check(path: Path, key: str, value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise _wrong(path, key, value, ", ".join(sorted(allowed)))


def _wrong(path: Path, key: str, value: Any, allowed: str) -> Fault:
    return Fault(
        "settings_wrong",
        "设置文件 {path} 里的 {key} = {value} 不对，可用：{allowed}",
        retryable=False,
        path=str(path),
        key=key or "?",
        value=value,
        allowed=allowed,
    )
