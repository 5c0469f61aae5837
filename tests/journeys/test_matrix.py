"""Every command and button, by everybody: always answered, never a trouble of ours, never by the wrong."""

import pytest

from handlers.table import make_table
from tests.city import City
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
