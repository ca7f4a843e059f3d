"""A file in doubt: what is recovered from it, what is left alone, and what is believed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from pos_member.app.codec import to_text
from pos_member.domain.errors import Fault
from pos_member.domain.sale import Sale
from pos_member.storage.engine import doubt_mark
from pos_member.storage.full_check import check_file
from pos_member.storage.outbox import Outbox
from pos_member.storage.terminal_start import start_terminal
from tests.storage.damage import page_size, pages_of, wipe
from tests.storage.makers import (
    HandClock,
    new_id,
)
from tests.storage.recovery_day import TIMES, Day, sales_in, start, told


def test_after_an_error_a_sound_file_is_checked_whole_and_goes_on(day: Day) -> None:
    doubt_mark(day.path).touch()

    started = start(day)

    assert started.recovery is None
    assert started.report is not None
    assert (started.report.sales, started.report.findings) == (TIMES, ())
    assert not doubt_mark(day.path).exists()
    assert started.store.epoch == "e1"
    started.store.close()


def test_a_file_of_another_till_is_not_recovered_into_this_one(day: Day) -> None:
    wipe(day.path, 1, length=100)
    another = "0197a0000000700080000000000000bb"

    started = start_terminal(day.path, terminal_id=another, clock=HandClock(), new_epoch=new_id)

    assert started.recovery is not None
    assert (started.recovery.sales, started.recovery.facts) == (0, 0)
    started.store.close()


def test_a_newer_file_is_neither_recovered_nor_touched(day: Day) -> None:
    with closing(sqlite3.connect(day.path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    content = day.path.read_bytes()
    with pytest.raises(Fault) as refused:
        start(day)
    assert refused.value.code == "database_newer"
    assert day.path.read_bytes() == content
    assert day.aside == []


def test_a_page_of_another_table_in_the_place_of_a_small_one_is_not_believed(day: Day) -> None:
    size = page_size(day.path)
    content = bytearray(day.path.read_bytes())
    stranger = pages_of(day.path, "sale_lines")[-1]
    for table in ("print_jobs", "suspended_baskets", "duty", "outbox"):
        at = (pages_of(day.path, table)[-1] - 1) * size
        content[at : at + size] = content[(stranger - 1) * size : stranger * size]
    day.path.write_bytes(content)
    doubt_mark(day.path).touch()

    started = start(day)

    assert sales_in(started, day) == list(day.sales)
    with started.store.reading() as records:
        assert records.suspended_baskets() == ()
        assert records.duty() is None
    started.store.close()
    assert check_file(day.path).findings == ()


@pytest.mark.parametrize("where", ["sale", "event"])
def test_a_record_that_went_bad_in_one_place_is_as_it_was_in_the_other(day: Day, where: str) -> None:
    victim = day.sales[20]
    with closing(sqlite3.connect(day.path)) as connection, connection:
        for table, column in (("sales", "document"), ("events", "canonical")):
            if table.startswith(where):
                connection.execute(f"DROP TRIGGER {table}_no_update")
                changed = f"replace({column}, '维生素C片', '维生素E片')"
                if table == "events":
                    changed = f"CAST(replace(CAST({column} AS TEXT), '维生素C片', '维生素E片') AS BLOB)"
                key = "id" if table == "sales" else "subject_id"
                connection.execute(f"UPDATE {table} SET {column} = {changed} WHERE {key} = ?", (victim.id,))  # noqa: S608
    wipe(day.path, pages_of(day.path, "duty")[0])
    doubt_mark(day.path).touch()

    started = start(day)

    assert sales_in(started, day) == list(day.sales)
    started.store.close()
    outbox = Outbox.open(day.path)
    handed = [
        json.loads(event.canonical)["body"]
        for chain in outbox.chains()
        for event in outbox.batch(chain.acked_seq, 1000, 10**9, chain.epoch)
    ]
    outbox.close()
    assert [body for body in handed if body["id"] == victim.id] == [to_plain_json(victim)]


def to_plain_json(sold: Sale) -> object:
    return json.loads(to_text(sold))


def test_an_event_that_head_office_has_and_the_file_has_lost_leaves_nothing_to_find_later(day: Day) -> None:
    with closing(sqlite3.connect(day.path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_delete")
        connection.execute("DELETE FROM events WHERE subject_id = ?", (day.sales[3].id,))
    wipe(day.path, pages_of(day.path, "duty")[0])
    doubt_mark(day.path).touch()

    start(day).store.close()

    assert check_file(day.path).findings == ()
    assert len(told(day.path)[day.sales[3].id]) == 1
