"""Every command and button, by everybody: always answered, never a trouble of ours, never by the wrong."""

import pytest

from handlers.table import make_table
from tests.city import City
from tests.journeys import forging, forging_later
from tests.journeys.pressing import DONE, MOVED, REFUSED, Pressing
from tests.second_half import PEOPLE, SecondHalf

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


MOVES = {  # second half: who → stage → what one press moves, without words before it
    "tim_diskominfo": {
        "collected": {"recap.hand_over_yes", "review.reason"},
        "confirmed": {"closing.preview", "closing.report_yes", "fill.level", "step.return_reason"},
        "reported": {"step.return_reason"},
        "numbered": {"step.return_reason"},
        "signed": {"publish.clear", "publish.preview", "publish.yes", "step.return_reason"},
        "publishing": {"step.return_reason"},
    },
    "kabid": {
        "reported": {"closing.ack", "step.return_reason"},
        "numbered": {"step.return_reason"},
    },
}
ROLE = {"other_opd": "opd"}  # of somebody, where it has another name


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


def test_every_button_of_a_stranger_is_answered_and_moves_nothing(office):
    """One press of each button over HTTP: with a living id where it takes one."""
    who, before, there = "stranger", forging.standing(office), living(office)
    data = [forging.presses(b.action, there)[0] for b in TABLE.actions().values()]
    taps = pressed(office, who, data)
    assert [t.data for t in taps if t.answer is None] == []
    assert forging.failures(office) == []
    assert not troubled(office, who)
    assert forging.standing(office) == before


def foreign_to(who: str, button) -> bool:
    return bool(button.roles) and ROLE.get(who, who) not in button.roles


@pytest.mark.parametrize("who", EVERYBODY[1:])
def test_no_press_not_even_a_forged_one_is_a_mistake_of_ours_or_moves_what_belongs_to_another_role(office, who):
    """In place, because these are thousands: with living ids of every kind that an action takes, and with garbage."""
    there, number = living(office), office.role[who].id
    place = Pressing(TABLE, office.clock.now(), forging.STATE)

    def work(uow):
        wrong = []
        for action, button in TABLE.actions().items():
            foreign = who == "former" or foreign_to(who, button)
            allowed = (DONE, REFUSED) if foreign else (DONE, REFUSED, MOVED)
            for data in forging.presses(action, there, foreign=foreign):
                came = place.press(uow, number, data)
                wrong += [] if came in allowed else [(data, came)]
        return wrong

    assert office.look(work) == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = SecondHalf(tmp_path_factory.mktemp("later"))
    made.stands = {stage: forging_later.living(made, stage) for stage in forging_later.STEPS}
    yield made
    made.database.close()


def moved(desk, who: str) -> tuple[dict[str, set[str]], list[tuple]]:
    """What one press of this person moves, by stage; and the mistakes of ours."""
    person = desk.who[who].person.telegram_id
    place = Pressing(TABLE, desk.now, (*forging.STATE, "paper"))

    def work(uow):
        found, wrong = {}, []
        for stage, there in desk.stands.items():
            for action, button in TABLE.actions().items():
                made = forging_later.presses(action, there)
                for data in made[:1] if foreign_to(who, button) else made:
                    came = place.press(uow, person, data)
                    if came == MOVED:
                        found.setdefault(stage, set()).add(action)
                    elif came not in (DONE, REFUSED):
                        wrong.append((stage, data, came))
        return found, wrong

    return desk.look(work)


@pytest.mark.parametrize("who", PEOPLE)
def test_in_the_second_half_everybody_moves_what_the_sop_gives_them_and_nothing_else(desk, who):
    """One press, at each step from 5 to 8 and after the publication: when nobody moves anything."""
    found, wrong = moved(desk, who)
    assert wrong == []
    assert found == MOVES.get(who, {})
