"""The print queue as rows of ``terminal.db``: what the counter puts in and the spooler takes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.errors import InvariantViolation, Refusal
from pos_member.storage.document_text import document_from_text, document_to_text
from pos_member.storage.prepared import Prepared, words
from pos_member.storage.terminal_schema import print_jobs

OPEN_JOBS_LIMIT = 200

_INSERT = Prepared(insert(print_jobs))
_OPEN = print_jobs.c.state.in_(words(state.value for state in PrintState if state is not PrintState.DONE))
_COUNT_OPEN = Prepared(select(func.count()).select_from(print_jobs).where(_OPEN))
_OPEN_JOBS = select(print_jobs).where(_OPEN).order_by(print_jobs.c.number)
_MOVE = update(print_jobs).where(print_jobs.c.id == bindparam("job"))


def enqueue(connection: Connection, job: PrintJob) -> None:
    """Adds a job. ``Refusal`` ``print_queue_full`` at 200 open jobs; then nothing is written."""
    if _COUNT_OPEN.value(connection) >= OPEN_JOBS_LIMIT:
        raise Refusal(
            "print_queue_full",
            "打印队列已满（{limit} 张待打印）：请先检查打印机，待队列减少后再补打",
            limit=OPEN_JOBS_LIMIT,
        )
    _INSERT.run(
        connection,
        {
            "number": None,
            "id": job.id,
            "title": job.title,
            "document": document_to_text(job.document),
            "queued_at": instant_text(job.queued_at),
            "sale_id": job.sale_id,
            "reprint": job.reprint,
            "state": job.state.value,
            "attempts": job.attempts,
            "problem": job.problem,
            "next_attempt_at": None,
        },
    )


def read_open_jobs(connection: Connection) -> tuple[PrintJob, ...]:
    """Jobs that are not done, oldest first."""
    return tuple(job_of(row) for row in connection.execute(_OPEN_JOBS))


def move(
    connection: Connection,
    job_id: str,
    state: PrintState,
    *,
    attempts: int | None = None,
    problem: str = "",
    next_attempt_at: datetime | None = None,
) -> None:
    """Moves a job on. ``attempts`` None leaves the count. ``InvariantViolation`` when there is no such job."""
    values: dict[str, Any] = {
        "state": state.value,
        "problem": problem,
        "next_attempt_at": None if next_attempt_at is None else instant_text(next_attempt_at),
    }
    if attempts is not None:
        values["attempts"] = attempts
    if connection.execute(_MOVE.values(values), {"job": job_id}).rowcount != 1:
        raise InvariantViolation(f"no print job {job_id}")


def job_of(row: Row[Any]) -> PrintJob:
    """The job in a row of ``print_jobs``."""
    return PrintJob(
        id=row.id,
        title=row.title,
        document=document_from_text(row.document),
        queued_at=parse_instant(row.queued_at),
        sale_id=row.sale_id,
        reprint=row.reprint,
        state=PrintState(row.state),
        attempts=row.attempts,
        problem=row.problem,
    )
