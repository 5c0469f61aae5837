"""*Tanya dulu*: a question to the drafter stops the clock (SOP step 2)."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.clock import go_on_counting, pause
from sop.cycle.deciding import authorise
from sop.cycle.model import Cycle, Events, OfficeTime, Question, Signed, put, require_active, require_text, signed
from sop.people import Acting
from sop.refusals import AlreadyDecided, BadInput, Incomplete


def ask(cycle: Cycle, task_id: str, text: str, to_person: str, who: Acting, *, now: datetime) -> tuple[Cycle, Events]:
    """*Tanya dulu*: ask the drafter; the clock of the task stands until the answer (SOP step 2).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`.
        BadInput: the question is empty or too long, or the SOP has no question in this step.
        Incomplete: an earlier question is still open.
    """
    task, by = authorise(cycle, task_id, who)
    if "ask" not in cycle.step_of(task).acts:
        raise BadInput(field="question", problem="not_allowed")
    require_text(text, "question")
    if task.question:
        raise Incomplete(act="ask", missing=("jawaban",))
    question = Question(text, now, by, to_person)
    cycle = put(cycle, pause(replace(task, questions=(*task.questions, question)), now))
    asked = events.QuestionAsked(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        question=text,
        asked_by=by.title,
        asker=who.id,
        to_person=to_person,
    )
    return cycle, (asked,)


def open_question(cycle: Cycle, task_id: str, who: Acting, by_role: str) -> tuple[Question, Signed]:
    """The question of a task that waits for an answer of *by_role*, with the record of the capacity.

    Raises:
        NotYours: not in *by_role*.
        AlreadyDecided: the question was answered, or the task decided.
        NotNow: the cycle does not run.
    """
    task = cycle.task(task_id)
    by = signed(cycle.sop, who, who.acts_as(by_role))
    require_active(cycle)
    if task.question is None or not task.open:
        last = next((q for q in reversed(task.questions) if not q.beside), None)
        answered_by = last.answered_by.title if last and last.answered_by else ""
        raise AlreadyDecided(by=answered_by, at=last.answered_at if last else None, outcome="dijawab")
    return task.question, by


def answer(
    cycle: Cycle, task_id: str, text: str, who: Acting, by_role: str, *, time: OfficeTime, now: datetime
) -> tuple[Cycle, Events]:
    """Answer the open question of a task; anybody in the drafter's role may (the person may have been replaced).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `open_question`.
        BadInput: the answer is empty or too long.
    """
    task = cycle.task(task_id)
    asked, by = open_question(cycle, task_id, who, by_role)
    require_text(text, "answer")
    closed = replace(asked, answer=text, answered_at=now, answered_by=by)
    task = replace(task, questions=(*(q for q in task.questions if q is not asked), closed))
    moved: Events = ()
    if not task.held:
        task, moved = go_on_counting(cycle, task, "question", time=time, now=now)
    told = events.QuestionAnswered(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        question=asked.text,
        answer=text,
        answered_by=by.title,
        asker=asked.asked_by.person,
    )
    return put(cycle, task), (told, *moved)
