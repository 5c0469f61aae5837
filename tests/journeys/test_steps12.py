"""Steps 1 and 2 over HTTP: from /siklus_baru to the Lembar Disposisi; a restart, a return, a Plh., two Kabid."""

from latihan.papers import pdf
from sop.people import Delegation
from sop.worktime import WIB
from tests.pages import text


class Play:
    """The team, the Kabid and the Sekretariat."""

    def __init__(self, city) -> None:
        self.city = city
        self.rina = city.member("Rina Kartika", "tim_diskominfo")
        self.dedi = city.member("Dedi Pratama", "tim_diskominfo")
        self.kabid = city.member("Bambang Suryanto", "kabid")
        self.clerk = city.member("Yanto Hidayat", "sekretariat")

    def taps(self, person, label: str):
        tap = person.taps(label)
        self.city.settle()
        return tap

    def says(self, person, words: str) -> None:
        person.says(words)
        self.city.settle()

    def sends(self, person, name: str) -> None:
        person.sends(name, pdf(name))
        self.city.settle()

    def opens(self) -> None:
        """A cycle for one agency."""
        rina = self.rina
        self.says(rina, "/siklus_baru")
        for label in ("Evaluasi Mandiri SPBE 2026", "Pemerintah Digital", "Pilih OPD", "Kosongkan", "Dinkes"):
            self.taps(rina, label)
        self.taps(rina, "Lihat ringkasan")
        self.taps(rina, "Buka siklus")
        rina.sees("Langkah 1/8")

    def prepares(self) -> None:
        """Everything but the drafts."""
        rina = self.rina
        self.taps(rina, "Isi tim")
        self.says(rina, "Rina Kartika - Ketua\nDedi Pratama - Anggota")
        self.says(rina, "/persiapan")
        self.taps(rina, "Isi kesiapan")
        self.taps(rina, "Pakai kalimat ini")
        self.says(rina, "/persiapan")
        self.taps(rina, "Atur rapat")
        self.says(rina, "3 Desember 2026")
        for label in ("Pukul 09.00", "Smart Room Center", "Pakai acara ini", "Lihat persiapan"):
            self.taps(rina, label)
        self.taps(rina, "Unggah Formulir Evaluasi SPBE")
        self.sends(rina, "Formulir_2026.pdf")
        rina.sees("Formulir_2026.pdf")
        self.says(rina, "/persiapan")
        self.taps(rina, "Unggah Surat Edaran Setda")
        self.taps(rina, "Tidak ada berkasnya")
        self.taps(rina, "Ya, tanpa berkas")
        self.taps(rina, "Lihat persiapan")

    def hands_over(self) -> None:
        self.taps(self.rina, "Pratinjau naskah")
        self.rina.sees("Mohon diperiksa", timeout=30)
        self.taps(self.rina, "Serahkan ke Kabid")
        self.taps(self.rina, "Ya, serahkan")
        self.rina.sees("diserahkan ke Kabid")
        self.kabid.sees("Langkah 2/8", timeout=30)


def test_a_cycle_is_opened_prepared_and_disposed(city):
    play = Play(city)
    play.opens()
    play.prepares()
    play.hands_over()
    draft = text(play.rina.sees_file("Surat_Undangan").document.data)
    assert "Smart Room Center" in draft
    report = text(play.kabid.sees_file("Laporan_Persiapan").document.data)
    assert "Dedi Pratama" in report
    play.dedi.sees("Diserahkan oleh Tim SPBE Diskominfo")  # the colleague's card is closed too
    city.passes(minutes=10)
    play.taps(play.kabid, "Setujui & disposisikan")
    sheet = play.kabid.sees_file("Lembar_Disposisi", timeout=30)
    assert "Disetujui dan didisposisikan oleh Kabid" in sheet.caption
    assert "Untuk ditandatangani dan dikirim" in text(sheet.document.data)
    play.rina.sees("surat disetujui dan didisposisikan oleh Kabid")
    play.clerk.sees("Langkah 3/8", timeout=30)


def test_the_form_and_an_open_question_survive_a_restart(city):
    play = Play(city)
    rina = play.rina
    play.says(rina, "/siklus_baru")
    play.taps(rina, "Evaluasi Mandiri SPBE 2026")
    city.stop()
    city.start()
    play.says(rina, "/siklus_baru")
    play.taps(rina, "Pemerintah Digital")
    rina.sees("Ringkasan siklus baru")
    play.taps(rina, "Buka siklus")
    rina.sees("Langkah 1/8")
    play.taps(rina, "Atur rapat")
    play.says(rina, "3 Desember 2026")
    city.stop()
    city.start()
    play.says(rina, "09.30")
    rina.sees("Di mana rapat diadakan")
    play.taps(rina, "Smart Room Center")
    play.says(rina, "Permintaan data")
    rina.sees("Kamis, 3 Desember 2026 pukul 09.30 WIB")


def test_a_return_keeps_the_data_and_of_two_kabid_one_decides(city):
    play = Play(city)
    other = city.member("Siti Rahma", "kabid")
    play.opens()
    play.prepares()
    play.hands_over()
    play.taps(play.kabid, "Kembalikan")
    play.taps(play.kabid, "Tulis sendiri")
    play.says(play.kabid, "Tanggal rapat bentrok dengan paripurna.")
    rina = play.rina
    card = rina.sees("bentrok dengan paripurna")
    assert "Tim — 2 orang" in card.text
    play.taps(rina, "Ubah rapat")
    play.says(rina, "4 Desember 2026")
    for label in ("Pukul 09.00", "Smart Room Center", "Pakai acara ini", "Lihat persiapan"):
        play.taps(rina, label)
    play.kabid.catches_up()
    play.hands_over()
    other.sees("Sudah diperbaiki")
    first = play.kabid.taps("Setujui & disposisikan")
    second = other.taps("Setujui & disposisikan")
    city.settle()
    answers = [first.answer.text, second.answer.text]
    assert sum("sudah diserahkan oleh Kabid" in a for a in answers) == 1
    assert city.look(lambda uow: len(uow.cycles.current()[0].open_tasks("surat"))) == 1


def test_the_plh_decides_while_the_kabid_is_away(city):
    play = Play(city)
    sub = city.member("Siti Rahma", "sekretariat")

    def lend(uow):
        now = city.clock.now()
        absent, present = (uow.people.acting(p.id, now) for p in (play.kabid, sub))
        day = now.astimezone(WIB).date()
        uow.people.delegate(Delegation("d1", "kabid", None, absent.id, absent.name, present.id, "Plh.", day, day), now)

    city.look(lend)
    play.opens()
    play.prepares()
    play.hands_over()
    sub.sees("Langkah 2/8", timeout=30)
    play.taps(sub, "Pilih instruksi")
    play.taps(sub, "Proses lebih lanjut")
    play.taps(sub, "Tambah catatan")
    play.says(sub, "Mohon didahulukan.")
    play.taps(sub, "Setujui & disposisikan")
    sheet = text(sub.sees_file("Lembar_Disposisi", timeout=30).document.data)
    assert "Mohon didahulukan." in sheet
    assert "Plh." in sheet
    play.rina.sees("didisposisikan oleh Plh. Kabid")


def test_a_kabid_who_unblocks_the_bot_gets_the_card_and_with_it_the_clock_begins(city):
    play = Play(city)
    play.opens()
    play.prepares()
    play.kabid.blocks_bot()
    play.taps(play.rina, "Pratinjau naskah")
    play.rina.sees("Mohon diperiksa", timeout=30)
    play.taps(play.rina, "Serahkan ke Kabid")
    play.taps(play.rina, "Ya, serahkan")
    started = lambda uow: uow.cycles.current()[0].latest("disposisi").clock_started_at  # noqa: E731
    assert city.look(started) is None
    city.passes(days=1)
    play.kabid.catches_up()
    back = city.clock.now()
    play.kabid.unblocks_bot()
    city.settle()
    play.kabid.sees("Langkah 2/8", timeout=30)
    assert back <= city.look(started) <= city.clock.now()
    play.taps(play.kabid, "Setujui & disposisikan")
    play.clerk.sees("Langkah 3/8", timeout=30)
