"""Step 8: what the Dokumen Evaluasi contains, its preview, and the publication with which the cycle closes."""

from typing import Any

from handlers.cards import task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.steps.step_8_publish.card import card, facts
from handlers.turn import Turn
from sop.actions import publishing as actions
from sop.actions.publishing import Contents
from sop.cycle import LONGEST_TEXT, Cycle
from sop.definition import Step
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice
from sop.paperwork_document import WORDS
from sop.refusals import DialogueClosed, NothingThere

TEAM = frozenset({"tim_diskominfo"})
PART = "part"  # in the draft: the chapter whose words are being typed
Rows = list[list[Choice]]


def terbitkan(turn: Turn) -> Next:
    """`/terbitkan`: the card of the cycle that can be published; of several, which."""
    for step in turn.office.sop.steps:
        if step.dialogue == actions.PUBLISH:
            turn.acting.acts_as(step.actor)
    found = actions.publishing_tasks(turn.uow, turn.acting)
    if not found:
        turn.say("publish/nothing", [[Choice("tasks.mine"), Choice("status.open")]])
    elif len(found) == 1:
        turn.uow.outbox.refresh_card(found[0][1].id, [turn.acting.id], loud=True)
    else:
        rows = [[Choice("step.card", t.id, label_key="publish.which", label={"cycle": c.name})] for c, t in found]
        turn.say("publish/which", rows, count=len(found))
    return END


def preview(turn: Turn) -> Next:
    """The document as a draft; it comes when it is printed."""
    paper = turn.act(actions.preview, pressed(turn).id)
    made = turn.uow.papers.get(paper)
    title, cycle = (made.title, turn.uow.cycles.get(made.cycle).name) if made else ("", "")
    turn.toast("documents/coming", waiting=True)
    turn.say("publish/draft", attachment=Attachment(paper=paper), after=(paper,), title=title, cycle=cycle)
    return STAY


# --- the team's own words


def words(turn: Turn) -> Next:
    """Which chapters have words of the team."""
    seen = turn.act(actions.to_publish, pressed(turn).id)
    template, rows, params = _words(turn, seen)
    turn.say(template, rows, **params)
    return STAY


def _words(turn: Turn, seen: Contents) -> tuple[str, Rows, dict[str, Any]]:
    rows: Rows = [
        [Choice("publish.word", seen.task.id, part, label={"part": part, "there": bool(seen.words.get(part))})]
        for part in WORDS
    ]
    rows.append([Choice("publish.preview", seen.task.id), Choice("step.card", seen.task.id)])
    parts = [{"part": part, "text": seen.words.get(part, "")} for part in WORDS]
    return "publish/words", rows, {"cycle": seen.cycle.name, "parts": parts}


def ask_word(turn: Turn) -> Next:
    """The words of one chapter; they will be typed."""
    task_id, part = pressed(turn).id, pressed(turn).arg
    seen = turn.act(actions.to_publish, task_id)
    if part not in WORDS:
        raise NothingThere(what="tombol")
    turn.begin(task_id)
    turn.draft[PART] = part
    rows: Rows = [[Choice("publish.clear", task_id, part, style="danger")]] if seen.words.get(part) else []
    turn.say("publish/ask_word", rows, part=part, text=seen.words.get(part, ""), longest=LONGEST_TEXT)
    return "publish.word"


def take_word(turn: Turn) -> Next:
    """Words as typed."""
    part = turn.draft.get(PART)
    if not part:
        raise DialogueClosed
    return _written(turn, turn.subject, str(part), turn.text)


def clear(turn: Turn) -> Next:
    """Take the words of a chapter out again."""
    return _written(turn, pressed(turn).id, pressed(turn).arg, "")


def _written(turn: Turn, task_id: str, part: str, text: str) -> Next:
    seen = turn.act(actions.write, task_id, part, text)
    turn.begin(task_id)
    turn.forget_draft()
    turn.uow.outbox.refresh_card(task_id, [turn.acting.id])
    template, rows, params = _words(turn, seen)
    turn.say(template, rows, **params)
    return END


# --- the publication


def ask(turn: Turn) -> Next:
    """Publishing cannot be undone: say what goes out, to how many, and what is not in it."""
    task_id = pressed(turn).id
    seen, _ = turn.act(actions.ready_to_publish, task_id)
    step = seen.cycle.step_of(seen.task)
    people = actions.receivers(turn.uow, seen.cycle, step, turn.now)
    brought = _brought(turn, seen.cycle, step)
    rows = [
        [Choice("publish.yes", task_id, style="success")],
        [Choice("publish.preview", task_id), Choice("step.keep", task_id)],
    ]
    params = task_params(turn.uow, seen.cycle, seen.task, turn.now) | facts(seen)
    turn.say("publish/ask", rows, **params, people=len(people), by_hand=brought)
    return STAY


def _brought(turn: Turn, cycle: Cycle, step: Step) -> list[str]:
    """The agencies to which the document must be brought, as they are named."""
    return [opd_of(turn.uow, cycle, opd).short for opd in actions.by_hand(turn.uow, cycle, step, turn.now)]


def publish(turn: Turn) -> Next:
    """The document is being printed; when it is there it goes to everybody, and the cycle is closed."""
    task_id = pressed(turn).id
    cycle = turn.act(actions.publish, task_id)
    step = cycle.step_of(cycle.task(task_id))
    people = actions.receivers(turn.uow, cycle, step, turn.now)
    rows = [[Choice("step.card", task_id)], [Choice("status.open")]]
    brought = _brought(turn, cycle, step)
    turn.show("publish/under_way", rows, cycle=cycle.name, people=len(people), by_hand=brought)
    return END if turn.subject == task_id else STAY


DIALOGUE = Dialogue(
    key=actions.PUBLISH,
    commands=(Command("terbitkan", terbitkan, roles=TEAM),),
    buttons=(
        ButtonAction("publish.preview", preview, TEAM),
        ButtonAction("publish.words", words, TEAM),
        ButtonAction("publish.word", ask_word, TEAM),
        ButtonAction("publish.clear", clear, TEAM),
        ButtonAction("publish.ask", ask, TEAM),
        ButtonAction("publish.yes", publish, TEAM),
    ),
    states=(State("publish.word", on_text=take_word),),
    card=card,
)
