"""Step 6 over HTTP: a meeting with two sittings, its papers and calendar entries; a date that moves; a return."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from icalendar import Calendar

from sop import cycle as rules
from sop.actions.cycles import OpenCycle, open_cycle
from sop.cycle import TaskState
from sop.scoring import Score
from sop.telling import tell
from tests.pages import text

HEALTH = "dinas_kesehatan"
INSTRUMENT = "permenpanrb-59-2020"
LETTER = "Undangan Rapat Koordinasi"
FIRST = datetime(2026, 12, 3, 2, tzinfo=UTC)  # Kamis, 3 Desember 2026 pukul 09.00 WIB
SECOND = datetime(2026, 12, 7, 2, tzinfo=UTC)


class Play:
    """A cycle that has just come to Tim SPBE Kota."""

    def __init__(self, city) -> None:
        self.city = city
        self.ayu = city.member("Ayu Larasati", "tim_kota")
        self.toni = city.member("Toni Wijaya", "tim_diskominfo")
        self.bambang = city.member("Bambang Suryanto", "kabid")
        self.rina = city.member("Rina Lestari", "opd", HEALTH)
        self.cycle = city.look(self._opened)
        city.settle()
        self.ayu.sees("Mohon menjadwalkan rapat")

    def _opened(self, uow) -> str:
        now = self.city.clock.now()
        (team,) = uow.people.holders("tim_diskominfo", None, now)
        asked = {HEALTH: uow.office.asked_of(HEALTH, INSTRUMENT)}
        cycle = open_cycle(uow, team, OpenCycle("Evaluasi Mandiri 2026", 2026, INSTRUMENT, (HEALTH,), asked), now=now)
        self._reaches(uow, cycle)
        return cycle.id

    def _reaches(self, uow, cycle) -> None:
        """Whatever is open is done; step 6 begins."""
        now = self.city.clock.now()
        ended = (replace(t, state=TaskState.DONE, decided_at=now) if t.open else t for t in cycle.tasks)
        cycle = replace(cycle, tasks=tuple(ended))
        opened, told = rules.open_step(cycle, cycle.sop.step("rapat"), time=uow.time, ids=uow.new_id, now=now)
        uow.cycles.save(opened)
        tell(uow, None, now, *told)

    def recap_comes_again(self) -> None:
        self.city.look(lambda uow: self._reaches(uow, uow.cycles.get(self.cycle)))
        self.city.settle()

    @property
    def task(self):
        return self.city.look(lambda uow: uow.cycles.get(self.cycle).latest("rapat"))

    def taps(self, label: str, person=None) -> None:
        (person or self.ayu).taps(label)
        self.city.settle()

    def says(self, *texts: str) -> None:
        for words in texts:
            self.ayu.says(words)
            self.city.settle()

    def dates(self, button: str, day: str) -> None:
        self.says("/rapat")
        self.taps(button)
        self.says(day, "09.00", "Smart Room Center", "Penyampaian rekapitulasi\nPenilaian per indikator")
        self.taps("Ya, tetapkan")

    def invites(self) -> bytes:
        """Number, sign, send; the signed letter."""
        self.says("/rapat")
        self.taps(f"Nomori {LETTER}")
        self.taps("Pakai 500.12/")
        self.taps("Hari ini")
        self.taps("Sekretaris Daerah")
        signed = self.ayu.sees_file("Undangan_Rapat_Koordinasi").document.data + b"\n% ditandatangani\n"
        self.taps("Unggah hasil tanda tangan")
        self.ayu.sends("pindai.pdf", signed)
        self.city.settle()
        self.taps("Buka tugas")
        self.taps("Kirim undangan")
        self.taps("Ya, kirim")
        return signed

    def begins(self, label: str) -> None:
        self.says("/rapat")
        self.taps(label)
        self.taps("Ya, mulai")

    def scores(self) -> None:
        def write(uow) -> None:
            for indicator in uow.office.instruments[INSTRUMENT].indicators:
                uow.scores.save(Score(self.cycle, indicator.code, value=Decimal(3)))

        self.city.look(write)

    def writes(self, label: str, *texts: str) -> None:
        self.says("/notula")
        self.taps(label)
        self.says(*texts)


@pytest.fixture
def play(city) -> Play:
    return Play(city)


def entries(person) -> list[dict]:
    files = [m.document.data for m in person.chat if m.document and m.document.name == "Rapat.ics"]
    return [event for data in files for event in Calendar.from_ical(data).walk("VEVENT")]


def words_of(message) -> str:
    return text(message.document.data)


def test_a_meeting_of_two_sittings_ends_with_its_papers_in_both_teams_hands(play):
    city, ayu, rina = play.city, play.ayu, play.rina
    play.dates("Jadwalkan rapat", "3 Desember 2026")
    signed = play.invites()
    assert rina.sees_file("Undangan_Rapat_Koordinasi").document.data == signed  # byte for byte
    rina.sees("Undangan rapat")
    assert [e["DTSTART"].dt for e in entries(rina)] == [FIRST]

    city.moves_to(FIRST)
    play.begins("Mulai rapat")
    play.taps("Hadir", rina)
    rina.sees("Kehadiran Rina Lestari tercatat")
    play.says("/hadir")
    play.taps("Catat tamu")
    play.says("Siti Aminah - Statistisi - BPS Kota")
    city.passes(minutes=60)
    play.dates("Sidang lanjutan", "7 Desember 2026")
    assert [e["DTSTART"].dt for e in entries(rina)] == [FIRST, SECOND]

    city.moves_to(SECOND)
    play.begins("Mulai pertemuan ke-2")
    play.taps("Hadir", play.toni)
    play.says("/rapat")
    play.taps("Selesai rapat")
    play.taps("Ya, selesai")
    left = play.task.due_at - SECOND
    assert timedelta(minutes=115) < left <= timedelta(minutes=120)  # two of the three hours; the clock goes on ticking

    play.writes("Pimpinan", "Ir. Maria Ulfa Rahman, M.T. - Sekretaris Daerah")
    play.writes("Notulis", "Ayu Larasati - Sekretaris Tim")
    play.writes("Pembahasan", "Semua indikator dibahas.")
    play.writes("Keputusan")
    play.taps("Tambah keputusan")
    play.says("Nilai mandiri diterima")
    play.writes("Tindak lanjut")
    play.taps("Tambah tindak lanjut")
    play.says("Melengkapi laporan audit - Inspektorat Daerah - 20 Januari 2027")
    play.scores()
    play.says("/rapat")
    play.taps("Sahkan notula")
    play.taps("Ya, sahkan")
    ayu.sees("Notula disahkan")
    for person in (ayu, play.toni):
        notula = words_of(person.sees_file("Notula"))
        assert "Nilai mandiri diterima" in notula
        assert "Pertemuan ke-2" in notula
        assert "3,00" in notula
        attended = words_of(person.sees_file("Daftar_Hadir"))
        assert "Siti Aminah" in attended
        assert "Toni Wijaya" in attended
    play.toni.sees("Langkah 7/8")


def test_a_moved_meeting_replaces_the_entry_and_a_return_takes_it_out(play):
    play.dates("Jadwalkan rapat", "3 Desember 2026")
    play.invites()
    play.dates("Ubah jadwal", "4 Desember 2026")
    play.bambang.sees("Jadwal rapat berubah")
    assert [int(e["SEQUENCE"]) for e in entries(play.bambang)] == [0, 1]
    play.says("/rapat")
    play.taps("Kembalikan")
    play.taps("Rekapitulasi belum lengkap")
    play.bambang.sees("Rapat ditunda")
    assert entries(play.bambang)[-1]["STATUS"] == "CANCELLED"
    play.recap_comes_again()
    play.dates("Jadwalkan rapat", "10 Desember 2026")
    found = entries(play.bambang)
    assert len({e["UID"] for e in found}) == 1
    assert [int(e["SEQUENCE"]) for e in found] == sorted(int(e["SEQUENCE"]) for e in found)
    assert found[-1]["STATUS"] == "CONFIRMED"


def test_a_half_told_date_survives_a_restart(play):
    play.taps("Jadwalkan rapat")
    play.says("3 Desember 2026", "09.00")
    play.city.stop()
    play.city.start()
    play.says("Smart Room Center")
    play.taps("Pakai pokok ini")
    play.ayu.sees("Mohon diperiksa")
    play.taps("Ya, tetapkan")
    play.ayu.sees("Rapat dijadwalkan.")
    assert play.task.due_at == FIRST
