"""Acts of step 8: what the Dokumen Evaluasi contains, its preview, and the publication that ends the cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sop import cycle as rules
from sop import events
from sop import paperwork_document as paperwork
from sop.actions.cycles import change
from sop.actions.issuing import issue_anew
from sop.cycle import Cycle, Events, Signed, Task, TaskState, require_text
from sop.definition import Step
from sop.letters import LetterState
from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.paperwork_document import WORDS
from sop.paperwork_result import summary
from sop.people import Acting
from sop.ports import Paper, UnitOfWork
from sop.refusals import Incomplete, NothingThere
from sop.result import Outcome, outcome

PUBLISH = "publish"  # dialogue of the step in office/sop.yaml
BOOK = "dokumen_evaluasi"  # kind of its paper
_SHEET = "document"  # where the team's own words stand on the cycle
_WITHOUT_THESE_NONE = ("formulir_terisi", "berita_acara")  # papers without which nothing is published
_DRAFTED_FOR = "formulir_terisi"  # whoever may see the completed form may see a draft of the book


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check-list: the papers of a step. *missing*: kinds that are not there (or not signed)."""

    step: Step
    count: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the document contains. *blocking*: kinds (or codes, `rapat`) without which it cannot be published."""

    cycle: Cycle
    task: Task
    checks: tuple[Check, ...]
    found: Outcome | None
    words: Mapping[str, str]
    blocking: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Every kind of paper that is not there."""
        return tuple(kind for check in self.checks for kind in check.missing)


# --- looking ---


def contents(uow: UnitOfWork, cycle: Cycle, task: Task) -> Contents:
    """The check-list from the real state, without asking who."""
    there = _there(uow, cycle)
    before = [s for s in cycle.sop.steps if s.number < cycle.step_of(task).number and s.produces]
    checks = tuple(_check(uow, cycle, step, there) for step in before)
    missing = {kind for check in checks for kind in check.missing}
    blocking: tuple[str, ...] = tuple(kind for kind in _WITHOUT_THESE_NONE if kind in missing)
    try:
        found = outcome(uow, cycle)
    except Incomplete as lacking:
        found, blocking = None, (*lacking.missing, *blocking)
    return Contents(cycle, task, checks, found, _words(cycle), blocking)


def _there(uow: UnitOfWork, cycle: Cycle) -> tuple[Paper, ...]:
    return tuple(p for p in uow.papers.of_cycle(cycle.id) if p.state != "failed" and p.kind != BOOK)


def _check(uow: UnitOfWork, cycle: Cycle, step: Step, there: tuple[Paper, ...]) -> Check:
    missing = [kind for kind in step.produces if not _complete(uow, cycle, step, kind, there)]
    return Check(step, sum(1 for p in there if p.kind in step.produces), tuple(missing))


def _complete(uow: UnitOfWork, cycle: Cycle, step: Step, kind: str, there: tuple[Paper, ...]) -> bool:
    """Whether a kind of paper is there: of every agency that handed over, and signed where it bears a number."""
    made = [p for p in there if p.kind == kind]
    if step.each:
        handed_over = {t.opd for t in cycle.tasks if t.step == step.key and t.state is TaskState.DONE}
        return handed_over <= {p.opd for p in made}
    if cycle.sop.papers[kind].numbered:
        letters = uow.letters.of_cycle(cycle.id, (kind,)) or uow.letters.gone_out(cycle.id, (kind,))
        held = [x for x in letters if not x.replaces or x.sent_at]  # one that was to replace another is no gap
        return bool(held) and all(x.sent_at or x.state is LetterState.SIGNED for x in held)
    return bool(made)


def _words(cycle: Cycle) -> dict[str, str]:
    kept = cycle.sheet.get(_SHEET, {})
    return {key: str(kept[key]) for key in WORDS if kept.get(key)}


def publishing_tasks(uow: UnitOfWork, who: Acting) -> tuple[tuple[Cycle, Task], ...]:
    """The open tasks of this step that *who* may act on, in every running cycle."""
    return tuple(
        (cycle, task)
        for cycle in uow.cycles.current()
        for task in cycle.open_tasks()
        if cycle.step_of(task).dialogue == PUBLISH and who.capacity(cycle.step_of(task).actor)
    )


def to_publish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Contents:
    """The contents, for somebody who may publish them.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: another kind of step.
    """
    cycle, task, _ = _mine(uow, who, task_id)
    return contents(uow, cycle, task)


def _mine(uow: UnitOfWork, who: Acting, task_id: str) -> tuple[Cycle, Task, Signed]:
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    if cycle.step_of(task).dialogue != PUBLISH:
        raise NothingThere(what="tindakan")
    return cycle, task, by


# --- the team's own words ---


def write(uow: UnitOfWork, who: Acting, task_id: str, part: str, text: str, *, now: datetime) -> Contents:
    """Add words of the team to a chapter (`background`, `scope`, `conclusion`); an empty text takes them out again.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_publish`; NothingThere also for another part.
        BadInput: longer than the page has room for.
    """
    cycle, _, by = _mine(uow, who, task_id)
    if part not in WORDS:
        raise NothingThere(what="tombol")
    words = text.strip()
    if words:
        require_text(words, "note")
    before = _words(cycle)
    after = {**before, part: words}
    happened = events.DocumentWordsChanged(cycle=cycle.id, part=part, before=before.get(part, ""), after=words)
    sheet = {**cycle.sheet, _SHEET: after}
    cycle = change(uow, cycle, by, now, lambda c: (rules.with_sheet(c, sheet), (happened,)))
    return contents(uow, cycle, cycle.task(task_id))


# --- preview and publication ---


def preview(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> str:
    """Print the document as a draft; only those who may see the completed form may see it. The paper's id.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_publish`. Incomplete (`publish`): no result to print.
    """
    seen = to_publish(uow, who, task_id, now=now)
    if seen.found is None:
        raise Incomplete(act="publish", missing=seen.blocking)
    return _print(uow, seen, seen.found, who, final=False, now=now)


def _print(uow: UnitOfWork, seen: Contents, found: Outcome, who: Acting, *, final: bool, now: datetime) -> str:
    cycle = seen.cycle
    context = paperwork.dokumen_evaluasi(
        uow.definition_of(cycle),
        cycle,
        found,
        items=uow.evidence.of_cycle(cycle.id),
        papers=_there(uow, cycle),
        letters=uow.letters.of_cycle(cycle.id),
        words=seen.words,
        calendar=uow.time,
        final=final,
        now=now,
    )
    kinds = cycle.sop.papers
    audience = "" if final or _DRAFTED_FOR not in kinds else kinds[_DRAFTED_FOR].audience
    return issue_anew(uow, cycle, BOOK, context, made_by=who.id, owner=seen.task.id, audience=audience, now=now)


def ready_to_publish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> tuple[Contents, Outcome]:
    """The contents, if they can be published.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_publish`.
        Incomplete (`publish`): names the papers or indicators without which nothing is published.
    """
    seen = to_publish(uow, who, task_id, now=now)
    if seen.blocking or seen.found is None:
        raise Incomplete(act="publish", missing=seen.blocking)
    return seen, seen.found


def receivers(uow: UnitOfWork, cycle: Cycle, step: Step, now: datetime) -> tuple[str, ...]:
    """Everybody to whom the last step hands over: each role, of the agencies those that were asked."""
    found: dict[str, None] = {}
    for role in step.hands_over_to:
        each = cycle.sop.actors[role].one_of is not None
        for opd in cycle.opds if each else (None,):
            found |= dict.fromkeys(h.id for h in uow.people.holders(role, opd, now) if h.person.reachable)
    return tuple(found)


def publish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> tuple[Cycle, int]:
    """*Terbitkan*: print the document, send it to everybody, close the cycle. Returns to how many it goes.

    From then on nothing of the cycle can be changed; all of it stays readable.

    Raises:
        NotYours, AlreadyDecided, NotNow, Incomplete, NothingThere: see `ready_to_publish`.
    """
    seen, found = ready_to_publish(uow, who, task_id, now=now)
    cycle, step = seen.cycle, seen.cycle.step_of(seen.task)
    _, by = rules.authorise(cycle, task_id, who)
    book = _print(uow, seen, found, who, final=True, now=now)
    people = receivers(uow, cycle, step, now)
    for person in people:
        _deliver(uow, cycle, found, book, person, now)

    def decide(c: Cycle) -> tuple[Cycle, Events]:
        return rules.hand_over(c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=(book,))

    return change(uow, cycle, by, now, decide), len(people)


def _deliver(uow: UnitOfWork, cycle: Cycle, found: Outcome, book: str, person: str, now: datetime) -> None:
    paper = uow.papers.get(book)
    assert paper is not None  # just requested
    uow.outbox.add(
        Message(
            ToPerson(person),
            "published",
            {"cycle": cycle.name, "title": paper.title, "at": now, **summary(found)},
            choices=((Choice("docs.cycle", cycle.id, label_key="docs.of_cycle"),),),
            attachment=Attachment(filename=paper.filename, paper=book),
            after=(book,),
            key=f"published:{cycle.id}:{person}",
        )
    )
