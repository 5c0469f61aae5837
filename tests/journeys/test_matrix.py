"""Every command and button, by everybody: always answered, never a trouble of ours, never by the wrong."""

import pytest
from telegram import Update

from handlers.claims import ButtonPressed, perform
from handlers.table import make_table
from handlers.turn import Turn
from sop.refusals import Refused
from tests.city import City
from tests.handlers.desk import bot
from tests.journeys import forging

TABLE = make_table()
EVERYBODY = (  # the mighty last: what they press may change the office
    "stranger",
    "former",
    "tim_kota",
    "other_opd",
    "opd",
    "sekretariat",
    "kabid",
    "tim_diskominfo",
    "administrator",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = City(tmp_path_factory.mktemp("matrix"))
    forging.busy(made)
    yield made
    made.close()


def living(office) -> dict:
    return forging.ids(office) | {"instrument": list(office.office.instruments)}


def pressed(office, who: str, data: list[str]) -> list:
    """All these buttons by one person, and the answers."""
    person = office.role[who]
    taps = [person.taps_data(d) for d in data]
    office.settle()
    return taps


def troubled(office, who: str) -> list[str]:
    return [m.text for m in office.role[who].chat if m.from_bot and forging.TROUBLE in m.text]


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_command_is_answered_and_a_wrong_role_moves_nothing(office, who):
    person, before = office.role[who], forging.standing(office)
    for command in TABLE.commands():
        for name in (command.name, *command.aliases):
            heard = len([m for m in person.chat if m.from_bot])
            person.says(f"/{name}")
            office.settle()
            said = [m for m in person.chat if m.from_bot][heard:]
            assert said, f"/{name} is not answered"
    assert not troubled(office, who)
    assert forging.failures(office) == []
    assert forging.standing(office) == before


@pytest.mark.parametrize("who", ["stranger", "former"])
def test_every_button_of_somebody_without_a_role_is_answered_and_moves_nothing(office, who):
    """One press of each button: with a living id where it takes one."""
    before, there = forging.standing(office), living(office)
    data = [forging.presses(b.action, there)[0] for b in TABLE.actions().values()]
    taps = pressed(office, who, data)
    assert [t.data for t in taps if t.answer is None] == []
    assert forging.failures(office) == []
    assert not troubled(office, who)
    assert forging.standing(office) == before


class Undone(Exception):
    """Takes a press back, whatever it did."""


def press_in_place(office, uow, who: str, data: str) -> str:
    """One press, carried out as a turn would and taken back; what came of it: `done`, `refused` or the mistake."""
    person = office.role[who]
    sender = {"id": person.id, "is_bot": False, "first_name": person.name}
    card = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": person.id, "type": "private", "first_name": person.name},
        "from": {"id": 123456789, "is_bot": True, "first_name": "Monev"},
        "text": "kartu",
    }
    query = {"id": "1", "from": sender, "chat_instance": "1", "data": data, "message": card}
    update = Update.de_json({"update_id": 1, "callback_query": query}, bot())
    came = "done"
    try:
        with uow.savepoint():
            try:
                perform(
                    Turn(uow, update, office.clock.now()), ButtonPressed(TABLE.actions()[data.split(":")[0]]), TABLE
                )
            except Refused:
                came = "refused"
            if came == "done" and forging.rows(uow) != office.before:
                came = "moved"
            raise Undone
    except Undone:
        return came
    except Exception as mistake:  # the test names it, with what was pressed
        return f"{type(mistake).__name__}: {mistake}"


@pytest.mark.parametrize("who", EVERYBODY[2:])
def test_no_press_not_even_a_forged_one_is_a_mistake_of_ours_or_moves_what_belongs_to_another_role(office, who):
    """In place, because these are thousands: with living ids of every kind that an action takes, and with garbage."""
    there = living(office)
    wrong = []
    for action, button in TABLE.actions().items():
        foreign = bool(button.roles) and not button.roles & {"opd" if who == "other_opd" else who}

        def work(uow, action=action, foreign=foreign):
            office.before = forging.rows(uow)
            found = []
            for data in forging.presses(action, there):
                came = press_in_place(office, uow, who, data)
                if came not in ("done", "refused", "moved") or (foreign and came == "moved"):
                    found.append((data, came))
            return found

        wrong += office.look(work)
    assert wrong == []
