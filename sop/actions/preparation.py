"""Acts of step 1: fill in the preparation, preview the drafts, hand them to the Kabid; and of step 2: the disposisi.

The official files of step 1: sop/actions/official_files.py.
"""

from dataclasses import replace
from datetime import datetime

from sop import cycle as rules
from sop import events, paperwork
from sop.actions.cycles import change
from sop.actions.disposition_sheet import SHEET, agenda_number
from sop.actions.issuing import issue_anew
from sop.actions.letter_papers import letter_context, official_papers
from sop.cycle import Cycle, Signed, Task
from sop.disposition import Marks
from sop.letters import Letter, LetterState
from sop.outgoing import Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.preparation import Preparation, changed
from sop.refusals import BadInput, Incomplete, NothingThere, SameEyes

LETTERS = ("surat_undangan", "surat_permohonan_data")
REPORT = "laporan_persiapan"
DRAFTS = (REPORT, *LETTERS)
PREPARE, DISPOSE = "prepare", "dispose"  # dialogues of the steps in office/sop.yaml
OFFICIAL = "official"  # purpose of an official file on its way
LONGEST_NOTE = 500  # letters of a note for which the Lembar Disposisi has room


def sheet_of(cycle: Cycle) -> Preparation:
    """The material of step 1."""
    return Preparation.from_json(dict(cycle.sheet))


def to_prepare(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """The cycle whose preparation *who* may fill in now: nobody else sees it, and nobody is to type in vain.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: not a task of preparation.
    """
    return _mine(uow, who, task_id, PREPARE)[0]


def to_dispose(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """The same for the disposisi."""
    return _mine(uow, who, task_id, DISPOSE)[0]


def _mine(uow: UnitOfWork, who: Acting, task_id: str, dialogue: str) -> tuple[Cycle, Task, Signed]:
    """Other steps of the same actor have conditions of their own: a forged button must not get past them."""
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    if cycle.step_of(task).dialogue != dialogue:
        raise NothingThere(what="tindakan")
    return cycle, task, by


def save_sheet(uow: UnitOfWork, who: Acting, task_id: str, sheet: Preparation, *, now: datetime) -> Cycle:
    """Keep an edited sheet; drafts made from the old one count as not seen any more.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_prepare`.
    """
    cycle, _, by = _mine(uow, who, task_id, PREPARE)
    before = sheet_of(cycle)
    after = replace(sheet, previewed=False, drafters=before.drafters).drafted(who.id)
    was, is_now = changed(before, after)
    happened = events.PreparationChanged(cycle=cycle.id, before=was, after=is_now)
    return change(uow, cycle, by, now, lambda c: (rules.with_sheet(c, after.to_json()), (happened,)))


def on_its_way(uow: UnitOfWork, task_id: str, kind: str) -> bool:
    """Whether an official file has been sent and its bytes are not stored yet."""
    return bool(uow.files.waiting_for(OFFICIAL, f"{task_id}|{kind}"))


def preview(uow: UnitOfWork, who: Acting, task_id: str, *, bot_name: str, now: datetime) -> tuple[str, ...]:
    """The drafts (RANCANGAN): report, invitation, request; printed anew unless nothing has changed since the last time.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_prepare`.
        Incomplete: names what the sheet still lacks.
    """
    cycle, _, by = _mine(uow, who, task_id, PREPARE)
    sheet = sheet_of(cycle)
    if sheet.missing():
        raise Incomplete(act="preview", missing=sheet.missing())
    if sheet.previewed and (seen_before := _drafts(uow, cycle)):
        return seen_before
    made = _print(uow, cycle, sheet, who.id, bot_name=bot_name, handed_over=None, now=now)
    seen = replace(sheet, previewed=True).drafted(who.id)
    happened = events.PreparationChanged(cycle=cycle.id, before={"previewed": False}, after={"previewed": True})
    change(uow, cycle, by, now, lambda c: (rules.with_sheet(c, seen.to_json()), (happened,)))
    return made


def _drafts(uow: UnitOfWork, cycle: Cycle) -> tuple[str, ...]:
    """The papers of the last preview; none if one of them is missing or could not be printed."""
    last = [[p for p in uow.papers.of_cycle(cycle.id, kind=kind) if p.context][-1:] for kind in DRAFTS]
    found = [paper for (paper,) in filter(None, last) if paper.state in ("queued", "ready")]
    return tuple(p.id for p in found) if len(found) == len(DRAFTS) else ()


def _print(
    uow: UnitOfWork,
    cycle: Cycle,
    sheet: Preparation,
    by_person: str,
    *,
    bot_name: str,
    handed_over: Signed | None,
    now: datetime,
) -> tuple[str, ...]:
    bundle = uow.definition_of(cycle)
    there = {title: bool(uow.papers.of_cycle(cycle.id, kind=k)) for k, title in official_papers(cycle).items()}
    report = paperwork.laporan_persiapan(
        bundle,
        cycle,
        sheet,
        calendar=uow.time,
        focal_points={o: len(uow.people.holders(_opd_role(cycle), o, now)) for o in cycle.opds},
        official_papers=there,
        handed_over=handed_over,
        now=now,
    )
    made = [issue_anew(uow, cycle, REPORT, report, made_by=by_person, now=now)]
    for letter in _letters(uow, cycle, now):
        context = letter_context(uow, cycle, letter, bot_name=bot_name, now=now)
        paper_id = issue_anew(uow, cycle, letter.kind, context, made_by=by_person, owner=letter.id, now=now)
        made.append(paper_id)
        uow.letters.save(replace(letter, draft_paper=paper_id))
    return tuple(made)


def _opd_role(cycle: Cycle) -> str:
    return next((s.actor for s in cycle.sop.steps if s.each), "")


def _letters(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[Letter, ...]:
    """The letters of the cycle, made at the first preview; a numbered one that came back becomes a draft again."""
    found = uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds)
    if not found:
        unit = uow.office.office.numbering.unit
        for kind in LETTERS:
            uow.letters.add(Letter(uow.new_id(), cycle.id, kind, LetterState.DRAFT, unit, now))
        found = uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds)
    return found


def ready(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """The cycle, if its preparation can be handed over as it is.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_prepare`.
        Incomplete: the sheet lacks something, a file is still on its way, or the drafts have not been looked at since
            the last change.
    """
    cycle = to_prepare(uow, who, task_id, now=now)
    sheet = sheet_of(cycle)
    there = {p.kind for p in uow.papers.of_cycle(cycle.id)}
    official = official_papers(cycle)
    if any(on_its_way(uow, task_id, kind) for kind in official):
        raise Incomplete(act="submit", missing=("berkas_diproses",))
    missing = sheet.missing()
    missing += tuple(k for k in official if k not in there and k not in sheet.skipped_papers)
    missing = missing or (() if sheet.previewed else ("pratinjau",))
    if missing:
        raise Incomplete(act="submit", missing=missing)
    return cycle


def submit(uow: UnitOfWork, who: Acting, task_id: str, *, bot_name: str, now: datetime) -> Cycle:
    """Hand the drafts and the report to the Kabid (SOP step 1).

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere, Incomplete: see `ready`.
    """
    cycle = ready(uow, who, task_id, now=now)
    _, by = rules.authorise(cycle, task_id, who)
    sheet = sheet_of(cycle).drafted(who.id)  # four eyes: whoever hands it over answers for it
    made = _print(uow, cycle, sheet, who.id, bot_name=bot_name, handed_over=by, now=now)

    def decide(c: Cycle) -> tuple[Cycle, rules.Events]:
        c = rules.with_sheet(c, sheet.to_json())
        return rules.hand_over(c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=made)

    return change(uow, uow.cycles.get(cycle.id), by, now, decide)


def skip_official_paper(uow: UnitOfWork, who: Acting, task_id: str, kind: str, *, now: datetime) -> Cycle:
    """Go on without an official file, on purpose: recorded, and shown in the report as not there.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `to_prepare`. NothingThere: no such official paper.
    """
    cycle = to_prepare(uow, who, task_id, now=now)
    if kind not in official_papers(cycle):
        raise NothingThere(what="naskah")
    sheet = sheet_of(cycle)
    skipped = tuple(dict.fromkeys((*sheet.skipped_papers, kind)))
    return save_sheet(uow, who, task_id, replace(sheet, skipped_papers=skipped), now=now)


def usual_marks(uow: UnitOfWork) -> Marks:
    """What the sheet says under Sifat where the Kabid chooses nothing."""
    office = uow.office.office
    return Marks(office.disposition_urgency, office.disposition_security)


def dispose(
    uow: UnitOfWork,
    who: Acting,
    task_id: str,
    *,
    instructions: tuple[str, ...] = (),
    note: str = "",
    marks: Marks | None = None,
    now: datetime,
) -> Cycle:
    """*Setujui & disposisikan* (SOP step 2): print the Lembar Disposisi, hand over to the Sekretariat.

    Who drafted hears of it: the card of step 1 promised so.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_dispose`.
        SameEyes: who had a hand in the drafts of this pass may not dispose (a setting, on by default).
        BadInput: the note is longer than the sheet has room for.
    """
    cycle, task, by = _mine(uow, who, task_id, DISPOSE)
    office = uow.office.office
    if office.four_eyes.disposition and who.id in sheet_of(cycle).drafters:
        raise SameEyes(act="dispose")
    if note:
        check_note(note)
    chosen = instructions or (office.usual_instruction,)
    step = cycle.step_of(task)
    context = paperwork.lembar_disposisi(
        uow.definition_of(cycle),
        cycle,
        received_at=task.clock_started_at or task.opened_at,
        by=by,
        forwarded_to=tuple(cycle.sop.role_name(r) for r in step.hands_over_to),
        instructions=chosen,
        note=note,
        marks=marks or usual_marks(uow),
        agenda_number=agenda_number(uow, cycle),
        now=now,
    )
    made = issue_anew(uow, cycle, SHEET, context, made_by=who.id, owner=task_id, now=now)
    after = change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(
            c,
            task_id,
            who,
            time=uow.time,
            ids=uow.new_id,
            now=now,
            papers=(made,),
            note=note,
            instructions=chosen,
        ),
    )
    _tell_drafter(uow, after, task_id, by, now)
    return after


def check_note(note: str) -> None:
    """That a note for the Lembar Disposisi says something and fits.

    Raises:
        BadInput: it does not.
    """
    if not note.strip():
        raise BadInput(field="note", problem="empty")
    if len(note) > LONGEST_NOTE:
        raise BadInput(field="note", problem="long", value=str(LONGEST_NOTE))


def _tell_drafter(uow: UnitOfWork, cycle: Cycle, task_id: str, by: Signed, now: datetime) -> None:
    drafter = sheet_of(cycle).drafted_by
    if not drafter or drafter == by.person:
        return
    following = next(iter(cycle.open_tasks()), None)
    params = {
        "cycle": cycle.name,
        "by": by.title,
        "at": now,
        "note": cycle.task(task_id).note,
        "to": cycle.sop.role_name(cycle.step_of(following).actor) if following else "",
        "due_at": following.due_at if following else None,
    }
    uow.outbox.add(
        Message(
            ToPerson(drafter),
            "dispose/told",
            params,
            choices=((Choice("status.open"),),),
            loud=False,
            key=f"disposed:{task_id}:{drafter}",
        )
    )
