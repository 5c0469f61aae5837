"""Whole transactions, on a real file."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from sop.ports import Draft
from storage.database import Database
from storage.instance import AlreadyRunning, SingleInstance
from storage.migrations import DatabaseTooNew, config, migrate
from storage.tables.base import Base
from tests.forking import processes

NOW = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


def test_what_raises_leaves_nothing_behind(database):
    def work(uow):
        uow.dialogues.move(1, 1, "toy.title", "s", NOW)
        raise LookupError("oops")

    with pytest.raises(LookupError):
        asyncio.run(database.run(work))
    assert database.call(lambda uow: uow.dialogues.all()) == ()


def test_a_savepoint_undoes_its_own_part_only(database):
    def work(uow):
        uow.dialogues.move(1, 1, "toy.title", "s", NOW)
        with suppress(LookupError), uow.savepoint():
            uow.dialogues.move(2, 2, "toy.title", "s", NOW)
            uow.dialogues.move(1, 1, None, "", NOW)
            raise LookupError("oops")
        assert uow.dialogues.open(1, 1) == ("toy.title", "s")

    database.call(work)
    assert [q.telegram_id for q in database.call(lambda uow: uow.dialogues.all())] == [1]


def test_workers_are_woken_by_changes_and_not_by_reading(database):
    woken = []
    database.on_commit.append(woken.append)
    database.call(lambda uow: uow.dialogues.all())
    database.call(lambda uow: uow.dialogues.close_for_subject("nothing there"))
    assert woken == []
    database.call(lambda uow: uow.dialogues.move(1, 1, "toy.title", "s", NOW))
    assert woken == [{"dialogue"}]


def test_an_update_whose_rows_are_read_back_wakes_too_and_taking_a_row_in_hand_does_not(database):
    """The driver does not count the rows of an UPDATE with RETURNING before they are read."""
    request = {"title": "Naskah", "filename": "n.pdf", "audience": "all", "cycle": "c", "now": NOW}
    paper = database.call(lambda uow: uow.papers.request("surat", {}, **request))
    database.call(lambda uow: uow.papers.failed(paper, "kertas macet"))
    woken = []
    database.on_commit.append(woken.append)
    assert database.call(lambda uow: uow.papers.retry()) == 1
    assert woken == [{"paper"}]
    assert database.call(lambda uow: uow.papers.claim(NOW)).id == paper
    assert woken == [{"paper"}]


def test_every_commit_is_on_disk_and_the_constraints_hold(database):
    def pragmas(uow):
        run = uow.session.connection().exec_driver_sql
        return [run(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert database.call(pragmas) == ["wal", 2, 1]


def test_ids_are_ten_characters_and_do_not_repeat(database):
    ids = database.call(lambda uow: {uow.new_id() for _ in range(1000)})
    assert len(ids) == 1000
    assert all(len(i) == 10 and i.isascii() and i == i.lower() for i in ids)


def test_a_draft_is_kept_by_person_and_subject(database):
    database.call(lambda uow: uow.dialogues.save_draft(1, Draft("a", {"x": 1}), NOW))
    database.call(lambda uow: uow.dialogues.save_draft(1, Draft("a", {"x": 2}), NOW))
    database.call(lambda uow: uow.dialogues.save_draft(1, Draft("b", {"x": 3}), NOW))
    assert database.call(lambda uow: uow.dialogues.draft(1, "a")).values == {"x": 2}
    assert database.call(lambda uow: uow.dialogues.draft(2, "a")).values == {}
    database.call(lambda uow: uow.dialogues.drop_draft(1, "a"))
    assert database.call(lambda uow: uow.dialogues.draft(1, "a")).values == {}


def _hold(directory, held, release):
    with SingleInstance(directory):
        held.set()
        release.wait(10)


def test_a_second_process_on_the_same_data_is_refused_in_plain_words(tmp_path):
    held, release = processes.Event(), processes.Event()
    other = processes.Process(target=_hold, args=(tmp_path, held, release))
    other.start()
    assert held.wait(10)
    with pytest.raises(AlreadyRunning, match="sudah berjalan"):
        SingleInstance(tmp_path).acquire()
    release.set()
    other.join(10)
    with SingleInstance(tmp_path):
        pass


def test_tables_from_a_newer_version_are_left_alone(tmp_path):
    url = f"sqlite:///{tmp_path}/bot.db"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('fff123')"))
    engine.dispose()
    database = Database(url)
    assert database.revision_state().known is False
    with pytest.raises(DatabaseTooNew, match="lebih baru"):
        database.migrate()
    database.close()


def test_an_empty_database_can_be_migrated(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    assert database.revision_state().current == ""
    database.migrate()
    assert database.revision_state().up_to_date
    database.close()


def test_letters_that_had_a_number_before_the_keys_are_found_by_it(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/bot.db")
    row = "INSERT INTO letter (id, cycle, kind, state, unit, number, year, signatory, draft_paper, final_paper,"
    row += " signed_paper, created_at) VALUES (?, 'c', 'k', 'bernomor', 'U', ?, 2026, '', '', '', '', '2026-11-24')"
    numbers = {"a": "500/001/DISKOMINFO", "b": "500/1/Diskominfo", "c": "500/002/DISKOMINFO", "d": ""}
    with engine.connect() as connection, connection.begin():
        command.upgrade(config(connection), "ca8549358bd8")
        for key, number in numbers.items():
            connection.exec_driver_sql(row, (key, number))
    migrate(engine)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT letter, number_key, state FROM letter_number ORDER BY id").all()
    engine.dispose()
    assert [tuple(line) for line in found] == [
        ("a", "500/1/diskominfo", "terpakai"),
        ("b", "500/1/Diskominfo#b", "terpakai"),  # taken before anybody looked: kept, and in nobody's way
        ("c", "500/2/diskominfo", "terpakai"),
    ]


def test_the_journal_of_a_migrated_database_is_guarded_too(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    database.migrate()
    query = "SELECT name FROM sqlite_master WHERE tbl_name = 'journal' AND type IN ('table', 'trigger') ORDER BY name"
    names = database.call(lambda uow: uow.session.connection().exec_driver_sql(query).scalars().all())
    database.close()
    if not names:
        pytest.skip("no revision has been written yet")
    assert names == ["journal", "journal_no_delete", "journal_no_update"]


def test_a_commit_in_another_thread_wakes_the_loop_that_uses_the_database(database):
    async def scenario():
        woken = asyncio.Event()
        database.on_commit.append(lambda changed: woken.set())
        await database.run(lambda uow: uow.dialogues.all())
        await asyncio.to_thread(database.call, lambda uow: uow.dialogues.move(1, 1, "toy.title", "s", NOW))
        await asyncio.wait_for(woken.wait(), 5)

    asyncio.run(scenario())
