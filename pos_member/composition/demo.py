"""The demo command: a shop to try the till in; without a display, the scripted tour through it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pos_member.composition.data_folder import owned_folder
from pos_member.composition.demo_shop import DemoShop
from pos_member.composition.demo_window import DemoWindow
from pos_member.composition.display import has_display
from pos_member.composition.journal import keep_journal
from pos_member.composition.screens import make_application, show_failure
from pos_member.composition.sentences import complain
from pos_member.composition.tour import Tour
from pos_member.domain.errors import Spoken


def run_demo(folder: Path, tour_folder: Path, language: str) -> int:
    """Runs the demo until its window is closed; without a display, the tour, whose pictures go to ``tour_folder``."""
    touring = not has_display()
    if touring:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    try:
        with owned_folder(folder):
            keep_journal(folder, "demo")
            return _run(app, folder, tour_folder, language, touring=touring)
    except Spoken as spoken:
        status = complain(spoken)
        show_failure(app, spoken)
        return status


def _run(app: QApplication, folder: Path, tour_folder: Path, language: str, *, touring: bool) -> int:
    shop = DemoShop(folder)
    try:
        shop.open()
        demo = DemoWindow(app, shop, language)
        try:
            demo.show()
            if touring:
                return Tour(app, demo, tour_folder).make()
            demo.share_the_screen()
            return app.exec()
        finally:
            demo.close()
    finally:
        shop.close()
