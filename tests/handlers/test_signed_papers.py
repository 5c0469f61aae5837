"""Signed copies of papers without a number (SOP steps 1, 5, 6, 7): uploaded, kept, listed, given again."""

from functools import partial

import pytest

from sop import papers
from sop.actions import arrivals, cycles, signed_papers
from sop.outgoing import Choice
from sop.ports import StoredFile
from tests.handlers.letters_desk import answer
from tests.second_half import SecondHalf

SHA = "5" * 64


class Office(SecondHalf):
    """The second half, whose press prints what a test asks of it."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.cycle = self.reached("confirmed")

    def printed(self, kind: str, cycle: str = "") -> str:
        """The newest paper of a kind, as it came from the press; its id."""

        def work(uow) -> str:
            paper = uow.papers.of_cycle(cycle or self.cycle, kind=kind)[-1]
            stored = StoredFile((paper.id.encode().hex() + "0" * 64)[:64], 9000, "application/pdf", 2)
            uow.papers.printed(paper.id, stored)
            return paper.id

        return self.look(work)

    def gets(self, who: str, paper: str):
        return self.presses(self.who[who], Choice("docs.send", paper))[-1]

    def uploads(self, who: str, paper: str, filename: str = "pindai.pdf", **more):
        """The button, the file, and what is said to the file."""
        answer(self.presses(self.who[who], Choice("docs.upload", paper)), "letters/ask_signed")
        return self.sends(self.who[who], filename, **more)

    def arrives(self, paper: str, sha: str = SHA, mime: str = "application/pdf"):
        """The worker has fetched the file."""

        def work(uow) -> None:
            (incoming,) = uow.files.waiting_for(signed_papers.PURPOSE, paper)
            stored = StoredFile(sha, 2000, mime, 3)
            uow.files.settle(incoming.id, state="stored", stored=stored)
            arrivals.file_arrived(uow, incoming, stored, now=self.now)

        self.look(work)
        return self.said()

    def newest(self, kind: str):
        return self.look(lambda uow: uow.papers.of_cycle(self.cycle, kind=kind)[-1])


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.database.close()


def test_the_signed_notula_takes_the_place_of_the_printed_one_and_is_given_again(office):
    paper = office.printed("notula")
    assert office.gets("tim_kota", paper).labels == ["Unggah hasil tanda tangan"]
    said = answer(office.uploads("tim_kota", paper), "letters/copy_coming")
    assert "pindai.pdf</code> untuk Notula sedang disimpan" in said.words
    stored = answer(office.arrives(paper), "file_stored")
    assert "pindaian diunggah" in stored.words
    listed = office.presses(office.who["tim_kota"], stored.button("docs.cycle"))[-1]
    assert any(label.startswith("Notula · pindaian diunggah (") for label in listed.labels)
    kept = office.newest("notula")
    assert (kept.sha256, kept.origin, kept.state) == (SHA, "uploaded", "ready")
    assert kept.filename == "Notula_Evaluasi_confirmed_2026_bertanda_tangan.pdf"
    assert kept.made_by == office.who["tim_kota"].id
    given = office.gets("tim_diskominfo", kept.id)
    assert given.attachment["paper"] == kept.id
    assert "yang diunggah Citra Maharani, Selasa, 24 November 2026" in given.words
    assert SHA in given.words
    assert given.labels == []  # another role keeps the minutes
    assert office.gets("tim_kota", paper).template == "paper"  # the printed one, among the earlier versions
    lines = office.look(lambda uow: uow.journal.page(cycle=office.cycle))
    assert next(x for x in lines if x.event == "PaperSigned").name == "Citra Maharani"


def test_a_better_scan_takes_the_place_of_a_poor_one(office):
    printed = office.printed("daftar_hadir")
    office.uploads("tim_kota", printed, "foto.jpg", mime="image/jpeg")
    office.arrives(printed, "6" * 64, "image/jpeg")
    first = office.newest("daftar_hadir")
    assert first.filename.endswith("_bertanda_tangan.jpg")
    assert office.gets("tim_kota", first.id).labels == ["Ganti hasil tanda tangan"]
    office.uploads("tim_kota", first.id)
    office.arrives(first.id)
    assert office.newest("daftar_hadir").filename == "Daftar_Hadir_Evaluasi_confirmed_2026_bertanda_tangan.pdf"
    assert office.look(lambda uow: len(uow.papers.of_cycle(office.cycle, kind="daftar_hadir"))) == 1


@pytest.mark.parametrize("kind", ["laporan_persiapan", "rekapitulasi"])
def test_the_team_uploads_what_its_steps_have_made(office, kind):
    if kind == "laporan_persiapan":  # the way to step 5 is short here: nobody has printed it
        office.look(partial(_report, office=office))
    paper = office.newest(kind).id if kind == "laporan_persiapan" else office.printed(kind)
    office.uploads("tim_diskominfo", paper)
    office.arrives(paper)
    assert office.newest(kind).sha256 == SHA


def _report(uow, office) -> None:
    stored = StoredFile("7" * 64, 10, "application/pdf", 1)
    facts = {"title": "Laporan Persiapan", "filename": "Laporan.pdf", "audience": "internal", "cycle": office.cycle}
    uow.papers.register_upload("laporan_persiapan", stored, now=office.now, **facts)


def test_the_form_is_signed_once_it_is_reported(office):
    cycle = office.reached("reported")
    paper = office.printed("formulir_terisi", cycle)
    assert office.gets("tim_diskominfo", paper).labels == ["Unggah hasil tanda tangan"]


def test_what_is_no_paper_is_refused_as_with_letters(office):
    paper = office.printed("notula")
    said = answer(office.uploads("tim_kota", paper, "notula.docx", mime="application/msword"), "refusals/bad_input")
    assert "tidak dapat dipakai" in said.words
    large = 25 * 1024 * 1024
    assert (
        "notula.pdf" in answer(office.uploads("tim_kota", paper, "notula.pdf", size=large), "refusals/bad_input").words
    )
    answer(office.uploads("tim_kota", paper, "1.jpg", mime="image/jpeg", album="7"), "letters/signed_album")
    assert office.sends(office.who["tim_kota"], "2.jpg", "image/jpeg", album="7") == []  # answered once
    office.uploads("tim_kota", paper)
    refused = answer(office.arrives(paper, mime="application/zip"), "refusals/bad_input")
    assert "tidak dapat dipakai" in refused.words
    assert office.newest("notula").id == paper


def test_only_whose_step_it_is_uploads_and_only_what_is_final(office):
    paper = office.printed("notula")
    answer(office.presses(office.who["tim_diskominfo"], Choice("docs.upload", paper)), "refusals/not_yours")
    answer(office.presses(office.who["opd"], Choice("docs.upload", paper)), "refusals/nothing_there")
    draft = office.printed("notula", office.reached("sitting"))
    refused = answer(office.presses(office.who["tim_kota"], Choice("docs.upload", draft)), "refusals/not_now")
    assert "belum siap ditandatangani" in refused.words
    numbered = office.look(lambda uow: uow.papers.of_cycle(office.cycle, kind="undangan_rapat")[-1].id)
    answer(office.presses(office.who["tim_kota"], Choice("docs.upload", numbered)), "refusals/nothing_there")


def test_a_cycle_that_stands_takes_none(office):
    paper = office.printed("notula")
    office.uploads("tim_kota", paper)
    team = office.who["administrator"]
    office.look(lambda uow: cycles.change_whole(uow, team, "suspend", office.cycle, "Menunggu", now=office.now))
    office.said()
    assert "ditangguhkan" in answer(office.arrives(paper), "refusals/not_now").words
    assert (
        "ditangguhkan"
        in answer(office.presses(office.who["tim_kota"], Choice("docs.upload", paper)), "refusals/not_now").words
    )


def test_a_copy_of_what_was_printed_anew_meanwhile_is_not_taken(office):
    paper = office.printed("notula")
    office.uploads("tim_kota", paper)
    office.look(lambda uow: uow.papers.replace(paper))
    assert "sudah diganti" in answer(office.arrives(paper), "refusals/not_now").words


def test_the_berita_acara_names_the_date_of_a_notula_that_has_its_signed_copy(office):
    cycle = office.reached("reported")
    office.uploads("tim_kota", office.printed("notula", cycle))
    office.arrives(office.look(lambda uow: uow.papers.of_cycle(cycle, kind="notula")[-1].id))
    office.look(partial(office._numbered, cycle=cycle))
    statement = office.look(lambda uow: uow.papers.of_cycle(cycle, kind="berita_acara")[-1])
    context = papers.from_json("berita_acara", statement.context)
    assert (context.notula, context.notula_date) == ("Notula", office.now.date())
