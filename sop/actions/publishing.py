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
from sop.delivery import out_of_reach
from sop.letters import LetterState
from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.paperwork_document import WORDS
from sop.paperwork_result import summary
from sop.people import Acting
from sop.ports import Paper, UnitOfWork
from sop.refusals import Incomplete, NothingThere, NotNow, NotYours, Refused
from sop.result import Outcome, outcome

PUBLISH = "publish"  # dialogue of the step in office/sop.yaml
BOOK = "dokumen_evaluasi"  # kind of its paper
_SHEET = "document"  # where the team's own words stand on the cycle
_UNDER_WAY = "publishing"  # where a publication whose document is being printed stands on the cycle
_WITHOUT_THESE_NONE = ("formulir_terisi", "berita_acara")  # papers without which nothing is published
_DRAFTED_FOR = "formulir_terisi"  # whoever may see the completed form may see the book before it is published


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check-list: the papers of a step. *missing*: kinds that are not there (or not signed)."""

    step: Step
    count: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the document contains. *blocking*: kinds (or codes, `rapat`) without which it cannot be published.

    *under_way*: it is being published; the cycle closes when the document is printed.
    """

    cycle: Cycle
    task: Task
    checks: tuple[Check, ...]
    found: Outcome | None
    words: Mapping[str, str]
    blocking: tuple[str, ...]
    under_way: bool

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
    return Contents(cycle, task, checks, found, _words(cycle), blocking, _under_way(cycle, task) is not None)


def _there(uow: UnitOfWork, cycle: Cycle) -> tuple[Paper, ...]:
    return tuple(p for p in uow.papers.of_cycle(cycle.id) if p.state != "failed" and p.kind != BOOK)


def _printed(uow: UnitOfWork, cycle: Cycle) -> tuple[Paper, ...]:
    """Every paper that we have printed, also those whose place another or a signed copy has taken, oldest first."""
    made = uow.papers.of_cycle(cycle.id, current=False)
    return tuple(p for p in made if p.origin == "printed" and p.state != "failed")


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


def _under_way(cycle: Cycle, task: Task) -> Mapping[str, str] | None:
    """The document that is being printed to be published, and by whom; of an earlier pass none counts."""
    kept: Mapping[str, str] = cycle.sheet.get(_UNDER_WAY) or {}
    return kept if kept.get("task") == task.id else None


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


def _require_not_under_way(cycle: Cycle, task: Task) -> None:
    if _under_way(cycle, task) is not None:
        raise NotNow(state="sedang_diterbitkan")


# --- the team's own words ---


def write(uow: UnitOfWork, who: Acting, task_id: str, part: str, text: str, *, now: datetime) -> Contents:
    """Add words of the team to a chapter (`background`, `scope`, `conclusion`); an empty text takes them out again.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_publish`; NothingThere also for another part.
        NotNow (`sedang_diterbitkan`): the document is being printed. BadInput: longer than the page has room for.
    """
    cycle, task, by = _mine(uow, who, task_id)
    _require_not_under_way(cycle, task)
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
        NotNow (`sedang_diterbitkan`): the document itself is being printed.
    """
    seen = to_publish(uow, who, task_id, now=now)
    _require_not_under_way(seen.cycle, seen.task)
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
        printed=_printed(uow, cycle),
        letters=uow.letters.of_cycle(cycle.id),
        words=seen.words,
        calendar=uow.time,
        final=final,
        now=now,
    )
    kinds = cycle.sop.papers
    audience = kinds[_DRAFTED_FOR].audience if _DRAFTED_FOR in kinds else ""  # until it is published
    return issue_anew(uow, cycle, BOOK, context, made_by=who.id, owner=seen.task.id, audience=audience, now=now)


def ready_to_publish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> tuple[Contents, Outcome]:
    """The contents, if they can be published.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_publish`.
        NotNow (`sedang_diterbitkan`): it is being published.
        Incomplete (`publish`): names the papers or indicators without which nothing is published.
    """
    seen = to_publish(uow, who, task_id, now=now)
    _require_not_under_way(seen.cycle, seen.task)
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


def by_hand(uow: UnitOfWork, cycle: Cycle, step: Step, now: datetime) -> tuple[str, ...]:
    """The agencies to which the document must be brought, because the bot can write to nobody there."""
    return out_of_reach(uow, cycle, step.hands_over_to, now)


def publish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """*Terbitkan*: print the document. When it is printed it goes to everybody and the cycle closes (`printed`).

    A document that cannot be printed closes nothing: the cycle stays open, so that the cause can be mended.

    Raises:
        NotYours, AlreadyDecided, NotNow, Incomplete, NothingThere: see `ready_to_publish`.
    """
    seen, found = ready_to_publish(uow, who, task_id, now=now)
    _, by = rules.authorise(seen.cycle, task_id, who)
    book = _print(uow, seen, found, who, final=True, now=now)
    started = events.PublicationStarted(cycle=seen.cycle.id, task=task_id, paper=book)
    kept = {"task": task_id, "paper": book, "person": who.id}
    return change(uow, seen.cycle, by, now, lambda c: (_with_publication(c, kept), (started,)))


def _with_publication(cycle: Cycle, kept: Mapping[str, str]) -> Cycle:
    return rules.with_sheet(cycle, {**cycle.sheet, _UNDER_WAY: dict(kept)})


def printed(uow: UnitOfWork, book: Paper, *, now: datetime) -> None:
    """The document is there: send it to everybody and close the cycle. From then on nothing of it can be changed.

    Where the task was returned or the cycle stopped meanwhile, or whoever published it has lost the role, it was not
    published: the printed document does not count.
    """
    cycle, task, person = _publication(uow, book)
    if task is None:
        return
    try:
        with uow.savepoint():  # what is refused half-way has sent nothing
            _close(uow, cycle, task, uow.people.get(person, now), book, now)
    except Refused:
        _not_published(uow, cycle, task, book, person, "berubah", now)


def _close(uow: UnitOfWork, cycle: Cycle, task: Task, who: Acting | None, book: Paper, now: datetime) -> None:
    if who is None:
        raise NotYours(role=cycle.step_of(task).actor)
    _, by = rules.authorise(cycle, task.id, who)
    found, step = outcome(uow, cycle), cycle.step_of(task)
    uow.papers.open_to(book.id, cycle.sop.papers[BOOK].audience)
    for receiver in receivers(uow, cycle, step, now):
        _deliver(uow, cycle, found, book, receiver, now)

    def decide(c: Cycle) -> tuple[Cycle, Events]:
        return rules.hand_over(
            _with_publication(c, {}), task.id, who, time=uow.time, ids=uow.new_id, now=now, papers=(book.id,)
        )

    change(uow, cycle, by, now, decide)


def not_printed(uow: UnitOfWork, book: Paper, *, now: datetime) -> bool:
    """The document could not be printed: the cycle stays open, and whoever published it hears so.

    Returns whether *book* was to be published.
    """
    cycle, task, person = _publication(uow, book)
    if task is None:
        return False
    _not_published(uow, cycle, task, book, person, "tidak_tercetak", now)
    return True


def _publication(uow: UnitOfWork, book: Paper) -> tuple[Cycle, Task | None, str]:
    """The cycle of a document, the task with which it is being published (None: it is not), and the publisher."""
    cycle = uow.cycles.get(book.cycle)
    kept: Mapping[str, str] = cycle.sheet.get(_UNDER_WAY) or {}
    return (cycle, cycle.task(kept["task"]), kept["person"]) if kept.get("paper") == book.id else (cycle, None, "")


def _not_published(
    uow: UnitOfWork, cycle: Cycle, task: Task, book: Paper, person: str, why: str, now: datetime
) -> None:
    uow.papers.replace(book.id)
    failed = events.PublicationFailed(cycle=cycle.id, task=task.id, paper=book.id, why=why)
    change(uow, cycle, None, now, lambda c: (_with_publication(c, {}), (failed,)))
    uow.outbox.add(
        Message(
            ToPerson(person),
            "publish/not_done",
            {"cycle": cycle.name, "title": book.title, "why": why},
            choices=((Choice("step.card", task.id, style="primary"),), (Choice("status.open"),)),
            key=f"not_published:{book.id}",
        )
    )


def _deliver(uow: UnitOfWork, cycle: Cycle, found: Outcome, book: Paper, person: str, now: datetime) -> None:
    uow.outbox.add(
        Message(
            ToPerson(person),
            "published",
            {"cycle": cycle.name, "title": book.title, "at": now, **summary(found)},
            choices=((Choice("docs.cycle", cycle.id, label_key="docs.of_cycle"),),),
            attachment=Attachment(filename=book.filename, paper=book.id),
            key=f"published:{cycle.id}:{person}",
        )
    )
