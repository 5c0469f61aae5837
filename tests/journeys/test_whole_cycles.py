"""A cycle as a whole, with a reason; and the journal in sentences. Played over HTTP."""

import pytest

from sop.actions.cycles import OpenCycle, open_cycle
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


def opened(city, person):
    """A cycle that this person of the team has opened for two agencies."""
    instrument = next(iter(city.office.instruments))
    asked = {o: city.office.asked_of(o, instrument) for o in ("dishub", "dlh")}
    command = OpenCycle("Evaluasi Mandiri SPBE 2026", 2026, instrument, tuple(asked), asked)

    def work(uow):
        now = city.clock.now()
        return open_cycle(uow, uow.people.acting(person.id, now), command, now=now).id

    made = city.look(work)
    city.settle()
    return made


def state(city, cycle):
    return city.look(lambda uow: uow.cycles.get(cycle).state.value)


def test_a_cycle_is_suspended_with_a_reason_that_everybody_reads_and_goes_on_again(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    kabid = city.member("Bambang Suryanto", "kabid")
    cycle = opened(city, rina)
    says(city, kabid, "/siklus")
    taps(city, kabid, "Evaluasi Mandiri SPBE 2026 (berjalan)")
    taps(city, kabid, "Tangguhkan")
    says(city, kabid, "Menunggu penetapan anggaran")
    rina.sees("Menunggu penetapan anggaran")
    assert state(city, cycle) == "ditangguhkan"

    taps(city, kabid, "Lihat siklus")
    taps(city, kabid, "Lanjutkan")
    says(city, kabid, "Anggaran sudah ditetapkan")
    assert state(city, cycle) == "berjalan"


def test_giving_a_cycle_up_is_asked_once_more_and_can_be_taken_back(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    admin = city.member("Admin Kota", ADMINISTRATOR)
    cycle = opened(city, rina)
    says(city, admin, "/siklus")
    taps(city, admin, "Evaluasi Mandiri SPBE 2026")
    taps(city, admin, "Batalkan siklus")
    says(city, admin, "   ")
    says(city, admin, "Instrumen diganti")
    assert state(city, cycle) == "berjalan"
    taps(city, admin, "Ya, batalkan")
    rina.sees("Instrumen diganti")
    assert state(city, cycle) == "dibatalkan"

    taps(city, admin, "Lihat siklus")
    taps(city, admin, "Buka kembali")
    says(city, admin, "Keliru dibatalkan")
    assert state(city, cycle) == "berjalan"


def test_somebody_else_cannot_stop_a_cycle_by_a_forged_button(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    cycle = opened(city, rina)
    for data in (f"admin.suspend:{cycle}:", f"admin.cycle:{cycle}:"):
        tap = rina.taps_data(data)
        city.settle()
        assert "tidak memegang peran itu" in tap.answer.text


def test_the_journal_tells_in_sentences_newest_first_and_turns_its_pages(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    kabid = city.member("Bambang Suryanto", "kabid")
    cycle = opened(city, rina)
    for number in range(5):
        for label, reason in (("Tangguhkan", f"Jeda ke-{number}"), ("Lanjutkan", f"Lanjut ke-{number}")):
            says(city, kabid, "/siklus")
            taps(city, kabid, "Evaluasi Mandiri SPBE 2026")
            taps(city, kabid, label)
            says(city, kabid, reason)
    says(city, rina, "/riwayat")
    first = rina.sees("Riwayat")
    assert "Siklus dilanjutkan: “Lanjut ke-4” — Kabid" in first.text
    taps(city, rina, "Lebih lama")
    older = rina.sees("Jeda ke-2")
    assert "Lanjut ke-4" not in older.text
    taps(city, rina, "Terbaru")
    rina.sees("Lanjut ke-4")
    taps(city, rina, "Pilih siklus")
    taps(city, rina, "Evaluasi Mandiri SPBE 2026")
    rina.sees("Riwayat · Evaluasi Mandiri SPBE 2026")
    assert state(city, cycle) == "berjalan"


def test_an_administrator_sees_what_kind_of_thing_was_done_but_not_what_it_said(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    kabid = city.member("Bambang Suryanto", "kabid")
    admin = city.member("Admin Kota", ADMINISTRATOR)
    opened(city, rina)
    says(city, kabid, "/siklus")
    taps(city, kabid, "Evaluasi Mandiri SPBE 2026")
    taps(city, kabid, "Tangguhkan")
    says(city, kabid, "Alasan yang tertutup")
    says(city, admin, "/riwayat")
    shown = admin.sees("Riwayat")

    assert "Siklus ditangguhkan — Kabid" in shown.text
    assert "Alasan yang tertutup" not in shown.text
