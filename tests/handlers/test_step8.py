"""Step 8 as the team does it: check-list, preview, publication; and the closed cycle that stays readable."""

import pytest

from sop import papers
from sop.actions import expedition, publishing
from sop.actions.cycles import change_whole, return_task
from sop.actions.papers import visible_papers
from sop.cycle import Cycle
from sop.letters import Delivery
from sop.outgoing import Choice
from sop.refusals import NotNow
from tests.handlers.closing_desk import ClosingDesk
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer


@pytest.fixture
def desk():
    return kept(ClosingDesk, step=8)


def button(action, desk, arg=""):
    return Choice(action, desk.task, arg)


def book(desk, which=-1):
    return papers.from_json("dokumen_evaluasi", desk.papers("dokumen_evaluasi")[which].context)


def test_the_check_list_shows_what_is_there_and_what_is_not(desk):
    view, words, actions = desk.card(desk.team)
    assert view.template == "card/publish"
    assert actions[0] == "publish.ask"
    assert "✅ 7. Formulir dan Berita Acara — 3 naskah" in words
    assert "⬜ 6. Rapat koordinasi — belum ada Undangan Rapat Koordinasi, Daftar Hadir dan lainnya" in words
    assert "Indeks SPBE <b>3,00</b>" in words


def test_without_a_signed_berita_acara_nothing_is_published(desk):
    desk.look(lambda uow: [uow.papers.replace(p.id) for p in uow.papers.of_cycle(desk.cycle, kind="formulir_terisi")])
    _, words, actions = desk.card(desk.team)
    assert "Belum dapat diterbitkan" in words
    assert "publish.ask" not in actions
    said = answer(desk.presses(desk.team, button("publish.yes", desk)), "refusals/incomplete")
    assert "Formulir Evaluasi SPBE yang telah diisi" in said.words
    assert desk.state() == "berjalan"


def test_a_draft_of_the_document_is_for_those_who_may_see_the_result(desk):
    answer(desk.presses(desk.team, button("publish.preview", desk)), "publish/draft")
    assert book(desk).state == papers.RANCANGAN
    draft = desk.papers("dokumen_evaluasi")[-1]

    def sees(uow, who):
        return draft.id in [p.id for p in visible_papers(uow, who, uow.cycles.get(desk.cycle))]

    assert [desk.look(lambda uow, w=w: sees(uow, w)) for w in (desk.team, desk.kabid, desk.city)] == [True] * 3
    assert [desk.look(lambda uow, w=w: sees(uow, w)) for w in (desk.health, desk.clerk)] == [False] * 2


def test_the_teams_own_words_stand_in_the_document_and_can_be_taken_out_again(desk):
    shown = answer(desk.presses(desk.team, button("publish.words", desk)), "publish/words")
    asked = answer(desk.presses(desk.team, shown.button("publish.word", "conclusion")), "publish/ask_word")
    assert "kesimpulan" in asked.words
    answer(desk.says(desk.team, "Perbaikan diutamakan pada layanan."), "publish/words")
    desk.presses(desk.other, button("publish.preview", desk))
    assert book(desk).conclusion == "Perbaikan diutamakan pada layanan."
    again = answer(desk.presses(desk.other, button("publish.word", desk, "conclusion")), "publish/ask_word")
    answer(desk.presses(desk.other, again.button("publish.clear")), "publish/words")
    desk.presses(desk.team, button("publish.preview", desk))
    assert book(desk).conclusion is None
    answer(desk.presses(desk.team, button("publish.word", desk, "x")), "refusals/nothing_there")
    answer(desk.presses(desk.team, button("publish.clear", desk, "x")), "refusals/nothing_there")


def test_publishing_is_asked_once_goes_to_everybody_and_closes_the_cycle(desk):
    task = desk.task
    asked = answer(desk.presses(desk.team, button("publish.ask", desk)), "publish/ask")
    assert "Dokumen dikirim ke 6 orang" in asked.words
    assert "Tidak ada dalam siklus ini: " in asked.words
    assert desk.state() == "berjalan"
    under_way = answer(desk.presses(desk.team, button("publish.yes", desk)), "publish/under_way")
    assert "dikirim ke 6 orang dan siklus ditutup" in under_way.words
    assert desk.state() == "berjalan"
    desk.prints("dokumen_evaluasi")
    said = desk.said()
    everybody = {desk.team, desk.other, desk.kabid, desk.clerk, desk.city, desk.health}
    got = [s for s in said if s.template == "published"]
    assert {s.person for s in got} == {p.id for p in everybody}
    assert all("Indeks SPBE" in s.words and s.attachment["paper"] for s in got)
    assert desk.state() == "selesai"
    made = book(desk)
    assert made.state == papers.SIAP_TANDA_TANGAN
    assert [s.number for s in made.steps] == list(range(1, 9))
    assert made.steps[-1].ended is not None
    assert {o.opd: bool(o.closed_reason) for o in made.opds} == {
        "Dinas Kesehatan": False,
        "Dinas Lingkungan Hidup": True,
    }
    again = answer(desk.presses(desk.other, Choice("publish.yes", task)), "refusals/not_now")
    assert "sudah selesai" in again.words
    assert len([p for p in desk.papers("dokumen_evaluasi", current=False) if p.state != "replaced"]) == 1


def sees_the_book(desk, who) -> bool:
    """Whether it is in somebody's /dokumen, old versions included."""

    def seen(uow):
        cycle = uow.cycles.get(desk.cycle)
        found = (*visible_papers(uow, who, cycle), *visible_papers(uow, who, cycle, old=True))
        return "dokumen_evaluasi" in {p.kind for p in found}

    return desk.look(seen)


def test_until_the_document_is_printed_nothing_is_closed_and_nothing_can_be_done_twice(desk):
    desk.presses(desk.team, button("publish.yes", desk))
    _, words, actions = desk.card(desk.other)
    assert "Dokumen sedang dicetak" in words
    assert not {"publish.ask", "publish.preview", "publish.words"} & set(actions)
    for action, arg in (("publish.yes", ""), ("publish.ask", ""), ("publish.preview", ""), ("publish.clear", "scope")):
        refused = answer(desk.presses(desk.other, button(action, desk, arg)), "refusals/not_now")
        assert "sedang dicetak" in refused.words
    assert not sees_the_book(desk, desk.health)
    desk.prints("dokumen_evaluasi")
    assert desk.state() == "selesai"
    assert sees_the_book(desk, desk.health)


def test_a_document_that_cannot_be_printed_closes_nothing_and_is_published_at_the_next_try(desk):
    desk.presses(desk.team, button("publish.yes", desk))
    desk.prints("dokumen_evaluasi", jammed=True)
    said = desk.said()
    told = answer([s for s in said if s.person == desk.team.id], "publish/not_done")
    assert "tidak dapat dicetak" in told.words
    assert not [s for s in said if s.template in ("published", "paper_failed")]
    assert desk.state() == "berjalan"
    assert "publish.ask" in desk.card(desk.team)[2]
    desk.presses(desk.other, button("publish.yes", desk))
    desk.prints("dokumen_evaluasi")
    assert desk.state() == "selesai"


def returned_to_step_7(desk):
    task = desk.task
    desk.look(lambda uow: return_task(uow, desk.other, task, "Nama keliru.", to_step="formulir", now=desk.now))


def suspended(desk):
    desk.look(lambda uow: change_whole(uow, desk.kabid, "suspend", desk.cycle, "Audit.", now=desk.now))


@pytest.mark.parametrize("meanwhile", [returned_to_step_7, suspended])
def test_what_changed_while_the_document_was_printed_holds(desk, meanwhile):
    desk.presses(desk.team, button("publish.yes", desk))
    meanwhile(desk)
    desk.said()
    desk.prints("dokumen_evaluasi")
    said = desk.said()
    assert "Keadaannya berubah" in answer(said, "publish/not_done").words
    assert not [s for s in said if s.template == "published"]
    assert desk.state() != "selesai"
    assert not sees_the_book(desk, desk.health)


def test_an_agency_without_an_account_is_named_before_the_publication(desk):
    asked = answer(desk.presses(desk.team, button("publish.ask", desk)), "publish/ask")
    assert "perlu diantar: DLH" in asked.words
    assert "DLH" in answer(desk.presses(desk.team, button("publish.yes", desk)), "publish/under_way").words


def test_any_other_paper_that_cannot_be_printed_is_told_to_its_maker_who_prints_it_again(desk):
    desk.presses(desk.team, button("publish.preview", desk))
    draft = desk.papers("dokumen_evaluasi")[-1]
    desk.prints("dokumen_evaluasi", jammed=True)
    told = answer(desk.said(), "paper_failed")
    again = told.button("docs.print_again")
    answer(desk.presses(desk.health, again), "refusals/nothing_there")
    answer(desk.presses(desk.team, again), "documents/printing_again")
    assert desk.look(lambda uow: uow.papers.get(draft.id).state) == "queued"
    answer(desk.presses(desk.team, again), "refusals/not_now")


def test_only_the_team_publishes(desk):
    for who in (desk.kabid, desk.clerk, desk.city, desk.health):
        for action in ("publish.yes", "publish.ask", "publish.preview", "publish.words"):
            answer(desk.presses(who, button(action, desk)), "refusals/not_yours")
        answer(desk.commands(who, "terbitkan"), "refusals/not_yours")
    assert desk.state() == "berjalan"


def test_before_the_publication_it_can_go_back_to_step_7_with_a_reason(desk):
    desk.presses(desk.team, button("step.return", desk))
    desk.presses(desk.team, button("step.return_own", desk, "formulir"))
    answer(desk.says(desk.team, "Nama pejabat keliru."), "step/returned")
    task = desk.latest("formulir")
    assert (task.pass_no, task.came_back) == (2, "Nama pejabat keliru.")
    assert desk.statement().state.value == "rancangan"


def test_nothing_to_publish_before_that_step():
    desk = kept(ClosingDesk)
    answer(desk.commands(desk.team, "terbitkan"), "publish/nothing")


# --- the closed cycle


@pytest.fixture
def closed(desk):
    desk.last_task = desk.task
    desk.look(lambda uow: publishing.publish(uow, desk.team, desk.last_task, now=desk.now))
    desk.prints("dokumen_evaluasi")
    desk.said()
    return desk


@pytest.mark.parametrize("act", ["suspend", "resume", "cancel", "reopen"])
def test_a_published_cycle_cannot_be_changed_as_a_whole(closed, act):
    with pytest.raises(NotNow):
        closed.look(lambda uow: change_whole(uow, closed.kabid, act, closed.cycle, "Alasan", now=closed.now))


def test_no_button_of_any_step_changes_a_published_cycle(closed):
    before = closed.look(lambda uow: uow.cycles.get(closed.cycle))
    cycle: Cycle = before
    tasks = [t.id for t in cycle.tasks]
    item = closed.look(lambda uow: uow.evidence.of_cycle(closed.cycle)[0].id)
    letter = closed.statement().id
    pressed = [Choice(a, t, arg) for t in tasks for a, arg in (
        ("closing.report_yes", ""), ("closing.ack", ""), ("closing.to_sekda", ""), ("closing.finish_yes", ""),
        ("publish.yes", ""), ("publish.clear", "scope"), ("step.return", ""), ("letters.number", letter),
        ("letters.upload", letter),
    )]  # fmt: skip
    pressed += [Choice("review.ok", item), Choice("evidence.item", item), Choice("review.repair", item)]
    for choice in pressed:
        for who in (closed.team, closed.kabid, closed.health):
            closed.presses(who, choice)
    assert closed.look(lambda uow: uow.cycles.get(closed.cycle)) == before


def test_receipts_of_letters_are_closed_too(closed):
    def deliver(uow):
        uow.letters.deliver(Delivery("lama", closed.cycle, "dlh", "manual", closed.now))

    closed.look(deliver)
    with pytest.raises(NotNow):
        closed.look(lambda uow: expedition.record_by_hand(uow, closed.clerk, "lama", "Siti Aminah", now=closed.now))


def test_documents_history_and_status_of_a_past_year_stay_readable(closed):
    shown = answer(closed.commands(closed.health, "dokumen"), "documents/list")
    assert any("Dokumen Evaluasi SPBE" in label for label in shown.labels)
    assert not any("Berita Acara" in label for label in shown.labels)
    answer(closed.presses(closed.health, shown.choices[0]), "paper")
    shown = answer(closed.commands(closed.team, "riwayat"), "admin/history")
    assert "Siklus selesai" in shown.words
    shown = answer(closed.commands(closed.kabid, "status"), "status/table")
    assert "Siklus sudah selesai" in shown.words
    assert closed.card(closed.team, closed.last_task)[0].template == "card/decided"


def test_evidence_recap_values_and_form_of_a_past_cycle_are_read_by_their_commands(closed):
    assert "sudah selesai" in answer(closed.commands(closed.health, "unggah"), "evidence/list").words
    files = answer(closed.commands(closed.health, "berkas"), "evidence/files")
    answer(closed.presses(closed.health, files.button("evidence.file")), "evidence/file")
    answer(closed.commands(closed.team, "rekap"), "recap/recap")
    for command in ("nilai", "formulir"):
        shown = answer(closed.commands(closed.city, command), "indicator/summary")
        assert "hanya untuk dibaca" in shown.words
    shown = answer(closed.commands(closed.team, "status"), "status/table")
    for action, template in (
        ("recap.show", "recap/recap"),
        ("score.open", "indicator/summary"),
        ("form.open", "indicator/summary"),
    ):
        answer(closed.presses(closed.team, shown.button(action)), template)
    shown = answer(closed.commands(closed.health, "status"), "status/table")
    assert "recap.show" not in {c.action for c in shown.choices}
    answer(closed.presses(closed.health, shown.button("evidence.files")), "evidence/files")
    closed.said()
    assert "Kabid" in answer(closed.commands(closed.health, "riwayat"), "refusals/not_yours").words


def test_the_next_cycle_runs_beside_the_past_ones_and_each_can_be_chosen_newest_first(closed):
    for year in range(2027, 2037):
        closed.passes(days=1)
        closed.reached(name=f"Evaluasi {year}", year=year)
    shown = answer(closed.commands(closed.team, "dokumen"), "documents/which_cycle")
    assert shown.labels[0] == "Evaluasi 2036"
    more = answer(closed.presses(closed.team, shown.button("docs.cycles")), "documents/which_cycle")
    assert "Evaluasi Mandiri SPBE 2026 (selesai)" in more.labels
    shown = answer(closed.commands(closed.team, "status"), "status/table")
    assert "Evaluasi 2036" in shown.words
    listed = answer(closed.presses(closed.team, shown.button("status.cycles")), "status/which_cycle")
    second = answer(closed.presses(closed.team, listed.button("status.cycles", "1")), "status/which_cycle")
    past = next(c for c in second.choices if c.id == closed.cycle)
    assert "Siklus sudah selesai" in answer(closed.presses(closed.team, past), "status/table").words
    shown = answer(closed.presses(closed.team, Choice("history.cycles", arg="1")), "admin/history_cycles")
    past = next(c for c in shown.choices if c.id == closed.cycle)
    assert "Siklus selesai" in answer(closed.presses(closed.team, past), "admin/history").words
