"""The recap (SOP step 5): who may look at it, and its hand-over to Tim SPBE Kota with the papers."""

from datetime import datetime

from sop import cycle as rules
from sop import paperwork_recap as paperwork
from sop.actions.cycles import change
from sop.actions.evidence import collection_step, step_of
from sop.actions.issuing import issue_anew
from sop.cycle import Cycle, Task
from sop.delivery import paper_message
from sop.overview import to_read
from sop.papers import Rekapitulasi
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.recap import Recap, recapped
from sop.refusals import Incomplete, NothingThere, NotNow, NotYours
from sop.visibility import may_see, may_see_paper

RECAP = "recap"  # dialogue of the step in office/sop.yaml, and audience of its papers
PAPER = "rekapitulasi"
SHEET = "rekapitulasi_lembar"  # the same as a workbook


def task_of(cycle: Cycle) -> Task | None:
    """The newest pass of the recap; None before step 5, or in an SOP without."""
    step = next((s for s in cycle.sop.steps if s.dialogue == RECAP), None)
    return cycle.latest(step.key) if step else None


def recap_of(uow: UnitOfWork, cycle: Cycle) -> Recap:
    """The numbers as they stand now.

    Raises:
        NothingThere: the SOP collects nothing.
    """
    instrument = uow.definition_of(cycle).instruments[cycle.instrument]
    return recapped(cycle, step_of(cycle), instrument, uow.evidence.of_cycle(cycle.id))


def visible(uow: UnitOfWork, who: Acting) -> tuple[Cycle, ...]:
    """The cycles that collect (or have) and whose recap *who* may see, newest first; past ones when none runs."""
    found = []
    for cycle in to_read(uow):
        step = collection_step(cycle)
        if step and cycle.passes(step.key) and may_see(cycle, who, RECAP):
            found.append(cycle)
    return tuple(found)


def look(uow: UnitOfWork, who: Acting, cycle_id: str) -> tuple[Cycle, Recap]:
    """The recap of a cycle, for somebody who may see it.

    Raises:
        NothingThere: no such cycle. NotYours: not for this person. NotNow: nothing has been asked for yet.
    """
    cycle = uow.cycles.get(cycle_id)
    if not may_see(cycle, who, RECAP):
        raise NotYours(role=reader(cycle))
    if not cycle.passes(step_of(cycle).key):
        raise NotNow(state="belum_dikirim")
    return cycle, recap_of(uow, cycle)


def reader(cycle: Cycle) -> str:
    """The role that the recap belongs to, for a refusal: the actor of its step."""
    return next((s.actor for s in cycle.sop.steps if s.dialogue == RECAP), cycle.sop.steps[0].actor)


def ready(uow: UnitOfWork, who: Acting, task_id: str) -> tuple[Cycle, Task, Recap]:
    """The task of the recap with its numbers, for somebody who may hand it over now.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: a task of another step.
    """
    cycle = uow.cycles.of_task(task_id)
    task, _ = rules.authorise(cycle, task_id, who)
    if cycle.step_of(task).dialogue != RECAP:
        raise NothingThere(what="tindakan")
    return cycle, task, recap_of(uow, cycle)


def hand_over(uow: UnitOfWork, who: Acting, task_id: str, *, knowing: int = 0, note: str = "", now: datetime) -> Cycle:
    """Hand the recap to Tim SPBE Kota; Rekapitulasi is printed, and made as a workbook. Both go along with their card.

    *knowing*: how many items without a verdict the person has been told of. *note* stands on the paper.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `ready`. BadInput: the note is too long.
        Incomplete: an agency has its material for repair (*missing* names them), or more items than *knowing* wait
            for a verdict.
    """
    cycle, task, recap = ready(uow, who, task_id)
    if note.strip():
        rules.require_text(note, "note")
    if recap.owing:
        raise Incomplete(act="hand_over", missing=tuple(o.opd for o in recap.owing))
    if recap.total.unjudged > knowing:
        raise Incomplete(act="hand_over_recap", missing=("belum_diperiksa",))
    _, by = rules.authorise(cycle, task_id, who)
    receivers = cycle.step_of(task).hands_over_to
    bundle = uow.definition_of(cycle)
    made = paperwork.rekapitulasi(
        bundle,
        cycle,
        recap,
        receiver=cycle.sop.role_name(receivers[0]) if receivers else bundle.office.team,
        by=by,
        note=note,
        now=now,
    )
    papers = (
        issue_anew(uow, cycle, PAPER, made, made_by=who.id, owner=task.id, now=now),
        *_workbook(uow, cycle, task, made, who, now),
    )
    return change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(
            c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=papers, note=note.strip()
        ),
    )


def _workbook(
    uow: UnitOfWork, cycle: Cycle, task: Task, made: Rekapitulasi, who: Acting, now: datetime
) -> tuple[str, ...]:
    """The workbook in the place of the one before it; none where the SOP of the cycle names no such paper."""
    about = cycle.sop.papers.get(SHEET)
    if about is None:
        return ()
    for old in uow.papers.of_cycle(cycle.id, kind=SHEET):
        uow.papers.replace(old.id)
    stored = uow.files.fill_workbook(PAPER, paperwork.sheets(made), paperwork.sheet_facts(made))
    words = "".join(c if c.isalnum() else " " for c in f"{cycle.sop.papers[PAPER].title} {cycle.name}")
    paper = uow.papers.register_upload(
        SHEET,
        stored,
        title=about.title,
        filename="_".join(words.split()) + ".xlsx",
        audience=about.audience,
        cycle=cycle.id,
        owner=task.id,
        made_by=who.id,
        now=now,
    )
    _send_along(uow, cycle, task, paper, now)
    return (paper,)


def _send_along(uow: UnitOfWork, cycle: Cycle, task: Task, paper_id: str, now: datetime) -> None:
    """The workbook to those who get the recap; the paper itself is of their kelengkapan and comes with the card."""
    paper = uow.papers.get(paper_id)
    assert paper is not None  # just registered
    for role in cycle.step_of(task).hands_over_to:
        for holder in uow.people.holders(role, None, now):
            if may_see_paper(uow, cycle, holder, paper):
                uow.outbox.add(paper_message(paper, holder.id, cycle))
