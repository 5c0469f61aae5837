"""What people can press in each step: every act with the role that it belongs to, and what a person would enter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sop.actions import (
    attendance,
    closing,
    cycles,
    evidence,
    expedition,
    handing_over,
    letter_sending,
    letters,
    loose_files,
    meeting_dates,
    meeting_sitting,
    minutes,
    official_files,
    preparation,
    publishing,
    recap,
    reopening,
    review,
    score_writing,
    scoring,
    substitution,
    team_questions,
)
from sop.actions.sent_files import SentFile
from sop.evidence import ItemState
from sop.preparation import Meeting, TeamMember
from sop.scoring import Phase
from sop.worktime import WIB
from tests.acts.office import OPDS, Pressed

REASON = "Masih ada yang perlu dibenahi."
BOT_NAME = "monev_spbe_bot"
REVIEWED = (ItemState.ACCEPTED, ItemState.REPAIR, ItemState.REJECTED)
BY = "tim_diskominfo"


@dataclass(frozen=True)
class Act:
    """An act of one who holds *role*."""

    name: str
    role: str
    act: Callable[[Pressed], Any]


def sent(p: Pressed, name: str = "pindai.pdf", **more) -> SentFile:
    return SentFile(f"f{p.uow.new_id()}", name, "application/pdf", 1000, 1, **more)


# --- steps 1 and 2


def fill_in(p: Pressed):
    task = p.task("persiapan")
    sheet = preparation.sheet_of(p.cycle)
    filled = replace(
        sheet,
        members=(TeamMember("Rani", "Ketua"),),
        readiness="Semua bahan siap.",
        meeting=Meeting(date(2026, 12, 3), time(9), "Smart Room Center", f"Permintaan data {p.n}"),
        skipped_papers=("formulir_evaluasi", "surat_edaran"),
    )
    return preparation.save_sheet(p.uow, p.who, task, filled, now=p.now)


def official_file(p: Pressed):
    kind = ("formulir_evaluasi", "surat_edaran")[p.n % 2]
    return official_files.expect_official_file(p.uow, p.who, p.task("persiapan"), kind, sent(p), now=p.now)


def back(step: str, to: int = 0) -> Callable[[Pressed], Any]:
    """A return to the one of the earlier steps that the number chooses (or always the same: *to* counts from 1)."""

    def act(p: Pressed):
        ways = p.cycle.sop.step(step).returns_to
        where = ways[(to - 1 if to else p.n) % len(ways)]
        return cycles.return_task(p.uow, p.who, p.task(step), REASON, to_step=where, now=p.now)

    return act


FILL_IN = Act("fill in", BY, fill_in)
PREVIEW = Act(
    "preview", BY, lambda p: preparation.preview(p.uow, p.who, p.task("persiapan"), bot_name=BOT_NAME, now=p.now)
)
SUBMIT = Act(
    "submit", BY, lambda p: preparation.submit(p.uow, p.who, p.task("persiapan"), bot_name=BOT_NAME, now=p.now)
)
SKIP = Act(
    "skip",
    BY,
    lambda p: preparation.skip_official_paper(p.uow, p.who, p.task("persiapan"), "surat_edaran", now=p.now),
)
OFFICIAL = Act("official file", BY, official_file)
DISPOSE = Act("dispose", "kabid", lambda p: preparation.dispose(p.uow, p.who, p.task("disposisi"), now=p.now))
ASK = Act("ask", "kabid", lambda p: cycles.ask(p.uow, p.who, p.task("disposisi"), "Mengapa Kamis?", now=p.now))
ANSWER = Act(
    "answer", BY, lambda p: cycles.answer(p.uow, p.who, p.task("disposisi"), "Menyesuaikan ruangan.", now=p.now)
)
RETURN_2 = Act("return 2", "kabid", back("disposisi"))


# --- letters: steps 3, 6 and 7


def numbering(step: str) -> Callable[[Pressed], Any]:
    def act(p: Pressed):
        task = p.task(step)
        letter = p.pick(_letters(p, step), "surat")
        day = p.now.astimezone(WIB).date()
        (signatory, *_) = letters.signatories(p.uow, p.who, task, letter.id, day, now=p.now)
        number = letters.suggest_number(p.uow, p.who, task, letter.id, signatory=signatory.key, now=p.now)
        command = letters.GiveNumber(letter.id, number, day, signatory.key)
        return letters.number_letter(p.uow, p.who, task, command, bot_name=BOT_NAME, now=p.now)

    return act


def signing(step: str) -> Callable[[Pressed], Any]:
    def act(p: Pressed):
        letter = p.pick(_letters(p, step), "surat")
        return letters.expect_signed_copy(p.uow, p.who, p.task(step), letter.id, sent(p), now=p.now)

    return act


def _letters(p: Pressed, step: str):
    kinds = p.cycle.sop.letters_to_opds if step == "surat" else p.cycle.sop.step(step).produces
    numbered = tuple(k for k in kinds if p.cycle.sop.papers[k].numbered)
    return p.uow.letters.of_cycle(p.cycle_id, numbered)


def delivery(p: Pressed) -> str:
    return p.pick((d for d in p.uow.letters.deliveries(p.cycle_id) if d.opd == p.opd), "pengiriman").id


NUMBER = {s: Act(f"number {s}", r, numbering(s)) for s, r in (("surat", "sekretariat"), ("rapat", "tim_kota"))}
SIGN = {s: Act(f"sign {s}", r, signing(s)) for s, r in (("surat", "sekretariat"), ("rapat", "tim_kota"))}
NUMBER["formulir"] = Act("number formulir", BY, numbering("formulir"))
SIGN["formulir"] = Act("sign formulir", BY, signing("formulir"))
SEND = Act("send", "sekretariat", lambda p: letter_sending.send_letters(p.uow, p.who, p.task("surat"), now=p.now))
RETURN_3 = Act("return 3", "sekretariat", back("surat"))
RECEIVE = Act("receive", "opd", lambda p: expedition.confirm_received(p.uow, p.who, delivery(p), now=p.now))
BY_HAND = Act(
    "by hand", "sekretariat", lambda p: expedition.record_by_hand(p.uow, p.who, delivery(p), "Ibu Yuli", now=p.now)
)
SEND_AGAIN = Act("send again", "sekretariat", lambda p: expedition.send_once_more(p.uow, p.who, delivery(p), now=p.now))
EXPEDITION = Act("expedition", "sekretariat", lambda p: expedition.ask_expedition(p.uow, p.who, p.cycle_id, now=p.now))


# --- steps 4 and 5


def item(p: Pressed):
    return p.pick(p.uow.evidence.of_opd(p.cycle_id, p.opd), "butir")


def file_of(p: Pressed):
    return p.pick((f for i in p.uow.evidence.of_opd(p.cycle_id, p.opd) for f in i.current_files), "berkas")


def replace_file(p: Pressed):
    old = file_of(p)
    there = p.uow.evidence.of_file(old.id)
    return evidence.add_file(p.uow, p.who, there.id, sent(p), replaces=old.id, now=p.now)


def place(p: Pressed):
    held = p.pick(loose_files.pending(p.uow, p.who), "berkas")
    return loose_files.assign(p.uow, p.who, held.id, item(p).id, now=p.now)


def ask_team(p: Pressed):
    return team_questions.ask_team(p.uow, p.who, p.task("pengumpulan_data", p.opd), "Boleh tautan?", now=p.now)


def answer_team(p: Pressed):
    task = p.cycle.task(p.task("pengumpulan_data", p.opd))
    asked = p.pick((q for q in task.questions if q.beside), "pertanyaan")
    return team_questions.answer_team(p.uow, p.who, task.id, asked.id, "Boleh.", now=p.now)


def judge(p: Pressed):
    verdict = REVIEWED[p.n % 3]
    return review.judge(p.uow, p.who, item(p).id, verdict, REASON, again=p.n % 2 == 1, now=p.now)


def close(p: Pressed):
    step = "pengumpulan_data"
    reasons = {t.id: "Tidak menjawab." for t in p.cycle.open_tasks(step)}
    return cycles.close_collection(p.uow, p.who, p.cycle_id, step, reasons, now=p.now)


def hand_over(p: Pressed):
    task = p.task("pengumpulan_data", p.opd)
    return handing_over.hand_over(p.uow, p.who, task, despite_missing=True, now=p.now)


UPLOAD = Act("upload", "opd", lambda p: evidence.add_file(p.uow, p.who, item(p).id, sent(p), now=p.now))
REPLACE = Act("replace", "opd", replace_file)
ADD_LINK = Act(
    "link", "opd", lambda p: evidence.add_link(p.uow, p.who, item(p).id, f"https://contoh.go.id/{p.n}", now=p.now)
)
WITHDRAW = Act("withdraw", "opd", lambda p: evidence.withdraw(p.uow, p.who, file_of(p).id, now=p.now))
WITHDRAW_ALL = Act("withdraw all", "opd", lambda p: evidence.withdraw_all(p.uow, p.who, item(p).id, now=p.now))
ABSENT = Act(
    "absent", "opd", lambda p: evidence.declare_absent(p.uow, p.who, item(p).id, "Belum pernah disusun.", now=p.now)
)
LOOSE = Act("loose file", "opd", lambda p: loose_files.take(p.uow, p.who, sent(p, "foto.pdf"), now=p.now))
PLACE = Act("place", "opd", place)
ASK_TEAM = Act("ask team", "opd", ask_team)
ANSWER_TEAM = Act("answer team", BY, answer_team)
HAND_OVER = Act("hand over", "opd", hand_over)
JUDGE = Act("judge", BY, judge)
ACCEPT_REST = Act("accept rest", BY, lambda p: review.accept_rest(p.uow, p.who, p.cycle_id, p.opd, now=p.now))
CLOSE = Act("close", BY, close)
REOPEN_OPD = Act(
    "reopen opd",
    BY,
    lambda p: reopening.reopen_collection(p.uow, p.who, p.task("pengumpulan_data", p.opd), REASON, now=p.now),
)
RECAP = Act(
    "recap", BY, lambda p: recap.hand_over(p.uow, p.who, p.task("rekapitulasi"), knowing=999, note="", now=p.now)
)


# --- step 6


def plan(p: Pressed) -> meeting_dates.Plan:
    return meeting_dates.Plan(p.now + timedelta(hours=20 + p.n % 7), "Smart Room Center", ("Rekapitulasi", "Nilai"))


def of_meeting(act, *more) -> Callable[[Pressed], Any]:
    return lambda p: act(p.uow, p.who, p.task("rapat"), *more, now=p.now)


def attend(p: Pressed):
    held = p.uow.meetings.of_cycle(p.cycle_id).held
    return attendance.attend(p.uow, p.who, p.cycle_id, held.number if held else 1, now=p.now)


def write_down(p: Pressed):
    absent = attendance.presence(p.uow, p.who, p.task("rapat"), now=p.now).absent
    return attendance.write_down(p.uow, p.who, p.task("rapat"), p.pick(absent, "peserta").id, now=p.now)


def strike(p: Pressed):
    there = p.pick(p.uow.meetings.of_cycle(p.cycle_id).attendees, "peserta")
    return attendance.strike(p.uow, p.who, p.task("rapat"), there.id, now=p.now)


def score_some(p: Pressed):
    codes = [i.code for i in scoring.instrument_of(p.uow, p.cycle).indicators if not i.external]
    code = codes[p.n % len(codes)]
    return score_writing.set_value(p.uow, p.who, p.cycle_id, Phase.MEETING, code, str(1 + p.n % 5), now=p.now)


def score_external(p: Pressed):
    others = [i.code for i in scoring.instrument_of(p.uow, p.cycle).indicators if i.external]
    code = p.pick(others, "indikator")
    if p.n % 3 == 0:
        return score_writing.await_external(p.uow, p.who, p.cycle_id, code, now=p.now)
    return score_writing.set_external(
        p.uow, p.who, p.cycle_id, Phase.MEETING, code, "3", "Surat BSSN Nomor 12", now=p.now
    )


def score_all(p: Pressed):
    for code in scoring.look(p.uow, p.who, p.cycle_id, Phase.MEETING).missing:
        score_writing.set_value(p.uow, p.who, p.cycle_id, Phase.MEETING, code, "3", now=p.now)


def write_minutes(p: Pressed):
    task = p.task("rapat")
    minutes.name_officer(p.uow, p.who, task, "chair", "Maria - Sekretaris Daerah", now=p.now)
    minutes.name_officer(p.uow, p.who, task, "minute_taker", "Citra - Anggota", now=p.now)
    minutes.add_points(p.uow, p.who, task, "Semua indikator dibahas.", now=p.now)
    minutes.add_decisions(p.uow, p.who, task, f"Nilai diterima ({p.n % 3})", now=p.now)
    return minutes.add_follow_ups(p.uow, p.who, task, "Menyusun laporan reviu - Diskominfo", now=p.now)


def guests(p: Pressed):
    line = f"Joko {p.n} - Kasubbag - Setda"
    return attendance.write_guests(p.uow, p.who, p.task("rapat"), line, now=p.now)


KOTA = "tim_kota"
SCHEDULE = Act(
    "schedule",
    KOTA,
    lambda p: meeting_dates.schedule(p.uow, p.who, p.task("rapat"), plan(p), bot_name=BOT_NAME, now=p.now),
)
ADJOURN = Act(
    "adjourn",
    KOTA,
    lambda p: meeting_dates.adjourn(p.uow, p.who, p.task("rapat"), plan(p), bot_name=BOT_NAME, now=p.now),
)
WRITE_LETTER = Act(
    "new invitation",
    KOTA,
    lambda p: meeting_dates.write_letter(p.uow, p.who, p.task("rapat"), bot_name=BOT_NAME, now=p.now),
)
CALL_OFF = Act("call off", KOTA, of_meeting(meeting_dates.call_off))
INVITE = Act("invite", KOTA, of_meeting(meeting_dates.invite))
BEGIN = Act("begin", KOTA, of_meeting(meeting_sitting.begin))
REST = Act("rest", KOTA, of_meeting(meeting_sitting.rest))
TAKE_UP = Act("take up", KOTA, of_meeting(meeting_sitting.take_up))
FINISH_SITTING = Act("finish sitting", KOTA, of_meeting(meeting_sitting.finish))
ATTEND = Act("attend", "opd", attend)
ATTEND_KABID = Act("attend (kabid)", "kabid", attend)
GUESTS = Act("guests", KOTA, guests)
WRITE_DOWN = Act("write down", KOTA, write_down)
STRIKE = Act("strike", KOTA, strike)
PRESENT = Act("attendance list", KOTA, of_meeting(minutes.print_attendance))
SCORE = Act("score", KOTA, score_some)
EXTERNAL = Act("external", KOTA, score_external)
SCORE_ALL = Act("score all", KOTA, score_all)
MINUTES = Act("minutes", KOTA, write_minutes)
SEE_MINUTES = Act("see minutes", KOTA, of_meeting(minutes.preview))
CONFIRM = Act("confirm", KOTA, of_meeting(minutes.confirm))
RETURN_6 = Act("return 6", KOTA, back("rapat"))


# --- steps 7 and 8


def complete_form(p: Pressed):
    board = scoring.look(p.uow, p.who, p.cycle_id, Phase.FORM)
    for code in board.missing:
        for field in ("words", "improvement"):
            score_writing.set_words(
                p.uow, p.who, p.cycle_id, Phase.FORM, code, field, "Sudah ditetapkan dan dijalankan.", now=p.now
            )


def change_value(p: Pressed):
    codes = [i.code for i in scoring.instrument_of(p.uow, p.cycle).indicators if not i.external]
    code = codes[p.n % len(codes)]
    return score_writing.set_value(p.uow, p.who, p.cycle_id, Phase.FORM, code, str(1 + p.n % 5), now=p.now)


def of_form(act) -> Callable[[Pressed], Any]:
    return lambda p: act(p.uow, p.who, p.task("formulir"), now=p.now)


def of_book(act, *more) -> Callable[[Pressed], Any]:
    return lambda p: act(p.uow, p.who, p.task("publikasi"), *more, now=p.now)


FORM = Act("complete form", BY, complete_form)
CHANGE_VALUE = Act("change value", BY, change_value)
SEE_FORM = Act("see form", BY, of_form(closing.preview))
REPORT = Act("report", BY, of_form(closing.report))
ACKNOWLEDGE = Act("acknowledge", "kabid", of_form(partial(closing.acknowledge, bot_name=BOT_NAME)))
DRAFT_STATEMENT = Act("draft statement", BY, of_form(closing.draft_statement))
TO_SEKDA = Act("to sekda", BY, of_form(closing.take_to_signature))
FINISH = Act("finish", BY, of_form(closing.finish))
RETURN_7 = Act("return 7", BY, back("formulir"))
RETURN_7_KABID = Act("return 7 (kabid)", "kabid", back("formulir"))
WRITE_BOOK = Act("write book", BY, of_book(publishing.write, "conclusion", "Perlu dilanjutkan."))
SEE_BOOK = Act("see book", BY, of_book(publishing.preview))
PUBLISH = Act("publish", BY, of_book(publishing.publish))
RETURN_8 = Act("return 8", BY, back("publikasi"))


def score_rows(office) -> None:
    """Every value that is missing, written at once (each by an act of its own takes the test too long)."""

    def write(uow) -> None:
        for score in _scores(uow, office.cycle_id):
            if score.value is None:
                uow.scores.save(replace(score, value=Decimal(3), note="Dibahas"))

    office.look(write)


def form_rows(office) -> None:
    """The same for what the form lacks."""

    def write(uow) -> None:
        for score in _scores(uow, office.cycle_id):
            words, better = "Sudah ditetapkan.", "Perlu direviu tahun depan."
            uow.scores.save(replace(score, explanation=score.explanation or words, improvement=better))

    office.look(write)


def _scores(uow, cycle_id: str):
    cycle = uow.cycles.get(cycle_id)
    codes = [i.code for i in scoring.instrument_of(uow, cycle).indicators if not i.external]
    return [uow.scores.get(cycle_id, code) for code in codes]


# --- the cycle as a whole, and its people


def whole(what: str) -> Act:
    return Act(what, "kabid", lambda p: cycles.change_whole(p.uow, p.who, what, p.cycle_id, REASON, now=p.now))


SUSPEND, RESUME, CANCEL, REOPEN = (whole(w) for w in ("suspend", "resume", "cancel", "reopen"))


def substitute(role: str, opd: str | None = None, days: int = 2) -> Act:
    """The administrator lets somebody else act for a holder of *role*."""

    def act(p: Pressed):
        members = p.uow.people.members(p.now)
        absent = p.pick((m for m in members if m.holds(role, opd)), "anggota")
        stand_in = p.pick((m for m in members if m.id != absent.id and not m.holds(role, opd)), "anggota")
        today = p.now.astimezone(WIB).date()
        command = substitution.Delegate(
            role, opd, absent.id, stand_in.id, "Plh.", today, today + timedelta(days=days - 1)
        )
        return substitution.delegate(p.uow, p.who, command, now=p.now), stand_in.id

    return Act(f"substitute {role}", "administrator", act)


def end_substitution(p: Pressed):
    lent = p.pick(p.uow.people.delegations(p.now), "delegasi")
    return substitution.end_delegation(p.uow, p.who, lent.id, now=p.now)


END_SUBSTITUTION = Act("end substitution", "administrator", end_substitution)

STEPS: dict[str, tuple[Act, ...]] = {
    "persiapan": (FILL_IN, SKIP, OFFICIAL, PREVIEW, SUBMIT),
    "disposisi": (DISPOSE, ASK, ANSWER, RETURN_2),
    "surat": (NUMBER["surat"], SIGN["surat"], SEND, RETURN_3),
    "pengumpulan_data": (
        *(RECEIVE, BY_HAND, SEND_AGAIN, EXPEDITION),
        *(UPLOAD, REPLACE, ADD_LINK, WITHDRAW, WITHDRAW_ALL, ABSENT, LOOSE, PLACE, ASK_TEAM, ANSWER_TEAM),
        *(HAND_OVER, JUDGE, ACCEPT_REST, CLOSE),
    ),
    "rekapitulasi": (JUDGE, ACCEPT_REST, REOPEN_OPD, RECAP, ANSWER_TEAM),
    "rapat": (
        *(SCHEDULE, ADJOURN, WRITE_LETTER, CALL_OFF, NUMBER["rapat"], SIGN["rapat"], INVITE),
        *(BEGIN, REST, TAKE_UP, FINISH_SITTING, ATTEND, ATTEND_KABID, GUESTS, WRITE_DOWN, STRIKE, PRESENT),
        *(SCORE, EXTERNAL, SCORE_ALL, MINUTES, SEE_MINUTES, CONFIRM, RETURN_6),
    ),
    "formulir": (
        *(FORM, CHANGE_VALUE, SEE_FORM, REPORT, ACKNOWLEDGE, DRAFT_STATEMENT, NUMBER["formulir"], TO_SEKDA),
        *(SIGN["formulir"], FINISH, RETURN_7, RETURN_7_KABID),
    ),
    "publikasi": (WRITE_BOOK, SEE_BOOK, PUBLISH, RETURN_8),
}
EVERYTHING = tuple(dict.fromkeys(act for acts in STEPS.values() for act in acts))
ROLES = (
    ("tim_diskominfo", None),
    ("kabid", None),
    ("sekretariat", None),
    ("tim_kota", None),
    *(("opd", o) for o in OPDS),
)
