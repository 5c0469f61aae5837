"""The verdicts: Sesuai, Perlu perbaikan with its reason, Tidak sesuai, and all the rest of an agency at once."""

from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.steps.step_5_review.listing import AGAIN, item_screen, leave, opd_screen
from handlers.turn import Turn
from sop import cycle as rules
from sop.actions import evidence, review
from sop.cycle import Cycle, Task
from sop.evidence import Item, ItemState
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.refusals import NothingThere


def accept(turn: Turn) -> Next:
    """*Sesuai*: one tap."""
    press = pressed(turn)
    item = turn.act(review.judge, press.id, ItemState.ACCEPTED, again=press.arg == AGAIN)
    _go_on(turn, item, in_place=True)
    return leave(turn)


def _go_on(turn: Turn, item: Item, *, in_place: bool) -> None:
    """What has just been judged, and the next item of the agency that waits; when none is left, its list."""
    _, task, _ = evidence.look(turn.uow, turn.acting, item.id)
    rest = [i for i in turn.uow.evidence.of_opd(item.cycle, item.opd) if i.to_review]
    just = {"code": item.code, "state": item.state.value}
    template, rows, facts = (
        item_screen(turn, rest[0].id, just=just) if rest else opd_screen(turn, task.id, "0", just=just)
    )
    (turn.show if in_place else turn.say)(template, rows, **facts)


# --- Perlu perbaikan


def ask_reason(turn: Turn) -> Next:
    """Why: the usual reasons, or one's own words."""
    press = pressed(turn)
    cycle, item = _judgeable(turn, press.id)
    usual = _usual(turn, cycle)
    rows = [
        [Choice("review.reason", item.id, f"{n}{press.arg}", label={"reason": reason})]
        for n, reason in enumerate(usual)
    ]
    rows.append([Choice("review.own_reason", item.id, press.arg)])
    rows.append([Choice("review.item", item.id, press.arg, label_key="review.back")])
    turn.show("review/why_repair", rows, code=item.code, title=item.title, opd=_opd(turn, item))
    return leave(turn)


def _opd(turn: Turn, item: Item) -> str:
    return opd_of(turn.uow, item.cycle, item.opd).name


def _judgeable(turn: Turn, item_id: str) -> tuple[Cycle, Item]:
    """An item before a reason is asked: nobody is to type in vain."""
    review.require_reviewer(turn.uow, turn.acting)
    cycle, task, item = evidence.look(turn.uow, turn.acting, item_id)
    rules.require_reviewable(cycle, task.step)
    return cycle, item


def _usual(turn: Turn, cycle: Cycle) -> tuple[str, ...]:
    """The reasons of the cycle's own version, so that a number on an old button means what it said."""
    return turn.uow.definition_of(cycle).office.return_reasons.get(evidence.step_of(cycle).key, ())


def usual_reason(turn: Turn) -> Next:
    """A usual reason was tapped: that is the act."""
    press = pressed(turn)
    cycle, item = _judgeable(turn, press.id)
    again = press.arg.endswith(AGAIN)
    number, usual = press.arg.removesuffix(AGAIN), _usual(turn, cycle)
    if not number.isdecimal() or int(number) >= len(usual):
        raise NothingThere(what="tombol")
    item = turn.act(review.judge, item.id, ItemState.REPAIR, usual[int(number)], again=again)
    _go_on(turn, item, in_place=True)
    return leave(turn)


def own_reason(turn: Turn) -> Next:
    """The reason will be typed."""
    press = pressed(turn)
    _, item = _judgeable(turn, press.id)
    turn.begin(f"{item.id}|{press.arg}")
    keep = Choice("review.item", item.id, press.arg, label_key="review.back")
    turn.say("review/ask_repair", [[keep]], code=item.code, title=item.title, opd=_opd(turn, item))
    return "review.reason"


def take_reason(turn: Turn) -> Next:
    """The typed reason: that is the act."""
    return _judge_in_words(turn, ItemState.REPAIR)


# --- Tidak sesuai


def ask_reject(turn: Turn) -> Next:
    """It is final and does not count: ask once more."""
    press = pressed(turn)
    _, item = _judgeable(turn, press.id)
    rows = [
        [Choice("review.reject_yes", item.id, press.arg, style="danger")],
        [
            Choice("review.repair", item.id, press.arg),
            Choice("review.item", item.id, press.arg, label_key="review.back"),
        ],
    ]
    turn.show("review/reject", rows, code=item.code, title=item.title, opd=_opd(turn, item))
    return leave(turn)


def begin_reject(turn: Turn) -> Next:
    """Confirmed: the reason will be typed."""
    press = pressed(turn)
    _, item = _judgeable(turn, press.id)
    turn.begin(f"{item.id}|{press.arg}")
    keep = Choice("review.item", item.id, press.arg, label_key="review.back")
    turn.say("review/ask_rejection", [[keep]], code=item.code, title=item.title, opd=_opd(turn, item))
    return "review.rejection"


def take_rejection(turn: Turn) -> Next:
    """The typed reason: that is the act."""
    return _judge_in_words(turn, ItemState.REJECTED)


def _judge_in_words(turn: Turn, verdict: ItemState) -> Next:
    item_id, _, arg = turn.subject.partition("|")
    item = turn.act(review.judge, item_id, verdict, turn.text, again=arg == AGAIN)
    _go_on(turn, item, in_place=False)
    return END


def only_words(turn: Turn) -> Next:
    """A file where a reason is asked."""
    turn.say("review/only_words")
    return STAY


# --- all the rest


def ask_rest(turn: Turn) -> Next:
    """*Setujui N sisanya*: which ones, and once more."""
    task, waiting = _waiting(turn, pressed(turn).id)
    if not waiting:
        raise NothingThere(what="tombol")
    _show_rest(turn, task, waiting)
    return leave(turn)


def _waiting(turn: Turn, task_id: str) -> tuple[Task, tuple[Item, ...]]:
    review.require_reviewer(turn.uow, turn.acting)
    _, task, items = evidence.task_of(turn.uow, turn.acting, task_id)
    return task, tuple(i for i in items if i.to_review)


def _show_rest(turn: Turn, task: Task, waiting: tuple[Item, ...]) -> None:
    rows = [
        [Choice("review.rest_yes", task.id, _seen(waiting), style="success")],
        [Choice("review.opd", task.id, "0", label_key="review.back")],
    ]
    codes = [i.code for i in waiting]
    turn.show("review/rest", rows, opd=opd_of(turn.uow, turn.uow.cycles.of_task(task.id), task.opd).name, codes=codes)


def _seen(waiting: tuple[Item, ...]) -> str:
    """What the reviewer had in front of them: how many items with how many files, and when the last one came."""
    files = [f for i in waiting for f in i.current_files]
    last = max((int(f.uploaded_at.timestamp()) for f in files), default=0)
    return f"{len(waiting)}.{len(files)}.{last}"


def accept_rest(turn: Turn) -> Next:
    """Confirmed. What came in since the question was shown is shown first."""
    press = pressed(turn)
    task, waiting = _waiting(turn, press.id)
    if not waiting:
        raise NothingThere(what="tombol")
    if _seen(waiting) != press.arg:
        _show_rest(turn, task, waiting)
        turn.toast("review/rest_changed", alert=True)
        return leave(turn)
    cycle = turn.uow.cycles.of_task(task.id)
    accepted, left = turn.act(review.accept_rest, cycle.id, task.opd or "")
    rows = [
        [
            Choice("review.opd", task.id, "0", label_key="review.to_items"),
            Choice("review.list", cycle.id, "0", label_key="review.to_opds"),
        ]
    ]
    turn.show(
        "review/rest_done",
        rows,
        opd=opd_of(turn.uow, turn.uow.cycles.of_task(task.id), task.opd).name,
        accepted=list(accepted),
        left=list(left),
    )
    return leave(turn)
