"""The journal cannot be changed, and if it is, it shows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sop.events import Event
from storage.database import Database
from storage.tables.base import Base

NOW = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    text: str
    day: date = date(2026, 11, 24)


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    Base.metadata.create_all(database.engine)

    def work(uow):
        for number in range(7):
            event = Noted(text=f"perihal “{number}”", cycle="c1" if number % 2 else "")
            at = NOW + timedelta(seconds=number)
            uow.journal.append(event, who="p1", name="Rina Marlina", capacity="Plh. Kabid", now=at)

    database.call(work)
    yield database
    database.close()


def sql(database, statement):
    database.call(lambda uow: uow.session.execute(text(statement)))


def test_lines_are_read_page_by_page_newest_first(database):
    first = database.call(lambda uow: uow.journal.page(limit=3))
    second = database.call(lambda uow: uow.journal.page(first[-1].id, 3))
    assert [line.facts["text"] for line in first + second] == [f"perihal “{n}”" for n in (6, 5, 4, 3, 2, 1)]
    assert first[0].at == NOW + timedelta(seconds=6)
    assert (first[0].name, first[0].capacity, first[0].event) == ("Rina Marlina", "Plh. Kabid", "Noted")
    assert first[0].facts["day"] == "2026-11-24"


def test_the_lines_of_one_cycle_can_be_read_alone(database):
    assert [line.facts["text"][-2] for line in database.call(lambda uow: uow.journal.page(cycle="c1"))] == list("531")


@pytest.mark.parametrize("statement", ["UPDATE journal SET name = 'x'", "DELETE FROM journal WHERE id = 3"])
def test_the_database_itself_refuses_a_change(database, statement):
    with pytest.raises(IntegrityError, match="append-only"):
        sql(database, statement)
    assert database.call(lambda uow: uow.journal.verify()) is None


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE journal SET name = 'Orang Lain' WHERE id = 4", 4),
        ("UPDATE journal SET facts = replace(facts, '3', '9') WHERE id = 4", 4),
        ("DELETE FROM journal WHERE id = 4", 5),
        ("DELETE FROM journal WHERE id = 1", 2),
    ],
)
def test_a_change_by_somebody_who_removed_the_guard_shows(database, statement, first):
    sql(database, "DROP TRIGGER journal_no_update")
    sql(database, "DROP TRIGGER journal_no_delete")
    sql(database, statement)
    assert database.call(lambda uow: uow.journal.verify()) == first
