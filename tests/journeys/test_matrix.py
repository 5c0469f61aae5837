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
# Who acts at a living step: their presses without a role in the table (step.*, plain.*) may be rightful.
ACTORS = {"opd", "sekretariat", "kabid", "tim_diskominfo", "administrator"}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = City(tmp_path_factory.mktemp("matrix"))
    forging.busy(made)
    yield made
    made.close()


def roles_of(who: str) -> set[str]:
    return {"stranger": set(), "former": set(), "other_opd": {"opd"}}.get(who, {who})


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


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_button_of_another_role_moves_nothing(office, who):
    before, there = forging.standing(office), living(office)
    wrong = [b for b in TABLE.actions().values() if not b.roles & roles_of(who) and (b.roles or who not in ACTORS)]
    data = [d for b in wrong for d in forging.presses(b.action, there)]
    taps = pressed(office, who, data)
    assert [t.data for t in taps if t.answer is None] == []
    assert forging.failures(office) == []
    assert not troubled(office, who)
    after = forging.standing(office)
    assert {k: set(after[k]) ^ set(before[k]) for k in before if after[k] != before[k]} == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_button_even_a_forged_one_is_answered_without_trouble(office, who):
    there = living(office)
    own = [b for b in TABLE.actions().values() if b.roles & roles_of(who) or (not b.roles and who in ACTORS)]
    data = [d for b in own for d in forging.presses(b.action, there)]
    taps = pressed(office, who, data)
    assert [t.data for t in taps if t.answer is None] == []
    assert forging.failures(office) == []
    assert not troubled(office, who)
