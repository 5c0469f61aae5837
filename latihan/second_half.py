"""The first cycle from the recap to the published document (SOP steps 5 to 8), with its returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from latihan.papers import scanned
from latihan.people import Person
from latihan.sheets import filled

if TYPE_CHECKING:
    from latihan.cast import Cast

Scene = tuple[str, Callable[[], None]]
EXTERNAL = ("I05", "I06", "I07", "I18")  # PermenPANRB 8/2026: other ministries give these values


def scenes(cast: Cast) -> tuple[Scene, ...]:
    """The scenes in order."""
    half = SecondHalf(cast)
    return (
        ("Langkah 5: rekapitulasi", half.recap),
        ("Langkah 6: rapat dijadwalkan, rekap dikembalikan lalu dilengkapi", half.recap_comes_back),
        ("Langkah 6: undangan rapat", half.invitation),
        ("Langkah 6: rapat, hadir, nilai, skors, dan sidang lanjutan", half.meeting),
        ("Langkah 6: notula", half.minutes),
        ("Langkah 7: formulir, dikembalikan Kabid, lalu diketahui", half.form),
        ("Langkah 7: Berita Acara dua hari di meja Sekda", half.statement),
        ("Langkah 8: Dokumen Evaluasi diterbitkan", half.publication),
    )


def next_working_day(day: datetime) -> datetime:
    """*day*, or the Monday after it."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


class SecondHalf:
    """Steps 5 to 8, played by the same cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    # --- step 5

    def recap(self) -> None:
        """What is left is reviewed; the recap is handed over."""
        cast, dedi = self.cast, self.cast.dedi
        for opd in ("Dinkes", "Dishub", "DLH"):
            cast.says(dedi, "/periksa")
            cast.taps(dedi, opd)
            cast.taps(dedi, "sisanya")
            cast.taps(dedi, "Ya, setujui")
        cast.says(dedi, "/rekap")
        cast.taps(dedi, "Per indikator")
        self.hand_recap_over()

    def hand_recap_over(self) -> None:
        """The recap with paper and workbook goes to Tim SPBE Kota."""
        cast, dedi = self.cast, self.cast.dedi
        cast.says(dedi, "/rekap")
        cast.taps(dedi, "Serahkan ke Tim Kota")
        cast.taps(dedi, "Ya, serahkan")
        cast.sees(cast.hendra, "Langkah 6/8")
        cast.hendra.sees_file("Rekapitulasi")

    def recap_comes_back(self) -> None:
        """The recap is not good enough: one agency is asked again, then it goes over a second time."""
        cast = self.cast
        cast.says(cast.hendra, "/rapat")
        cast.taps(cast.hendra, "Kembalikan")
        cast.taps(cast.hendra, "Tulis sendiri")
        cast.says(cast.hendra, "Data Sekretariat Daerah belum ada; mohon diminta sekali lagi.")
        cast.sees(cast.dedi, "mohon diminta sekali lagi")
        cast.says(cast.dedi, "/periksa")
        cast.taps(cast.dedi, "DLH")
        cast.taps(cast.dedi, "Buka kembali")
        cast.says(cast.dedi, "Mohon lengkapi surat tugas pengelola SPBE.")
        cast.sees(cast.ratna, "surat tugas pengelola")
        cast.says(cast.ratna, "/serahkan")
        cast.taps(cast.ratna, "Tetap serahkan")
        self.hand_recap_over()

    # --- step 6

    def invitation(self) -> None:
        """A date, a numbered and signed letter, and the invitation with a calendar entry to everybody."""
        cast, hendra = self.cast, self.cast.hendra
        day = next_working_day(cast.stage.now() + timedelta(days=2))
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Jadwalkan rapat")
        cast.says(hendra, f"{day:%d-%m-%Y}")
        cast.taps(hendra, "Pukul 09.00")
        cast.taps(hendra, "Smart Room Center")
        cast.says(hendra, "Pembukaan\nPenyampaian rekapitulasi\nPenilaian indikator\nKesimpulan")
        cast.taps(hendra, "Ya, tetapkan")
        cast.taps(hendra, "Lihat kartu rapat")
        cast.taps(hendra, "Nomori Undangan Rapat")
        cast.taps(hendra, "Pakai 500.12/")
        cast.taps(hendra, "Hari ini")
        cast.taps(hendra, "Sekretaris Daerah")
        self.uploads_signed(hendra, "Undangan_Rapat")
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Kirim undangan")
        cast.taps(hendra, "Ya, kirim")
        cast.lina.sees_file(".ics")
        self.starts_at = datetime(day.year, day.month, day.day, 2, 0, tzinfo=day.tzinfo)  # 09.00 WIB

    def uploads_signed(self, person: Person, file: str) -> None:
        """The printed paper comes back signed."""
        cast = self.cast
        printed = person.sees_file(file)
        assert printed.document is not None  # sees_file has found it
        cast.taps(person, "Unggah hasil tanda tangan")
        cast.sends(person, f"{file}_ttd.pdf", scanned(printed.document.data))

    def meeting(self) -> None:
        """Attendance by button, guests by name, values by button and by workbook, a break, a second sitting."""
        cast, hendra, maya = self.cast, self.cast.hendra, self.cast.maya
        cast.stage.move_to(self.starts_at)
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Mulai")
        cast.taps(hendra, "Ya, mulai")
        for person in (hendra, maya, cast.rina, cast.lina, cast.agus):
            cast.taps(person, "Hadir")
        cast.says(maya, "/hadir")
        cast.taps(maya, "Catat tamu")
        cast.says(maya, "Drs. Surya Atmaja - Kepala Bagian Organisasi - Sekretariat Daerah")
        self.values_by_button(hendra)
        self.values_by_workbook(maya)
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Skors")
        cast.stage.move_to(cast.stage.now() + timedelta(minutes=45))
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Lanjutkan rapat")
        self.second_sitting()

    def values_by_button(self, person: Person) -> None:
        """Three indicators by button, one of them with a fraction."""
        cast = self.cast
        cast.says(person, "/nilai")
        cast.taps(person, "Lanjut ke I01")
        cast.taps(person, "3")
        cast.taps(person, "Berikutnya")
        cast.taps(person, "2")
        cast.taps(person, "Tulis catatan")
        cast.says(person, "Pedoman sudah ada, pelaksanaan belum menyeluruh.")
        cast.taps(person, "Berikutnya")
        cast.taps(person, "Nilai lain")
        cast.says(person, "2,25")

    def values_by_workbook(self, person: Person) -> None:
        """The others in a workbook; what would change is shown before it is taken."""
        cast = self.cast
        cast.says(person, "/nilai")
        cast.taps(person, "Isi lewat Excel")
        sent = person.sees_file("penilaian").document
        assert sent is not None  # sees_file has found it
        done = {"I01", "I02", "I03", *EXTERNAL}
        data = filled(
            sent.data, "Nilai", ("nilai",), lambda code, _: None if code in done else 2 + int(code[1:]) % 3 / 2
        )
        cast.sends(person, "penilaian_terisi.xlsx", data)
        cast.taps(person, "Lihat perbedaan")
        cast.taps(person, "Ambil")

    def second_sitting(self) -> None:
        """The rest is discussed on the next working day."""
        cast, hendra = self.cast, self.cast.hendra
        day = next_working_day(cast.stage.now() + timedelta(days=1))
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Sidang lanjutan")
        cast.says(hendra, f"{day:%d-%m-%Y}")
        cast.taps(hendra, "Pukul 13.30")
        cast.taps(hendra, "Smart Room Center")
        cast.taps(hendra, "Pakai pokok ini")
        cast.taps(hendra, "Ya, tetapkan")
        cast.stage.move_to(datetime(day.year, day.month, day.day, 6, 30, tzinfo=day.tzinfo))  # 13.30 WIB
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Mulai pertemuan")
        cast.taps(hendra, "Ya, mulai")
        for person in (hendra, cast.maya):
            cast.taps(person, "Hadir")
        cast.stage.move_to(cast.stage.now() + timedelta(minutes=50))
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Selesai rapat")
        cast.taps(hendra, "Ya, selesai")

    def minutes(self) -> None:
        """The notula, part by part; confirming it ends the step."""
        cast, maya = self.cast, self.cast.maya
        cast.says(maya, "/notula")
        cast.taps(maya, "Pimpinan")
        cast.taps(maya, "Hendra Gunawan")
        cast.taps(maya, "Kembali ke notula")
        cast.taps(maya, "Notulis")
        cast.taps(maya, "Maya Puspita")
        cast.taps(maya, "Kembali ke notula")
        cast.taps(maya, "Pembahasan")
        cast.says(
            maya, "Rekapitulasi data dukung - Tim SPBE Diskominfo: dibacakan, lalu indikator dinilai satu per satu."
        )
        cast.taps(maya, "Kembali ke notula")
        cast.taps(maya, "Keputusan")
        cast.taps(maya, "Tambah keputusan")
        cast.says(maya, "Hasil penilaian mandiri disetujui sebagaimana tercatat.")
        cast.taps(maya, "Kembali ke notula")
        cast.taps(maya, "Tindak lanjut")
        cast.taps(maya, "Tambah tindak lanjut")
        cast.says(maya, "Menyusun pedoman manajemen layanan - Dinas Komunikasi dan Informatika - 29 Januari 2027")
        self.confirm_minutes()

    def confirm_minutes(self) -> None:
        """The notula is confirmed: step 7 falls to the team."""
        cast, maya = self.cast, self.cast.maya
        cast.says(maya, "/notula")
        cast.taps(maya, "Sahkan notula")
        cast.taps(maya, "Ya, sahkan")
        cast.sees(cast.rina, "Langkah 7/8")

    # --- step 7

    def form(self) -> None:
        """The form by workbook; the Kabid returns it once, then takes note in one tap."""
        cast, rina, bambang = self.cast, self.cast.rina, self.cast.bambang
        self.fill_form(rina)
        self.report(rina)
        cast.sees(bambang, "Langkah 7/8")
        cast.taps(bambang, "Kembalikan")
        cast.taps(bambang, "Langkah 7")
        cast.taps(bambang, "Tulis sendiri")
        cast.says(bambang, "Penjelasan indikator I03 mohon diperjelas.")
        cast.sees(rina, "mohon diperjelas")
        cast.says(rina, "/formulir I03")
        cast.taps(rina, "Ubah penjelasan")
        cast.says(rina, "Kebutuhan kompetensi sudah dipetakan pada dua dari empat jabatan fungsional.")
        self.report(rina)
        cast.taps(bambang, "Ketahui")

    def fill_form(self, person: Person) -> None:
        """Explanation and improvement of every indicator."""
        cast = self.cast
        cast.says(person, "/formulir")
        cast.taps(person, "Isi lewat Excel")
        sent = person.sees_file("formulir").document
        assert sent is not None  # sees_file has found it
        words = {
            "penjelasan": "Capaian sesuai data dukung yang diperiksa pada rapat.",
            "perbaikan": "Menetapkan kebijakan dan melaksanakan reviu setiap tahun.",
        }
        data = filled(sent.data, "Nilai", ("penjelasan", "perbaikan"), lambda _, title: words[title])
        cast.sends(person, "formulir_terisi.xlsx", data)
        cast.taps(person, "Lihat perbedaan")
        cast.taps(person, "Ambil")

    def report(self, person: Person) -> None:
        """The report to the Kabid."""
        cast = self.cast
        cast.says(person, "/tugas")
        cast.taps(person, "Formulir dan Berita Acara")
        cast.taps(person, "Laporkan ke Kabid")
        cast.taps(person, "Ya, laporkan")

    def statement(self) -> None:
        """Number, the way to the Sekda, a reminder after two working days, the signed copy."""
        cast, rina = self.cast, self.cast.rina
        self.to_the_sekda()
        for _ in range(2):
            cast.stage.move_to(cast.stage.now() + timedelta(days=2))
        cast.sees(rina, "Sekda")
        self.signed()

    def to_the_sekda(self) -> None:
        """The Berita Acara gets its number and is on its way."""
        cast, rina = self.cast, self.cast.rina
        cast.says(rina, "/berita_acara")
        cast.taps(rina, "Nomori Berita Acara")
        cast.taps(rina, "Pakai 500.12/")
        cast.taps(rina, "Hari ini")
        cast.says(rina, "/berita_acara")
        cast.taps(rina, "Dibawa ke Sekda")

    def signed(self) -> None:
        """The signed copy is uploaded: the step ends."""
        cast, rina = self.cast, self.cast.rina
        cast.says(rina, "/berita_acara")
        self.uploads_signed(rina, "Berita_Acara")
        cast.says(rina, "/berita_acara")
        cast.taps(rina, "Selesaikan langkah")
        cast.taps(rina, "Ya, selesaikan")
        cast.sees(rina, "Langkah 8/8")

    # --- step 8

    def publication(self) -> None:
        """The document is looked at, published, and reaches everybody; the cycle is closed."""
        cast, rina = self.cast, self.cast.rina
        cast.says(rina, "/terbitkan")
        cast.taps(rina, "Pratinjau dokumen")
        rina.sees_file("Dokumen_Evaluasi")
        self.publish()
        for person in (cast.lina, cast.ratna, cast.yanto, cast.bambang, cast.hendra):
            person.sees_file("Dokumen_Evaluasi")
        cast.says(cast.lina, "/sop")
        cast.lina.sees_file("SOP")

    def publish(self) -> None:
        """Published, with confirmation."""
        cast, rina = self.cast, self.cast.rina
        cast.says(rina, "/terbitkan")
        cast.taps(rina, "Terbitkan")
        cast.taps(rina, "Ya, terbitkan")
