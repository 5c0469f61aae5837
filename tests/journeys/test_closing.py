"""Steps 7 and 8 over HTTP: report, tap, Berita Acara on real paper, the Sekda, publication, the next year."""

from datetime import timedelta

import pytest

from tests import closing_cycles
from tests.city import City
from tests.pages import text

pytestmark = pytest.mark.timeout(300)  # books are printed; a busy machine takes its time


class Play:
    """A cycle that has just come to step 7, with everybody who hears of it."""

    def __init__(self, city, **more) -> None:
        self.city = city
        self.team = city.member("Rani", "tim_diskominfo")
        self.kabid = city.member("Bagus", "kabid")
        self.clerk = city.member("Sari", "sekretariat")
        self.board = city.member("Citra", "tim_kota")
        self.health = city.member("Dewi", "opd", "dinas_kesehatan")
        self.cycle = self.reached(**more)
        self.team.sees("Langkah 7/8", timeout=30)

    def reached(self, **more) -> str:
        now = self.city.clock.now()

        def work(uow):
            people = {
                "tim_diskominfo": self.team,
                "kabid": self.kabid,
                "sekretariat": self.clerk,
                "tim_kota": self.board,
                "opd": self.health,
            }
            acting = {role: uow.people.acting(person.id, now) for role, person in people.items()}
            return closing_cycles.cycle_at(uow, acting, now, **more)

        made = self.city.look(work)
        self.city.settle()
        return made

    def taps(self, person, label: str) -> None:
        person.taps(label)
        self.city.settle()

    def says(self, person, words: str) -> None:
        person.says(words)
        self.city.settle()

    def reports(self) -> None:
        self.taps(self.team, "Laporkan ke Kabid")
        self.taps(self.team, "Ya, laporkan")

    def numbers(self) -> bytes:
        self.taps(self.team, "Nomori Berita Acara")
        self.taps(self.team, "Pakai 500.12/")
        self.taps(self.team, "Hari ini")
        return self.team.sees_file("Berita_Acara").document.data

    def signs(self, pdf: bytes) -> None:
        self.taps(self.team, "Unggah hasil tanda tangan")
        self.team.sends("hasil pindai.pdf", pdf)
        self.city.settle()
        self.team.sees("tersimpan")


@pytest.fixture
def play(city):
    return Play(city)


@pytest.fixture
def city_with_whole_book(tmp_path):
    made = City(tmp_path / "data", whole_book=True)
    yield made
    made.close()


def test_the_result_goes_from_the_report_to_the_published_document(city_with_whole_book):
    city = city_with_whole_book
    play = Play(city)
    play.reports()
    play.kabid.sees_file("Formulir_Evaluasi")
    assert "Nota Dinas" in play.kabid.sees_file("Nota_Dinas").caption
    card = play.kabid.sees("Mohon diketahui", timeout=30)
    assert "Indeks SPBE 3,00" in card.text
    play.taps(play.kabid, "Ketahui")
    memo = text(play.kabid.sees_file("Nota_Dinas").document.data)
    assert "diketahui melalui sistem" in memo
    printed = play.numbers()
    assert "500.12/001/SETDA/XI/2026" in text(printed)
    assert "dua puluh empat bulan November" in text(printed)
    play.taps(play.team, "Dibawa ke Sekda")
    city.stop()
    city.start()  # whatever was under way is in the database
    city.moves_to(city.clock.now() + timedelta(days=3))
    play.team.sees("Berita Acara dibawa ke Sekda sejak Selasa, 24 November 2026")
    signed = printed + b"\n% ditandatangani Sekda\n"
    play.signs(signed)
    play.taps(play.team, "Buka tugas")
    play.taps(play.team, "Selesaikan langkah")
    play.taps(play.team, "Ya, selesaikan")
    play.team.sees("Langkah 8/8", timeout=30)
    play.taps(play.team, "Pratinjau dokumen")
    draft = play.team.sees_file("Dokumen_Evaluasi").document.data
    assert "RANCANGAN" in text(draft)
    play.taps(play.team, "Terbitkan")
    play.team.sees("Dokumen dikirim ke 5 orang")
    play.taps(play.team, "Ya, terbitkan")
    for person in (play.team, play.kabid, play.clerk, play.board, play.health):
        book = person.sees_file("Dokumen_Evaluasi", timeout=60).document.data
        assert "RANCANGAN" not in text(book)
    assert "3,00" in text(book)
    said = text(book)
    annexes = [said.index(f"LAMPIRAN {n} ", said.index("BAB VI PENUTUP")) for n in ("I", "II", "VI", "VII", "VIII")]
    assert "FORMULIR EVALUASI MANDIRI" in said[annexes[0] : annexes[1]]
    assert "NOMOR 500.12/001/SETDA/XI/2026" in said[annexes[2] : annexes[3]]  # although the signed copy has its place
    assert "500.12/001/SETDA/XI/2026" in said[annexes[4] :]
    assert city.look(lambda uow: uow.cycles.get(play.cycle).state.value) == "selesai"
    kept = city.look(lambda uow: uow.papers.of_cycle(play.cycle, kind="berita_acara")[-1].sha256)
    play.says(play.kabid, "/dokumen")
    play.taps(play.kabid, "Berita Acara")
    assert play.kabid.sees_file("Berita_Acara").document.data == signed  # byte for byte
    assert kept


def test_the_sekda_gives_it_back_to_the_form_and_the_second_pass_reaches_the_end(city, play):
    play.reports()
    play.taps(play.kabid, "Ketahui")
    play.numbers()
    play.taps(play.team, "Dibawa ke Sekda")
    play.taps(play.team, "Sekda mengembalikan")
    play.taps(play.team, "Langkah 7")
    play.taps(play.team, "Isi Berita Acara perlu diperbaiki")
    play.team.sees("Nomor 500.12/001/SETDA/XI/2026 batal")
    play.kabid.sees("Dikembalikan oleh Sekretaris Daerah Kota Pangkalpinang")
    play.reports()
    play.taps(play.kabid, "Ketahui")
    play.taps(play.team, "Nomori Berita Acara")
    play.taps(play.team, "Pakai lagi 500.12/001")
    play.taps(play.team, "Hari ini")
    printed = play.team.sees_file("Berita_Acara").document.data
    play.signs(printed + b"\n% tertanda\n")
    play.taps(play.team, "Selesaikan langkah")
    play.taps(play.team, "Ya, selesaikan")
    task = city.look(lambda uow: uow.cycles.get(play.cycle).latest("formulir"))
    assert (task.pass_no, task.state.value) == (2, "diserahkan")


def test_a_published_year_is_read_beside_the_next_one(city):
    play = Play(city, instrument=closing_cycles.FRACTIONAL, name="Evaluasi Pemdi 2026")
    play.reports()
    play.kabid.sees("sementara", timeout=30)
    play.taps(play.kabid, "Ketahui")
    play.signs(play.numbers() + b"\n% tertanda\n")
    play.taps(play.team, "Selesaikan langkah")
    play.taps(play.team, "Ya, selesaikan")
    play.says(play.team, "/terbitkan")
    play.taps(play.team, "Terbitkan")
    play.taps(play.team, "Ya, terbitkan")
    play.reached(name="Evaluasi Pemdi 2027", year=2027, instrument=closing_cycles.FRACTIONAL)
    play.says(play.health, "/dokumen")
    play.taps(play.health, "Evaluasi Pemdi 2026 (selesai)")
    play.taps(play.health, "Dokumen Evaluasi")
    book = text(play.health.sees_file("Dokumen_Evaluasi", timeout=60).document.data)
    assert "sementara" in book
    play.says(play.team, "/status")
    play.team.sees("Evaluasi Pemdi 2027")
    play.taps(play.team, "Evaluasi Pemdi 2026 (selesai)")
    play.team.sees("Siklus sudah selesai")
    play.says(play.kabid, "/riwayat")
    play.taps(play.kabid, "Pilih siklus")
    play.taps(play.kabid, "Evaluasi Pemdi 2026")
    play.kabid.sees("Riwayat · Evaluasi Pemdi 2026")
