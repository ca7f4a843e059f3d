"""Brings a till's screens up: the Qt application, the window, and the edges where what nobody caught is caught."""

from __future__ import annotations

import locale
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

import structlog
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.display import has_display
from pos_member.composition.resources import RESOURCES
from pos_member.composition.sentences import wants_english
from pos_member.composition.settings import TillSettings
from pos_member.composition.system import SystemClock
from pos_member.domain.errors import Fault, Spoken
from ui import theme
from ui.bridge import Bridge
from ui.collector import GuiThreadCollector
from ui.i18n import Languages
from ui.scan_filter import ScanFilter, ScannerSettings
from ui.screens.sign_in import Shopfront
from ui.screens.start_failure import StartFailureWindow
from ui.task_runner import TaskRunner
from ui.window import TillWindow

_LANE_SECONDS = 2.0


def make_application() -> QApplication:
    """The Qt application. ``Fault`` ``no_chinese_font`` where Chinese would come out as boxes."""
    _use_utf8()
    app = QApplication(["pos-member"])
    qInstallMessageHandler(_log_qt)
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        raise Fault("no_chinese_font", "系统没有中文字体：请安装 fonts-noto-cjk 后再启动", retryable=False)
    return app


class Screens:
    """The window of one till with all that serves it. Made on the GUI thread; :meth:`run` lasts until it is closed."""

    def __init__(
        self,
        app: QApplication,
        *,
        settings: TillSettings,
        open_till: Callable[[Bridge], CounterPc],
        shopfront: Callable[[CounterPc], Shopfront],
    ) -> None:
        theme.apply(app, settings.theme)
        self._app = app
        self._collector = GuiThreadCollector()
        self.bridge = Bridge()
        self.pc = open_till(self.bridge)
        self.tasks = TaskRunner(log=structlog.get_logger("till"), new_incident_id=lambda: secrets.token_hex(4))
        sys.excepthook = self._report
        self.scans = ScanFilter(ScannerSettings())
        app.installEventFilter(self.scans)
        store = self.pc.replica.store(self.pc.identity.store_id)
        self.window = TillWindow(
            app=app,
            till=self.pc.till,
            tasks=self.tasks,
            bridge=self.bridge,
            scans=self.scans,
            languages=Languages(app, RESOURCES / "translations"),
            clock=SystemClock(),
            shopfront=shopfront(self.pc),
            zone=store.zone if store is not None else "Asia/Shanghai",
            language="en" if settings.language == "en" else "zh",
            theme=settings.theme,
        )
        self.pc.start()

    def close(self) -> None:
        """Input first, then devices and sync, then the database lane, then the files."""
        self._app.removeEventFilter(self.scans)
        self.window.close()
        self.pc.stop()
        self.tasks.stop(_LANE_SECONDS)
        self.pc.close()
        sys.excepthook = sys.__excepthook__
        self._collector.stop()

    def _report(self, kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
        else:
            self.tasks.report(error.with_traceback(at))


def _use_utf8() -> None:
    """Qt complains of a locale without UTF-8, and of one that is not installed; the language asked for is kept."""
    if sys.platform == "win32":
        return
    with suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, "")
    if locale.nl_langinfo(locale.CODESET).upper() != "UTF-8":
        asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        os.environ.setdefault("LANGUAGE", asked)
        os.environ["LC_ALL"] = "C.UTF-8"


def show_failure(app: QApplication, spoken: Spoken, theme_name: str = "light") -> None:
    """Shows why the till cannot start, until the window is closed; nothing without a display."""
    if not has_display():
        return
    theme.apply(app, theme_name)
    if wants_english():
        Languages(app, RESOURCES / "translations").use("en")
    window = StartFailureWindow(spoken)
    window.show()
    app.exec()


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG001 - Qt's signature
    log = structlog.get_logger("qt")
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        log.info("qt", message=message)
    else:
        log.warning("qt", message=message)
