"""The register in the database: a number stands in it once, also when two clerks ask in the same moment."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sop.actions.holding import hold_next, hold_this
from sop.cycle import Signed
from sop.letters import Letter, LetterState
from sop.people import Acting, Person
from sop.refusals import BadInput, NothingThere
from sop.register import Entry, NumberState
from storage.database import Database
from tests.handlers.desk import office

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
UNIT = "DISKOMINFO"


@pytest.fixture
def path(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}", office=office())
    database.migrate()
    database.close()
    return tmp_path / "bot.db"


def draft(id: str) -> Letter:
    return Letter(id, "cycle", "surat_undangan", LetterState.DRAFT, UNIT, NOW)


def clerk(number: int) -> Acting:
    return Acting(Person(f"p{number}", number, f"Petugas {number}"), ())


def at_once(path, works):
    """Each work in a unit of work of its own: another process's database, another thread, begun together."""
    start, found = threading.Barrier(len(works)), [None] * len(works)

    def run(n, work):
        database = Database(f"sqlite:///{path}", office=office())
        start.wait(10)
        try:
            found[n] = database.call(work)
        except BadInput as refused:
            found[n] = refused.problem
        database.close()

    threads = [threading.Thread(target=run, args=(n, work)) for n, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_two_clerks_who_ask_at_once_are_shown_two_different_numbers(path):
    asks = [lambda uow, n=n: hold_next(uow, clerk(n), draft(f"letter{n}"), UNIT, now=NOW) for n in range(4)]

    shown = at_once(path, asks)

    assert sorted(shown) == [f"500.12/{n:03d}/DISKOMINFO/XI/2026" for n in range(1, 5)]


def test_two_clerks_who_name_the_same_number_at_once_keep_it_for_one(path):
    number = "500.12/017/DISKOMINFO/XI/2026"
    names = [lambda uow, n=n: hold_this(uow, clerk(n), draft(f"letter{n}"), UNIT, number, now=NOW) for n in range(2)]

    assert sorted(map(str, at_once(path, names))) == ["None", "held"]


def test_two_letters_that_are_given_the_same_number_at_once_do_not_both_get_it(path):
    signed = Signed("p", "Sari", "sekretariat", "Sekretariat Dinas")

    def give(n):
        number = "500.12/1/DISKOMINFO/XI/2026" if n else "500.12/001/Diskominfo/xi/2026"
        letter = replace(
            draft(f"letter{n}"), state=LetterState.NUMBERED, number=number, dated=NOW.date(), numbered_by=signed
        )
        return lambda uow: uow.register.follow(letter)

    assert sorted(map(str, at_once(path, [give(0), give(1)]))) == ["None", "taken"]


@pytest.fixture
def database(path):
    database = Database(f"sqlite:///{path}", office=office())
    yield database
    database.close()


def outside(serial: int, **more) -> Entry:
    number = f"500.12/{serial:03d}/DISKOMINFO/XI/2026"
    made = Entry(f"e{serial}", UNIT, 2026, number, serial, NumberState.OUTSIDE, NOW)
    return replace(made, dated=date(2026, 11, 20), subject="Surat lama", by="Sari", person="p", **more)


def test_an_entry_comes_back_as_it_went(database):
    database.call(lambda uow: uow.register.add([outside(1, note="x", until=NOW)]))
    assert database.call(lambda uow: uow.register.of(UNIT, 2026)) == (outside(1, note="x", until=NOW),)
    assert database.call(lambda uow: uow.register.books()) == ((UNIT, 2026),)
    with pytest.raises(NothingThere):
        database.call(lambda uow: uow.register.get("nothing"))


def test_of_several_numbers_all_are_recorded_or_none(database):
    database.call(lambda uow: uow.register.add([outside(2)]))
    again = [outside(1), outside(2, note="again"), outside(3)]
    fresh = [replace(e, id=f"f{e.id}") for e in again]
    with pytest.raises(BadInput):
        database.call(lambda uow: uow.register.add(fresh))
    assert [e.serial for e in database.call(lambda uow: uow.register.of(UNIT, 2026))] == [2]


def test_the_same_number_stands_in_the_books_of_two_units_and_of_two_years(database):
    others = [replace(outside(1), id="a", unit="SETDA"), replace(outside(1), id="b", year=2027)]
    database.call(lambda uow: uow.register.add([outside(1), *others]))
    assert database.call(lambda uow: uow.register.books()) == ((UNIT, 2027), (UNIT, 2026), ("SETDA", 2026))


def test_a_hold_is_renewed_by_going_on_and_let_go_when_it_has_run_out(database):
    def ask(number, moment):
        return database.call(lambda uow: hold_next(uow, clerk(number), draft(f"letter{number}"), UNIT, now=moment))

    first = ask(1, NOW)
    assert ask(1, NOW + timedelta(minutes=20)) == first
    assert ask(2, NOW + timedelta(minutes=45)) != first  # renewed, so not yet free
    assert ask(3, NOW + timedelta(hours=3)) == first


def test_a_clerk_who_turns_to_another_letter_lets_the_number_before_go(database):
    def ask(letter):
        return database.call(lambda uow: hold_next(uow, clerk(1), draft(letter), UNIT, now=NOW))

    assert ask("one") == ask("two")
    assert len(database.call(lambda uow: uow.register.of(UNIT, 2026))) == 1
