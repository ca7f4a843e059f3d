"""The demo shop at work: head office in a process of its own, tills enrolled, the virtual printer on a socket."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from hardware.profiles import load_profiles
from hardware.virtual.printer import PrintedJob, VirtualPrinter
from pos_member.app.counter import HeadOfficeStatus, PrinterStatus
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.demo_store import DemoFacts, open_demo_store
from pos_member.composition.head_office_command import open_head_office
from pos_member.composition.head_office_process import HeadOfficeProcess
from pos_member.composition.resources import PRINTER_PROFILES, RESOURCES
from pos_member.composition.settings import TillSettings
from pos_member.composition.system import Argon2Pins, SystemClock, system_ids
from pos_member.domain.clock import business_date
from sync.enrolment import Identity, enrol, load_identity, save_identity
from ui.bridge import Bridge

_PROFILE = "generic-80mm"
_TILLS = {"till-1": "1号机", "till-2": "2号机"}


class DemoShop:
    """Everything of the demo but its window; kept in one folder."""

    def __init__(self, folder: Path) -> None:
        """Seeds the head office if it is empty. Nothing runs yet."""
        self._folder = folder
        self.office = HeadOfficeProcess(folder / "head-office")
        self.facts, self._codes = self._prepare()
        self.printer = VirtualPrinter(load_profiles(PRINTER_PROFILES)[_PROFILE], on_paper=self._pass_paper_on)
        self.on_paper: Callable[[PrintedJob], None] | None = None

    def open(self) -> None:
        """Starts head office and printer at free ports, and enrols the tills the first time."""
        self.office.start()
        for till, code in self._codes.items():
            (self._folder / till).mkdir(exist_ok=True)
            save_identity(enrol(self.office.url, code, _TILLS[till]), self._folder / till)
        self.printer.start()

    def close(self) -> None:
        """Stops printer and head office."""
        self.printer.stop()
        self.office.stop()

    def till(
        self,
        name: str,
        on_head_office: Callable[[HeadOfficeStatus], None],
        on_printer: Callable[[PrinterStatus], None],
    ) -> CounterPc:
        """A till of the shop, opened and not yet started. Only the first has the printer."""
        return CounterPc(
            self._folder / name,
            identity=self._identity(name),
            settings=self.settings if name == "till-1" else TillSettings(),
            on_head_office=on_head_office,
            on_printer=on_printer,
        )

    def first_till(self, bridge: Bridge) -> CounterPc:
        """The till whose screens are shown."""
        return self.till("till-1", bridge.say_head_office, bridge.say_printer)

    @property
    def settings(self) -> TillSettings:
        """The first till's settings: the virtual printer."""
        host, port = self.printer.address
        return TillSettings(printer=f"{host}:{port}", printer_profile=_PROFILE)

    def _pass_paper_on(self, job: PrintedJob) -> None:
        if self.on_paper is not None:
            self.on_paper(job)

    def _identity(self, till: str) -> Identity:
        """The till's identity, at the address head office has this time."""
        held = load_identity(self._folder / till)
        if held is None:
            raise LookupError(till)
        return msgspec.structs.replace(held, base_url=self.office.url)

    def _prepare(self) -> tuple[DemoFacts, dict[str, str]]:
        office_folder = self._folder / "head-office"
        office_folder.mkdir(exist_ok=True)
        office = open_head_office(office_folder)
        try:
            clock = SystemClock()
            facts = open_demo_store(
                office,
                facts_file=self._folder / "demo.json",
                resources=RESOURCES,
                today=business_date(clock.now(), "Asia/Shanghai"),
                ids=system_ids(),
                hash_pin=Argon2Pins().hash,
            )
            missing = [till for till in _TILLS if load_identity(self._folder / till) is None]
            codes = {till: office.new_enrolment_code(facts.store_id, _TILLS[till]) for till in missing}
        finally:
            office.close()
        return facts, codes
