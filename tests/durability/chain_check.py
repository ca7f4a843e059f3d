"""The chain of events, reckoned again from its beginning with nothing but SHA-256 and JSON (docs/sync.md, "Events")."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import Any

from tests.durability.findings import Findings


def check_chain(connection: sqlite3.Connection, findings: Findings) -> list[dict[str, Any]]:
    """Every event as it reads, in order. Found: gaps, hashes that do not follow, columns that say otherwise."""
    read: list[dict[str, Any]] = []
    previous, epoch, seq = bytes(32), None, 0
    rows = connection.execute(
        "SELECT epoch, seq, terminal_id, event_id, kind, subject_id, canonical, hash FROM events ORDER BY rowid"
    )
    parts = {
        (row[0], row[1]): hashlib.sha256(row[2] + row[3]).hexdigest()
        for row in connection.execute("SELECT epoch, seq, salt, content FROM event_parts")
    }
    for row in rows:
        if row[0] != epoch:
            previous, epoch, seq = bytes(32), row[0], 0
        seq += 1
        name = f"event {row[1]} ({row[4]})"
        if row[1] != seq:
            findings.lost.append(f"events before {name}: {seq} should be there")
            seq = row[1]
        if hashlib.sha256(previous + row[6]).digest() != row[7]:
            findings.broken.append(f"{name}: its hash does not follow the one before")
        previous = row[7]
        told = json.loads(row[6])
        if json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() != row[6]:
            findings.broken.append(f"{name}: not in canonical form")
        columns = dict(zip(("epoch", "seq", "terminal_id", "event_id", "kind"), row[:5], strict=True))
        if any(told[key] != value for key, value in columns.items()) or told["body"].get("id") != row[5]:
            findings.broken.append(f"{name}: its columns say something else than its text")
        if parts.get((row[0], row[1])) != told.get("part"):
            findings.broken.append(f"{name}: its personal part is missing or another one")
        read.append(told)
    return read


def check_epochs(connection: sqlite3.Connection, findings: Findings) -> None:
    """A till that was only killed goes on in its epoch."""
    epochs = [row[0] for row in connection.execute("SELECT epoch FROM outbox")]
    if len(epochs) != 1:
        findings.broken.append(f"{len(epochs)} epochs, though nothing was rewound")
