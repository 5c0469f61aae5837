"""A numbered letter in the hands of somebody the office has never met: scanned, typed, sent back as a file."""

import re

from storage.tables.queues import IncomingFileRow, StoredFileRow
from tests.journeys.test_step3 import NUMBER, Play, text


def archived(city) -> tuple[int, int, int]:
    """Rows of stored files, of expected files, and files on the disk."""

    def rows(uow):
        return uow.session.query(StoredFileRow).count(), uow.session.query(IncomingFileRow).count()

    folder = city.settings.data_dir / "files"
    return (*city.look(rows), sum(p.is_file() for p in folder.rglob("*")))


def test_a_stranger_checks_a_letter_by_its_code_and_by_its_file_and_leaves_nothing_behind(city):
    play = Play(city)
    printed = play.numbers("Surat Undangan")
    words = text(printed)
    code = re.search(r"Kode verifikasi ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})", words)[1]
    assert "bukan tanda tangan elektronik" in words
    stranger = city.api.person("Orang Asing")

    stranger.start(f"cek-{code.replace('-', '')}")  # what the QR code opens
    city.settle()
    answer = stranger.sees(NUMBER)
    assert "belum ditandatangani" in answer.text
    assert "Smart Room" not in answer.text
    before = archived(city)
    stranger.sends("Surat_Undangan.pdf", printed)
    city.settle()
    assert NUMBER in stranger.sees("sama persis dengan naskah yang dicetak sistem").text
    assert archived(city) == before

    signed = printed + b"\n% ditandatangani\n"
    play.signs("Surat Undangan", signed)
    stranger.taps("Periksa naskah lain")
    city.settle()
    stranger.says(code.lower().replace("-", " "))
    city.settle()
    assert "berlaku" in stranger.sees(NUMBER).text
    before = archived(city)
    stranger.sends("scan.pdf", signed)
    city.settle()
    stranger.sees("sama persis dengan salinan bertanda tangan")
    stranger.says(f"/cek {code}")
    city.settle()
    stranger.sends("ubahan.pdf", printed.replace(b"%PDF-1.7", b"%PDF-1.6") + b"\n")
    city.settle()
    stranger.sees("bukan berkas yang tercatat")
    assert archived(city) == before

    stranger.says("/cek")
    city.settle()
    stranger.sends_photo(b"\xff\xd8\xff\xe0" + b"0" * 500)
    city.settle()
    stranger.sees("sebagai dokumen")
    stranger.sends_album([("satu.pdf", b"%PDF-1"), ("dua.pdf", b"%PDF-2")])
    city.settle()
    stranger.sees("satu berkas saja")
    assert sum("satu berkas saja" in m.text for m in stranger.chat if m.from_bot) == 1
    assert archived(city) == before
    assert "cek" in [c["command"] for c in stranger.commands]
    assert "tugas" not in [c["command"] for c in stranger.commands]
