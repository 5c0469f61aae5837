"""*Tidak ada*: the OPD declares that it has nothing of an item, with an explanation."""

from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.steps.step_4_evidence.common import ITEM, drafted_item, leave
from handlers.steps.step_4_evidence.items import IN_PLACE
from handlers.turn import Turn
from sop.actions import evidence
from sop.evidence import SHORTEST_EXPLANATION, Item
from sop.outgoing import Choice


def begin(turn: Turn) -> Next:
    """Ask for the explanation; files that are there have to be withdrawn first."""
    task, item = evidence.may_change(turn.uow, turn.acting, pressed(turn).id)
    if item.current_files:
        rows = [[Choice("evidence.clear", item.id, style="danger")], [_back(item)]]
        turn.show("evidence/absent_has_files", rows, code=item.code, title=item.title, files=len(item.current_files))
        return leave(turn)
    return _ask(turn, task.id, item)


def withdraw_all(turn: Turn) -> Next:
    """The files are withdrawn (they stay in the history); then the explanation."""
    item_id = pressed(turn).id
    task, _ = evidence.may_change(turn.uow, turn.acting, item_id)
    return _ask(turn, task.id, turn.act(evidence.withdraw_all, item_id))


def _ask(turn: Turn, task_id: str, item: Item) -> Next:
    turn.begin(task_id)
    turn.draft[ITEM] = item.id
    turn.say("evidence/ask_absent", [[_back(item)]], code=item.code, title=item.title)
    return "evidence.absent"


def take_explanation(turn: Turn) -> Next:
    """The explanation: that is the act."""
    item_id = drafted_item(turn)
    if len(turn.text.strip()) < SHORTEST_EXPLANATION:
        turn.say("evidence/absent_short", shortest=SHORTEST_EXPLANATION)
        return STAY
    item = turn.act(evidence.declare_absent, item_id, turn.text)
    turn.forget_draft()
    rows = [[Choice("evidence.list", turn.subject), _back(item)]]
    turn.say("evidence/absent_declared", rows, code=item.code, title=item.title, explanation=item.explanation)
    return END


def _back(item: Item) -> Choice:
    return Choice("evidence.item", item.id, IN_PLACE, label={"code": item.code})
