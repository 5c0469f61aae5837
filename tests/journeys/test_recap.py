"""Step 5 over HTTP: from the last hand-over of an OPD to the papers in the hands of Tim SPBE Kota, and back again."""

import io

import pytest
from openpyxl import load_workbook

from latihan.papers import pdf
from sop import cycle as rules
from sop.actions.cycles import OpenCycle, change, open_cycle

CODES = ("U1", "I12")
HEALTH, SCHOOL = "dinas_kesehatan", "dishub"


@pytest.fixture
def office(city):
    """The letters have gone out to two agencies."""
    city.rina = city.member("Rina Lestari", "opd", HEALTH)
    city.dewi = city.member("Dewi Anggraini", "opd", SCHOOL)
    city.toni = city.member("Toni Wijaya", "tim_diskominfo")
    city.ayu = city.member("Ayu Larasati", "tim_kota")
    city.kabid = city.member("Bambang Suryanto", "kabid")
    city.member("Yanto Hidayat", "sekretariat")
    city.cycle = city.look(lambda uow: collecting(uow, city.clock.now()))
    city.settle()
    return city


def collecting(uow, now) -> str:
    """A cycle in which step 4 has begun."""
    (team,) = uow.people.holders("tim_diskominfo", None, now)
    command = OpenCycle(
        "Evaluasi Mandiri 2026",
        2026,
        next(iter(uow.office.instruments)),
        (HEALTH, SCHOOL),
        dict.fromkeys((HEALTH, SCHOOL), CODES),
    )
    cycle = open_cycle(uow, team, command, now=now)
    for role in ("tim_diskominfo", "kabid", "sekretariat"):
        (who,) = uow.people.holders(role, None, now)
        task = cycle.open_tasks()[0].id
        cycle = change(
            uow,
            cycle,
            None,
            now,
            lambda c, t=task, w=who: rules.hand_over(c, t, w, time=uow.time, ids=uow.new_id, now=now),
        )
    return cycle.id


def tap(city, person, label):
    person.taps(label)
    city.settle()


def say(city, person, words):
    person.says(words)
    city.settle()


def collected(city):
    """Both agencies have sent everything and handed over."""
    for person in (city.rina, city.dewi):
        for code in CODES:
            person.sends(f"{code}_berkas.pdf", pdf(f"{code} dari {person.name}"))
            city.settle()
        say(city, person, "/serahkan")
        tap(city, person, "Ya, serahkan")


def accept_all(city):
    for short in ("Dinkes", "Dishub"):
        say(city, city.toni, "/periksa")
        tap(city, city.toni, short)
        tap(city, city.toni, "sisanya")
        tap(city, city.toni, "Ya, setujui")


def task(city, step):
    return city.look(lambda uow: uow.cycles.get(city.cycle).latest(step))


def files(person) -> list[str]:
    return [m.document.name for m in person.chat if m.document]


def test_the_recap_goes_to_tim_kota_as_paper_and_workbook_before_their_card(office):
    toni, ayu = office.toni, office.ayu
    collected(office)
    toni.sees("Langkah 5/8 · Rekapitulasi")
    accept_all(office)
    say(office, toni, "/rekap")
    tap(office, toni, "Per OPD")
    toni.sees("Dinas Kesehatan: 2 dari 2 sesuai")
    tap(office, toni, "Ringkasan")
    tap(office, toni, "Serahkan ke Tim Kota")
    tap(office, toni, "Tulis catatan")
    say(office, toni, "Semua data sudah lengkap.")
    tap(office, toni, "Serahkan ke Tim Kota")
    tap(office, toni, "Ya, serahkan")
    toni.sees("Rekapitulasi sudah diserahkan")

    paper = ayu.sees_file("Rekapitulasi_Data_Dukung_Evaluasi_Mandiri_2026.pdf")
    assert paper.document.data.startswith(b"%PDF-")
    sheet = ayu.sees_file("Rekapitulasi_Data_Dukung_Evaluasi_Mandiri_2026.xlsx")
    book = load_workbook(io.BytesIO(sheet.document.data))
    assert [row[1] for row in book["Per perangkat daerah"].iter_rows(min_row=2, values_only=True)] == [
        office.office.opd(HEALTH).name,
        office.office.opd(SCHOOL).name,
    ]
    assert "Langkah 6/8" in ayu.chat[-1].text
    assert files(office.rina) == ["U1_berkas.pdf", "I12_berkas.pdf", "Tanda_Terima_Dinkes.pdf"]


def test_back_from_the_meeting_one_agency_adds_and_the_second_recap_replaces_the_first(office):
    toni, ayu, dewi = office.toni, office.ayu, office.dewi
    collected(office)
    accept_all(office)
    say(office, toni, "/tugas")
    tap(office, toni, "Rekapitulasi")
    tap(office, toni, "Serahkan ke Tim Kota")
    tap(office, toni, "Ya, serahkan")
    ayu.sees("Langkah 6/8")
    ayu.taps_data(f"step.return:{task(office, 'rapat').id}:")
    office.settle()
    tap(office, ayu, "Rekapitulasi belum lengkap")
    toni.sees("Dikembalikan oleh Tim SPBE Kota")

    say(office, toni, "/periksa")
    tap(office, toni, "Dishub")
    tap(office, toni, "I12")
    tap(office, toni, "Ubah penilaian")
    tap(office, toni, "Perlu perbaikan")
    tap(office, toni, "Dokumen tahun lalu")
    dewi.sees("I12 perlu diperbaiki")
    say(office, toni, "/periksa")
    tap(office, toni, "Dinkes")
    tap(office, toni, "Buka kembali")
    say(office, toni, "Rapat meminta daftar aplikasi terbaru.")
    office.rina.sees("Rapat meminta daftar aplikasi terbaru.")
    toni.taps_data(f"recap.hand_over:{task(office, 'rekapitulasi').id}:")
    office.settle()
    toni.sees("belum dapat diserahkan")

    office.passes(minutes=5)
    dewi.sends("I12_2026.pdf", pdf("I12 tahun 2026"))
    office.settle()
    for person in (dewi, office.rina):
        say(office, person, "/serahkan")
        tap(office, person, "Ya, serahkan")
    say(office, toni, "/periksa")
    tap(office, toni, "Dishub")
    tap(office, toni, "Setujui 1")
    tap(office, toni, "Ya, setujui")
    toni.taps_data(f"recap.hand_over:{task(office, 'rekapitulasi').id}:")
    office.settle()
    tap(office, toni, "Ya, serahkan")
    assert task(office, "rapat").pass_no == 2
    assert sum(name.startswith("Rekapitulasi") for name in files(ayu)) == 4
    states = office.look(
        lambda uow: [p.state for p in uow.papers.of_cycle(office.cycle, kind="rekapitulasi", current=False)]
    )
    assert states == ["replaced", "ready"]


def test_a_late_agency_is_closed_and_the_recap_says_so_to_those_who_may_see_it(office):
    toni, kabid = office.toni, office.kabid
    for code in CODES:
        office.rina.sends(f"{code}_berkas.pdf", pdf(code))
        office.settle()
    say(office, office.rina, "/serahkan")
    tap(office, office.rina, "Ya, serahkan")
    say(office, toni, "/periksa")
    tap(office, toni, "Tutup pengumpulan")
    tap(office, toni, "Tulis alasan")
    say(office, toni, "Petugasnya belum ditunjuk.")
    tap(office, toni, "Ya, tutup")
    toni.sees("1 ditutup tanpa penyerahan")
    toni.taps_data(f"recap.hand_over:{task(office, 'rekapitulasi').id}:")
    office.settle()
    toni.sees("2 butir belum diperiksa")
    tap(office, toni, "Tetap serahkan")
    say(office, kabid, "/rekap")
    kabid.sees("1 dari 2 perangkat daerah menyerahkan, 1 ditutup tanpa penyerahan.")
    tap(office, kabid, "Per OPD")
    tap(office, kabid, "Dishub")
    kabid.sees("Petugasnya belum ditunjuk.")
    say(office, kabid, "/dokumen")
    tap(office, kabid, "Rekapitulasi Data Dukung (XLSX)")
    kabid.sees_file(".xlsx")
    say(office, office.dewi, "/dokumen")
    assert "Rekapitulasi" not in str([b for m in office.dewi.chat for row in m.buttons for b in row])
