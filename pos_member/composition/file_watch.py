"""The check of everything in ``terminal.db`` while the till sells: slowly, beside it, once a start."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from pos_member.app.file_report import FileReport
from pos_member.domain.errors import Sentence
from pos_member.storage.engine import mark_doubtful
from pos_member.storage.full_check import check_file

_FIRST_SECONDS = 60.0
_BETWEEN_SECONDS = 0.05


class FileWatch:
    """Begins a minute after the till, and rests between its queries. What it finds is logged, and ``warn`` is told.

    A file that is damaged is marked, so that the next start recovers it before anything is sold. ``report`` is None
    until the check is through.
    """

    def __init__(self, path: Path, warn: Callable[[Sentence], None], *, first_seconds: float = _FIRST_SECONDS) -> None:
        self._path = path
        self._warn = warn
        self._first_seconds = first_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="file check", daemon=True)
        self.report: FileReport | None = None

    def start(self) -> None:
        """Starts the thread; answers at once."""
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> None:
        """Ends the check; a query that is at work ends with the program."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _watch(self) -> None:
        if self._ended.wait(self._first_seconds):
            return
        report = check_file(self._path, lambda: not self._ended.wait(_BETWEEN_SECONDS))
        if not report.whole and not report.findings:
            return
        if report.damaged:
            mark_doubtful(self._path)
        for finding in report.findings:
            logging.getLogger(__name__).error("%s: %s", finding.kind, finding.what.message)
        if report.findings:
            self._warn(_warning(report))
        self.report = report


def _warning(report: FileReport) -> Sentence:
    what = report.findings[0].what.message
    if report.damaged:
        template = "检查本机数据时发现损坏：{what}。收银照常；请在空闲时退出程序再启动，启动时会先抢救数据，并联系总部"
        return Sentence(template=template, gaps={"what": what})
    template = "检查本机数据时发现 {count} 处对不上，第一处是：{what}。收银照常；请联系总部核对"
    return Sentence(template=template, gaps={"count": len(report.findings), "what": what})
