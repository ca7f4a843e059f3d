"""What the start is measured with: opens the till of a folder, takes one scan, and ends."""

from __future__ import annotations

import sys
from pathlib import Path

from pos_member.app.counter import CounterState
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.settings import TillSettings
from sync.enrolment import load_identity


def main(folder: Path, barcode: str) -> None:
    """As the program starts, without its window; who sits there is taken as read."""
    identity = load_identity(folder)
    if identity is None:
        raise LookupError(folder)
    pc = CounterPc(
        folder,
        identity=identity,
        settings=TillSettings(),
        on_head_office=lambda _status: None,
        on_printer=lambda _status: None,
    )
    pc.till.seat.take(pc.till.staff()[0])
    state = pc.till.enter(barcode)
    if not isinstance(state, CounterState) or len(state.basket.lines) != 1:
        raise ValueError(barcode)
    pc.stop()
    pc.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
