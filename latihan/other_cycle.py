"""A second cycle, under PermenPANRB 59/2020: shorter, with the returns that the first has not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from latihan.papers import pdf
from latihan.people import Person
from latihan.second_half import Scene, SecondHalf, next_working_day
from latihan.sheets import filled

if TYPE_CHECKING:
    from latihan.cast import Cast

NAME = "Evaluasi Mandiri SPBE 2025"


def scenes(cast: Cast) -> tuple[Scene, ...]:
    """The scenes in order."""
    other = OtherCycle(cast)
    return (
        ("Siklus kedua, instrumen PermenPANRB 59/2020", other.opens),
        ("Siklus kedua: surat dikembalikan Sekretariat, lalu dikirim", other.letters),
        ("Siklus kedua: data dukung dan rekapitulasi", other.evidence),
        ("Siklus kedua: rapat menilai 47 indikator", other.meeting),
        ("Siklus kedua: Sekda mengembalikan ke rapat", other.sekda_returns),
        ("Siklus kedua: Berita Acara diganti sebelum terbit", other.back_from_publication),
        ("Tahun lalu tetap terbaca", other.past_year),
    )


class OtherCycle:
    """All eight steps once more, for one agency."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.half = SecondHalf(cast)

    def opens(self) -> None:
        """A cycle beside the closed one; the official files are not there, on purpose."""
        cast, rina = self.cast, self.cast.rina
        cast.says(rina, "/siklus_baru")
        cast.says(rina, NAME)
        cast.taps(rina, "SPBE (PermenPANRB 59/2020)")
        cast.taps(rina, "Pilih OPD")
        cast.taps(rina, "Kosongkan")
        cast.turns_to(rina, "Dinkes")
        cast.taps(rina, "Lihat ringkasan")
        cast.taps(rina, "Buka siklus")
        cast.taps(rina, "Isi tim")
        cast.says(rina, "Rina Kartika - Ketua\nDedi Pratama - Anggota")
        cast.taps(rina, "Lihat persiapan")
        cast.taps(rina, "Isi kesiapan")
        cast.taps(rina, "Pakai kalimat ini")
        cast.taps(rina, "Lihat persiapan")
        cast.taps(rina, "Atur rapat")
        cast.meeting(f"{next_working_day(cast.stage.now() + timedelta(days=9)):%d-%m-%Y}")
        for title in ("Formulir Evaluasi SPBE", "Surat Edaran Setda"):
            cast.taps(rina, f"Unggah {title}")
            cast.taps(rina, "Tidak ada berkasnya")
            cast.taps(rina, "Ya, tanpa berkas")
            cast.taps(rina, "Lihat persiapan")
        cast.submit()
        cast.taps(cast.bambang, "Setujui & disposisikan")

    def letters(self) -> None:
        """The Sekretariat returns the disposisi once."""
        cast, yanto = self.cast, self.cast.yanto
        cast.sees(yanto, "Langkah 3/8")
        cast.taps(yanto, "Kembalikan")
        cast.taps(yanto, "Langkah 2")
        cast.taps(yanto, "Disposisi belum jelas")
        cast.sees(cast.bambang, "Disposisi belum jelas")
        cast.taps(cast.bambang, "Setujui & disposisikan")
        cast.number_and_sign()
        cast.send_letters(cast.lina)

    def evidence(self) -> None:
        """One agency hands over what it has; it is reviewed and recapped."""
        cast, lina, dedi = self.cast, self.cast.lina, self.cast.dedi
        cast.says(lina, "/unggah")
        cast.taps(lina, "U1")
        cast.taps(lina, "Kirim berkas")
        cast.sends(lina, "Daftar_Aplikasi_2025.pdf", pdf("Daftar aplikasi 2025"))
        cast.taps(lina, "Selesai")
        cast.says(lina, "/serahkan")
        cast.taps(lina, "Tetap serahkan")
        cast.says(dedi, "/periksa")
        cast.taps(dedi, "Dinkes")
        cast.taps(dedi, "U1")
        cast.taps(dedi, "Sesuai")
        self.half.hand_recap_over()

    def meeting(self) -> None:
        """Forty-seven indicators in one workbook, and the three services that the city has chosen."""
        cast, hendra = self.cast, self.cast.hendra
        self.half.invitation()
        cast.stage.move_to(self.half.starts_at)
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Mulai")
        cast.taps(hendra, "Ya, mulai")
        for person in (hendra, cast.maya, cast.lina):
            cast.taps(person, "Hadir")
        self.values(cast.maya)
        cast.stage.move_to(cast.stage.now() + timedelta(minutes=100))
        cast.says(hendra, "/rapat")
        cast.taps(hendra, "Selesai rapat")
        cast.taps(hendra, "Ya, selesai")
        self.half.minutes()

    def values(self, person: Person) -> None:
        """Whole levels for all, names for the sectoral services."""
        cast = self.cast
        cast.says(person, "/nilai")
        cast.taps(person, "Isi lewat Excel")
        sent = person.sees_file("penilaian").document
        assert sent is not None  # sees_file has found it
        services = {"I45": "SIMRS RSUD", "I46": "Perizinan daring", "I47": "Pajak daerah daring"}

        def cell(code: str, title: str) -> str | int | None:
            return 2 + int(code[1:]) % 3 if title == "nilai" else services.get(code)

        cast.sends(person, "penilaian_2025.xlsx", filled(sent.data, "Nilai", ("nilai", "nama layanan"), cell))
        cast.taps(person, "Lihat perbedaan")
        cast.taps(person, "Ambil")

    def to_the_sekda(self) -> None:
        """Form, report, one tap of the Kabid, number, and on its way."""
        self.reported()
        self.half.to_the_sekda()

    def reported(self) -> None:
        """The report, and the Kabid takes note."""
        self.half.report(self.cast.rina)
        self.cast.taps(self.cast.bambang, "Ketahui")

    def sekda_returns(self) -> None:
        """The Sekda wants a value discussed again: the meeting confirms its notula a second time."""
        cast, rina = self.cast, self.cast.rina
        self.half.fill_form(rina)
        self.to_the_sekda()
        cast.says(rina, "/tugas")
        cast.taps(rina, "Formulir dan Berita Acara")
        cast.taps(rina, "Sekda mengembalikan")
        cast.taps(rina, "Langkah 6")
        cast.taps(rina, "Nilai perlu dibahas ulang")
        cast.sees(cast.hendra, "Nilai perlu dibahas ulang")
        cast.says(cast.hendra, "/nilai I12")
        cast.taps(cast.hendra, "3")
        self.half.confirm_minutes()

    def back_from_publication(self) -> None:
        """Before publication the document goes back to step 7 once; a new Berita Acara is signed."""
        cast, rina = self.cast, self.cast.rina
        self.to_the_sekda()
        self.half.signed()
        cast.says(rina, "/terbitkan")
        cast.taps(rina, "Kembalikan")
        cast.taps(rina, "Berita Acara perlu diperbaiki")
        self.to_the_sekda()
        self.half.signed()
        self.half.publish()

    def past_year(self) -> None:
        """Both closed cycles can be read."""
        cast, rina = self.cast, self.cast.rina
        cast.says(rina, "/status")
        cast.says(rina, "/dokumen")
        cast.sees(rina, "2026")
