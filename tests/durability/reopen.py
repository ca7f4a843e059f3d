"""Opens a till's files as the program does, and looks at what it shows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pos_member.app.codec import to_text
from pos_member.app.members.member_figures import figures_of
from pos_member.app.workplace import Workplace
from pos_member.composition.data_folder import REPLICA_FILE, TERMINAL_FILE
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Role
from tests.durability.balance_check import base_of
from tests.durability.findings import Findings
from tests.durability.journal import Journal
from tests.durability.ledger_fold import fold
from tests.durability.records_check import read_records
from tests.durability.shop import Shop, open_till


def reopen(folder: Path, shop: Shop, journal: Journal) -> Findings:
    """The till starts, shows the open basket that is on the disk, and knows the balances that the entries come to."""
    out = Findings()
    try:
        pc = open_till(folder)
    except Spoken as spoken:
        return Findings(lost=[f"the till does not start: {spoken.message}"])
    try:
        pc.till.seat.take(shop.person(Role.CASHIER))
        basket = pc.till.counter().basket
        shown = json.loads(to_text(basket))
        with closing(sqlite3.connect(folder / TERMINAL_FILE)) as connection:
            stored = connection.execute("SELECT document FROM open_basket").fetchone()
            if stored is None or json.loads(stored[0]) != shown:
                out.lost.append(f"the open basket {basket.id} as it is on the disk")
            if journal.basket is not None and journal.trying is None and json.loads(journal.basket) != shown:
                out.lost.append("the open basket as it was last heard of")
            with closing(sqlite3.connect(folder / REPLICA_FILE)) as replica:
                _check_figures(pc.workplace, connection, replica, out)
    except Spoken as spoken:
        out.broken.append(f"the till does not go on: {spoken.message}")
    finally:
        pc.stop()
        pc.close()
    return out


def _check_figures(
    workplace: Workplace, connection: sqlite3.Connection, replica: sqlite3.Connection, out: Findings
) -> None:
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in read_records(connection).entries:
        entries.setdefault(entry["member_id"], []).append(entry)
    with workplace.terminal.reading() as records:
        moment = workplace.moment(records)
        for member, of_member in entries.items():
            state = workplace.member(records, member)
            if state is None:
                out.lost.append(f"member {member}, who has points")
                continue
            standing = figures_of(records, state, moment).standing
            said = sum(lot.points for lot in standing.lots), standing.debt
            reckoned = fold(*base_of(replica, member), of_member, moment.on.isoformat())
            if said != reckoned:
                out.broken.append(f"member {member}: the till says {said} points and debt, entries say {reckoned}")
