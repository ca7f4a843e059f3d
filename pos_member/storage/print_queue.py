"""The print queue as the spooler uses it, on its own thread and connection."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, bindparam, delete, func, select, update

from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.clock import Clock, parse_instant
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import reading, writing
from pos_member.storage.print_rows import job_of, move
from pos_member.storage.terminal_schema import print_jobs

_DONE_KEPT = 200
_LONGEST_WAIT = timedelta(minutes=5)

_NEXT = select(print_jobs).where(print_jobs.c.state == PrintState.QUEUED.value).order_by(print_jobs.c.number).limit(1)
_COUNTS = select(print_jobs.c.state, func.count().label("jobs")).group_by(print_jobs.c.state)
_ATTEMPTS = select(print_jobs.c.attempts).where(print_jobs.c.id == bindparam("job"))
_INTERRUPTED = (
    update(print_jobs)
    .where(print_jobs.c.state == PrintState.SENDING.value)
    .values(state=PrintState.UNCERTAIN.value, problem=bindparam("why"))
)
_NO_MORE_WAITING = update(print_jobs).where(print_jobs.c.next_attempt_at.is_not(None)).values(next_attempt_at=None)
_OLDEST_KEPT = (
    select(print_jobs.c.number)
    .where(print_jobs.c.state == PrintState.DONE.value)
    .order_by(print_jobs.c.number.desc())
    .limit(1)
    .offset(_DONE_KEPT - 1)
)
_FORGET = delete(print_jobs).where(
    print_jobs.c.state == PrintState.DONE.value, print_jobs.c.number < _OLDEST_KEPT.scalar_subquery()
)


class PrintQueue:
    """Gives the spooler one job at a time, in order, and records what became of it before and after each step."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    @classmethod
    def open(cls, path: Path, *, clock: Clock) -> PrintQueue:
        """The queue in a ``terminal.db``. A job that was being sent when the till last stopped is uncertain now.

        ``Fault`` as :func:`pos_member.storage.database_file.open_database`.
        """
        engine = open_database(path, TERMINAL)
        with writing(engine) as connection:
            connection.execute(_INTERRUPTED, {"why": "interrupted"})
            connection.execute(_NO_MORE_WAITING)
        return cls(engine, clock)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def next_job(self) -> PrintJob | None:
        """The oldest queued job, once it is due; no job overtakes another.

        A waiting time that a clock set back has made longer than five minutes is over.
        """
        with reading(self._engine) as connection:
            row = connection.execute(_NEXT).one_or_none()
        if row is None:
            return None
        if row.next_attempt_at is not None:
            left = parse_instant(row.next_attempt_at) - self._clock.now()
            if timedelta(0) < left <= _LONGEST_WAIT:
                return None
        return job_of(row)

    def counts(self) -> tuple[int, int]:
        """How many jobs are still to come (queued, being sent or failed), and how many are uncertain."""
        with reading(self._engine) as connection:
            jobs = {row.state: row.jobs for row in connection.execute(_COUNTS)}
        waiting = (PrintState.QUEUED, PrintState.SENDING, PrintState.FAILED)
        return sum(jobs.get(state.value, 0) for state in waiting), jobs.get(PrintState.UNCERTAIN.value, 0)

    def mark_sending(self, job_id: str) -> None:
        """Recorded before the first byte goes out; counts as an attempt."""
        with writing(self._engine) as connection:
            attempts = connection.execute(_ATTEMPTS, {"job": job_id}).scalar_one_or_none() or 0
            move(connection, job_id, PrintState.SENDING, attempts=attempts + 1)

    def mark_done(self, job_id: str) -> None:
        """The printer said that the paper is out. Of jobs long done only the last 200 are kept."""
        with writing(self._engine) as connection:
            move(connection, job_id, PrintState.DONE)
            connection.execute(_FORGET)

    def mark_waiting(self, job_id: str, problem: str, retry_after_s: float) -> None:
        """Not a byte was accepted: queued again, to be tried in so many seconds (at most 300)."""
        due = self._clock.now() + min(timedelta(seconds=retry_after_s), _LONGEST_WAIT)
        with writing(self._engine) as connection:
            move(connection, job_id, PrintState.QUEUED, problem=problem, next_attempt_at=due)

    def mark_uncertain(self, job_id: str, problem: str) -> None:
        """Bytes went out, and no word came back: a person has to look."""
        with writing(self._engine) as connection:
            move(connection, job_id, PrintState.UNCERTAIN, problem=problem)

    def mark_failed(self, job_id: str, problem: str) -> None:
        """The job cannot be printed as it is; it waits for a person."""
        with writing(self._engine) as connection:
            move(connection, job_id, PrintState.FAILED, problem=problem)
