"""Wrong PINs in a row and the pharmacist on duty as rows of ``terminal.db``."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upserting

from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.pin_lock import PinCount
from pos_member.domain.staff import Duty
from pos_member.storage.prepared import Prepared
from pos_member.storage.terminal_schema import duty as duties
from pos_member.storage.terminal_schema import pin_attempts

_ATTEMPTS = select(pin_attempts).where(pin_attempts.c.staff_id == bindparam("person"))
_SAVE_ATTEMPTS = upserting(pin_attempts)
_SAVE_ATTEMPTS = _SAVE_ATTEMPTS.on_conflict_do_update(
    index_elements=["staff_id"],
    set_={"wrong": _SAVE_ATTEMPTS.excluded.wrong, "locked_until": _SAVE_ATTEMPTS.excluded.locked_until},
)
_DUTY = Prepared(select(duties))
_LEAVE_DUTY = delete(duties)
_TAKE_DUTY = insert(duties)


def read_attempts(connection: Connection, staff_id: str) -> PinCount:
    """A person's wrong PINs in a row so far."""
    row = connection.execute(_ATTEMPTS, {"person": staff_id}).one_or_none()
    if row is None:
        return PinCount(wrong=0, locked_until=None)
    locked_until = None if row.locked_until is None else parse_instant(row.locked_until)
    return PinCount(wrong=row.wrong, locked_until=locked_until)


def write_attempts(connection: Connection, staff_id: str, attempts: PinCount) -> None:
    """Keeps the count, in place of the one before."""
    locked_until = None if attempts.locked_until is None else instant_text(attempts.locked_until)
    connection.execute(_SAVE_ATTEMPTS, {"staff_id": staff_id, "wrong": attempts.wrong, "locked_until": locked_until})


def read_duty(connection: Connection) -> Duty | None:
    """Who came on duty last and has not left."""
    row = _DUTY.row(connection)
    if row is None:
        return None
    return Duty(
        staff_id=row["staff_id"],
        since=parse_instant(row["since"]),
        until=parse_instant(row["until"]),
        beside=bool(row["beside"]),
    )


def write_duty(connection: Connection, duty: Duty | None) -> None:
    """One is on duty at most: whoever was before is not."""
    connection.execute(_LEAVE_DUTY)
    if duty is not None:
        since, until = instant_text(duty.since), instant_text(duty.until)
        connection.execute(
            _TAKE_DUTY, {"id": 1, "staff_id": duty.staff_id, "since": since, "until": until, "beside": duty.beside}
        )
