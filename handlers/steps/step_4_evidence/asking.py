"""*Tanya tim*: a question to the team that receives the evidence, and its answer. No clock stands for it."""

from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop import cycle as rules
from sop.actions import team_questions
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.refusals import AlreadyDecided
from sop.side_questions import team_of

ABOUT = "about"  # in the draft: the item that the question concerns


def begin_question(turn: Turn) -> Next:
    """The question will be typed."""
    press = pressed(turn)
    cycle = turn.uow.cycles.of_task(press.id)
    rules.authorise(cycle, press.id, turn.acting)
    turn.begin(press.id)
    turn.draft[ABOUT] = press.arg
    team = cycle.sop.role_name(team_of(cycle, press.id))
    item = turn.uow.evidence.get(press.arg) if press.arg else None
    keep = Choice("evidence.list", press.id, "0", label_key="evidence.keep")
    turn.say("evidence/ask_question", [[keep]], team=team, code=item.code if item else "")
    return "evidence.question"


def take_question(turn: Turn) -> Next:
    """The question: it goes to the whole team."""
    cycle = turn.act(team_questions.ask_team, turn.subject, turn.text, item=str(turn.draft.get(ABOUT, "")))
    turn.forget_draft()
    team = cycle.sop.role_name(team_of(cycle, turn.subject))
    turn.say("evidence/asked", [[Choice("evidence.list", turn.subject)]], team=team, question=turn.text.strip())
    return END


def begin_answer(turn: Turn) -> Next:
    """The answer will be typed."""
    press = pressed(turn)
    asked = turn.act(team_questions.question, press.id, press.arg)
    cycle = turn.uow.cycles.of_task(press.id)
    turn.begin(f"{press.id}|{press.arg}")
    opd = opd_of(turn.uow, cycle, cycle.task(press.id).opd).name
    turn.say("evidence/ask_answer", opd=opd, about=asked.about, question=asked.text)
    return "evidence.reply"


def take_answer(turn: Turn) -> Next:
    """The answer; a colleague may have been a moment faster, and then nothing is left to answer."""
    task_id, _, question = turn.subject.partition("|")
    try:
        asked = turn.act(team_questions.answer_team, task_id, question, turn.text)
    except AlreadyDecided as late:
        turn.tell(f"refusals/{late.template}", late.facts())
        return END
    turn.say("evidence/answered", asker=asked.asked_by.name, question=asked.text)
    return END


def only_words(turn: Turn) -> Next:
    """A file where words are asked."""
    turn.say("evidence/only_words")
    return STAY
