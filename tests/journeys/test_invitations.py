"""Undangan: one link for one person, shown once; a sheet of slips for every agency. Played over HTTP."""

import re

import pytest
from sqlalchemy import text

from sop.people import ADMINISTRATOR
from tests.city import City
from tests.pages import pages

LINK = re.compile(r"https://t\.me/monev_spbe_bot\?start=([A-Za-z0-9_-]{22})")


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path)
    yield made
    made.close()


def kept(city, code: str) -> list[str]:
    """Every place in the database in which a code stands in clear, the updates as Telegram handed them over aside."""

    def work(uow):
        found = []
        for (table,) in uow.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all():
            if table != "inbox":
                rows = uow.session.execute(text(f'SELECT * FROM "{table}"')).all()
                found += [table for row in rows if code in repr(tuple(row))]
        return found

    return city.look(work)


def taps(city, person, label):
    tap = person.taps(label)
    city.settle()
    return tap


def test_an_administrator_invites_and_the_invited_one_joins_with_the_role(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    admin.says("/undang")
    city.settle()
    taps(city, admin, "OPD")
    taps(city, admin, "Dinkes")
    admin.says("Siti Aminah")
    city.settle()
    shown = admin.sees("Tautan ini tidak dapat ditampilkan lagi")
    code = LINK.search(shown.text)[1]

    siti = city.api.person("Siti Aminah")
    siti.start(code)
    city.settle()
    taps(city, siti, "Ya, benar")

    who = city.look(lambda uow: uow.people.acting(siti.id, city.clock.now()))
    assert [(h.role, h.opd) for h in who.holdings] == [("opd", "dinas_kesehatan")]
    assert kept(city, code) == []


def test_every_agency_without_a_focal_point_gets_a_slip_and_nobody_else(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    city.member("Budi Santoso", "opd", "dishub")
    admin.says("/undang")
    city.settle()
    taps(city, admin, "Semua OPD")
    taps(city, admin, "Buat 32 undangan")
    sheet = admin.sees("Lembar 32 undangan")
    words = "".join(pages(sheet.document.data))
    codes = LINK.findall(words.replace(" ", ""))

    assert len(codes) == 32
    assert "Dinas Kesehatan" in words
    assert "Dinas Perhubungan" not in words
    assert kept(city, codes[0]) == []


def test_a_second_tap_on_the_same_question_prints_nothing_more(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    admin.says("/undang")
    city.settle()
    taps(city, admin, "Semua OPD")
    question = admin.sees("Undangan untuk semua perangkat daerah")
    data = next(b.data for row in question.markup.rows for b in row)
    taps(city, admin, "Buat 33 undangan")
    before = city.look(lambda uow: len(uow.people.invitations(city.clock.now())))
    tap = admin.taps_data(data, question)
    city.settle()

    assert "tidak berlaku" in tap.answer.text
    assert city.look(lambda uow: len(uow.people.invitations(city.clock.now()))) == before == 33


def test_reprinting_ends_the_links_that_nobody_used(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    for label in ("Buat 33 undangan", "Buat ulang semua (33)"):
        admin.says("/undang")
        city.settle()
        taps(city, admin, "Semua OPD")
        taps(city, admin, label)

    assert city.look(lambda uow: len(uow.people.invitations(city.clock.now()))) == 33


def test_somebody_without_the_right_cannot_invite(city):
    team = city.member("Rina Kartika", "tim_diskominfo")
    team.says("/undang")
    city.settle()

    team.sees("tidak memegang peran itu")
