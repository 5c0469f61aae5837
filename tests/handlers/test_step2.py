"""Step 2: the Kabid decides in a corridor; with instructions and a note, or in one tap; nobody else does."""

from datetime import timedelta

import pytest

from sop.actions import cycles, preparation
from sop.people import Delegation
from sop.refusals import SameEyes
from sop.worktime import WIB
from tests.handlers.preparing_desk import (
    AYU,
    BUDI,
    DEWI,
    RINA,
    SARI,
    STRANGER,
    PreparingDesk,
    button,
    cards,
    labelled,
    office,
    only,
)

CITRA = 16


@pytest.fixture
def desk():
    return PreparingDesk()


@pytest.fixture
def task(desk):
    return desk.hands_over()


def test_the_card_says_in_a_few_lines_what_is_to_be_decided(desk, task):
    card = desk.card(BUDI, "disposisi")
    for words in (
        "Langkah 2/8 · Disposisi",
        "Disiapkan Tim SPBE Diskominfo, untuk 2 perangkat daerah.",
        "Rapat: Kamis, 3 Desember 2026 pukul 09.00 WIB, Smart Room Center.",
        "Data ditunggu sampai Selasa, 8 Desember 2026",
        "Laporan dan 2 surat terlampir di atas",
        "Mohon diputuskan sebelum Selasa, 24 November 2026 pukul 08.30 WIB (sisa 30 menit kerja)",
    ):
        assert words in card.words
    assert len(card.words.splitlines()) <= 12
    assert card.labels[:3] == ["Setujui & disposisikan", "Kembalikan", "Tanya dulu"]
    assert card.choices[0].style == "success"


def test_one_tap_approves_and_answers_with_who_when_and_what_next(desk, task):
    desk.passes(minutes=12)
    said = desk.taps(BUDI, button(desk.card(BUDI, "disposisi"), "dispose.approve"))
    done = only(said, "dispose/approved")
    assert "oleh Kabid Penyelenggaraan E-Government, Selasa, 24 November 2026 pukul 08.12 WIB" in done.words
    assert "diteruskan ke Sekretariat Dinas" in done.words
    assert "Batas waktu Sekretariat Dinas: Kamis, 26 November 2026" in done.words
    assert "Instruksi: Untuk ditandatangani dan dikirim" in done.words
    sheet = desk.look(lambda uow: uow.papers.of_cycle(uow.cycles.current()[0].id, kind="lembar_disposisi"))
    assert done.attachment["paper"] == sheet[0].id
    assert "disetujui" in only(said, "dispose/toast").words
    mine = [s for s in cards(said) if s.to == desk.people[BUDI]]
    assert mine[-1].template == "card/decided"
    assert not mine[-1].choices


def test_who_prepared_hears_of_it_silently_with_the_note(desk, task):
    desk.taps(BUDI, f"dispose.note:{task}:")
    desk.says(BUDI, "Mohon <segera>.")
    said = desk.taps(BUDI, f"dispose.confirm:{task}:")
    told = [s for s in said if s.template == "dispose/told"]
    assert [s.to for s in told] == [desk.people[RINA]]
    assert "Mohon &lt;segera&gt;." in told[0].words
    assert "Berikutnya: Sekretariat Dinas, batas waktu Kamis, 26 November 2026" in told[0].words


def test_a_colleague_a_second_later_is_told_who_was_first(desk, task):
    desk.member(CITRA, "Citra Maharani", "kabid")
    desk.taps(BUDI, f"dispose.approve:{task}:")
    desk.passes(seconds=1)
    again = only(desk.taps(CITRA, f"dispose.approve:{task}:"), "refusals/already_decided")
    assert "sudah diserahkan oleh Kabid Penyelenggaraan E-Government" in again.words
    assert "Tidak ada lagi yang perlu Bapak/Ibu lakukan" in again.words
    assert len(desk.cycle().open_tasks("surat")) == 1


def test_instructions_and_a_note_are_chosen_and_stand_on_the_sheet(desk, task):
    page = only(desk.taps(BUDI, f"dispose.options:{task}:"), "dispose/options")
    assert "dipakai instruksi yang lazim: Untuk ditandatangani dan dikirim" in page.words
    page = only(desk.taps(BUDI, labelled(page, "Proses lebih lanjut")), "dispose/options")
    page = only(desk.taps(BUDI, labelled(page, "Tanggapan dan saran")), "dispose/options")
    page = only(desk.taps(BUDI, labelled(page, "Tanggapan dan saran")), "dispose/options")
    assert page.labels[1].startswith("✅")
    assert page.labels[0].startswith("⬜")
    only(desk.taps(BUDI, button(page, "dispose.note")), "dispose/ask_note")
    kept = only(desk.says(BUDI, "Perhatikan tenggatnya."), "dispose/note_kept")
    done = only(desk.taps(BUDI, button(kept, "dispose.confirm")), "dispose/approved")
    assert "Instruksi: Proses lebih lanjut\n" in done.words
    assert "Catatan: “Perhatikan tenggatnya.”" in done.words
    decided = desk.cycle().task(task)
    assert (decided.instructions, decided.note) == (("Proses lebih lanjut",), "Perhatikan tenggatnya.")
    assert not desk.draft(BUDI, task)


def test_what_was_chosen_is_not_lost_by_approving_on_the_card(desk, task):
    desk.taps(BUDI, f"dispose.options:{task}:1")
    desk.taps(BUDI, button(desk.card(BUDI, "disposisi"), "dispose.approve"))
    assert desk.cycle().task(task).instructions == ("Proses lebih lanjut",)
    assert not desk.draft(BUDI, task)


def sheet_of(desk):
    cycle = desk.cycle().id
    return desk.look(lambda uow: uow.papers.of_cycle(cycle, kind="lembar_disposisi"))[-1].context


def test_one_tap_prints_the_offices_usual_sifat_and_leaves_the_agenda_number_to_the_pen(desk, task):
    done = only(desk.taps(BUDI, f"dispose.approve:{task}:"), "dispose/approved")
    sheet = sheet_of(desk)
    assert (sheet["urgency"], sheet["security"], sheet["agenda_number"]) == ("biasa", "biasa", None)
    assert "Sifat" not in done.words


def test_the_office_decides_what_is_usual():
    usual = office().office.model_copy(update={"disposition_urgency": "segera", "disposition_security": "terbatas"})
    desk = PreparingDesk(bundle=office().model_copy(update={"office": usual}))
    task = desk.hands_over()
    page = only(desk.taps(BUDI, f"dispose.options:{task}:"), "dispose/options")
    assert "Sifat: kecepatan segera, keamanan terbatas." in page.words
    done = only(desk.taps(BUDI, f"dispose.approve:{task}:"), "dispose/approved")
    assert "Sifat: segera, terbatas" in done.words
    assert (sheet_of(desk)["urgency"], sheet_of(desk)["security"]) == ("segera", "terbatas")


def test_urgency_and_security_are_chosen_apart_and_stand_on_the_sheet(desk, task):
    page = only(desk.taps(BUDI, f"dispose.options:{task}:1"), "dispose/options")
    assert "Sifat: kecepatan biasa, keamanan biasa." in page.words
    asked = only(desk.taps(BUDI, button(page, "dispose.urgency")), "dispose/mark")
    assert asked.labels == ["⬜ Sangat segera", "⬜ Segera", "✅ Biasa", "Pilih instruksi"]
    page = only(desk.taps(BUDI, labelled(asked, "Sangat segera")), "dispose/options")
    assert "Kecepatan: sangat segera" in page.labels
    asked = only(desk.taps(BUDI, button(page, "dispose.security")), "dispose/mark")
    assert asked.labels[:4] == ["✅ Biasa", "⬜ Terbatas", "⬜ Rahasia", "⬜ Sangat rahasia"]
    page = only(desk.taps(BUDI, labelled(asked, "⬜ Rahasia")), "dispose/options")
    assert "Dipilih: Proses lebih lanjut" in page.words
    assert "Sifat: kecepatan sangat segera, keamanan rahasia." in page.words
    done = only(desk.taps(BUDI, button(desk.card(BUDI, "disposisi"), "dispose.approve")), "dispose/approved")
    assert "Sifat: sangat segera, rahasia" in done.words
    assert (sheet_of(desk)["urgency"], sheet_of(desk)["security"]) == ("sangat_segera", "rahasia")
    assert not desk.draft(BUDI, task)


def test_a_forged_sifat_is_refused(desk, task):
    for forged in ("urgency:{task}:rahasia", "security:{task}:segera", "security:{task}:0"):
        only(desk.taps(BUDI, "dispose." + forged.format(task=task)), "refusals/nothing_there")
    assert not desk.draft(BUDI, task)


def test_too_long_or_empty_a_note_is_asked_again_at_once(desk, task):
    desk.taps(BUDI, f"dispose.note:{task}:")
    assert "terlalu panjang" in only(desk.says(BUDI, "x" * 501), "refusals/bad_input").words
    assert "masih kosong" in only(desk.says(BUDI, "  "), "refusals/bad_input").words
    only(desk.says(BUDI, "x" * 500), "dispose/note_kept")
    only(desk.taps(BUDI, f"dispose.confirm:{task}:"), "dispose/approved")


def test_a_forged_instruction_is_refused(desk, task):
    for number in ("99", "-1", "²", "x"):
        only(desk.taps(BUDI, f"dispose.options:{task}:{number}"), "refusals/nothing_there")
    assert not desk.draft(BUDI, task)


def test_nobody_else_decides_or_looks(desk, task):
    for who, why in ((RINA, "not_yours"), (SARI, "not_yours"), (DEWI, "not_yours"), (STRANGER, "not_member")):
        for action in ("approve", "options", "urgency", "security", "note", "confirm"):
            assert {s.template for s in desk.taps(who, f"dispose.{action}:{task}:0")} == {f"refusals/{why}"}
    assert desk.cycle().task(task).open
    assert not desk.draft(RINA, task)


def test_a_task_of_another_step_is_not_disposed(desk, task):
    desk.taps(BUDI, f"dispose.approve:{task}:")
    letters = desk.task("surat")
    desk.member(SARI, "Sari Wulandari", "kabid")  # the Sekretariat's officer is a Kabid as well
    for action in ("approve", "options", "urgency", "security", "note", "confirm"):
        only(desk.taps(SARI, f"dispose.{action}:{letters}:"), "refusals/nothing_there")
    assert desk.cycle().task(letters).open


def test_who_handed_over_may_not_dispose_even_when_a_colleague_saw_the_drafts_last():
    desk = PreparingDesk()
    desk.member(RINA, "Rina Kartika", "kabid")
    desk.fills(RINA)
    step_1 = desk.task("persiapan")
    desk.taps(AYU, f"prepare.preview:{step_1}:")
    desk.taps(RINA, f"prepare.submit_yes:{step_1}:")
    task = desk.task("disposisi")
    refused = only(desk.taps(RINA, f"dispose.approve:{task}:"), "refusals/same_eyes")
    assert "Kabid atau Plh. lain" in refused.words
    with pytest.raises(SameEyes):
        desk.look(lambda uow: preparation.dispose(uow, desk.who(uow, RINA), task, now=desk.now))
    only(desk.taps(BUDI, f"dispose.approve:{task}:"), "dispose/approved")


def lends_to(desk, person: int) -> None:
    """The Kabid is away today; this person is Plh."""
    today = desk.now.astimezone(WIB).date()

    def lend(uow):
        absent, sub = desk.who(uow, BUDI), desk.who(uow, person)
        uow.people.delegate(
            Delegation(f"d{person}", "kabid", None, absent.id, absent.name, sub.id, "Plh.", today, today), desk.now
        )

    desk.look(lend)


def test_who_changed_the_drafts_of_a_colleague_does_not_dispose_them_either(desk):
    desk.fills(AYU)
    desk.taps(AYU, f"prepare.preview:{desk.task('persiapan')}:")
    desk.fills(RINA)
    task = desk.hands_over(RINA)
    for drafter in (AYU, RINA):
        lends_to(desk, drafter)
        refused = only(desk.taps(drafter, f"dispose.approve:{task}:"), "refusals/same_eyes")
        assert "Kabid atau Plh. lain" in refused.words
    assert desk.sheet().drafted_by == desk.people[RINA]
    only(desk.taps(BUDI, f"dispose.approve:{task}:"), "dispose/approved")


def test_who_only_uploaded_the_official_file_has_drafted_too(desk):
    desk.fills(RINA)
    task = desk.task("persiapan")
    desk.taps(AYU, f"prepare.upload:{task}:formulir_evaluasi")
    desk.sends(AYU, "formulir.pdf")
    desk.arrives()
    assert desk.people[AYU] in desk.sheet().drafters


def test_a_new_pass_begins_with_no_drafters(desk):
    desk.fills(AYU)
    task = desk.hands_over(RINA)
    desk.look(lambda uow: cycles.return_task(uow, desk.who(uow, BUDI), task, "Perbaiki tanggal rapat.", now=desk.now))
    desk.heard()
    assert desk.sheet().drafters == ()
    again = desk.hands_over(RINA)
    assert desk.sheet().drafters == (desk.people[RINA],)
    lends_to(desk, AYU)
    only(desk.taps(AYU, f"dispose.approve:{again}:"), "dispose/approved")


def test_the_plh_decides_and_every_word_says_so(desk, task):
    today = desk.now.astimezone(WIB).date()

    def lend(uow):
        budi, sari = desk.who(uow, BUDI), desk.who(uow, SARI)
        until = today + timedelta(days=2)
        uow.people.delegate(
            Delegation("d1", "kabid", None, budi.id, budi.name, sari.id, "Plh.", today, until), desk.now
        )

    desk.look(lend)
    said = desk.taps(SARI, f"dispose.approve:{task}:")
    assert "oleh Plh. Kabid Penyelenggaraan E-Government" in only(said, "dispose/approved").words
    assert "oleh Plh. Kabid Penyelenggaraan E-Government" in only(said, "dispose/told").words
    cycle = desk.cycle().id
    (sheet,) = desk.look(lambda uow: uow.papers.of_cycle(cycle, kind="lembar_disposisi"))
    signer = sheet.context["signature"]
    name = desk.look(lambda uow: desk.who(uow, SARI)).name
    assert (signer["acting"], signer["name"], signer["nip"], signer["nip_open"]) == ("Plh.", name, None, True)
    assert signer["title"] == "Kepala Bidang Penyelenggaraan E-Government"


def test_the_command_opens_the_card_that_waits_and_of_several_asks_which(desk):
    only(desk.says(BUDI, "/disposisi"), "dispose/nothing")
    desk.hands_over()
    assert [s.template for s in desk.says(BUDI, "/disposisi")] == ["card/dispose"]
    desk.now += timedelta(minutes=1)  # the newer cycle is the one that the desk goes on with
    desk.opens("Evaluasi Mandiri SPBE 2027")
    desk.hands_over()
    which = only(desk.says(BUDI, "/disposisi"), "dispose/which")
    assert sorted(which.labels) == ["Evaluasi Mandiri SPBE 2026", "Evaluasi Mandiri SPBE 2027"]
    card = cards(desk.taps(BUDI, labelled(which, "2027")))[-1]
    assert "Evaluasi Mandiri SPBE 2027" in card.words


def test_while_a_question_is_open_nothing_can_be_decided(desk, task):
    desk.taps(BUDI, f"step.ask:{task}:")
    desk.says(BUDI, "Apakah semua OPD diundang?")
    card = desk.card(BUDI, "disposisi")
    assert "Menunggu jawaban atas: “Apakah semua OPD diundang?”" in card.words
    assert "Waktu berhenti" in card.words
    assert "dispose.approve" not in [c.action for c in card.choices]
    assert "belum dijawab" in only(desk.taps(BUDI, f"dispose.approve:{task}:"), "refusals/incomplete").words


def test_what_the_sekretariat_sends_back_carries_its_reason(desk, task):
    desk.taps(BUDI, f"dispose.approve:{task}:")
    letters = desk.task("surat")
    desk.look(
        lambda uow: cycles.return_task(uow, desk.who(uow, SARI), letters, "Instruksi <kurang> jelas", now=desk.now)
    )
    card = desk.card(BUDI, "disposisi")
    assert "Dikembalikan oleh Sekretariat Dinas: “Instruksi &lt;kurang&gt; jelas”" in card.words
    assert "Sudah diperbaiki" not in card.words
    only(desk.taps(BUDI, button(card, "dispose.approve")), "dispose/approved")


def test_a_suspended_cycle_holds_the_decision(desk, task):
    cycle = desk.cycle().id
    desk.look(lambda uow: cycles.change_whole(uow, desk.who(uow, BUDI), "suspend", cycle, "Libur", now=desk.now))
    for action in ("approve", "options", "urgency", "security", "note"):
        only(desk.taps(BUDI, f"dispose.{action}:{task}:"), "refusals/not_now")


def test_the_report_gives_everybody_the_post_that_was_typed_and_names_the_meeting(desk, task):
    cycle = desk.cycle().id
    (report,) = desk.look(lambda uow: uow.papers.of_cycle(cycle, kind="laporan_persiapan"))
    posts = desk.sheet().members
    assert [(m["name"], m["role"]) for m in report.context["team"]] == [(m.name, m.post) for m in posts]
    assert report.context["meeting"]["place"] == desk.sheet().meeting.place


def test_a_letter_counts_what_goes_with_it_and_copies_to_nobody_who_gets_it_anyway(desk, task):
    cycle = desk.cycle().id

    def of(kind):
        (paper,) = desk.look(lambda uow: uow.papers.of_cycle(cycle, kind=kind))
        return paper.context

    letter = of("surat_permohonan_data")
    apart = len(letter["recipients"]["titles"]) > 3
    attached = apart + 1 + len(letter["enclosures"])
    assert letter["head"]["lampiran"].startswith(f"{attached} (")
    assert of("surat_undangan")["head"]["lampiran"] == ("1 (satu) lembar" if apart else "-")
    copied = any("Sekretaris Daerah" in t for t in letter["tembusan"])
    assert copied != ("Sekretaris Daerah" in letter["recipients"]["titles"])
