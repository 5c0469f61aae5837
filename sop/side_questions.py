"""Questions beside the work: an OPD asks the team that receives its evidence (SOP step 4). No clock stands for them."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle import Cycle, Events, Question, authorise, require_not_over, require_text, signed
from sop.people import Acting
from sop.refusals import AlreadyDecided, NothingThere


def team_of(cycle: Cycle, task_id: str) -> str:
    """The role that is asked: the one that receives the task's output, else the one that began the cycle."""
    receivers = cycle.step_of(cycle.task(task_id)).hands_over_to
    return receivers[0] if receivers else cycle.sop.steps[0].actor


def ask(
    cycle: Cycle, task_id: str, id: str, text: str, about: str, who: Acting, *, now: datetime
) -> tuple[Cycle, Events]:
    """Ask the receiving team; *about* says what the question concerns.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `cycle.authorise`.
        BadInput: the question is empty or too long.
    """
    task, by = authorise(cycle, task_id, who)
    require_text(text, "question")
    question = Question(text.strip(), now, by, "", id=id, about=about, beside=True)
    asked = events.TeamAsked(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        opd=task.opd,
        question=id,
        about=about,
        text=question.text,
        asker=who.id,
    )
    return _with(cycle, task_id, (*task.questions, question)), (asked,)


def find(cycle: Cycle, task_id: str, id: str, who: Acting) -> Question:
    """A question that still waits for an answer, for somebody who may give it.

    Raises:
        NotYours: *who* is not in the team that is asked.
        NothingThere: no such question. AlreadyDecided: it is answered; carries who and when.
    """
    who.acts_as(team_of(cycle, task_id))
    found = next((q for q in cycle.task(task_id).questions if q.beside and q.id == id), None)
    if found is None:
        raise NothingThere(what="pertanyaan")
    if found.answered_by is not None:
        raise AlreadyDecided(by=found.answered_by.title, at=found.answered_at, outcome="dijawab")
    require_not_over(cycle)
    return found


def answer(cycle: Cycle, task_id: str, id: str, text: str, who: Acting, *, now: datetime) -> tuple[Cycle, Events]:
    """Answer; also after the hand-over, and while the cycle stands: an answer harms nothing until it is published.

    Raises:
        NotNow: the cycle is published.
        NotYours, NothingThere, AlreadyDecided: see `find`. BadInput: the answer is empty or too long.
    """
    asked = find(cycle, task_id, id, who)
    require_text(text, "answer")
    by = signed(cycle.sop, who, who.acts_as(team_of(cycle, task_id)))
    task = cycle.task(task_id)
    closed = replace(asked, answer=text.strip(), answered_at=now, answered_by=by)
    told = events.TeamAnswered(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        opd=task.opd,
        question=id,
        text=closed.answer,
        asker=asked.asked_by.person,
    )
    return _with(cycle, task_id, tuple(closed if q is asked else q for q in task.questions)), (told,)


def _with(cycle: Cycle, task_id: str, questions: tuple[Question, ...]) -> Cycle:
    task = replace(cycle.task(task_id), questions=questions)
    return replace(cycle, tasks=tuple(task if t.id == task_id else t for t in cycle.tasks))
