"""Who may appoint a substitute for whom: nobody makes themselves Plh. of an office that is not theirs."""

import pytest

from handlers import delegation
from handlers.registry import Registry
from sop.actions import substitution
from sop.people import ADMINISTRATOR
from sop.refusals import BadInput, NotYours
from sop.worktime import WIB
from tests.handlers.preparing_desk import BUDI, RINA, SARI, PreparingDesk, only

ADMIN, YANTO = 21, 22


@pytest.fixture
def desk():
    made = PreparingDesk(opened=False)
    made.registry = Registry((*made.registry.dialogues, delegation.DIALOGUE), unknown=made.registry.unknown)
    made.people[ADMIN] = made.member(ADMIN, "Admin Kota", ADMINISTRATOR)
    made.people[YANTO] = made.member(YANTO, "Yanto Hidayat", "sekretariat")
    made.heard()
    return made


def appoint(desk, by: int, absent: int, substitute: int, role: str):
    today = desk.now.astimezone(WIB).date()

    def work(uow):
        wanted = substitution.Delegate(
            role, None, desk.people[absent], desk.people[substitute], "Plh.", starts_on=today, ends_on=today
        )
        return substitution.delegate(uow, desk.who(uow, by), wanted, now=desk.now)

    return desk.look(work)


def roles(desk, person: int):
    return desk.look(lambda uow: desk.who(uow, person).roles)


def test_the_sekretariat_cannot_make_one_of_its_own_plh_kabid(desk):
    with pytest.raises(NotYours):
        appoint(desk, SARI, BUDI, SARI, "kabid")
    with pytest.raises(NotYours):
        appoint(desk, SARI, BUDI, YANTO, "kabid")
    assert "kabid" not in roles(desk, SARI) | roles(desk, YANTO)


def test_a_colleague_of_the_same_role_can_be_replaced_but_not_by_oneself(desk):
    with pytest.raises(BadInput) as refused:
        appoint(desk, SARI, YANTO, SARI, "sekretariat")
    assert (refused.value.field, refused.value.problem) == ("substitute", "self")
    appoint(desk, SARI, YANTO, RINA, "sekretariat")
    assert "sekretariat" in roles(desk, RINA)


def test_a_plh_does_not_pass_the_office_on(desk):
    appoint(desk, BUDI, BUDI, SARI, "kabid")
    with pytest.raises(NotYours):
        appoint(desk, SARI, BUDI, YANTO, "kabid")


def test_an_administrator_appoints_for_every_role_also_themselves(desk):
    appoint(desk, ADMIN, BUDI, ADMIN, "kabid")
    assert "kabid" in roles(desk, ADMIN)


def test_forged_buttons_do_not_make_the_sekretariat_plh_kabid(desk):
    kabid = desk.people[BUDI]
    held = desk.look(lambda uow: uow.people.get(kabid, desk.now).holdings[0].id)
    for forged in (
        "delegation.role::kabid",
        f"delegation.holding:{kabid}:{held}",
        f"delegation.to:{desk.people[SARI]}:",
    ):
        assert only(desk.taps(SARI, forged), "refusals/nothing_there")
    begun = {"absent": kabid, "role": "kabid", "opd": None, "substitute": desk.people[SARI], "kind": "Plh."}
    begun |= dict.fromkeys(("starts_on", "ends_on"), desk.now.date().isoformat())

    def forge(uow):
        draft = uow.dialogues.draft(SARI, "delegation")
        draft.values.update(begun)
        uow.dialogues.save_draft(SARI, draft, desk.now)

    desk.look(forge)
    assert only(desk.taps(SARI, "delegation.yes::"), "refusals/not_yours")
    assert roles(desk, SARI) == {"sekretariat"}


def test_whoever_appoints_is_offered_their_own_roles_only(desk):
    desk.says(SARI, "/delegasi")
    assert only(desk.taps(SARI, "delegation.others::"), "delegation/ask_role").labels == ["Sekretariat Dinas"]
    assert "Kabid" in " ".join(only(desk.taps(ADMIN, "delegation.others::"), "delegation/ask_role").labels)
