"""What the team's group hears of the first half of a cycle: every event, one line each, and nothing that was said."""

from tests.journeys.test_steps12 import Play

QUESTION, ANSWER = "Apakah ruangannya sudah dipesan?", "Sudah, sejak kemarin."
LINES = [
    "terhubung sebagai grup Tim SPBE Diskominfo",
    "dibuka, Selasa, 24 November 2026",
    "Langkah 1, Persiapan, selesai oleh Tim SPBE Diskominfo",
    "waktu Langkah 2, Disposisi, berhenti; Kabid Penyelenggaraan E-Government menunggu jawaban",
    "pertanyaan sudah dijawab oleh Tim SPBE Diskominfo; waktu Langkah 2, Disposisi, berjalan lagi",
    "Langkah 2, Disposisi, selesai oleh Kabid Penyelenggaraan E-Government",
    "Surat Undangan bernomor 500.12/001/DISKOMINFO/XI/2026, Selasa, 24 November 2026",
    "Surat Permohonan Data bernomor 500.12/002/DISKOMINFO/XI/2026",
    "Langkah 3, Penandatanganan dan pengiriman surat, selesai oleh Sekretariat Dinas. Surat terkirim",
    "1 dari 1 perangkat daerah sudah menyerahkan data. Terbaru: Dinas Kesehatan",
]


def signs(play, title: str) -> None:
    """Number a letter with what is suggested, and upload the signed copy."""
    for label in (f"Nomori {title}", "Pakai 500.12/", "Hari ini", "Kepala Dinas Komunikasi"):
        play.taps(play.clerk, label)
    play.clerk.sees_file(title.replace(" ", "_"), timeout=30)
    play.taps(play.clerk, f"Unggah {title} bertanda tangan")
    play.sends(play.clerk, f"{title}.pdf")
    play.clerk.sees("tersimpan")


def test_the_group_hears_every_event_of_steps_1_to_4_in_one_line_each(city):
    play = Play(city)
    health = city.member("Dewi Anggraini", "opd", "dinas_kesehatan")
    group = city.api.group("Tim SPBE", [play.rina], with_bot=False)
    group.adds_bot(play.rina)
    play.rina.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_diskominfo")
    city.settle()
    play.opens()
    play.prepares()
    play.hands_over()
    play.taps(play.kabid, "Tanya dulu")
    play.says(play.kabid, QUESTION)
    play.taps(play.rina, "Jawab pertanyaan")
    play.says(play.rina, ANSWER)
    play.taps(play.kabid, "Setujui & disposisikan")
    play.clerk.sees("Langkah 3/8", timeout=30)
    for title in ("Surat Undangan", "Surat Permohonan Data"):
        signs(play, title)
    play.taps(play.clerk, "Kirim ke semua OPD")
    play.taps(play.clerk, "Ya, kirim ke 1 OPD")
    health.sees("Langkah 4/8", timeout=30)
    for label in ("Serahkan ke Diskominfo", "Tetap serahkan"):
        play.taps(health, label)
    group.sees("sudah menyerahkan data")

    heard = [m.text for m in group.messages if m.from_bot and "belum terhubung" not in m.text]
    assert len(heard) == len(LINES), heard
    for line, expected in zip(heard, LINES, strict=True):
        assert expected in line
        assert QUESTION not in line
        assert ANSWER not in line
