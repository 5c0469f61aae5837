"""*Tanya tim* (SOP step 4): an OPD asks the team that receives its evidence; the answer goes back to the asker."""

from datetime import datetime

from sop import side_questions as rules
from sop.actions.cycles import change
from sop.actions.evidence import look
from sop.cycle import Cycle, Question, authorise, signed
from sop.naming import opd_of
from sop.outgoing import Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.telling import tell


def ask_team(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, item: str = "", now: datetime) -> Cycle:
    """Ask; everybody in the team gets the question with a button to answer it. *item*: what it is about, if anything.

    Raises:
        NotYours, AlreadyDecided, NotNow: not the person's open task. BadInput: empty, or too long.
    """
    cycle = uow.cycles.of_task(task_id)
    task, by = authorise(cycle, task_id, who)
    about = ""
    if item:
        found = look(uow, who, item)[2]
        about = f"{found.code} {found.title}"
    id = uow.new_id()
    after = change(uow, cycle, by, now, lambda c: rules.ask(c, task_id, id, text, about, who, now=now))
    for member in uow.people.holders(rules.team_of(cycle, task_id), None, now):
        uow.outbox.add(
            Message(
                ToPerson(member.id),
                "evidence/team_asked",
                {
                    "opd": opd_of(uow, cycle, task.opd).name,
                    "cycle": cycle.name,
                    "by": who.name,
                    "about": about,
                    "question": text.strip(),
                },
                choices=((Choice("evidence.answer", task_id, id, style="primary"),),),
                key=f"team_asked:{id}:{member.id}",
            )
        )
    return after


def question(uow: UnitOfWork, who: Acting, task_id: str, id: str, *, now: datetime) -> Question:
    """A question that waits for an answer, before it is typed.

    Raises:
        NotYours: not in the team. NothingThere: no such question. AlreadyDecided: a colleague has answered.
    """
    return rules.find(uow.cycles.of_task(task_id), task_id, id, who)


def answer_team(uow: UnitOfWork, who: Acting, task_id: str, id: str, text: str, *, now: datetime) -> Question:
    """Answer; the asker hears it, and the question is closed for the colleagues.

    Raises:
        NotYours, NothingThere, AlreadyDecided: see `question`. BadInput: empty, or too long.
    """
    cycle = uow.cycles.of_task(task_id)
    asked = rules.find(cycle, task_id, id, who)
    after, told = rules.answer(cycle, task_id, id, text, who, now=now)
    by = signed(cycle.sop, who, who.acts_as(rules.team_of(cycle, task_id)))
    uow.cycles.save(after)
    tell(uow, by, now, *told)
    uow.outbox.add(
        Message(
            ToPerson(asked.asked_by.person),
            "evidence/team_answered",
            {"about": asked.about, "question": asked.text, "answer": text.strip(), "by": by.title},
            choices=((Choice("step.card", task_id, style="primary"),),),
            key=f"team_answered:{id}",
        )
    )
    return asked
