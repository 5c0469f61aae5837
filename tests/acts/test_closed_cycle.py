"""A published cycle is read-only: every act of everybody is refused, with a sentence that says that it is over."""

import importlib
import inspect
import pkgutil

import pytest

import sop.actions
from sop.actions import (
    closing,
    cycles,
    disposition_sheet,
    evidence,
    letter_sending,
    letters,
    loose_files,
    minutes,
    preparation,
    recap,
    reopening,
    replacing,
    score_sheets,
    score_writing,
    scoring,
    signed_papers,
    team_questions,
)
from sop.actions.letters import GiveNumber
from sop.actions.sent_files import SentFile
from sop.cycle import CycleState
from sop.evidence import ItemState
from sop.meeting import Point
from sop.refusals import AlreadyDecided, NotNow, Refused
from sop.scoring import Phase
from tests.acts import honest
from tests.acts import presses as acts
from tests.acts.office import OPDS, Office, Pressed, wording

OPD = OPDS[0]


def task(p: Pressed, step: str) -> str:
    return p.task(step, OPD if step == "pengumpulan_data" else None)


def letter(p: Pressed, kind: str) -> str:
    return p.uow.letters.of_cycle(p.cycle_id, (kind,))[-1].id


def number(p: Pressed):
    command = GiveNumber(letter(p, "berita_acara"), "500.12/900/DISKOMINFO/XI/2026", p.now.date(), "sekda")
    return letters.number_letter(p.uow, p.who, task(p, "formulir"), command, bot_name="monev", now=p.now)


def signed_copy(p: Pressed):
    id = letter(p, "berita_acara")
    return letters.expect_signed_copy(p.uow, p.who, task(p, "formulir"), id, acts.sent(p), now=p.now)


SCAN = SentFile("scan", "notula.pdf", "application/pdf", 9000, 1)


def on_notula(act, *more):
    def work(p: Pressed):
        notula = p.uow.papers.of_cycle(p.cycle_id, kind="notula")[-1]
        return act(p.uow, p.who, notula.id, *more, now=p.now)

    return work


def file_into(p: Pressed):
    (held, *_) = loose_files.pending(p.uow, p.who)
    return loose_files.assign(p.uow, p.who, held.id, acts.item(p).id, now=p.now)


def rest_into(p: Pressed):
    (held, *_) = loose_files.pending(p.uow, p.who)
    return loose_files.assign_rest(p.uow, p.who, held.id, acts.item(p).id, now=p.now)


def held_into(p: Pressed):
    (held, *_) = loose_files.pending(p.uow, p.who)
    return evidence.take_held(p.uow, p.who, acts.item(p).id, held, now=p.now)


def sheet(p: Pressed):
    return score_sheets.expect(p.uow, p.who, p.cycle_id, Phase.MEETING, acts.sent(p, "nilai.xlsx"), now=p.now)


def a_step(act):
    """An act on the task of the letters, which is nobody's plain step: refused all the same."""
    return lambda p: act(p.uow, p.who, task(p, "surat"), now=p.now)


def code(p: Pressed, external: bool = False) -> str:
    return next(i.code for i in scoring.instrument_of(p.uow, p.cycle).indicators if bool(i.external) is external)


def on_letter(act, kind: str, *more, **how):
    """An act on the newest letter of a kind: of the invitation, one that was to replace another."""
    return lambda p: act(p.uow, p.who, letter(p, kind), *more, now=p.now, **how)


def on_minutes(act, *more):
    return lambda p: act(p.uow, p.who, task(p, "rapat"), *more, now=p.now)


def on_score(act, *more, external=False):
    return lambda p: act(p.uow, p.who, p.cycle_id, Phase.MEETING, code(p, external), *more, now=p.now)


def of(act: acts.Act):
    return act.role, act.act


TIM, KABID, SEKRETARIAT, KOTA = "tim_diskominfo", "kabid", "sekretariat", "tim_kota"
ACTS = {
    "attendance.attend": of(acts.ATTEND),
    "attendance.write_guests": of(acts.GUESTS),
    "attendance.write_down": of(acts.WRITE_DOWN),
    "attendance.strike": of(acts.STRIKE),
    "closing.preview": of(acts.SEE_FORM),
    "closing.report": of(acts.REPORT),
    "closing.acknowledge": of(acts.ACKNOWLEDGE),
    "closing.draft_statement": of(acts.DRAFT_STATEMENT),
    "closing.take_to_signature": of(acts.TO_SEKDA),
    "closing.finish": of(acts.FINISH),
    "cycles.hand_over": (SEKRETARIAT, a_step(cycles.hand_over)),
    "cycles.return_task": of(acts.RETURN_8),
    "cycles.ask": of(acts.ASK),
    "cycles.answer": of(acts.ANSWER),
    "cycles.close_collection": of(acts.CLOSE),
    "evidence.add_file": of(acts.UPLOAD),
    "evidence.take_held": ("opd", held_into),
    "evidence.add_link": of(acts.ADD_LINK),
    "evidence.withdraw": of(acts.WITHDRAW),
    "evidence.withdraw_all": of(acts.WITHDRAW_ALL),
    "evidence.declare_absent": of(acts.ABSENT),
    "expedition.send_once_more": of(acts.SEND_AGAIN),
    "expedition.confirm_received": of(acts.RECEIVE),
    "expedition.record_by_hand": of(acts.BY_HAND),
    "expedition.ask_expedition": of(acts.EXPEDITION),
    "handing_over.hand_over": of(acts.HAND_OVER),
    "letters.number_letter": (TIM, number),
    "letters.expect_signed_copy": (TIM, signed_copy),
    "letter_sending.send_letters": of(acts.SEND),
    "loose_files.assign": ("opd", file_into),
    "loose_files.assign_rest": ("opd", rest_into),
    "meeting_dates.schedule": of(acts.SCHEDULE),
    "meeting_dates.adjourn": of(acts.ADJOURN),
    "meeting_dates.call_off": of(acts.CALL_OFF),
    "meeting_dates.write_letter": of(acts.WRITE_LETTER),
    "meeting_dates.invite": of(acts.INVITE),
    "meeting_sitting.begin": of(acts.BEGIN),
    "meeting_sitting.rest": of(acts.REST),
    "meeting_sitting.take_up": of(acts.TAKE_UP),
    "meeting_sitting.finish": of(acts.FINISH_SITTING),
    "minutes.name_officer": (KOTA, on_minutes(minutes.name_officer, "chair", "Maria - Sekda")),
    "minutes.add_points": (KOTA, on_minutes(minutes.add_points, "Dibahas.")),
    "minutes.correct_point": (
        KOTA,
        on_minutes(minutes.correct_point, minutes.mark_of(Point("Semua indikator dibahas.")), "Dibahas lagi."),
    ),
    "minutes.add_decisions": (KOTA, on_minutes(minutes.add_decisions, "Diterima")),
    "minutes.add_dissent": (KOTA, on_minutes(minutes.add_dissent, "Inspektorat: nilainya 2")),
    "minutes.add_follow_ups": (KOTA, on_minutes(minutes.add_follow_ups, "Menyusun - Diskominfo")),
    "minutes.remove": (KOTA, on_minutes(minutes.remove, minutes.mark_of("Nilai diterima (0)"))),
    "minutes.print_attendance": of(acts.PRESENT),
    "minutes.preview": of(acts.SEE_MINUTES),
    "minutes.confirm": of(acts.CONFIRM),
    "official_files.expect_official_file": of(acts.OFFICIAL),
    "preparation.save_sheet": of(acts.FILL_IN),
    "preparation.preview": of(acts.PREVIEW),
    "preparation.submit": of(acts.SUBMIT),
    "preparation.skip_official_paper": of(acts.SKIP),
    "preparation.dispose": of(acts.DISPOSE),
    "disposition_sheet.fill_in": (
        SEKRETARIAT,
        lambda p: disposition_sheet.fill_in(p.uow, p.who, task(p, "surat"), "312", now=p.now),
    ),
    "disposition_sheet.leave_open": (SEKRETARIAT, a_step(disposition_sheet.leave_open)),
    "publishing.write": of(acts.WRITE_BOOK),
    "publishing.preview": of(acts.SEE_BOOK),
    "publishing.publish": of(acts.PUBLISH),
    "recap.hand_over": of(acts.RECAP),
    "reopening.reopen_collection": of(acts.REOPEN_OPD),
    "review.judge": of(acts.JUDGE),
    "review.accept_rest": of(acts.ACCEPT_REST),
    "score_sheets.make": (
        KOTA,
        lambda p: score_sheets.make(p.uow, p.who, p.cycle_id, Phase.MEETING, now=p.now),
    ),
    "score_sheets.expect": (KOTA, sheet),
    "score_writing.write": (KOTA, on_score(score_writing.write, lambda entry: entry)),
    "score_writing.set_value": (KOTA, on_score(score_writing.set_value, "4")),
    "score_writing.set_words": (KOTA, on_score(score_writing.set_words, "words", "Catatan")),
    "score_writing.set_external": (KOTA, on_score(score_writing.set_external, "3", "Surat BSSN", external=True)),
    "score_writing.await_external": (
        KOTA,
        lambda p: score_writing.await_external(p.uow, p.who, p.cycle_id, code(p, True), now=p.now),
    ),
    "signed_papers.ready_to_sign": (KOTA, on_notula(signed_papers.ready_to_sign)),
    "signed_papers.expect_copy": (KOTA, on_notula(signed_papers.expect_copy, SCAN)),
    "team_questions.ask_team": of(acts.ASK_TEAM),
    "team_questions.answer_team": of(acts.ANSWER_TEAM),
    # Before something is typed or confirmed, so that nobody does it in vain:
    "closing.ready_to_report": (TIM, acts.of_form(closing.ready_to_report)),
    "closing.ready_to_finish": (TIM, acts.of_form(closing.ready_to_finish)),
    "closing.statement": (TIM, acts.of_form(closing.statement)),
    "cycles.question_of": (
        TIM,
        lambda p: cycles.question_of(p.uow, p.who, task(p, "disposisi"), now=p.now),
    ),
    "minutes.ready": (KOTA, on_minutes(minutes.ready)),
    "attendance.presence": (KOTA, on_minutes(acts.attendance.presence)),
    "meeting_dates.outlook": (KOTA, on_minutes(acts.meeting_dates.outlook)),
    "disposition_sheet.to_fill_in": (SEKRETARIAT, a_step(disposition_sheet.to_fill_in)),
    "letter_sending.outlook": (SEKRETARIAT, a_step(letter_sending.outlook)),
    "letters.suggest_number": (
        TIM,
        lambda p: letters.suggest_number(p.uow, p.who, task(p, "formulir"), letter(p, "berita_acara"), now=p.now),
    ),
    "letters.fits_signatory": (
        TIM,
        lambda p: letters.fits_signatory(
            p.uow, p.who, task(p, "formulir"), letter(p, "berita_acara"), "500.12/901/SETDA/XI/2026", "sekda", now=p.now
        ),
    ),
    "replacing.sent": (SEKRETARIAT, lambda p: replacing.sent(p.uow, p.who, p.cycle_id, now=p.now)),
    "replacing.in_force": (SEKRETARIAT, on_letter(replacing.in_force, "surat_permohonan_data")),
    "replacing.prepare_replacement": (
        SEKRETARIAT,
        on_letter(replacing.prepare_replacement, "surat_permohonan_data", "Lampiran keliru.", bot_name="monev"),
    ),
    "replacing.ready_to_revoke": (SEKRETARIAT, on_letter(replacing.ready_to_revoke, "surat_permohonan_data")),
    "replacing.revoke_letter": (SEKRETARIAT, on_letter(replacing.revoke_letter, "surat_permohonan_data", "Ditunda.")),
    "replacing.replacement": (SEKRETARIAT, on_letter(replacing.replacement, "surat_undangan")),
    "replacing.drop_replacement": (SEKRETARIAT, on_letter(replacing.drop_replacement, "surat_undangan")),
    "replacing.ready_to_replace": (SEKRETARIAT, on_letter(replacing.ready_to_replace, "surat_undangan")),
    "replacing.send_replacement": (SEKRETARIAT, on_letter(replacing.send_replacement, "surat_undangan")),
    "letters.check_number": (
        TIM,
        lambda p: letters.check_number(
            p.uow, p.who, task(p, "formulir"), letter(p, "berita_acara"), "500.12/901/DISKOMINFO/XI/2026", now=p.now
        ),
    ),
    "letters.signatories": (
        TIM,
        lambda p: letters.signatories(
            p.uow, p.who, task(p, "formulir"), letter(p, "berita_acara"), p.now.date(), now=p.now
        ),
    ),
    "letters.look_at_letter": (
        TIM,
        lambda p: letters.look_at_letter(p.uow, p.who, task(p, "formulir"), letter(p, "berita_acara"), now=p.now),
    ),
    "letters.ready_to_sign": (
        TIM,
        lambda p: letters.ready_to_sign(p.uow, p.who, task(p, "formulir"), letter(p, "berita_acara"), now=p.now),
    ),
    "preparation.to_prepare": (
        TIM,
        lambda p: preparation.to_prepare(p.uow, p.who, task(p, "persiapan"), now=p.now),
    ),
    "preparation.to_dispose": (
        KABID,
        lambda p: preparation.to_dispose(p.uow, p.who, task(p, "disposisi"), now=p.now),
    ),
    "preparation.ready": (TIM, lambda p: preparation.ready(p.uow, p.who, task(p, "persiapan"), now=p.now)),
    "publishing.to_publish": (TIM, acts.of_book(acts.publishing.to_publish)),
    "publishing.ready_to_publish": (TIM, acts.of_book(acts.publishing.ready_to_publish)),
    "reopening.to_reopen": (
        TIM,
        lambda p: reopening.to_reopen(p.uow, p.who, task(p, "pengumpulan_data"), now=p.now),
    ),
    "recap.ready": (TIM, lambda p: recap.ready(p.uow, p.who, task(p, "rekapitulasi"))),
    "evidence.may_change": ("opd", lambda p: evidence.may_change(p.uow, p.who, acts.item(p).id)),
    "meeting_state.found": (KOTA, lambda p: acts.meeting_dates.found(p.uow, p.who, task(p, "rapat"))),
    "scoring.authorise": (KOTA, lambda p: scoring.authorise(p.uow, p.who, p.cycle_id, Phase.MEETING)),
    "team_questions.question": (
        TIM,
        lambda p: team_questions.question(
            p.uow,
            p.who,
            task(p, "pengumpulan_data"),
            p.cycle.task(task(p, "pengumpulan_data")).questions[0].id,
            now=p.now,
        ),
    ),
}
WHOLE = ("suspend", "resume", "cancel", "reopen")
# What looks only, and what concerns people, groups, invitations or the papers of no cycle.
OTHERS = {
    *("closing.closing_tasks", "publishing.publishing_tasks", "evidence.own_tasks", "evidence.task_of"),
    *("evidence.look", "evidence.see_file", "expedition.expedition", "expedition.line", "recap.visible", "recap.look"),
    *("loose_files.open_tasks", "loose_files.open_items", "loose_files.pending", "loose_files.placed"),
    *("loose_files.take", "loose_files.drop"),  # of a person, not of a cycle
    *(
        "papers.visible_papers",
        "papers.see_paper",
        "papers.print_again",
        "signed_papers.may_upload",
        "scoring.reached",
        "scoring.look",
        "scoring.evidence_for",
    ),
    *("review.require_reviewer", "cycles.by_permission", "cycles.open_cycle", "cycles.change_whole"),
    *("score_sheets.check", "score_sheets.take"),  # of a workbook that arrived before: tests/handlers
    *("replacing.can_replace", "evidence.past_tasks"),
    *("meeting_state.stand", "meeting_state.go_on", "void.back_to_draft", "void.make_void"),  # inside of other acts
}
ELSEWHERE = {"number_register", "holding", "people", "substitution", "inviting", "rosters"}


def public_acts():
    for module in pkgutil.iter_modules(sop.actions.__path__):
        if module.name in ELSEWHERE:
            continue
        found = importlib.import_module(f"sop.actions.{module.name}")
        for name, function in vars(found).items():
            own = inspect.isfunction(function) and function.__module__ == found.__name__
            if own and not name.startswith("_") and "who" in inspect.signature(function).parameters:
                yield f"{module.name}.{name}"


@pytest.fixture(scope="module")
def published():
    """With an unanswered question, letters not received (one of them to be replaced), files that belong nowhere, and
    items without a verdict."""
    office = honest.come_to("pengumpulan_data")
    for act in (acts.UPLOAD, acts.ASK_TEAM, acts.LOOSE, acts.LOOSE):
        office.must(act, opd=OPD)
    office.files_arrive()
    office.look(begins_replacement(office))
    honest.finishes(office)
    office.prints()
    yield office
    office.close()


def begins_replacement(office: Office):
    def work(uow):
        clerk = office._holder(uow, SEKRETARIAT, OPD, 0)
        (old,) = uow.letters.of_cycle(office.cycle_id, ("surat_undangan",))
        replacing.prepare_replacement(uow, clerk, old.id, "Tanggal berubah.", bot_name="monev", now=office.now)

    return work


def tried(office: Office, role: str, act) -> Refused:
    def work(uow):
        who = office._holder(uow, role, OPD, 0)
        with uow.savepoint():
            act(Pressed(uow, who, office.now, 0, OPD, office.cycle_id))

    with pytest.raises(Refused) as refusal:
        office.look(work)
    return refusal.value


def test_every_public_act_is_tried_here_or_known_to_change_no_cycle():
    assert set(public_acts()) - set(ACTS) - OTHERS == set()


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_a_published_cycle_is_refused_because_it_is_over(published, name):
    refused = tried(published, *ACTS[name])

    assert isinstance(refused, NotNow | AlreadyDecided), refused
    assert refused.facts().get("state") == CycleState.COMPLETED.value, refused.facts()
    assert "Siklus ini sudah selesai" in wording().message(f"refusals/{refused.template}", refused.facts())


@pytest.mark.parametrize("what", WHOLE)
def test_a_published_cycle_is_neither_halted_nor_taken_up_again(published, what):
    refused = tried(published, *of(acts.whole(what)))

    assert isinstance(refused, NotNow)
    assert refused.state == CycleState.COMPLETED.value


def test_a_verdict_cannot_be_changed_any_more_either(published):
    def again(p: Pressed):
        return acts.review.judge(p.uow, p.who, acts.item(p).id, ItemState.REJECTED, "x", again=True, now=p.now)

    assert tried(published, TIM, again).facts()["state"] == CycleState.COMPLETED.value
