"""What the papers of the result say and how large they are, for `test_papers`."""

PORTRAIT, LANDSCAPE = (215, 330), (330, 215)

SHAPES: dict[str, tuple[tuple[int, int], ...]] = {
    "formulir_terisi": (LANDSCAPE,) * 12,
    "nota_dinas": (PORTRAIT,) * 2,
    "berita_acara": (PORTRAIT,) * 3,
    "dokumen_evaluasi": (  # A4, as reports are
        *((210, 297),) * 24,
        *((297, 210),) * 13,
        (210, 297),
        *((297, 210),) * 5,
        *((210, 297),) * 17,
        (297, 210),
        (210, 297),
    ),
}

EXPECTED = {
    "formulir_terisi": (
        "FORMULIR EVALUASI MANDIRI SPBE 2026", "Domain 4: Layanan SPBE (bobot 45,5%)",
        "Aspek 7: Layanan Administrasi Pemerintahan Berbasis Elektronik", "Indeks aspek 7",
        "Indeks domain 4", "Layanan yang dipilih: Layanan Perizinan Usaha Mikro",
        "tidak ada penjelasan", "tidak ada data dukung", "Rekapitulasi Indeks SPBE", "Predikat Baik",
        "Pangkalpinang, 13 Januari 2027", "Ketua Tim SPBE Diskominfo,",
    ),
    "nota_dinas": (
        "NOTA DINAS", "Kepada : Yth. Kepala Dinas Komunikasi dan Informatika",
        "Melalui : Kepala Bidang Penyelenggaraan E-Government", "Dari : Ketua Tim SPBE Diskominfo",
        "3,06 (tiga koma nol enam) dengan predikat Baik", "Layanan Pendaftaran Pasien Puskesmas Daring",
        "Perbaikan selengkapnya untuk 34 indikator", "melanjutkan penyusunan Berita Acara",
        "Tercatat diketahui melalui sistem oleh Plh. Kabid Penyelenggaraan E-Government",
        "pada Rabu, 13 Januari 2027 pukul 13.40 WIB.",
    ),
    "berita_acara": (
        "SEKRETARIAT DAERAH", "BERITA ACARA PENYELENGGARAAN EVALUASI MANDIRI SPBE KOTA PANGKALPINANG TAHUN 2026",
        "Pada hari ini, Rabu, tanggal tiga belas bulan Januari tahun dua ribu dua puluh tujuh (13-01-2027)",
        "yang bertanda tangan di bawah ini: 1. Nama : Drs. Iskandar Zulkarnain, M.M. NIP : – Pangkat/golongan : –",
        "Pangkat/golongan : Pembina Utama Muda (IV/c) Jabatan : Kepala Dinas Komunikasi dan Informatika",
        "Alamat : Jalan Contoh Nomor 2, Pangkalpinang 33100", "dengan ini menyatakan bahwa",
        "dicatat dalam Notula Rapat Koordinasi tanggal 8 Januari 2027.",
        "47 (empat puluh tujuh) indikator", "5 (lima) telah menyerahkan, dan 2 (dua) ditutup oleh tim",
        "Rabu, 6 Januari 2027 pukul 09.00 s.d. 12.00 WIB", "3,06 (tiga koma nol enam) dengan predikat Baik",
        "Indikator tanpa data dukung: 4, 15, 26, dan 37.",
        "Pendapat berbeda yang diminta untuk dicatat:", "Inspektorat Daerah: Audit keamanan belum dapat",
        "tidak ditetapkan", "dalam rangkap 2 (dua)",
        "Mengetahui, Sekretaris Daerah Kota Pangkalpinang,", "halaman 3 dari 3",
    ),
    "dokumen_evaluasi": (
        "DOKUMEN EVALUASI MANDIRI SPBE 2026", "LEMBAR PENGESAHAN", "Disusun oleh:", "Disahkan oleh:",
        "DAFTAR ISI", "BAB I PENDAHULUAN", "4 domain, 8 aspek, dan 47 indikator", "satu kali dikembalikan",
        "Ditutup oleh tim: Sampai batas waktu tidak ada tanggapan", "Gambar 2. Indeks SPBE menurut aspek",
        "Perbaikan diurutkan dari potensi terbesar", "LAMPIRAN VIII DAFTAR NASKAH SIKLUS",
        "KATA PENGANTAR", "DAFTAR TABEL", "Tabel 8. Nilai setiap indikator", "BAB II METODOLOGI",
        "2,60 sampai kurang dari 3,50 Baik", "Tim SPBE Kota Pangkalpinang, 8 Januari 2027", "Rapat memutuskan:",
        "LAMPIRAN I FORMULIR EVALUASI", "LAMPIRAN VI BERITA ACARA", "040404040404",
    ),
}  # fmt: skip
