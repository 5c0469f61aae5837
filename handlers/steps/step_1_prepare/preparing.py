"""Step 1, the preparation: the checklist on the card, its questions, the drafts, and the hand-over to the Kabid."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, CardView, Command, Dialogue, Next, State
from handlers.steps.step_1_prepare import opening
from handlers.turn import Turn
from sop import preparation as sheets
from sop.actions import preparation as actions
from sop.actions.evidence import SentFile
from sop.cycle import Cycle, Task
from sop.outgoing import Attachment, Choice, Rows
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.preparation import Preparation
from sop.refusals import NothingThere
from sop.worktime import WIB

ROLE = frozenset({"tim_diskominfo"})
DIALOGUE_KEY = "prepare"


# --- the card ---


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """The checklist: what is filled in, what is missing, and the next thing to do first."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    closed = stale_or_closed(uow, cycle, task, who, now)
    if closed is not None:
        return closed
    state = _state(uow, cycle)
    params = task_params(uow, cycle, task, now) | state
    return CardView("card/prepare", params, _choices(task, state))


def _state(uow: UnitOfWork, cycle: Cycle) -> dict[str, Any]:
    sheet = actions.sheet_of(cycle)
    there = {p.kind: p.filename for p in uow.papers.of_cycle(cycle.id) if p.origin == "uploaded"}
    files = [
        {"kind": kind, "title": title, "filename": there.get(kind, ""), "skipped": kind in sheet.skipped_papers}
        for kind, title in actions.official_papers(cycle).items()
    ]
    complete = not sheet.missing() and all(f["filename"] or f["skipped"] for f in files)
    return {
        "members": len(sheet.members),
        "readiness": bool(sheet.readiness),
        "meeting": _meeting(sheet),
        "files": files,
        "previewed": sheet.previewed,
        "complete": complete,
        "opds": len(cycle.opds),
    }


def _meeting(sheet: Preparation) -> dict[str, Any] | None:
    if sheet.meeting is None:
        return None
    at = datetime.combine(sheet.meeting.day, sheet.meeting.clock, WIB)
    return {"at": at, "place": sheet.meeting.place, "agenda": sheet.meeting.agenda}


def _choices(task: Task, state: dict[str, Any]) -> Rows:
    rows: list[tuple[Choice, ...]] = []
    if state["complete"] and state["previewed"]:
        rows.append((Choice("prepare.submit", task.id, style="success"),))
    rows.append((Choice("prepare.team", task.id), Choice("prepare.readiness", task.id)))
    rows.append((Choice("prepare.meeting", task.id),))
    rows += [
        (Choice("prepare.upload", task.id, f["kind"], label={"title": f["title"], "again": bool(f["filename"])}),)
        for f in state["files"]
    ]
    style = "primary" if not state["previewed"] else ""
    rows.append((Choice("prepare.preview", task.id, style=style), Choice("step.why", task.id)))
    return tuple(rows)


def mine(turn: Turn) -> list[tuple[Cycle, Task]]:
    """Open tasks of this dialogue that the person may act on."""
    found = []
    for cycle in turn.uow.cycles.current():
        for task in cycle.open_tasks():
            step = cycle.step_of(task)
            if step.dialogue == DIALOGUE_KEY and turn.acting.capacity(step.actor, task.opd):
                found.append((cycle, task))
    return found


def persiapan(turn: Turn) -> Next:
    """`/persiapan`: the card of every cycle that is being prepared."""
    tasks = mine(turn)
    if not tasks:
        turn.say("prepare/nothing", [[Choice("open.begin", style="primary"), Choice("tasks.mine")]])
    for _, task in tasks:
        turn.uow.outbox.refresh_card(task.id, [turn.acting.id], loud=True)
    return END


def open_card(turn: Turn) -> Next:
    """The card, at the bottom of the chat."""
    turn.uow.outbox.refresh_card(pressed(turn).id, [turn.acting.id], loud=True)
    return END


# --- its questions ---


def _ask(turn: Turn, question: str, template: str, choices: Any = (), **params: Any) -> Next:
    """Put a question about the task whose button was pressed."""
    task_id = pressed(turn).id or turn.subject
    cycle = turn.uow.cycles.of_task(task_id)
    turn.begin(task_id)
    sheet = actions.sheet_of(cycle)
    turn.say(template, choices, cycle=cycle.name, sheet=sheet.to_json(), **params)
    return question


def ask_team(turn: Turn) -> Next:
    """Who is on the team, one a line."""
    return _ask(turn, "prepare.team", "prepare/ask_team")


def take_team(turn: Turn) -> Next:
    """The members as typed."""
    members = sheets.parse_members(turn.text)
    _save(turn, members=members)
    turn.say("prepare/team_kept", _back(turn), count=len(members))
    return END


def ask_readiness(turn: Turn) -> Next:
    """How ready everything is, in the team's own words."""
    return _ask(
        turn,
        "prepare.readiness",
        "prepare/ask_readiness",
        [[Choice("prepare.ready", pressed(turn).id or turn.subject, style="primary")]],
        sentence=turn.office.office.ready_sentence,
    )


def take_readiness(turn: Turn) -> Next:
    """The words as typed."""
    _save(turn, readiness=turn.text.strip()[:1500])
    turn.say("prepare/readiness_kept", _back(turn))
    return END


def usual_readiness(turn: Turn) -> Next:
    """The office's usual sentence."""
    turn.begin(pressed(turn).id)
    _save(turn, readiness=turn.office.office.ready_sentence)
    turn.show("prepare/readiness_kept", _back(turn))
    return END


def ask_meeting(turn: Turn) -> Next:
    """The day of the meeting; then time, place and agenda follow one after another."""
    sheet = actions.sheet_of(turn.uow.cycles.of_task(pressed(turn).id or turn.subject))
    return _ask(turn, "prepare.day", "prepare/ask_day", meeting=_meeting(sheet))


def take_day(turn: Turn) -> Next:
    """The day as typed."""
    today = turn.now.astimezone(WIB).date()
    day = sheets.parse_day(turn.text, today)
    sheets.check_meeting_day(day, today)
    turn.draft["day"] = day.isoformat()
    off = turn.uow.time.why_off(day) or ""
    turn.say(
        "prepare/ask_clock",
        [[Choice("prepare.clock", turn.subject, c, label={"clock": c}) for c in ("09.00", "13.30")]],
        day=day,
        off=off,
    )
    return "prepare.clock"


def take_clock(turn: Turn) -> Next:
    """The time as typed, or as tapped."""
    if turn.press:
        turn.begin(pressed(turn).id)
    clock = sheets.parse_clock(pressed(turn).arg if turn.press else turn.text)
    turn.draft["clock"] = clock.isoformat(timespec="minutes")
    turn.say(
        "prepare/ask_place",
        [[Choice("prepare.place", turn.subject, label={"place": turn.office.office.meeting_place})]],
    )
    return "prepare.place"


def take_place(turn: Turn) -> Next:
    """The place as typed, or the office's usual one."""
    if turn.press:
        turn.begin(pressed(turn).id)
    turn.draft["place"] = turn.office.office.meeting_place if turn.press else turn.text.strip()[:150]
    turn.say("prepare/ask_agenda", [[Choice("prepare.agenda", turn.subject)]], agenda=turn.office.office.meeting_agenda)
    return "prepare.agenda"


def take_agenda(turn: Turn) -> Next:
    """The agenda; the meeting is complete."""
    if turn.press:
        turn.begin(pressed(turn).id)
    draft = turn.draft
    if not {"day", "clock", "place"} <= set(draft):
        return ask_meeting(turn)
    agenda = turn.office.office.meeting_agenda if turn.press else turn.text.strip()[:300]
    day, clock = date.fromisoformat(draft["day"]), time.fromisoformat(draft["clock"])
    sheet = actions.sheet_of(turn.uow.cycles.of_task(turn.subject))
    sheet = sheets.with_meeting(sheet, day, clock, draft["place"], agenda, turn.now.astimezone(WIB).date())
    turn.act(actions.save_sheet, turn.subject, sheet)
    turn.say("prepare/meeting_kept", _back(turn), **(_meeting(sheet) or {}))
    turn.forget_draft()
    return END


def _save(turn: Turn, **changes: Any) -> None:
    sheet = actions.sheet_of(turn.uow.cycles.of_task(turn.subject))
    turn.act(actions.save_sheet, turn.subject, replace(sheet, **changes))
    turn.uow.outbox.refresh_card(turn.subject, [turn.acting.id])


def _back(turn: Turn) -> list[list[Choice]]:
    return [[Choice("prepare.open", turn.subject, style="primary")]]


# --- official files ---


def ask_file(turn: Turn) -> Next:
    """Wait for an official file."""
    kind = pressed(turn).arg
    cycle = turn.uow.cycles.of_task(pressed(turn).id)
    titles = actions.official_papers(cycle)
    if kind not in titles:
        raise NothingThere(what="naskah")
    turn.begin(pressed(turn).id)
    turn.draft["kind"] = kind
    turn.say(
        "prepare/ask_file",
        [[Choice("prepare.skip", turn.subject, kind)]],
        title=titles[kind],
        limit_mb=turn.office.office.largest_file_mb,
    )
    return "prepare.file"


def take_file(turn: Turn) -> Next:
    """The file as sent; its bytes are fetched by a worker, which then tells."""
    upload, kind = turn.upload, turn.draft.get("kind", "")
    if upload is None or not kind:
        return STAY
    sent = SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id, upload.album)
    turn.act(actions.expect_official_file, turn.subject, kind, sent)
    turn.say("prepare/file_coming", filename=upload.filename, photo=upload.kind == "photo")
    turn.forget_draft()
    return END


def want_file(turn: Turn) -> Next:
    """Words where a file is awaited."""
    turn.say("prepare/want_file")
    return STAY


def skip(turn: Turn) -> Next:
    """Ask once more before going on without an official file."""
    cycle = turn.uow.cycles.of_task(pressed(turn).id)
    title = actions.official_papers(cycle).get(pressed(turn).arg, "")
    rows = [
        [Choice("prepare.skip_yes", pressed(turn).id, pressed(turn).arg, style="danger")],
        [Choice("prepare.open", pressed(turn).id)],
    ]
    turn.show("prepare/skip", rows, title=title)
    return END


def skip_yes(turn: Turn) -> Next:
    """Recorded: there is no such file."""
    turn.begin(pressed(turn).id)
    title = actions.official_papers(turn.uow.cycles.of_task(turn.subject)).get(pressed(turn).arg)
    if title is None:
        raise NothingThere(what="naskah")
    turn.act(actions.skip_official_paper, turn.subject, pressed(turn).arg)
    turn.uow.outbox.refresh_card(turn.subject, [turn.acting.id])
    turn.show("prepare/skipped", _back(turn), title=title)
    return END


# --- drafts and hand-over ---


def preview(turn: Turn) -> Next:
    """Print the drafts and send them."""
    task_id = pressed(turn).id
    made = turn.act(actions.preview, task_id, bot_name=turn.bot_name)
    turn.say("prepare/preview", count=len(made))
    for paper_id in made:
        paper = turn.uow.papers.get(paper_id)
        assert paper is not None  # just requested
        turn.say(
            "prepare/draft",
            attachment=Attachment(filename=paper.filename, paper=paper_id),
            after=(paper_id,),
            title=paper.title,
        )
    turn.say(
        "prepare/preview_done",
        [[Choice("prepare.submit", task_id, style="success")], [Choice("prepare.open", task_id)]],
        after=made,
    )
    turn.uow.outbox.refresh_card(task_id, [turn.acting.id])
    return END


def submit(turn: Turn) -> Next:
    """Say what will happen, once."""
    cycle = turn.uow.cycles.of_task(pressed(turn).id)
    state = _state(turn.uow, cycle)
    rows = [
        [Choice("prepare.submit_yes", pressed(turn).id, style="success")],
        [Choice("prepare.open", pressed(turn).id)],
    ]
    step = cycle.sop.steps[0]
    to = [cycle.sop.role_name(r) for r in step.hands_over_to]
    turn.say("prepare/submit", rows, to=to, cycle=cycle.name, **state)
    return END


def submit_yes(turn: Turn) -> Next:
    """Hand over."""
    cycle = turn.act(actions.submit, pressed(turn).id, bot_name=turn.bot_name)
    waiting = cycle.open_tasks()[0]
    step = cycle.step_of(waiting)
    turn.show(
        "prepare/submitted",
        [[Choice("status.open")]],
        cycle=cycle.name,
        to=cycle.sop.role_name(step.actor),
        time=step.time_text,
        at=turn.now,
    )
    return END


DIALOGUE = Dialogue(
    key=DIALOGUE_KEY,
    commands=(*opening.COMMANDS, Command("persiapan", persiapan, roles=ROLE)),
    buttons=(
        *opening.BUTTONS,
        ButtonAction("open.begin", opening.begin, ROLE),
        ButtonAction("prepare.open", open_card, ROLE),
        ButtonAction("prepare.team", ask_team, ROLE),
        ButtonAction("prepare.readiness", ask_readiness, ROLE),
        ButtonAction("prepare.ready", usual_readiness, ROLE),
        ButtonAction("prepare.meeting", ask_meeting, ROLE),
        ButtonAction("prepare.clock", take_clock, ROLE),
        ButtonAction("prepare.place", take_place, ROLE),
        ButtonAction("prepare.agenda", take_agenda, ROLE),
        ButtonAction("prepare.upload", ask_file, ROLE),
        ButtonAction("prepare.skip", skip, ROLE),
        ButtonAction("prepare.skip_yes", skip_yes, ROLE),
        ButtonAction("prepare.preview", preview, ROLE),
        ButtonAction("prepare.submit", submit, ROLE),
        ButtonAction("prepare.submit_yes", submit_yes, ROLE),
    ),
    states=(
        *opening.STATES,
        State("prepare.team", on_text=take_team),
        State("prepare.readiness", on_text=take_readiness),
        State("prepare.day", on_text=take_day),
        State("prepare.clock", on_text=take_clock),
        State("prepare.place", on_text=take_place),
        State("prepare.agenda", on_text=take_agenda),
        State("prepare.file", on_text=want_file, on_upload=take_file),
    ),
    card=card,
)
