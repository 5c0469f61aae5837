"""Acts of step 7: report the completed form, take note of it, Berita Acara with the Sekda's signature, the end."""

from dataclasses import dataclass, replace
from datetime import datetime

from sop import cycle as rules
from sop import papers, scoring
from sop import paperwork_result as paperwork
from sop.actions.codes import issue_verifiable
from sop.actions.cycles import change
from sop.actions.issuing import issue_anew, replace_papers
from sop.actions.letters import SIGNED_COPY
from sop.actions.scoring import form_missing
from sop.actions.statement_papers import (
    FILLED,
    MEMO,
    STATEMENT,
    memo_context,
    memo_paper,
    require_acknowledged,
    statement_context,
)
from sop.cycle import Cycle, Events, Signed, Standing, Task, require_text, signed
from sop.definition import Step
from sop.delivery import paper_message
from sop.letters import Letter, LetterState
from sop.paperwork import recorded
from sop.people import Acting
from sop.ports import Incoming, Paper, UnitOfWork
from sop.refusals import Incomplete, NothingThere, NotNow
from sop.result import Outcome, outcome

FORM = "form"  # dialogue of the step in office/sop.yaml


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the step stands. *found* is None while values are missing; *missing*: codes that the form still lacks.

    *statement* is the Berita Acara, made when the report has been taken note of; *arriving*: its signed copy is on
    its way to the archive. *memo*: the nota dinas, once it is reported and where the office numbers such.
    """

    cycle: Cycle
    task: Task
    total: int
    missing: tuple[str, ...]
    found: Outcome | None
    statement: Letter | None
    arriving: bool
    memo: Letter | None = None


# --- looking ---


def look(uow: UnitOfWork, cycle: Cycle, task: Task) -> Closing:
    """Where the step stands, without asking who."""
    instrument = uow.definition_of(cycle).instruments[cycle.instrument]
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    left = scoring.progress(instrument, scores).left
    missing = tuple(dict.fromkeys((*left, *form_missing(uow, cycle))))
    try:
        found = outcome(uow, cycle)
    except Incomplete:
        found = None
    letter = statement_of(uow, cycle)
    arriving = letter is not None and bool(uow.files.waiting_for(SIGNED_COPY, f"{task.id}|{letter.id}"))
    memo = _memo_of(uow, cycle) if task.reported_at else None
    return Closing(cycle, task, len(instrument.indicators), missing, found, letter, arriving, memo)


def _memo_of(uow: UnitOfWork, cycle: Cycle) -> Letter | None:
    found = uow.letters.of_cycle(cycle.id, (MEMO,))
    return found[-1] if found else None


def statement_of(uow: UnitOfWork, cycle: Cycle) -> Letter | None:
    """The Berita Acara of a cycle as it stands; None before the report has been taken note of."""
    found = uow.letters.of_cycle(cycle.id, (STATEMENT,))
    return found[-1] if found else None


def closing_tasks(uow: UnitOfWork, who: Acting) -> tuple[tuple[Cycle, Task], ...]:
    """The open tasks of this step that *who* may act on, in every running cycle."""
    return tuple(
        (cycle, task)
        for cycle in uow.cycles.current()
        for task in cycle.open_tasks()
        if cycle.step_of(task).dialogue == FORM and who.capacity(cycle.step_of(task).actor)
    )


def _mine(uow: UnitOfWork, who: Acting, task_id: str) -> tuple[Cycle, Task, Signed]:
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    _require_form(cycle.step_of(task))
    return cycle, task, by


def _require_form(step: Step) -> None:
    if step.dialogue != FORM:
        raise NothingThere(what="tindakan")


# --- the report ---


def ready_to_report(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> tuple[Closing, Outcome]:
    """The step, if its form is complete and not yet reported.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NotNow (`sudah_dilaporkan`): it has been reported.
        Incomplete (`report`): the form lacks something; names the indicators. NothingThere: another kind of step.
    """
    cycle, task, _ = _mine(uow, who, task_id)
    if task.reported_at is not None:
        raise NotNow(state="sudah_dilaporkan")
    closing = look(uow, cycle, task)
    if closing.missing:
        raise Incomplete(act="report", missing=closing.missing)
    return closing, outcome(uow, cycle)


def preview(uow: UnitOfWork, who: Acting, task_id: str, *, note: str = "", now: datetime) -> tuple[Paper, ...]:
    """Print form and nota dinas as drafts, to be looked at before the report.

    Raises:
        NotYours, AlreadyDecided, NotNow, Incomplete, NothingThere: see `ready_to_report`.
    """
    closing, found = ready_to_report(uow, who, task_id, now=now)
    return _print(uow, closing.cycle, found, task_id, who.id, note=note, final=False, now=now)


def _print(
    uow: UnitOfWork, cycle: Cycle, found: Outcome, task_id: str, by: str, *, note: str, final: bool, now: datetime
) -> tuple[Paper, ...]:
    bundle = uow.definition_of(cycle)
    contexts: dict[str, papers.Context] = {
        FILLED: paperwork.formulir_terisi(bundle, cycle, found, final=final, now=now),
        MEMO: paperwork.nota_dinas(bundle, cycle, found, note=note, final=final, reported_at=now),
    }
    made = [issue_anew(uow, cycle, kind, c, made_by=by, owner=task_id, now=now) for kind, c in contexts.items()]
    return tuple(p for p in map(uow.papers.get, made) if p is not None)


def report(uow: UnitOfWork, who: Acting, task_id: str, *, note: str = "", now: datetime) -> Cycle:
    """*Laporkan ke Kabid*: print form and nota dinas, send both to the superior with a card of their own.

    Raises:
        NotYours, AlreadyDecided, NotNow, Incomplete, NothingThere: see `ready_to_report`.
        BadInput: the note is too long.
    """
    if note:
        require_text(note, "note")
    closing, found = ready_to_report(uow, who, task_id, now=now)
    cycle = closing.cycle
    task, by = rules.authorise(cycle, task_id, who)
    made = _print(uow, cycle, found, task_id, who.id, note=note, final=True, now=now)
    _let_number_memo(uow, cycle, now)
    superiors = uow.people.holders(cycle.step_of(task).acknowledged_by, None, now)
    for person in dict.fromkeys((*(s.id for s in superiors), who.id)):
        for paper in made:
            uow.outbox.add(paper_message(paper, person, cycle))
    return change(uow, cycle, by, now, lambda c: rules.report(c, task_id, who, now=now))


def acknowledge(uow: UnitOfWork, who: Acting, task_id: str, *, bot_name: str, now: datetime) -> tuple[Cycle, str]:
    """*Ketahui*, one tap: the nota dinas bears it, and the Berita Acara can be numbered. Returns the nota dinas' id.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise_acknowledgement`. NothingThere: another kind of step.
    """
    cycle = uow.cycles.of_task(task_id)
    _require_form(cycle.step_of(cycle.task(task_id)))
    task, by = rules.authorise_acknowledgement(cycle, task_id, who)
    memo = _acknowledged_memo(uow, cycle, task, by, bot_name, now)
    if statement_of(uow, cycle) is None:
        unit = uow.definition_of(cycle).office.numbering.unit
        uow.letters.add(Letter(uow.new_id(), cycle.id, STATEMENT, LetterState.DRAFT, unit, now))
    return change(uow, cycle, by, now, lambda c: rules.acknowledge(c, task_id, who, now=now)), memo


def _let_number_memo(uow: UnitOfWork, cycle: Cycle, now: datetime) -> None:
    """A reported nota dinas can get its number, where the office numbers such; a further report takes the next."""
    numbering = uow.definition_of(cycle).office.numbering
    if numbering.memo_numbered and _memo_of(uow, cycle) is None:
        uow.letters.add(Letter(uow.new_id(), cycle.id, MEMO, LetterState.DRAFT, numbering.unit, now))


def _acknowledged_memo(uow: UnitOfWork, cycle: Cycle, task: Task, by: Signed, bot_name: str, now: datetime) -> str:
    """The nota dinas as it was reported, with the recorded tap; empty if none was printed, or it is signed on paper."""
    letter = _memo_of(uow, cycle)
    owners = {task.id, letter.id if letter else task.id}
    before = next((p for p in uow.papers.of_cycle(cycle.id, kind=MEMO) if p.owner in owners), None)
    if before is None or not before.context:
        return ""
    tap = (recorded("diketahui", by, now),)
    if letter is None or not letter.number:
        noted = replace(memo_paper(uow, cycle), acknowledged=tap)
        return issue_anew(uow, cycle, MEMO, noted, made_by=by.person, owner=before.owner, now=now)
    noted = replace(memo_context(uow, cycle, letter, bot_name, now), acknowledged=tap)
    replace_papers(uow, letter)
    made = issue_verifiable(uow, cycle, letter, noted, bot_name=bot_name, made_by=by.person, now=now)
    uow.letters.save(replace(letter, final_paper=made))
    return made


# --- the Berita Acara ---


def statement(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Closing:
    """The step, for its Berita Acara.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
        NotNow (`belum_diketahui`): the report has not been taken note of yet. NothingThere: another kind of step.
    """
    cycle, task, _ = _mine(uow, who, task_id)
    require_acknowledged(cycle, task)
    return look(uow, cycle, task)


def draft_statement(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> str:
    """Print the Berita Acara as a draft, to be read before it gets its number; the paper's id.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `statement`. NotNow: it has its number already.
    """
    closing = statement(uow, who, task_id, now=now)
    if closing.statement is None or closing.statement.number:
        raise NotNow(state="surat_bernomor")
    context = statement_context(uow, closing.cycle, closing.statement, "", now)
    return issue_anew(uow, closing.cycle, STATEMENT, context, made_by=who.id, owner=closing.statement.id, now=now)


def take_to_signature(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Closing:
    """*Dibawa ke Sekda*: the clock stands until the signed copy is uploaded; the signature is asked after.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `statement`. NotNow (`surat_rancangan`): it has no number,
            or (`sudah_ditandatangani`) the signed copy is there. NotNow (`di_sekda`): it is with the Sekda already.
    """
    closing = statement(uow, who, task_id, now=now)
    if closing.statement is None or closing.statement.state is LetterState.DRAFT:
        raise NotNow(state="surat_rancangan")
    if closing.statement.state is LetterState.SIGNED:
        raise NotNow(state="sudah_ditandatangani")
    _, by = rules.authorise(closing.cycle, task_id, who)
    after = change(
        uow,
        closing.cycle,
        by,
        now,
        lambda c: rules.stand_still(c, task_id, Standing.SIGNATURE, who, now=now),
    )
    return look(uow, after, after.task(task_id))


def back_from_signature(uow: UnitOfWork, incoming: Incoming, *, now: datetime) -> None:
    """The signed copy is in the archive: the clock goes on, also where its sender has left the role meanwhile."""
    task_id, _, letter_id = incoming.target.partition("|")
    if uow.letters.get(letter_id).kind != STATEMENT:
        return  # a nota dinas does not go to the Sekda
    cycle = uow.cycles.of_task(task_id)
    task, who = cycle.task(task_id), uow.people.get(incoming.by_person, now)
    if not task.open or task.standing is not Standing.SIGNATURE:
        return
    capacity = who.capacity(cycle.step_of(task).actor) if who else None
    by = signed(cycle.sop, who, capacity) if who and capacity else None
    change(uow, cycle, by, now, lambda c: rules.waited_for(c, task_id, time=uow.time, now=now))


# --- the end of the step ---


def ready_to_finish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Closing:
    """The step, if nothing but the hand-over is left.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `statement`.
        Incomplete (`finish`): the signed Berita Acara is not there, or (`berkas_diproses`) still on its way.
    """
    closing = statement(uow, who, task_id, now=now)
    if closing.arriving:
        raise Incomplete(act="finish", missing=("berkas_diproses",))
    if closing.statement is None or closing.statement.state is not LetterState.SIGNED:
        raise Incomplete(act="finish", missing=(STATEMENT,))
    return closing


def finish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """The signed Berita Acara is there: the step has reached its output, and the last one begins.

    Raises:
        NotYours, AlreadyDecided, NotNow, Incomplete, NothingThere: see `ready_to_finish`.
    """
    closing = ready_to_finish(uow, who, task_id, now=now)
    _, by = rules.authorise(closing.cycle, task_id, who)
    there = uow.papers.of_cycle(closing.cycle.id)
    made = tuple(p.id for kind in (FILLED, MEMO, STATEMENT) for p in there if p.kind == kind)

    def decide(c: Cycle) -> tuple[Cycle, Events]:
        told: Events = ()
        if c.task(task_id).standing is not Standing.NO:
            c, told = rules.run_again(c, task_id, who, time=uow.time, now=now)
        c, more = rules.hand_over(c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=made)
        return c, (*told, *more)

    return change(uow, closing.cycle, by, now, decide)
