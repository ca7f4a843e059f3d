"""The everyday command: the till of this counter PC."""

from __future__ import annotations

from pathlib import Path

from hardware.profiles import load_profiles
from pos_member.composition.counter_pc import CounterPc, enrolled_identity
from pos_member.composition.data_folder import owned_folder
from pos_member.composition.display import has_display
from pos_member.composition.journal import keep_journal
from pos_member.composition.resources import PRINTER_PROFILES
from pos_member.composition.screens import Screens, make_application, show_failure
from pos_member.composition.sentences import complain
from pos_member.composition.settings import load_settings
from pos_member.domain.errors import Fault, Spoken
from ui.screens.sign_in import Shopfront


def run_till(folder: Path) -> int:
    """Runs the till of a data folder until its window is closed. What keeps it from starting is said and shown."""
    if not has_display():
        raise Fault("no_display", "没有显示器，收银终端打不开窗口：请在桌面上启动", retryable=False)
    app = make_application()
    try:
        with owned_folder(folder):
            keep_journal(folder, "till")
            settings = load_settings(folder, load_profiles(PRINTER_PROFILES))
            identity = enrolled_identity(folder)
            screens = Screens(
                app,
                settings=settings,
                open_till=lambda bridge: CounterPc(
                    folder,
                    identity=identity,
                    settings=settings,
                    on_head_office=bridge.say_head_office,
                    on_printer=bridge.say_printer,
                ),
                shopfront=_shopfront,
            )
            try:
                screens.window.showMaximized()
                return app.exec()
            finally:
                screens.close()
    except Spoken as spoken:
        status = complain(spoken)
        show_failure(app, spoken)
        return status


def _shopfront(pc: CounterPc) -> Shopfront:
    store = pc.replica.store(pc.identity.store_id)
    return Shopfront(store_name=store.name if store else pc.identity.store_id, terminal_name=pc.identity.name)
