"""The roster, roles given and taken back, and substitutes with dates. Played over HTTP."""

from datetime import timedelta

import pytest

from sop.people import ADMINISTRATOR
from tests.city import City


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path)
    yield made
    made.close()


def says(city, person, words):
    person.says(words)
    city.settle()


def taps(city, person, label):
    tap = person.taps(label)
    city.settle()
    return tap


def roles(city, person):
    who = city.look(lambda uow: uow.people.acting(person.id, city.clock.now()))
    return sorted(who.roles)


def test_the_roster_names_who_was_never_there_and_who_blocked_the_bot(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    budi = city.member("Budi Santoso", "opd", "dishub")
    says(city, admin, "/undang")
    taps(city, admin, "Sekretariat Dinas")
    says(city, admin, "Dewi Lestari")
    budi.blocks_bot()
    city.settle()
    says(city, admin, "/anggota")
    admin.sees("1 undangan belum dipakai")
    taps(city, admin, "Tidak dapat dihubungi (1)")
    admin.sees("Budi Santoso · Dishub — ⚠️ memblokir bot")
    taps(city, admin, "Kembali ke anggota")
    taps(city, admin, "Undangan belum dipakai (1)")
    taps(city, admin, "Dewi Lestari")
    admin.sees("belum dipakai")
    taps(city, admin, "Cabut undangan")

    admin.sees("sudah dicabut")
    assert city.look(lambda uow: uow.people.unanswered()) == ()


def test_a_role_is_given_and_taken_back_with_the_menu_following(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    budi = city.member("Budi Santoso", "opd", "dishub")
    says(city, admin, "/anggota")
    taps(city, admin, "OPD (1)")
    taps(city, admin, "Budi Santoso")
    taps(city, admin, "Beri peran lain")
    taps(city, admin, "Kabid")
    taps(city, admin, "Ya, berikan")
    budi.sees("Peran baru: Kabid")
    assert roles(city, budi) == ["kabid", "opd"]
    assert "disposisi" in [c["command"] for c in budi.commands]

    taps(city, admin, "Lihat orangnya")
    taps(city, admin, "Cabut Kabid")
    taps(city, admin, "Ya, cabut")
    budi.sees("Kabid")
    assert roles(city, budi) == ["opd"]
    assert "disposisi" not in [c["command"] for c in budi.commands]


def test_the_last_administrator_stays_even_with_a_substitute(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    city.member("Budi Santoso", "opd", "dishub")
    says(city, admin, "/delegasi")
    taps(city, admin, "Tunjuk pengganti")
    taps(city, admin, "Saya, Administrator")
    taps(city, admin, "Budi Santoso")
    taps(city, admin, "Plh.")
    taps(city, admin, "Hari ini")
    taps(city, admin, "Satu hari saja")
    taps(city, admin, "Tunjuk pengganti")
    admin.sees("tercatat sebagai Plh. Administrator")
    says(city, admin, "/anggota")
    taps(city, admin, "Administrator (1)")
    taps(city, admin, "Admin Kota")
    taps(city, admin, "Cabut Administrator")
    tap = taps(city, admin, "Ya, cabut")

    assert "administrator terakhir" in tap.answer.text


def test_a_kabid_who_is_away_appoints_a_substitute_and_it_begins_and_ends_by_itself(city):
    kabid = city.member("Bambang Suryanto", "kabid")
    other = city.member("Rina Kartika", "tim_diskominfo")
    says(city, kabid, "/delegasi")
    taps(city, kabid, "Tunjuk pengganti")
    taps(city, kabid, "Saya, Kabid")
    taps(city, kabid, "Rina Kartika")
    taps(city, kabid, "Plh.")
    says(city, kabid, "26 November 2026")
    says(city, kabid, "27 November 2026")
    kabid.sees("Periksa penggantian")
    taps(city, kabid, "Tunjuk pengganti")
    other.sees("ditunjuk sebagai Plh. Kabid")
    assert roles(city, other) == ["tim_diskominfo"]

    city.passes(days=2)
    other.sees("Mulai hari ini: Plh. Kabid")
    assert roles(city, other) == ["kabid", "tim_diskominfo"]
    assert "disposisi" in [c["command"] for c in other.commands]

    city.passes(days=2)
    other.sees("telah berakhir")
    assert roles(city, other) == ["tim_diskominfo"]
    assert "disposisi" not in [c["command"] for c in other.commands]


def test_a_substitution_is_ended_early_by_the_one_who_is_back(city):
    kabid = city.member("Bambang Suryanto", "kabid")
    other = city.member("Rina Kartika", "tim_diskominfo")
    says(city, kabid, "/pengaturan")
    taps(city, kabid, "Tunjuk pengganti")
    for label in ("Saya, Kabid", "Rina Kartika", "Plt.", "Hari ini", "+3 hari", "Tunjuk pengganti"):
        taps(city, kabid, label)
    assert roles(city, other) == ["kabid", "tim_diskominfo"]
    for label in ("Lihat penggantian", "Akhiri: Rina Kartika", "Ya, akhiri"):
        taps(city, kabid, label)

    assert roles(city, other) == ["tim_diskominfo"]
    city.passes(days=5)
    assert len([m for m in other.chat if "telah berakhir" in m.text]) == 1


def test_days_that_no_calendar_of_an_office_has_are_refused_in_words(city):
    kabid = city.member("Bambang Suryanto", "kabid")
    city.member("Rina Kartika", "tim_diskominfo")
    says(city, kabid, "/delegasi")
    for label in ("Tunjuk pengganti", "Saya, Kabid", "Rina Kartika", "Plh."):
        taps(city, kabid, label)
    for words, answer in (
        ("31/12/9999", "lebih dari setahun lagi"),
        ("1/1/2020", "sudah lewat"),
        ("besok", "belum terbaca"),
    ):
        says(city, kabid, words)
        kabid.sees(answer)
    says(city, kabid, "1 Desember 2026")
    for words, answer in (("30/11/2026", "lebih awal"), ("31/12/9999", "paling lama satu tahun")):
        says(city, kabid, words)
        kabid.sees(answer)
    says(city, kabid, "4 Desember 2026")

    kabid.sees("Selasa, 1 Desember 2026 sampai Jumat, 4 Desember 2026")


def test_somebody_of_an_agency_can_only_be_replaced_by_a_colleague_there(city):
    budi = city.member("Budi Santoso", "opd", "dishub")
    city.member("Siti Aminah", "opd", "dinas_kesehatan")
    says(city, budi, "/delegasi")
    taps(city, budi, "Tunjuk pengganti")
    taps(city, budi, "Saya, OPD")
    budi.sees("Belum ada rekan lain yang terdaftar")


def test_a_kabid_cannot_make_somebody_administrator_by_appointing_a_substitute(city):
    city.member("Admin Kota", ADMINISTRATOR)
    kabid = city.member("Bambang Suryanto", "kabid")
    says(city, kabid, "/delegasi")
    taps(city, kabid, "Tunjuk pengganti")
    taps(city, kabid, "Orang lain")
    assert "Administrator" not in str(kabid.chat[-1].markup)
    tap = kabid.taps_data("delegation.role::administrator")
    city.settle()

    assert "tidak ditemukan" in tap.answer.text
    assert roles(city, kabid) == ["kabid"]


def test_an_invitation_that_has_lapsed_is_still_seen_in_the_roster(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    says(city, admin, "/undang")
    taps(city, admin, "Kabid")
    taps(city, admin, "Tanpa nama")
    city.moves_to(city.clock.now() + timedelta(days=20))
    says(city, admin, "/anggota")
    taps(city, admin, "Undangan belum dipakai (1)")
    taps(city, admin, "kedaluwarsa")

    admin.sees("Sudah kedaluwarsa sejak")
