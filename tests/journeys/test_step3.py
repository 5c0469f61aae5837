"""Step 3 over HTTP: the letters on real paper, from the number to Diterima; the return; the one who joins late."""

from dataclasses import replace
from datetime import date, time

from sop.actions import cycles, people, preparation
from sop.preparation import Meeting, TeamMember
from tests.pages import text

OPDS = ("dinas_kesehatan", "dlh")
INSTRUMENT = "permenpanrb-59-2020"
NUMBER = "500.12/001/DISKOMINFO/XI/2026"
NEXT = "500.12/002/DISKOMINFO/XI/2026"


def acting(uow, city, person):
    found = uow.people.acting(person.id, city.clock.now())
    assert found is not None
    return found


class Play:
    """A cycle that has just come to the Sekretariat."""

    def __init__(self, city) -> None:
        self.city = city
        self.team = city.member("Rani", "tim_diskominfo")
        self.kabid = city.member("Bagus", "kabid")
        self.clerk = city.member("Sari", "sekretariat")
        self.health = city.member("Dewi", "opd", "dinas_kesehatan")
        city.look(self._prepare)
        city.settle()
        self.disposes()
        self.clerk.sees("Langkah 3/8", timeout=30)

    def _prepare(self, uow) -> None:
        now, who = self.city.clock.now(), acting(uow, self.city, self.team)
        asked = {o: uow.office.asked_of(o, INSTRUMENT)[:3] for o in OPDS}
        cycle = cycles.open_cycle(
            uow, who, cycles.OpenCycle("Evaluasi Mandiri SPBE 2026", 2026, INSTRUMENT, OPDS, asked), now=now
        )
        task = cycle.open_tasks()[0].id
        sheet = replace(
            preparation.sheet_of(cycle),
            members=(TeamMember("Rani", "Pranata Komputer"),),
            readiness="Siap",
            meeting=Meeting(date(2026, 12, 3), time(9), "Smart Room Center", "Permintaan data"),
            skipped_papers=("formulir_evaluasi", "surat_edaran"),
        )
        preparation.save_sheet(uow, who, task, sheet, now=now)
        preparation.preview(uow, who, task, bot_name="monev_spbe_bot", now=now)
        preparation.submit(uow, who, task, bot_name="monev_spbe_bot", now=now)

    def disposes(self) -> None:
        def work(uow) -> None:
            task = uow.cycles.current()[0].latest("disposisi").id
            preparation.dispose(uow, acting(uow, self.city, self.kabid), task, now=self.city.clock.now())

        self.city.look(work)
        self.city.settle()

    def taps(self, label: str) -> None:
        self.clerk.taps(label)
        self.city.settle()

    def numbers(self, title: str) -> bytes:
        """Number a letter with what is suggested; its final PDF."""
        self.taps(f"Nomori {title}")
        self.taps("Pakai 500.12/")
        self.taps("Hari ini")
        self.taps("Kepala Dinas Komunikasi")
        return self.clerk.sees_file(title.replace(" ", "_")).document.data

    def signs(self, title: str, pdf: bytes) -> None:
        self.taps(f"Unggah {title} bertanda tangan")
        self.clerk.sends("hasil pindai.pdf", pdf)
        self.city.settle()
        self.clerk.sees("tersimpan")

    def sends_letters(self) -> bytes:
        signed = b""
        for title in ("Surat Undangan", "Surat Permohonan Data"):
            signed = self.numbers(title) + b"\n% ditandatangani\n"
            self.signs(title, signed)
        self.taps("Kirim ke semua OPD")
        self.taps("Ya, kirim ke 2 OPD")
        return signed


def test_letters_go_from_the_agenda_book_to_the_agencies(city):
    play = Play(city)
    invitation = text(play.numbers("Surat Undangan"))
    assert NUMBER in invitation
    assert "24 November 2026" in invitation
    play.signs("Surat Undangan", b"%PDF-1.4\n% satu\n%%EOF\n")
    request = play.numbers("Surat Permohonan Data")
    assert NEXT in text(request)
    assert "8 Desember 2026" in text(request)
    signed = request + b"\n% ditandatangani\n"
    play.signs("Surat Permohonan Data", signed)
    play.taps("Kirim ke semua OPD")
    play.clerk.sees("Diantar langsung: 1 perangkat daerah")
    play.taps("Ya, kirim ke 2 OPD")
    play.clerk.sees("Surat terkirim.")
    got = play.health.sees_file("Surat_Permohonan_Data_500_12_002")
    assert got.document.data == signed  # byte for byte
    play.health.sees("Batas waktu penyerahan data: Selasa, 8 Desember 2026")
    play.health.sees("Langkah 4/8")
    play.health.taps("Diterima")
    city.settle()
    play.health.sees("Tercatat diterima oleh Dewi")
    play.taps("Lihat ekspedisi")
    play.clerk.sees("Diterima: 1 dari 2")
    play.taps("Belum diterima (1)")
    play.taps("DLH")
    play.taps("Catat serah manual")
    play.clerk.says("Siti Aminah, Kasubbag Umum")
    city.settle()
    play.clerk.sees("2 dari 2")
    play.taps("Cetak ekspedisi")
    sheet = text(play.clerk.sees_file("Daftar_Ekspedisi").document.data)
    assert "Siti Aminah" in sheet
    assert "Dewi" in sheet


def test_a_return_gives_the_kabid_drafts_without_a_number(city):
    play = Play(city)
    play.numbers("Surat Undangan")
    play.kabid.catches_up()
    task = city.look(lambda uow: uow.cycles.current()[0].latest("surat").id)
    city.look(
        lambda uow: cycles.return_task(
            uow, acting(uow, city, play.clerk), task, "Isi surat perlu diperbaiki", now=city.clock.now()
        )
    )
    city.settle()
    play.clerk.sees(f"Nomor {NUMBER} batal")
    assert NUMBER not in text(play.kabid.sees_file("Surat_Undangan").document.data)
    play.kabid.sees("Langkah 2/8")
    play.disposes()
    play.taps("Nomori Surat Undangan")
    play.clerk.sees(NEXT)
    play.taps(f"Pakai lagi {NUMBER}")
    play.taps("Hari ini")
    play.taps("Kepala Dinas Komunikasi")
    play.clerk.sees("kini dipakai lagi")


def test_a_focal_point_who_joins_after_the_sending_gets_the_letters_too(city):
    play = Play(city)
    signed = play.sends_letters()
    administrator = city.administrator()
    code = city.look(
        lambda uow: people.invite(uow, acting(uow, city, administrator), "opd", "dlh", "", now=city.clock.now())
    )
    newcomer = city.api.person("Fajar")
    newcomer.start(code if isinstance(code, str) else code.code)
    city.settle()
    newcomer.taps("Ya")
    city.settle()
    assert newcomer.sees_file("Surat_Permohonan_Data_500_12_002").document.data == signed
    newcomer.taps("Diterima")
    city.settle()
    newcomer.sees("Tercatat diterima oleh Fajar")


def test_an_unfinished_numbering_survives_a_restart(city):
    play = Play(city)
    play.taps("Nomori Surat Undangan")
    play.clerk.says("500.12/17/DISKOMINFO")
    city.settle()
    play.clerk.sees("Tanggal Surat Undangan?")
    city.stop()
    city.start()
    play.clerk.says("kemarin dulu")
    city.settle()
    play.clerk.says("20 November")
    city.settle()
    play.taps("Sekretaris Daerah")
    assert "500.12/17/DISKOMINFO" in text(play.clerk.sees_file("Surat_Undangan").document.data)


def test_a_sent_invitation_is_replaced_and_the_register_is_printed_with_both(city):
    play = Play(city)
    play.sends_letters()
    play.health.taps("Diterima")
    city.settle()
    play.taps("Lihat ekspedisi")
    for label in ("Ganti/batalkan surat", "Surat Undangan", "Ganti surat"):
        play.taps(label)
    play.clerk.says("Tanggal rapat berubah.")
    city.settle()
    play.clerk.says("8 Desember 2026")
    city.settle()
    play.clerk.says("13.00")
    city.settle()
    play.taps("Tempat tetap")
    play.clerk.sees("Rancangan pengganti Surat Undangan", timeout=30)
    new = play.numbers("Surat Undangan")
    assert f"Surat ini menggantikan surat Nomor {NUMBER} tanggal 24 November 2026" in text(new)
    assert "Selasa, 8 Desember 2026" in text(new)
    signed = new + b"\n% ditandatangani\n"
    play.taps("Unggah hasil tanda tangan")
    play.clerk.sends("pengganti.pdf", signed)
    city.settle()
    play.taps("Kembali ke surat pengganti")
    play.taps("Kirim surat pengganti")
    play.taps("Ya, kirim pengganti")
    assert play.health.sees_file("Surat_Undangan_500_12_003").document.data == signed
    play.health.taps("Diterima")
    city.settle()
    play.health.sees("500.12/003/DISKOMINFO/XI/2026")
    play.clerk.says("/register")
    city.settle()
    play.clerk.sees("3 nomor tercatat")
    play.taps("Cetak register")
    sheet = text(play.clerk.sees_file("Register_Nomor_Surat").document.data)
    assert "REGISTER NOMOR SURAT KELUAR" in sheet
    assert "Diganti" in sheet
