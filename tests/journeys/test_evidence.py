"""Step 4 over HTTP: an OPD sends real files, hands over, gets one item back, repairs it."""

import pytest

from latihan.papers import pdf
from sop import cycle as rules
from sop.actions.cycles import OpenCycle, change, open_cycle
from sop.evidence import ItemState

CODES = ("U1", "I12", "I33")
OPD = "dinas_kesehatan"


@pytest.fixture
def office(city):
    """The letters have gone out; everybody has joined and has their cards."""
    city.rina = city.member("Rina Lestari", "opd", OPD)
    city.toni = city.member("Toni Wijaya", "tim_diskominfo")
    city.member("Bambang Suryanto", "kabid")
    city.member("Yanto Hidayat", "sekretariat")
    city.cycle = city.look(lambda uow: collecting(uow, city.clock.now()))
    city.settle()
    return city


def collecting(uow, now) -> str:
    """A cycle in which step 4 has begun."""
    (team,) = uow.people.holders("tim_diskominfo", None, now)
    instrument = next(iter(uow.office.instruments))
    command = OpenCycle("Evaluasi Mandiri 2026", 2026, instrument, (OPD,), {OPD: CODES})
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


def items(city):
    return {i.code: i for i in city.look(lambda uow: uow.evidence.of_opd(city.cycle, OPD))}


def tap(city, person, label):
    person.taps(label)
    city.settle()


def say(city, person, words):
    person.says(words)
    city.settle()


def test_an_opd_sends_an_album_hands_over_and_gets_its_receipt(office):
    rina = office.rina
    rina.sees("Terisi 0 dari 3")
    tap(office, rina, "Unggah berkas")
    tap(office, rina, "⬜ I12")
    tap(office, rina, "Kirim berkas")
    rina.sends_album([(f"lampiran{n}.pdf", pdf(f"Lampiran {n}")) for n in range(3)])
    office.settle()
    rina.sees("sedang disimpan")
    office.passes(seconds=3)  # the word for an album waits for its last file
    rina.sees("3 berkas tersimpan")
    assert sum("berkas tersimpan" in m.text for m in rina.chat) == 1
    tap(office, rina, "Selesai")
    say(office, rina, "/serahkan")
    rina.sees("Belum lengkap: U1, I33")
    tap(office, rina, "Tetap serahkan")
    rina.sees("Data dukung diserahkan")
    receipt = rina.sees_file("Tanda_Terima")
    assert receipt.document.data.startswith(b"%PDF-")
    card = next(m for m in rina.chat if "Langkah 4/8 · Pengumpulan" in m.text and not m.buttons and m.edited)
    assert "Tidak ada lagi yang perlu" in card.text


def test_files_sent_without_an_item_are_kept_and_asked_for_one_after_another(office):
    rina = office.rina
    rina.sends_album([("scan1.pdf", pdf("satu")), ("I33_layanan.pdf", pdf("dua")), ("scan2.pdf", pdf("tiga"))])
    office.settle()
    rina.sees("scan1.pdf")
    tap(office, rina, "I12 ")
    rina.sees("scan2.pdf")
    tap(office, rina, "U1 ")
    office.passes(seconds=3)
    found = items(office)
    assert {c: [f.filename for f in i.current_files] for c, i in found.items()} == {
        "U1": ["scan2.pdf"],
        "I12": ["scan1.pdf"],
        "I33": ["I33_layanan.pdf"],
    }
    assert all(f.state == "tersimpan" and f.pages == 1 for i in found.values() for f in i.current_files)


def test_a_file_comes_back_byte_for_byte_and_its_replacement_is_version_two(office):
    rina, data = office.rina, pdf("Surat keputusan", "Lampiran")
    rina.sends("I12_SK.pdf", data)
    office.settle()
    rina.sees("tersimpan")
    say(office, rina, "/berkas")
    tap(office, rina, "Berkas 1")
    tap(office, rina, "Lihat berkas")
    assert rina.sees_file("I12_SK.pdf").document.data == data
    tap(office, rina, "Ganti")
    rina.sends("SK_final.pdf", pdf("Surat keputusan, final"))
    office.settle()
    assert [(f.filename, f.version) for f in items(office)["I12"].current_files] == [("SK_final.pdf", 2)]


def test_one_item_comes_back_is_repaired_and_accepted(office):
    rina, toni = office.rina, office.toni
    for code in CODES:
        rina.sends(f"{code}_berkas.pdf", pdf(code))
        office.settle()
    say(office, rina, "/serahkan")
    tap(office, rina, "Ya, serahkan")
    say(office, toni, "/periksa")
    tap(office, toni, "Dinkes")
    tap(office, toni, "📄 I12")
    tap(office, toni, "Lihat 1 berkas")
    assert toni.sees_file("I12_berkas.pdf").document.data == pdf("I12")
    tap(office, toni, "Perlu perbaikan")
    tap(office, toni, "Belum ditandatangani")
    rina.sees("I12 perlu diperbaiki")
    tap(office, rina, "Buka I12")
    tap(office, rina, "Kirim berkas")
    office.passes(minutes=5)
    rina.sends("I12_bertanda_tangan.pdf", pdf("I12 bertanda tangan"))
    office.settle()
    say(office, rina, "/serahkan")
    tap(office, rina, "Ya, serahkan")
    say(office, toni, "/periksa")
    tap(office, toni, "Dinkes")
    tap(office, toni, "Setujui 3 sisanya")
    tap(office, toni, "Ya, setujui")
    toni.sees("3 butir")
    assert {i.state for i in items(office).values()} == {ItemState.ACCEPTED}


def test_a_file_that_telegram_lets_no_bot_fetch_is_refused_with_a_way_out_that_works(office):
    rina = office.rina
    tap(office, rina, "Unggah berkas")
    tap(office, rina, "⬜ I12")
    tap(office, rina, "Kirim berkas")
    rina.sends("rekaman_rapat.zip", b"PK", claimed_size=25 * 1024 * 1024)
    office.settle()
    refused = rina.sees("melebihi batas 20 MB Telegram, jadi tidak tersimpan")
    assert "rekaman_rapat.zip (25,0 MB)" in refused.text
    assert items(office)["I12"].files == ()

    rina.taps("Daftarkan tautan", refused)
    office.settle()
    say(office, rina, "https://drive.contoh.id/rekaman-rapat")
    rina.sees("https://drive.contoh.id/rekaman-rapat")
    (kept,) = items(office)["I12"].files
    assert kept.link == "https://drive.contoh.id/rekaman-rapat"
    say(office, rina, "/unggah")
    rina.sees("Terisi 1 dari 3")
