"""Step 3 as its people do it: number, sign, send, receive, record by hand; and what must not happen."""

from dataclasses import replace
from datetime import date, time

import pytest

from handlers import letter_copies, letter_numbering
from handlers.registry import Registry
from handlers.steps import step_3_delivery, step_3_letters
from sop.actions import arrivals, cycles, letters, people, preparation
from sop.letters import LetterState
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR
from sop.ports import GroupBinding, StoredFile
from sop.preparation import Meeting, TeamMember
from sop.refusals import BadInput, NotNow
from sop.worktime import WIB
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import MORNING, Desk, answer, bundle, wording

OPDS = ("dinas_kesehatan", "dinas_sosial", "dlh")
NUMBER = "500.12/001/DISKOMINFO/XI/2026"
NEXT = "500.12/002/DISKOMINFO/XI/2026"
PDF = "application/pdf"


class Third(Desk):
    """A cycle that has reached step 3."""

    def __init__(self) -> None:
        super().__init__(
            Registry(
                [step_3_letters.DIALOGUE, letter_copies.DIALOGUE, letter_numbering.DIALOGUE, step_3_delivery.DIALOGUE]
            ),
            MORNING,
            ("letter", "group/letters"),
        )
        self.team = self.member("Rani", "tim_diskominfo")
        self.kabid = self.member("Bagus", "kabid")
        self.clerk = self.member("Sari", "sekretariat")
        self.other = self.member("Tono", "sekretariat")
        self.health = self.member("Dewi", "opd", "dinas_kesehatan")
        self.cycle = self.opened()

    def opened(self, name="Evaluasi Mandiri SPBE 2026"):
        asked = {o: tuple(bundle().asked_of(o, "permenpanrb-59-2020"))[:3] for o in OPDS}
        command = cycles.OpenCycle(name, 2026, "permenpanrb-59-2020", OPDS, asked)
        made = self.look(lambda uow: cycles.open_cycle(uow, self.team, command, now=self.now))
        self.look(lambda uow: self._prepare(uow, made.id))
        self._goes_on_to_step_3(made.id)
        return made.id

    def _goes_on_to_step_3(self, cycle_id):
        self.look(lambda uow: self._submit(uow, cycle_id))
        self.look(lambda uow: self._dispose(uow, cycle_id))

    def _prepare(self, uow, cycle_id):
        cycle = uow.cycles.get(cycle_id)
        task = cycle.open_tasks()[0].id
        meeting = Meeting(date(2026, 12, 3), time(9), "Smart Room Center", "Permintaan data")
        sheet = replace(
            preparation.sheet_of(cycle),
            members=(TeamMember("Rani", "Pranata Komputer"),),
            readiness="Siap",
            meeting=meeting,
            skipped_papers=("formulir_evaluasi", "surat_edaran"),
        )
        preparation.save_sheet(uow, self.team, task, sheet, now=self.now)
        preparation.preview(uow, self.team, task, bot_name="monev_spbe_bot", now=self.now)

    def _submit(self, uow, cycle_id):
        task = uow.cycles.get(cycle_id).latest("persiapan").id
        preparation.submit(uow, self.team, task, bot_name="monev_spbe_bot", now=self.now)

    def _dispose(self, uow, cycle_id):
        task = uow.cycles.get(cycle_id).latest("disposisi").id
        preparation.dispose(uow, self.kabid, task, now=self.now)

    # --- looking

    def task(self, step="surat"):
        return self.look(lambda uow: uow.cycles.get(self.cycle).latest(step)).id

    def letter(self, kind="surat_undangan"):
        return self.look(lambda uow: next(x for x in uow.letters.of_cycle(self.cycle) if x.kind == kind))

    def card(self, who=None):
        task = self.task()
        view = self.look(lambda uow: step_3_letters.card(uow, task, who or self.clerk, self.now))
        words = wording().message(view.template, view.params)
        return words, [c for row in view.choices for c in row]

    def deliveries(self):
        return {d.opd: d for d in self.look(lambda uow: uow.letters.deliveries(self.cycle))}

    # --- doing

    def numbers(self, kind="surat_undangan", number=""):
        """Number a letter the quick way: suggested number (or typed), today, the usual signatory."""
        asked = answer(
            self.presses(self.clerk, Choice("letters.number", self.task(), self.letter(kind).id)), "letters/ask_number"
        )
        dated = self.says(self.clerk, number) if number else self.presses(self.clerk, asked.choices[0])
        signer = answer(self.presses(self.clerk, answer(dated, "letters/ask_date").choices[0]), "letters/ask_signatory")
        return self.presses(self.clerk, signer.choices[0])

    def signs(self, kind="surat_undangan", filename="scan.pdf", mime=PDF):
        self.presses(self.clerk, Choice("letters.upload", self.task(), self.letter(kind).id))
        said = self.sends(self.clerk, filename)
        self.arrives(mime)
        return said

    def arrives(self, mime=PDF, sha="ab"):
        """The worker has fetched what was sent."""

        def fetched(uow):
            incoming = uow.files.claim(self.now)
            stored = StoredFile((sha + incoming.id.encode().hex() + "0" * 64)[:64], 1000, mime, 2)
            uow.files.settle(incoming.id, state="stored", stored=stored)
            arrivals.file_arrived(uow, incoming, stored, now=self.now)

        self.look(fetched)

    def all_signed(self):
        for kind in ("surat_undangan", "surat_permohonan_data"):
            self.numbers(kind)
            self.signs(kind)

    def sends_letters(self):
        self.all_signed()
        return self.presses(self.clerk, Choice("letters.send_yes", self.task()))


@pytest.fixture
def desk():
    made = kept(Third)
    yield made
    made.database.close()


# --- the card


def test_the_card_says_what_each_letter_lacks_and_offers_its_next_act(desk):
    words, choices = desk.card()
    assert "Langkah 3/8" in words
    assert words.count("rancangan, belum bernomor") == 2
    assert "Batas waktu Kamis, 26 November 2026" in words
    assert [wording().label(c) for c in choices if c.action not in ("step.return", "step.why")] == [
        "Nomori Surat Undangan",
        "Nomori Surat Permohonan Data",
        "Lihat Surat Undangan",
        "Lihat Surat Permohonan Data",
        "Isi nomor agenda",
    ]
    desk.numbers()
    words, choices = desk.card()
    assert f"{NUMBER}</code>, belum ada hasil tanda tangan" in words
    assert choices[0].action == "letters.upload"
    desk.all_signed()
    words, choices = desk.card()
    assert choices[0].action == "letters.send"
    assert "Semua surat sudah lengkap" in words


def test_a_letter_can_be_looked_at_in_every_state(desk):
    look = Choice("letters.look", desk.task(), desk.letter().id)
    draft = answer(desk.presses(desk.clerk, look), "letters/letter")
    assert "rancangan" in draft.words
    assert draft.attachment["paper"] == desk.letter().draft_paper
    desk.numbers()
    final = answer(desk.presses(desk.clerk, look), "letters/letter")
    assert "Kepala Dinas Komunikasi dan Informatika" in final.words
    assert final.attachment["paper"] == desk.letter().final_paper
    desk.signs()
    signed = answer(desk.presses(desk.clerk, look), "letters/letter")
    assert signed.attachment["paper"] == desk.letter().signed_paper
    assert signed.labels == ["Ganti hasil tanda tangan", "Ganti nomor", "Lihat kartu tugas"]


# --- numbering


def test_a_suggested_number_takes_three_taps_and_brings_the_pdf(desk):
    said = desk.numbers()
    assert NUMBER in answer(said, "letters/numbered").words
    pdf = answer(said, "letters/to_sign")
    assert pdf.labels == ["Unggah hasil tanda tangan"]
    letter = desk.letter()
    assert (letter.state, letter.number, letter.signatory) == (LetterState.NUMBERED, NUMBER, "kepala_dinas")
    assert pdf.attachment["paper"] == letter.final_paper
    asked = answer(
        desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter("surat_permohonan_data").id)),
        "letters/ask_number",
    )
    assert asked.labels == [f"Pakai {NEXT}"]


def test_number_and_date_can_be_typed_as_people_write_them(desk):
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    dated = answer(desk.says(desk.clerk, " 500.12 / 17 / DISKOMINFO "), "letters/ask_date")
    assert dated.labels == ["Hari ini, 24 Nov", "Kemarin, 23 Nov"]
    signer = answer(desk.says(desk.clerk, "Jumat, 20 November"), "letters/ask_signatory")
    assert "Jumat, 20 November 2026" in signer.words
    answer(desk.says(desk.clerk, "Pak Kadis"), "letters/want_signatory")
    desk.presses(desk.clerk, signer.button("letters.signatory", "sekda"))
    letter = desk.letter()
    assert (letter.number, letter.dated, letter.signatory) == ("500.12/17/DISKOMINFO", date(2026, 11, 20), "sekda")


@pytest.mark.parametrize("number", ["", "nomor tiga", "500.12/", "1/" + "9" * 70])
def test_what_is_no_number_is_refused_and_the_question_stays(desk, number):
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    refused = answer(desk.says(desk.clerk, number or " "), "refusals/bad_input")
    assert (refused.params["field"], refused.params["problem"]) == ("letter_number", "form")
    answer(desk.says(desk.clerk, NUMBER), "letters/ask_date")


@pytest.mark.parametrize("day", ["25 November 2026", "1 September 2026", "3 Desember"])
def test_a_letter_is_dated_neither_ahead_nor_long_ago(desk, day):
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    desk.says(desk.clerk, NUMBER)
    refused = answer(desk.says(desk.clerk, day), "refusals/bad_input")
    assert (refused.params["field"], refused.params["problem"]) == ("letter_date", "range")


SAME = [NUMBER, NUMBER.lower(), "500.12/1/DISKOMINFO/XI/2026", "500.12 / 0001 / Diskominfo / xi / 2026"]


@pytest.mark.parametrize("number", SAME)
def test_a_number_is_given_once_a_year_also_by_two_clerks_at_once(desk, number):
    """Neither small letters nor missing zeros make another number of it."""
    desk.numbers()
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter("surat_permohonan_data").id))
    taken = answer(desk.says(desk.clerk, number), "refusals/bad_input")
    assert taken.params["problem"] == "taken"
    command = letters.GiveNumber(desk.letter("surat_permohonan_data").id, number, date(2026, 11, 24), "kepala_dinas")
    task = desk.task()
    with pytest.raises(BadInput) as refusal:
        desk.look(lambda uow: letters.number_letter(uow, desk.other, task, command, bot_name="b", now=desk.now))
    assert refusal.value.problem == "taken"


def test_a_letter_may_have_its_own_number_written_otherwise(desk):
    desk.numbers()
    desk.numbers(number=NUMBER.replace("/001/", "/1/"))
    assert desk.letter().number == "500.12/1/DISKOMINFO/XI/2026"


def test_a_signed_letter_that_is_numbered_anew_needs_a_new_signature(desk):
    desk.numbers()
    desk.signs()
    asked = answer(
        desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id)), "letters/ask_number"
    )
    assert "tidak berlaku lagi" in asked.words
    desk.numbers(number=NEXT)
    assert (desk.letter().state, desk.letter().signed_paper) == (LetterState.NUMBERED, "")


def test_a_button_of_a_numbering_that_has_ended_says_so(desk):
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    desk.numbers()
    for old in (
        Choice("letters.use_number", desk.task()),
        Choice("letters.date", desk.task(), "2026-11-24"),
        Choice("letters.signatory", desk.task(), "sekda"),
    ):
        answer(desk.presses(desk.clerk, old), "refusals/dialogue_closed")
    assert desk.letter().signatory == "kepala_dinas"


def test_forged_dates_and_foreign_letters_change_nothing(desk):
    asked = desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    desk.presses(desk.clerk, answer(asked, "letters/ask_number").choices[0])
    answer(desk.presses(desk.clerk, Choice("letters.date", desk.task(), "kapan")), "refusals/bad_input")
    answer(desk.presses(desk.clerk, Choice("letters.number", desk.task(), "x")), "refusals/nothing_there")
    answer(desk.presses(desk.clerk, Choice("letters.number", "x", desk.letter().id)), "refusals/nothing_there")


# --- the signed copy


def test_the_signed_scan_becomes_the_letter_byte_for_byte(desk):
    desk.numbers()
    said = desk.signs(filename="CamScanner 24-11.pdf")
    assert "CamScanner 24-11.pdf" in answer(said, "letters/copy_coming").words
    stored = answer(desk.said(), "file_stored")
    assert stored.button("step.card").id == desk.task()
    letter = desk.letter()
    paper = desk.look(lambda uow: uow.papers.get(letter.signed_paper))
    assert letter.state is LetterState.SIGNED
    assert (paper.origin, paper.filename) == ("uploaded", "Surat_Undangan_500_12_001_DISKOMINFO_XI_2026.pdf")


def test_a_draft_is_not_signed_and_words_are_no_file(desk):
    upload = Choice("letters.upload", desk.task(), desk.letter().id)
    assert answer(desk.presses(desk.clerk, upload), "refusals/not_now").params["state"] == "surat_rancangan"
    desk.numbers()
    desk.presses(desk.clerk, upload)
    answer(desk.says(desk.clerk, "sudah"), "letters/want_file")


def test_an_album_is_answered_once_and_the_question_stays(desk):
    desk.numbers()
    desk.presses(desk.clerk, Choice("letters.upload", desk.task(), desk.letter().id))
    answer(desk.sends(desk.clerk, "1.jpg", "image/jpeg", album="7"), "letters/signed_album")
    assert desk.sends(desk.clerk, "2.jpg", "image/jpeg", album="7") == []
    answer(desk.sends(desk.clerk, "semua.pdf"), "letters/copy_coming")


@pytest.mark.parametrize(
    ("filename", "mime", "size", "field", "problem"),
    [
        ("surat.docx", "application/msword", 1000, "signed_copy", "type"),
        ("surat.pdf", PDF, 21 * 1024 * 1024, "file", "large"),
        ("surat.pdf", PDF, 0, "file", "empty"),
    ],
)
def test_what_cannot_be_a_signed_letter_is_refused(desk, filename, mime, size, field, problem):
    desk.numbers()
    desk.presses(desk.clerk, Choice("letters.upload", desk.task(), desk.letter().id))
    refused = answer(desk.sends(desk.clerk, filename, mime, size), "refusals/bad_input")
    assert (refused.params["field"], refused.params["problem"]) == (field, problem)
    assert desk.letter().state is LetterState.NUMBERED


def test_bytes_that_are_no_paper_after_all_do_not_count(desk):
    desk.numbers()
    desk.signs(mime="application/zip")
    assert answer(desk.said(), "refusals/bad_input").params["problem"] == "type"
    assert desk.letter().state is LetterState.NUMBERED


def test_a_copy_on_its_way_belongs_to_the_number_it_bears(desk):
    desk.numbers()
    desk.presses(desk.clerk, Choice("letters.upload", desk.task(), desk.letter().id))
    desk.sends(desk.clerk, "lama.pdf")
    assert "sedang disimpan" in desk.card()[0]
    desk.numbers(number=NEXT)
    final = desk.letter().final_paper
    desk.arrives()
    assert answer(desk.said(), "refusals/not_now").params["state"] == "surat_bernomor_baru"
    assert desk.letter().state is LetterState.NUMBERED
    assert desk.look(lambda uow: uow.papers.get(final)).state == "queued"


# --- return before the sending


def returned(desk, to="disposisi"):
    task = desk.task()
    desk.look(lambda uow: cycles.return_task(uow, desk.clerk, task, "Perlu diperbaiki", to_step=to, now=desk.now))
    return desk.said()


def test_a_return_makes_numbers_void_and_gives_the_kabid_drafts_again(desk):
    desk.all_signed()
    said = returned(desk)
    void = answer(said, "letters_void")
    assert NUMBER in void.words
    assert NEXT in void.words
    assert desk.letter().state is LetterState.DRAFT
    kinds = ("surat_undangan", "surat_permohonan_data")
    papers = desk.look(lambda uow: [p for k in kinds for p in uow.papers.of_cycle(desk.cycle, kind=k)])
    assert len(papers) == 2
    for paper in papers:
        assert paper.context["state"] == "rancangan"
        assert any(
            s.template == "paper" and s.attachment["paper"] == paper.id and s.person == desk.kabid.id for s in said
        )


def test_a_void_number_is_not_suggested_but_can_be_taken_up_on_purpose(desk):
    desk.numbers()
    returned(desk)
    desk.look(lambda uow: desk._dispose(uow, desk.cycle))
    assert f"{NUMBER}</code> batal" in desk.card()[0]
    other = desk.letter("surat_permohonan_data").id
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), other))
    assert answer(desk.says(desk.clerk, NUMBER), "refusals/bad_input").params["problem"] == "taken"
    asked = answer(
        desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id)), "letters/ask_number"
    )
    assert asked.labels == [f"Pakai {NEXT}", f"Pakai lagi {NUMBER}"]
    dated = answer(desk.presses(desk.clerk, asked.choices[1]), "letters/ask_date")
    signer = answer(desk.presses(desk.clerk, dated.choices[0]), "letters/ask_signatory")
    said = desk.presses(desk.clerk, signer.choices[0])
    assert "kini dipakai lagi" in answer(said, "letters/numbered").words
    assert desk.letter().number == NUMBER


def test_a_return_of_unnumbered_drafts_leaves_them_alone(desk):
    before = desk.letter().id
    assert not [s for s in returned(desk) if s.template == "letters_void"]
    assert desk.letter().id == before


def test_a_signed_copy_that_arrives_after_the_return_does_not_count(desk):
    desk.numbers()
    desk.presses(desk.clerk, Choice("letters.upload", desk.task(), desk.letter().id))
    desk.sends(desk.clerk, "scan.pdf")
    returned(desk, to="persiapan")
    desk.arrives()
    assert answer(desk.said(), "refusals/not_now").params["state"] == "surat_diganti"
    assert desk.letter().state is LetterState.DRAFT


# --- sending


def test_the_sending_is_confirmed_first_and_says_whom_it_reaches(desk):
    answer(desk.presses(desk.clerk, Choice("letters.send", desk.task())), "refusals/incomplete")
    desk.all_signed()
    asked = answer(desk.presses(desk.clerk, Choice("letters.send", desk.task())), "letters/ask_send")
    assert "Lewat bot: 1 perangkat daerah" in asked.words
    assert "Diantar langsung: 2" in asked.words
    assert "Dinas Lingkungan Hidup" in asked.words
    assert asked.labels == ["Ya, kirim ke 3 OPD", "Nanti dulu"]
    answer(desk.presses(desk.clerk, asked.choices[1]), "letters/not_sent")
    assert desk.deliveries() == {}


def test_the_letters_reach_every_focal_point_and_the_second_clerk_hears_who_was_first(desk):
    desk.look(lambda uow: uow.groups.bind(GroupBinding("tim_diskominfo", -5, None, "Tim"), desk.team.id, desk.now))
    colleague = desk.member("Eko", "opd", "dinas_kesehatan")
    said = desk.sends_letters()
    sent = answer(said, "letters/sent")
    assert "Lewat bot: 1 dari 3" in sent.words
    assert "Selasa, 8 Desember 2026" in sent.words
    for person in (desk.health, colleague):
        mine = [s for s in said if s.person == person.id]
        assert [s.template for s in mine][:3] == ["letter", "letter", "letter_received_question"]
        assert NUMBER in mine[2].words
        assert "Batas waktu penyerahan data: Selasa, 8 Desember 2026" in mine[2].words
    assert "1 perangkat daerah lewat bot, 2 diantar langsung" in answer(said, "group/letters_sent").words
    again = desk.presses(desk.other, Choice("letters.send_yes", desk.task()))
    assert answer(again, "refusals/already_decided").params["by"] == "Sekretariat Dinas"
    assert len(desk.deliveries()) == 3
    look = Choice("letters.look", desk.task(), desk.letter().id)
    answer(desk.presses(desk.clerk, look), "refusals/already_decided")


def test_a_late_sending_brings_a_later_date_and_says_so_to_both_sides(desk):
    desk.all_signed()
    desk.passes(days=2)
    said = desk.presses(desk.clerk, Choice("letters.send_yes", desk.task()))
    sent = answer(said, "letters/sent").words
    assert "Di surat tertulis Selasa, 8 Desember 2026. Yang berlaku Kamis, 10 Desember 2026" in sent
    assert "Kamis, 10 Desember 2026" in answer(said, "letter_received_question").words
    due = desk.look(lambda uow: uow.cycles.get(desk.cycle).latest("pengumpulan_data", "dlh").due_at)
    assert due.astimezone(WIB).date() == date(2026, 12, 10)


# --- after the sending


def test_diterima_is_recorded_once_for_an_opd(desk):
    question = answer(desk.sends_letters(), "letter_received_question")
    colleague = desk.member("Eko", "opd", "dinas_kesehatan")
    stranger = desk.member("Fajar", "opd", "dlh")
    answer(desk.presses(stranger, question.choices[0]), "refusals/not_yours")
    done = answer(desk.presses(desk.health, question.choices[0]), "letters/received")
    assert done.edit is not None
    assert "Tercatat diterima oleh Dewi, Dinas Kesehatan, Selasa, 24 November 2026 pukul 08.00 WIB" in done.words
    assert answer(desk.presses(colleague, question.choices[0]), "refusals/already_decided").params["by"] == "Dewi"


def test_surat_shows_the_card_then_the_expedition_list(desk):
    assert desk.commands(desk.clerk, "surat") == []  # the card itself comes
    desk.sends_letters()
    page = answer(desk.commands(desk.clerk, "surat"), "letters/expedition")
    assert "Diterima: 0 dari 3" in page.words
    assert "Diantar langsung, belum dicatat penerimanya: 2" in page.words
    pending = answer(desk.presses(desk.clerk, page.choices[0]), "letters/pending")
    assert pending.labels == ["Dinsos · diantar", "DLH · diantar", "Dinkes", "Lihat ekspedisi"]
    paper = answer(desk.presses(desk.clerk, page.button("letters.print")), "letters/expedition_paper")
    assert desk.look(lambda uow: uow.papers.get(paper.attachment["paper"])).kind == "ekspedisi"


def test_surat_says_what_it_waits_for_when_there_is_nothing_to_do(desk):
    returned(desk)
    words = answer(desk.commands(desk.clerk, "surat"), "letters/none").words
    assert "langkah 2, Disposisi, di Kabid Penyelenggaraan E-Government" in words
    answer(desk.commands(desk.kabid, "surat"), "refusals/not_yours")


def test_a_delivery_by_hand_is_recorded_with_the_name_of_the_receiver(desk):
    desk.sends_letters()
    delivery = desk.deliveries()["dlh"]
    line = answer(desk.presses(desk.clerk, Choice("letters.opd", delivery.id)), "letters/opd")
    assert line.labels == ["Catat serah manual", "Belum diterima"]
    answer(desk.presses(desk.clerk, line.choices[0]), "letters/ask_receiver")
    answer(desk.says(desk.clerk, " "), "refusals/bad_input")
    done = answer(desk.says(desk.clerk, "Siti Aminah, Kasubbag Umum"), "letters/recorded_by_hand")
    assert "Siti Aminah, Kasubbag Umum" in done.words
    assert "1 dari 3" in done.words
    recorded = desk.deliveries()["dlh"]
    assert (recorded.channel, recorded.recorded_by) == ("manual", "Sekretariat Dinas")
    answer(desk.presses(desk.other, Choice("letters.by_hand", delivery.id)), "refusals/already_decided")


def test_two_clerks_asked_for_the_same_receiver_record_one(desk):
    desk.sends_letters()
    by_hand = Choice("letters.by_hand", desk.deliveries()["dlh"].id)
    desk.presses(desk.clerk, by_hand)
    desk.presses(desk.other, by_hand)
    desk.says(desk.clerk, "Siti Aminah")
    answer(desk.says(desk.other, "Budi Hartono"), "refusals/dialogue_closed")
    assert desk.deliveries()["dlh"].received_by == "Siti Aminah"


def test_sending_again_reaches_everybody_once_a_minute(desk):
    desk.sends_letters()
    again = Choice("letters.again", desk.deliveries()["dinas_kesehatan"].id)
    said = desk.presses(desk.clerk, again)
    assert "1 petugas" in answer(said, "letters/sent_again").words
    assert [s.template for s in said if s.person == desk.health.id] == ["letter", "letter", "letter_received_question"]
    assert not [s for s in desk.presses(desk.clerk, again) if s.person == desk.health.id]
    nobody = Choice("letters.again", desk.deliveries()["dlh"].id)
    assert answer(desk.presses(desk.clerk, nobody), "refusals/bad_input").params["problem"] == "nobody"
    answer(desk.presses(desk.health, again), "refusals/not_yours")


def test_who_joins_after_the_sending_gets_the_letters_and_may_receive_them(desk):
    desk.sends_letters()
    desk.passes(days=1)

    def joins(uow):
        admin = people.accept_invitation(
            uow, 77, "Admin", people.hash_code(people.issue_first_code(uow, now=desk.now)), now=desk.now
        )
        boss = uow.people.get(admin.id, desk.now)
        assert ADMINISTRATOR in boss.roles
        code = people.invite(uow, boss, "opd", "dlh", "", now=desk.now)
        person = people.accept_invitation(uow, 78, "Fajar", people.hash_code(code), now=desk.now)
        return uow.people.get(person.id, desk.now)

    newcomer = desk.look(joins)
    mine = [s for s in desk.said() if s.person == newcomer.id]
    assert [s.template for s in mine] == ["letter", "letter", "letter_received_question"]
    assert desk.deliveries()["dlh"].channel == "bot"
    desk.presses(newcomer, mine[-1].choices[0])
    assert desk.deliveries()["dlh"].received_by == "Fajar"


def test_who_had_blocked_the_bot_gets_the_letters_on_coming_back(desk):
    desk.look(lambda uow: people.unreachable(uow, desk.health.id, "blocked", now=desk.now))
    assert "Lewat bot: 0 dari 3" in answer(desk.sends_letters(), "letters/sent").words
    desk.look(lambda uow: people.reachable_again(uow, desk.health.id, now=desk.now))
    mine = [s.template for s in desk.said() if s.person == desk.health.id]
    assert mine == ["letter", "letter", "letter_received_question"]
    assert desk.deliveries()["dinas_kesehatan"].channel == "bot"


def test_who_joins_an_agency_while_the_cycle_is_given_up_gets_the_letters_when_it_is_taken_up_again(desk):
    desk.sends_letters()

    def whole(act):
        desk.look(lambda uow: cycles.change_whole(uow, desk.kabid, act, desk.cycle, "Audit.", now=desk.now))

    whole("cancel")
    newcomer = desk.member("Fajar", "opd", "dlh")
    desk.said()
    whole("reopen")
    said = desk.said()
    assert [s.template for s in said if s.person == newcomer.id and s.template.startswith("letter")] == [
        "letter",
        "letter",
        "letter_received_question",
    ]
    assert not [s for s in said if s.person == desk.health.id and s.template == "letter"]


def test_a_sent_letter_takes_neither_number_nor_return(desk):
    desk.sends_letters()
    letter = desk.letter()
    with pytest.raises(NotNow):
        letters.require_unsent(letter)
    assert desk.look(lambda uow: uow.letters.voided(desk.cycle)) == ()


# --- every role


@pytest.mark.parametrize("who", ["team", "kabid", "health"])
def test_nobody_else_acts_for_the_secretariat(desk, who):
    desk.all_signed()
    task, letter = desk.task(), desk.letter().id
    person = getattr(desk, who)
    for action in ("look", "number", "upload"):
        answer(desk.presses(person, Choice(f"letters.{action}", task, letter)), "refusals/not_yours")
    for action in ("send", "send_yes"):
        answer(desk.presses(person, Choice(f"letters.{action}", task)), "refusals/not_yours")
    desk.sends_letters()
    delivery = desk.deliveries()["dlh"].id
    for action, id in (
        ("list", desk.cycle),
        ("pending", desk.cycle),
        ("print", desk.cycle),
        ("opd", delivery),
        ("again", delivery),
        ("by_hand", delivery),
    ):
        answer(desk.presses(person, Choice(f"letters.{action}", id)), "refusals/not_yours")


# --- words


def test_the_words_stay_short_with_the_longest_names(desk):
    long = "Dinas Pemberdayaan Perempuan, Perlindungan Anak <& Keluarga> Berencana"
    params = {
        "cycle": "Evaluasi & Pemantauan <SPBE> " * 3,
        "opds": 33,
        "by_bot": 1,
        "by_hand": 32,
        "by_hand_names": [long] * step_3_letters.NAMED,
        "target_at": desk.now,
        "due_at": desk.now.replace(month=12),
        "printed_at": desk.now,
    }
    for template in ("letters/ask_send", "letters/sent"):
        words = wording().message(template, params)
        assert "dan 26 lainnya" in words
        assert "<&" not in words
        assert len(words) < 2000
        assert len(words.splitlines()) <= 12
    facts = {"title": "Surat Permohonan Data", "number": "9" * 60, "dated": desk.now.date(), "signatory": long}
    assert len(wording().message("letters/to_sign", facts)) < 1024  # a caption holds no more
