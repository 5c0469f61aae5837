"""Step 7 as people do it: report, one tap of the Kabid, Berita Acara, the desk of the Sekda; and what must not be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sop import papers
from sop.actions import letters, reminders
from sop.actions.cycles import change_whole, return_task
from sop.actions.letters import GiveNumber
from sop.cycle import Standing
from sop.letters import Letter, LetterState
from sop.outgoing import Choice
from sop.refusals import NotNow
from tests import closing_cycles
from tests.handlers.closing_desk import NUMBER, ClosingDesk
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer


@pytest.fixture
def desk():
    return kept(ClosingDesk)


def button(action, desk, arg=""):
    return Choice(action, desk.task, arg)


# --- the report


def test_a_form_that_lacks_explanations_cannot_be_reported_and_the_card_names_them():
    desk = ClosingDesk(complete=False)
    view, words, actions = desk.card(desk.team)
    assert view.template == "card/closing"
    assert "form.open" in actions
    assert "closing.report" not in actions
    assert "0 dari 47 indikator lengkap" in words
    said = answer(desk.presses(desk.team, button("closing.report", desk)), "refusals/incomplete")
    assert "Formulir belum lengkap untuk indikator: I01" in said.words
    answer(desk.presses(desk.team, button("closing.report_yes", desk)), "refusals/incomplete")
    assert desk.latest("formulir").reported_at is None


def test_the_report_goes_with_form_and_nota_dinas_to_the_kabid_who_gets_a_card(desk):
    asked = answer(desk.presses(desk.team, button("closing.report", desk)), "closing/ask_report")
    assert "Indeks SPBE" in asked.words
    assert "3,00" in asked.words
    desk.presses(desk.team, button("closing.note", desk))
    answer(desk.says(desk.team, "Dua OPD terlambat."), "closing/ask_report")
    said = desk.presses(desk.team, button("closing.report_yes", desk))
    answer(said, "closing/reported")
    to_kabid = [s for s in said if s.person == desk.kabid.id and s.template == "paper"]
    assert [s.params["title"] for s in to_kabid] == ["Formulir Evaluasi SPBE yang telah diisi", "Nota Dinas"]
    memo = papers.from_json("nota_dinas", desk.papers("nota_dinas")[-1].context)
    assert memo.note == "Dua OPD terlambat."
    assert memo.addressed_to == "Kepala Dinas Komunikasi dan Informatika"
    assert memo.through == "Kepala Bidang Penyelenggaraan E-Government"
    assert memo.state == papers.SIAP_TANDA_TANGAN
    view, words, actions = desk.card(desk.kabid)
    assert view.template == "card/acknowledge"
    assert actions[:2] == ["closing.ack", "step.return"]
    assert "Indeks SPBE <b>3,00</b>" in words
    _, words, actions = desk.card(desk.team)
    assert "tinggal menunggu Kabid" in words
    assert "closing.report" not in actions


def test_a_report_is_made_once(desk):
    desk.reports()
    answer(desk.presses(desk.other, button("closing.report_yes", desk)), "refusals/not_now")
    assert len(desk.papers("nota_dinas", current=False)) == 1


def test_a_preview_prints_drafts_and_reports_nothing(desk):
    said = desk.presses(desk.team, button("closing.preview", desk))
    assert [s.template for s in said].count("closing/draft") == 2
    assert papers.from_json("formulir_terisi", desk.papers("formulir_terisi")[-1].context).state == papers.RANCANGAN
    assert desk.latest("formulir").reported_at is None


def test_only_the_team_reports(desk):
    for who in (desk.kabid, desk.clerk, desk.city, desk.health):
        answer(desk.presses(who, button("closing.report_yes", desk)), "refusals/not_yours")


def test_too_long_a_note_is_refused(desk):
    desk.presses(desk.team, button("closing.note", desk))
    answer(desk.says(desk.team, "x" * 601), "refusals/bad_input")


# --- the superior


def test_the_kabid_takes_note_in_one_tap_and_the_nota_dinas_bears_it(desk):
    desk.reports("Catatan tetap.")
    said = answer(desk.presses(desk.kabid, button("closing.ack", desk)), "closing/acknowledged")
    assert "Kabid Penyelenggaraan E-Government" in said.words
    memo = papers.from_json("nota_dinas", desk.papers("nota_dinas")[-1].context)
    assert [a.verb for a in memo.acknowledged] == ["diketahui"]
    assert memo.note == "Catatan tetap."
    assert desk.statement().state.value == "rancangan"
    _, words, actions = desk.card(desk.kabid)
    assert actions == ["step.return"]
    assert "Laporan diketahui oleh" in words
    _, _, actions = desk.card(desk.team)
    assert actions[0] == "letters.number"


def test_a_second_tap_learns_who_was_first(desk):
    desk.reports()
    desk.acknowledges()
    said = answer(desk.presses(desk.kabid, button("closing.ack", desk)), "refusals/already_decided")
    assert "sudah diketahui oleh Kabid" in said.words
    assert len(desk.papers("nota_dinas", current=False)) == 2


def test_nobody_takes_note_of_what_was_not_reported_and_the_team_not_of_its_own(desk):
    said = answer(desk.presses(desk.kabid, button("closing.ack", desk)), "refusals/not_now")
    assert "Belum ada laporan" in said.words
    desk.reports()
    answer(desk.presses(desk.team, button("closing.ack", desk)), "refusals/not_yours")


@pytest.mark.parametrize("target", ["rapat", "formulir"])
def test_the_kabid_returns_the_report_with_a_reason_to_either_step(desk, target):
    desk.reports()
    task = desk.task
    where = answer(desk.presses(desk.kabid, button("step.return", desk)), "step/return_where")
    assert [c.arg for c in where.choices if c.action == "step.return_to"] == ["rapat", "formulir"]
    desk.presses(desk.kabid, button("step.return_own", desk, target))
    answer(desk.says(desk.kabid, "Nilai I05 perlu dibahas."), "step/returned")
    opened = desk.look(lambda uow: uow.cycles.get(desk.cycle).open_tasks()[0])
    assert (opened.step, opened.pass_no, opened.came_back) == (target, 2, "Nilai I05 perlu dibahas.")
    assert desk.card(desk.team, task)[0].template == "card/decided"
    assert desk.look(lambda uow: uow.scores.get(desk.cycle, "I01").explanation) == "Sudah ditetapkan."


def test_the_kabid_returns_nothing_before_the_report(desk):
    answer(desk.presses(desk.kabid, button("step.return", desk)), "refusals/not_now")


# --- the Berita Acara


def test_the_berita_acara_waits_for_the_acknowledgement(desk):
    said = answer(desk.commands(desk.team, "berita_acara"), "refusals/not_now")
    assert "belum diketahui" in said.words
    desk.reports()
    desk.acknowledges()
    found = answer(desk.commands(desk.team, "berita_acara"), "closing/statement")
    assert "letters.number" in [c.action for c in found.choices]


def test_it_is_numbered_in_the_register_and_printed_for_the_sekda_without_asking_who_signs(desk):
    desk.reports()
    desk.acknowledges()
    letter = desk.statement().id
    asked = answer(desk.presses(desk.team, button("letters.number", desk, letter)), "letters/ask_number")
    assert NUMBER in asked.words
    dated = answer(desk.presses(desk.team, button("letters.use_number", desk)), "letters/ask_date")
    said = desk.presses(desk.team, dated.button("letters.date"))
    answer(said, "letters/numbered")
    context = papers.from_json("berita_acara", desk.papers("berita_acara")[-1].context)
    assert context.number == NUMBER
    assert context.state == papers.SIAP_TANDA_TANGAN
    assert context.sekda.title == "Sekretaris Daerah Kota Pangkalpinang"
    assert context.chairs == ()  # the SOP: signed by the Sekda
    assert (context.opds.asked, context.opds.handed_over, context.opds.closed) == (2, 1, 1)
    assert context.attendance == 2
    (party,) = context.parties
    assert (party.signature, party.address) == (context.sekda, "Jalan Contoh Nomor 2, Pangkalpinang 33100")
    assert context.copies == 2  # the office's setting
    assert [(d.by, d.words) for d in context.result.dissent] == [("Inspektorat", "Nilai I08 sebaiknya 2.")]
    assert desk.card(desk.team)[2][0] == "closing.to_sekda"


def test_a_draft_can_be_read_before_it_has_a_number(desk):
    desk.reports()
    desk.acknowledges()
    answer(desk.presses(desk.team, button("closing.draft", desk)), "closing/draft")
    assert papers.from_json("berita_acara", desk.papers("berita_acara")[-1].context).state == papers.RANCANGAN
    desk.numbers()
    answer(desk.presses(desk.team, button("closing.draft", desk)), "refusals/not_now")


def test_the_clock_stands_on_the_sekdas_desk_and_the_team_is_asked_every_two_working_days(desk):
    desk.reports()
    desk.acknowledges()
    desk.numbers()
    due = desk.latest("formulir").due_at
    away = answer(desk.presses(desk.team, button("closing.to_sekda", desk)), "closing/away")
    assert "setiap 2 hari kerja" in away.words
    answer(desk.presses(desk.other, button("closing.to_sekda", desk)), "refusals/not_now")
    _, words, actions = desk.card(desk.team)
    assert "di Sekda sejak Selasa, 24 November 2026" in words
    assert actions[0] == "letters.upload"
    planned = desk.look(lambda uow: uow.reminders.next_at())
    assert planned == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # the end of the second working day
    desk.now = planned + timedelta(minutes=1)
    desk.said()
    desk.look(lambda uow: reminders.remind_all_due(uow, now=desk.now))
    asked = [s for s in desk.said() if s.template == "reminder"]
    assert {s.person for s in asked} == {desk.team.id, desk.other.id}
    assert "Berita Acara dibawa ke Sekda sejak Selasa, 24 November 2026" in asked[0].words
    assert "sudah lewat" not in asked[0].words
    assert desk.look(lambda uow: uow.reminders.next_at()) > desk.now
    desk.signed_copy_arrives()
    task = desk.latest("formulir")
    assert task.standing.value == ""
    assert task.due_at > due


def test_it_is_the_sekda_who_gives_it_back_also_where_the_nota_dinas_has_a_number_of_another_signer(desk):
    desk.reports()
    memo = desk.look(lambda uow: uow.letters.of_cycle(desk.cycle, ("nota_dinas",))[0].id)
    task, number = desk.task, GiveNumber(memo, "500.12/777/DISKOMINFO/XI/2026", date(2026, 11, 24), "ketua_tim")
    desk.look(lambda uow: letters.number_letter(uow, desk.team, task, number, bot_name="monev", now=desk.now))
    desk.passes(minutes=5)
    desk.acknowledges()
    desk.numbers()
    desk.brings_to_sekda()
    desk.presses(desk.team, button("step.return_own", desk, "formulir"))
    desk.says(desk.team, "Dasar hukum kurang.")
    assert "Dikembalikan oleh Sekretaris Daerah Kota Pangkalpinang" in desk.card(desk.team)[1]


def test_the_clock_goes_on_with_a_signed_copy_whose_sender_has_left_the_team_meanwhile(desk):
    desk.reports()
    desk.acknowledges()
    desk.numbers()
    desk.brings_to_sekda()
    desk.passes(days=2)
    desk.look(lambda uow: uow.people.revoke(desk.other.id, "tim_diskominfo", None, desk.now))
    desk.signed_copy_arrives(desk.other)
    assert desk.statement().state.value == "ditandatangani"
    assert desk.latest("formulir").standing.value == ""
    assert desk.card(desk.team)[2][0] == "closing.finish"


def test_the_signed_copy_ends_the_step_with_one_more_tap(desk):
    desk.reports()
    desk.acknowledges()
    desk.numbers()
    answer(desk.presses(desk.team, button("closing.finish_yes", desk)), "refusals/incomplete")
    desk.brings_to_sekda()
    desk.passes(days=2)
    desk.signed_copy_arrives()
    task = desk.task
    assert desk.card(desk.team)[2][0] == "closing.finish"
    asked = answer(desk.presses(desk.team, button("closing.finish", desk)), "closing/ask_finish")
    assert "Langkah 8" in asked.words
    answer(desk.presses(desk.team, Choice("closing.finish_yes", task)), "closing/finished")
    assert desk.latest("publikasi").open
    assert desk.papers("berita_acara")[-1].sha256 == "c" * 64
    again = answer(desk.presses(desk.other, Choice("closing.finish_yes", task)), "refusals/already_decided")
    assert "diserahkan" in again.words


def test_the_sekda_gives_it_back_and_its_number_is_void(desk):
    desk.reports()
    desk.acknowledges()
    desk.numbers()
    desk.brings_to_sekda()
    back = next(c for row in desk.card(desk.team)[0].choices for c in row if c.action == "step.return")
    assert back.label_key == "closing.sekda_returns"
    desk.presses(desk.team, back)
    desk.presses(desk.team, button("step.return_own", desk, "formulir"))
    said = desk.says(desk.team, "Dasar hukum kurang.")
    answer(said, "step/returned")
    answer(said, "letters_void")
    task = desk.latest("formulir")
    assert (task.pass_no, task.standing.value, task.reported_at) == (2, "", None)
    sekda = "Sekretaris Daerah Kota Pangkalpinang"
    words = f"Dikembalikan oleh {sekda} (dicatat oleh Tim SPBE Diskominfo): “Dasar hukum kurang.”"
    card = desk.card(desk.team)[1]
    assert words in card, card
    first = desk.look(lambda uow: uow.cycles.get(desk.cycle).tasks[-2].id)
    assert f"oleh {sekda}, dicatat oleh Tim SPBE Diskominfo" in desk.card(desk.team, first)[1]
    history = answer(desk.commands(desk.team, "riwayat"), "admin/history").words
    assert f"keputusan {sekda}: “Dasar hukum kurang.”" in history
    with pytest.raises(NotNow):
        desk.numbers()
    desk.reports()
    desk.acknowledges()
    assert desk.look(lambda uow: [v.number for v in uow.letters.voided(desk.cycle)]) == [NUMBER]
    desk.numbers(NUMBER)  # taken up again on purpose
    assert desk.statement().number == NUMBER


def test_wrong_roles_and_a_cycle_that_stands_still_move_nothing(desk):
    desk.reports()
    desk.acknowledges()
    desk.numbers()
    for action in ("closing.to_sekda", "closing.finish_yes", "closing.draft", "closing.statement"):
        for who in (desk.kabid, desk.clerk, desk.city, desk.health):
            answer(desk.presses(who, button(action, desk)), "refusals/not_yours")

    desk.look(lambda uow: change_whole(uow, desk.kabid, "suspend", desk.cycle, "Libur", now=desk.now))
    answer(desk.presses(desk.team, button("closing.to_sekda", desk)), "refusals/not_now")


def test_nothing_waits_before_step_7_is_said_so(desk):
    desk.look(lambda uow: closing_cycles.score(uow, desk.cycle))
    other = ClosingDesk(step=8)
    answer(other.commands(other.team, "berita_acara"), "closing/nothing")
    answer(other.commands(other.kabid, "berita_acara"), "refusals/not_yours")


def test_a_fractional_instrument_is_reported_as_provisional_while_external_values_wait():
    desk = ClosingDesk(instrument=closing_cycles.FRACTIONAL)
    asked = answer(desk.presses(desk.team, button("closing.report", desk)), "closing/ask_report")
    assert "sementara" in asked.words
    answer(desk.presses(desk.team, button("closing.report_yes", desk)), "closing/reported")
    context = papers.from_json("formulir_terisi", desk.papers("formulir_terisi")[-1].context)
    assert context.result.provisional


def test_a_signed_copy_that_arrives_while_the_cycle_stands_is_refused_in_deed_too(desk):
    """It was once told as refused and taken all the same, and the clock stood for ever."""
    desk.reports()
    desk.acknowledges()
    desk.numbers()
    desk.brings_to_sekda()
    desk.look(lambda uow: change_whole(uow, desk.kabid, "suspend", desk.cycle, "Anggaran", now=desk.now))
    desk.signed_copy_arrives()
    assert desk.statement().state is LetterState.NUMBERED
    desk.look(lambda uow: change_whole(uow, desk.kabid, "resume", desk.cycle, "Sudah ada", now=desk.now))
    desk.signed_copy_arrives()
    assert desk.statement().state is LetterState.SIGNED
    assert desk.latest("formulir").standing is Standing.NO


def test_a_return_lets_the_invitation_of_a_meeting_that_was_held_keep_its_number(desk):
    """It was never sent through the bot; the meeting took place all the same."""

    def held_with_a_letter(uow):
        meeting = uow.meetings.of_cycle(desk.cycle)
        sent = Letter(
            "undangan01", desk.cycle, "undangan_rapat", LetterState.SIGNED, "D", desk.now, "1/2/3", date(2026, 11, 23)
        )
        uow.letters.add(sent)
        uow.meetings.save(replace(meeting, sittings=(replace(meeting.sittings[0], letter=sent.id),)))

    desk.look(held_with_a_letter)
    task = desk.task
    desk.look(lambda uow: return_task(uow, desk.team, task, "Nilai dibahas lagi.", to_step="rapat", now=desk.now))
    assert desk.look(lambda uow: uow.letters.get("undangan01")).state is LetterState.SIGNED
