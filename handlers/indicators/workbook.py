"""*Isi lewat Excel*: the workbook goes out, comes back filled, shows what it would change, and is taken or left."""

from typing import Any

from handlers.indicators.area import Area, leave
from handlers.indicators.entering import closing_when_late
from handlers.indicators.screens import summary
from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop.actions import score_sheets
from sop.actions import scoring as acts
from sop.actions.score_writing import called
from sop.actions.scoring import Board
from sop.actions.sent_files import SentFile
from sop.outgoing import Attachment
from sop.refusals import BadInput
from sop.score_sheet import Filled

SHOWN = 12  # differences on a screen
MISTAKES = 8


def send(area: Area, turn: Turn) -> Next:
    """The workbook as things stand; the filled one may follow at once, or later through its button."""
    cycle_id = pressed(turn).id
    sha256, filename = turn.act(score_sheets.make, cycle_id, area.phase)
    board, _ = acts.authorise(turn.uow, turn.acting, cycle_id, area.phase)
    rows = [[area.choice("filled", "indicator.filled", board.cycle.id)]]
    turn.begin(board.cycle.id)
    turn.say(
        "indicator/sheet",
        rows,
        attachment=Attachment(filename, sha256),
        phase=area.phase.value,
        cycle=board.cycle.name,
        total=len(board.instrument.indicators),
    )
    return area.button("file")


def ask_file(area: Area, turn: Turn) -> Next:
    """The filled workbook will be sent."""
    board, _ = acts.authorise(turn.uow, turn.acting, pressed(turn).id, area.phase)
    turn.begin(board.cycle.id)
    turn.say("indicator/ask_file", [[area.choice("all", "indicator.keep", board.cycle.id)]], cycle=board.cycle.name)
    return area.button("file")


@closing_when_late
def take_file(area: Area, turn: Turn) -> Next:
    """The workbook; it is fetched first, then compared."""
    upload = turn.upload
    if upload is None or upload.kind != "document":
        raise BadInput(field="spreadsheet", problem="format")
    sent = SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id)
    turn.act(score_sheets.expect, turn.subject, area.phase, sent)
    turn.say("indicator/file_coming", filename=upload.filename)
    return END


def only_files(area: Area, turn: Turn) -> Next:
    """Words where the workbook is awaited."""
    turn.say("indicator/only_files")
    return STAY


def check(area: Area, turn: Turn) -> Next:
    """What would change, or what is wrong where. Nothing is changed."""
    press = pressed(turn)
    board, filled, filename = turn.act(score_sheets.check, press.id, area.phase)
    _say_what_came(area, turn, press.id, board, filled, filename)
    return leave(area, turn)


def _say_what_came(area: Area, turn: Turn, incoming: str, board: Board, filled: Filled, filename: str) -> None:
    cycle = board.cycle.id
    if filled.mistakes:
        rows = [[area.choice("filled", "indicator.filled_again", cycle, style="primary")]]
        shown = [{"row": m.row, "code": m.code, "problem": m.problem, "value": m.value} for m in filled.mistakes]
        more = max(0, len(shown) - MISTAKES)
        turn.say("indicator/mistakes", rows, filename=filename, mistakes=shown[:MISTAKES], more=more)
        return
    if not filled.differences:
        rows = [[area.choice("all", "indicator.summary", cycle)]]
        turn.say("indicator/no_differences", rows, filename=filename, cycle=board.cycle.name)
        return
    count = len(filled.differences)
    rows = [
        [area.choice("take", "indicator.take", incoming, filled.digest, style="success", count=count)],
        [area.choice("all", "indicator.keep", cycle)],
    ]
    turn.say("indicator/differences", rows, filename=filename, cycle=board.cycle.name, **_differences(area, filled))


def _differences(area: Area, filled: Filled) -> dict[str, Any]:
    """The first of them; those that the chat has changed too come first, because they need a decision."""
    ordered = sorted(filled.differences, key=lambda d: not d.overtaken)
    lines = [
        {
            "code": d.code,
            "field": called(area.phase, d.field),
            "before": d.before,
            "after": d.after,
            "overtaken": d.overtaken,
        }
        for d in ordered[:SHOWN]
    ]
    return {
        "lines": lines,
        "count": len(ordered),
        "indicators": len(filled.entries),
        "more": max(0, len(ordered) - SHOWN),
        "overtaken": sum(1 for d in ordered if d.overtaken),
    }


def take(area: Area, turn: Turn) -> Next:
    """Take them, once; what has changed since they were shown is shown first."""
    press = pressed(turn)
    board, filled, filename, taken = turn.act(score_sheets.take, press.id, area.phase, press.arg)
    if not taken:
        _say_what_came(area, turn, press.id, board, filled, filename)
        turn.toast("indicator/changed_meanwhile", alert=True)
        return leave(area, turn)
    turn.show("indicator/taken", count=len(filled.differences), indicators=len(filled.entries), at=turn.now)
    template, rows, facts = summary(acts.look(turn.uow, turn.acting, board.cycle.id, area.phase), area)
    turn.say(template, rows, **facts)
    return leave(area, turn)
