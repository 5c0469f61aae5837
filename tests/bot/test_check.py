"""What `check` says of an office that still has the shipped examples, or nobody to sign."""

from datetime import date

from bot.check import configuration, to_complete, verdict
from bot.settings import Settings
from tests.offices import shipped


def without_examples():
    office = shipped().office
    own = {"address": ("Jalan Merdeka Nomor 1",), "logo": "data:image/png;base64,AAAA"}
    heads = {k: h.model_copy(update=own) for k, h in office.letterheads.items()}
    signers = tuple(s.model_copy(update={"nip": "198001012005011001"}) for s in office.signatories)
    law = ("Peraturan Wali Kota Pangkalpinang Nomor 7 Tahun 2025 tentang Penyelenggaraan SPBE", "SOP Monev SPBE")
    told = {"letterheads": heads, "signatories": signers, "contact": "Sekretariat Tim", "legal_basis": law}
    return office.model_copy(update=told)


def test_the_examples_that_are_shipped_are_pointed_out_until_they_are_gone():
    found = to_complete(shipped().office, Settings())
    assert any("kop 'diskominfo' masih memuat “Jalan Contoh”" in line for line in found)
    assert sum("NIP contoh" in line for line in found) == len(shipped().office.signatories)
    assert "office.yaml: kop 'setda' belum berlambang daerah" in found
    (law,) = [line for line in found if "dasar hukum" in line]
    assert "“Peraturan Wali Kota Pangkalpinang tentang Penyelenggaraan SPBE” belum bernomor dan bertahun" in law
    assert to_complete(without_examples(), Settings()) == []


def test_what_is_shipped_is_in_order_but_for_the_examples_in_it():
    bundle, problems, wanting = configuration(Settings())
    assert bundle is not None
    assert problems == []
    assert wanting == to_complete(shipped().office, Settings())


def test_files_above_what_telegram_lets_through_need_a_server_of_ones_own():
    large = without_examples().model_copy(update={"largest_file_mb": 50})
    (line,) = to_complete(large, Settings())
    assert "largest_file_mb 50" in line
    assert to_complete(large, Settings(telegram_local_mode=True)) == []


def test_a_post_that_nobody_holds_today_is_named_with_the_setting_that_needs_it():
    office = shipped().office
    gone = tuple(
        s.model_copy(update={"valid_until": date(2026, 10, 31)}) if s.key == "kabid_egov" else s
        for s in office.signatories
    )
    (line,) = office.model_copy(update={"signatories": gone}).without_signer(date(2026, 11, 24))
    assert line.startswith("disposition_signatory: tidak ada penanda tangan 'kabid_egov' yang berlaku pada 24-11-2026")
    assert office.without_signer(date(2026, 11, 24)) == []


def test_the_last_line_does_not_call_ready_what_is_not():
    assert verdict(0, 0) == "Semua konfigurasi, kalimat, dan naskah baik."
    assert verdict(0, 12) == "Tidak ada masalah. Sebelum dipakai, lengkapi 12 hal di atas."
    assert verdict(2, 12) == "2 masalah."
