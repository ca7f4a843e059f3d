"""Examines the files of a till at rest against everything that was heard of it before it was killed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from pos_member.composition.data_folder import REPLICA_FILE, TERMINAL_FILE
from tests.durability.balance_check import check_balances
from tests.durability.chain_check import check_chain, check_epochs
from tests.durability.findings import Findings
from tests.durability.journal import Journal, Seen, Step, digest
from tests.durability.raw import RawLook
from tests.durability.records_check import Records, check_paper, check_records, read_records
from tests.durability.shift_check import check_shifts

_MOST_FACTS_A_STEP, _MOST_EVENTS_A_STEP = 6, 10
_EMPTYING = frozenset({"settle", "void", "suspend", "exchange"})


def examine(folder: Path, journal: Journal) -> Findings:
    """Everything that can be said of the files against the journal, which takes over the one unanswered step."""
    out = Findings(
        doubled=list(journal.doubles), broken=[f"the till ended by itself: {each}" for each in journal.crashes]
    )
    path = folder / TERMINAL_FILE
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            out.broken.append("the file itself")
            return out
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            out.broken.append("references in the file")
        told = check_chain(connection, out)
        check_epochs(connection, out)
        records = read_records(connection)
        check_records(connection, records, told, out)
        check_shifts(records, out)
        _check_heard(connection, records, journal, out)
        journal.adopt(_check_beyond(path, records, journal, out))
        check_paper(connection, records, journal, out)
        with closing(sqlite3.connect(folder / REPLICA_FILE)) as replica:
            check_balances(connection, replica, records, out)
    return out


def _check_heard(connection: sqlite3.Connection, records: Records, journal: Journal, out: Findings) -> None:
    """All that was confirmed is there, with the very document that was answered."""
    out.lost.extend(f"sale {each}" for each in journal.sales if each not in records.sales)
    out.lost.extend(f"{kind} {each}" for each, kind in journal.facts.items() if records.kinds.get(each) != kind)
    for each, promised in journal.promised.items():
        found = connection.execute(
            "SELECT document FROM sales WHERE id = ? UNION ALL SELECT document FROM facts WHERE id = ?", (each, each)
        ).fetchall()
        if not found:
            out.lost.append(f"{each}, which was promised")
        elif digest(found[0][0]) != promised:
            out.broken.append(f"{each}: not as it was promised")


def _check_beyond(path: Path, records: Records, journal: Journal, out: Findings) -> Seen:
    """What is there beyond the last answer can only be the one step that was never answered, whole."""
    with closing(RawLook(path, journal)) as look:
        seen = look.look()
    step = journal.trying
    new = {*seen.sales, *(each for each, _ in seen.facts)} - journal.sales - set(journal.facts)
    if new and step is None:
        out.doubled.append(f"nobody asked for {sorted(new)}")
    elif step is not None and new:
        if step.id and step.id not in new:
            out.broken.append(f"half a {step.do}: {seen.facts} without {step.id}")
        if len(seen.sales) > 1 or len(seen.facts) > _MOST_FACTS_A_STEP or not step.id:
            out.doubled.append(f"{step.do} left {len(seen.sales)} sales and {len(seen.facts)} facts")
    events = seen.events - journal.events
    if events and journal.steps and (step is None or events > _MOST_EVENTS_A_STEP):
        out.doubled.append(f"{events} events that nobody asked for")
    _check_in_hand(seen.basket, set(seen.suspended), records, journal, out)
    return seen


def _check_in_hand(basket: str | None, suspended: set[str], records: Records, journal: Journal, out: Findings) -> None:
    """The open basket is the last one heard of, or that with the step that was being done; so are suspended ones."""
    if journal.basket is None:
        return
    before, now = json.loads(journal.basket), json.loads(basket or "{}")
    out.doubled.extend(f"basket {each}, open and put aside" for each in suspended & {now.get("id")})
    out.doubled.extend(
        f"basket {each}, sold and still there" for each in {*suspended, now.get("id")} & {*records.sales}
    )
    step, gone_to = journal.trying, {*records.sales, *suspended}
    if now != before and (step is None or not _follows(step, before, now, gone_to)):
        out.lost.append(f"the open basket {before.get('id')}")
    changed = suspended ^ journal.suspended
    if changed and (step is None or step.do not in ("suspend", "recall") or len(changed) > 1):
        out.lost.append(f"suspended baskets {sorted(changed)}")


def _follows(step: Step, before: dict[str, Any], now: dict[str, Any], gone_to: set[str]) -> bool:
    """Whether a basket can have come of another by one step; ``gone_to``: those that were sold or put aside."""
    if step.do in _EMPTYING:
        kept = step.do == "void" or before["id"] in gone_to
        return bool(now) and now["id"] != before["id"] and not now["lines"] and kept
    if step.do == "recall":
        return bool(now.get("id") == step.args["basket"])
    if not now or now["id"] != before["id"]:
        return False
    changed = _pieces(now)
    changed.subtract(_pieces(before))
    touched = [sku for sku, milli in changed.items() if milli]
    return len(touched) <= 1 and (not touched or step.do in ("scan", "quantity", "remove", "price"))


def _pieces(basket: dict[str, Any]) -> Counter[str]:
    pieces: Counter[str] = Counter()
    for line in basket["lines"]:
        pieces[line["product"]["sku"]] += line["quantity"]["milli"]
    return pieces
