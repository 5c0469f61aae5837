"""Steps 6 and 7 over HTTP: indicators in chat with their files, a whole instrument by workbook, two scorers at once."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from latihan.papers import pdf
from sop import cycle as rules
from sop.actions.cycles import OpenCycle, change, open_cycle

OPD = "dinas_kesehatan"
OLD, NEW = "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture
def office(city):
    """Everybody has joined; the letters have gone out."""
    city.rina = city.member("Rina Lestari", "opd", OPD)
    city.toni = city.member("Toni Wijaya", "tim_diskominfo")
    city.member("Bambang Suryanto", "kabid")
    city.member("Yanto Hidayat", "sekretariat")
    city.citra = city.member("Citra Maharani", "tim_kota")
    city.doni = city.member("Doni Saputra", "tim_kota")
    return city


def opened(city, instrument: str, codes) -> str:
    """A cycle whose step 4 is open."""

    def work(uow):
        now = city.clock.now()
        team = uow.people.acting(city.toni.id, now)
        command = OpenCycle("Evaluasi Mandiri 2026", 2026, instrument, (OPD,), {OPD: codes})
        return open_cycle(uow, team, command, now=now).id

    city.cycle = city.look(work)
    for role in ("tim_diskominfo", "kabid", "sekretariat"):
        over(city, role)
    return city.cycle


def over(city, role: str) -> None:
    """The open task is handed over by the rules alone: the conversations of these steps have their own journeys."""

    def work(uow):
        now = city.clock.now()
        cycle = uow.cycles.get(city.cycle)
        (who, *_) = uow.people.holders(role, OPD if role == "opd" else None, now)
        task = cycle.open_tasks()[0]
        if task.clock_started_at is None:
            cycle = change(uow, cycle, None, now, lambda c: rules.start_clock(c, task.id, time=uow.time, now=now))
        change(
            uow,
            cycle,
            None,
            now,
            lambda c: rules.hand_over(c, task.id, who, time=uow.time, ids=uow.new_id, now=now),
        )

    city.look(work)
    city.settle()


def to_the_meeting(city) -> None:
    over(city, "opd")
    over(city, "tim_diskominfo")


def tap(city, person, label):
    pressed = person.taps(label)
    city.settle()
    return pressed


def say(city, person, words):
    person.says(words)
    city.settle()


def score(city, code):
    return city.look(lambda uow: uow.scores.get(city.cycle, code))


def filled(data: bytes, column: str, values: dict[str, object], everywhere: object = None) -> bytes:
    book = load_workbook(BytesIO(data))
    table = book["Nilai"]
    place = next(c.column for c in table[1] if c.value == column)
    for row in table.iter_rows(min_row=2):
        wanted = values.get(row[0].value, everywhere)
        if wanted is not None:
            table.cell(row[0].row, place).value = wanted
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_an_indicator_is_scored_in_chat_with_its_files_at_hand_and_a_question_survives_a_restart(office):
    opened(office, OLD, ("I12", "I33"))
    office.rina.sends("I12_peta_proses.pdf", pdf("Peta proses bisnis"))
    office.settle()
    to_the_meeting(office)
    citra = office.citra
    say(office, citra, "/nilai")
    citra.sees("47 indikator, 0 selesai")
    tap(office, citra, "Lanjut ke I01")
    tap(office, citra, "3")
    citra.sees("47 indikator, 1 selesai · Indeks SPBE sementara 3,00")
    tap(office, citra, "Berikutnya ›")
    citra.sees("I02 Tingkat Kematangan")
    say(office, citra, "/nilai I12")
    citra.sees("Dinkes — diunggah, 1 berkas")
    tap(office, citra, "Kirim 1 berkas")
    assert citra.sees_file("I12_peta_proses.pdf").document.data == pdf("Peta proses bisnis")
    tap(office, citra, "4")
    tap(office, citra, "Tulis catatan")
    office.stop()
    office.start()
    say(office, citra, "Peta proses sudah terpadu.")
    citra.sees("Catatan: “Peta proses sudah terpadu.”")
    assert (str(score(office, "I12").value), score(office, "I12").note) == ("4", "Peta proses sudah terpadu.")


def test_two_who_score_at_once_are_told_of_each_other(office):
    opened(office, OLD, ("I12",))
    to_the_meeting(office)
    citra, doni = office.citra, office.doni
    say(office, citra, "/nilai I12")
    say(office, doni, "/nilai I12")
    tap(office, citra, "3")
    office.passes(minutes=4)
    pressed = tap(office, doni, "4")
    assert "sudah diubah oleh Citra Maharani pukul" in pressed.answer.text
    doni.sees("Yang berlaku sekarang isian Bapak/Ibu")
    assert str(score(office, "I12").value) == "4"


def test_a_whole_instrument_by_workbook_then_the_form_by_workbook(office):
    opened(office, OLD, ("I12",))
    to_the_meeting(office)
    citra, toni = office.citra, office.toni
    say(office, citra, "/nilai")
    tap(office, citra, "Isi lewat Excel")
    form = citra.sees_file("penilaian-2026.xlsx").document.data
    citra.sends("penilaian-2026.xlsx", filled(form, "nilai", {"I17": "tiga"}, 3))
    office.settle()
    tap(office, citra, "Lihat perbedaan")
    citra.sees("baris 18, I17: nilai “tiga” bukan angka")
    assert score(office, "I01").value is None
    tap(office, citra, "Kirim perbaikan")
    citra.sends("penilaian-2026.xlsx", filled(form, "nilai", {"I17": 4}, 3))
    office.settle()
    tap(office, citra, "Lihat perbedaan")
    citra.sees("47 isian berubah pada 47 indikator")
    tap(office, citra, "Ambil 47 perubahan")
    citra.sees("Semua indikator sudah bernilai")
    over(office, "tim_kota")

    say(office, toni, "/formulir")
    toni.sees("47 indikator, 0 lengkap")
    tap(office, toni, "Isi lewat Excel")
    form = toni.sees_file("formulir-2026.xlsx").document.data
    data = filled(filled(form, "penjelasan", {}, "Sudah berjalan."), "perbaikan", {}, "Reviu tahunan.")
    toni.sends("formulir-2026.xlsx", filled(data, "nilai akhir", {"I01": 4}))
    office.settle()
    tap(office, toni, "Lihat perbedaan")
    toni.sees("95 isian berubah pada 47 indikator")
    tap(office, toni, "Ambil 95 perubahan")
    toni.sees("Semua indikator sudah lengkap")
    assert (str(score(office, "I01").value), str(score(office, "I01").final)) == ("3", "4")


def test_under_the_new_instrument_fractions_and_external_values_are_typed(office):
    opened(office, NEW, ("I01",))
    to_the_meeting(office)
    citra = office.citra
    say(office, citra, "/nilai I01")
    tap(office, citra, "Nilai lain")
    say(office, citra, "2,75")
    citra.sees("Nilai: 2,75")
    say(office, citra, "/nilai I07")
    citra.sees("Menunggu nilai eksternal dari BPS (EPSS)")
    tap(office, citra, "Isi nilai")
    say(office, citra, "3")
    citra.sees("Apa sumbernya")
    say(office, citra, "Laporan EPSS 2026")
    citra.sees("Sumber: “Laporan EPSS 2026”")
    assert str(score(office, "I07").value) == "3"
    assert office.clock.now() - score(office, "I07").scored_at < timedelta(hours=1)
