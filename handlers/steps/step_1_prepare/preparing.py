"""Step 1, the preparation: the checklist on the card, its questions, the drafts, and the hand-over to the Kabid."""

from datetime import datetime
from typing import Any

from handlers import any_step
from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, CardView, Command, Dialogue, Next, State
from handlers.steps.step_1_prepare import choosing, meeting, opening
from handlers.steps.step_1_prepare.questions import ROLE, back, begin, keep, meeting_facts, put, sheet_of
from handlers.turn import Turn
from sop import preparation as sheets
from sop.actions import official_files
from sop.actions import preparation as actions
from sop.actions.letter_papers import official_papers
from sop.actions.sent_files import SentFile
from sop.cycle import Cycle, Task
from sop.definition import Step
from sop.outgoing import Attachment, Choice, Rows
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import DialogueClosed, NothingThere

# --- the card ---


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """The checklist: what is filled in, what is missing, and the next thing to do first."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    closed = stale_or_closed(uow, cycle, task, who, now)
    if closed is not None:
        return closed
    state = _state(uow, cycle, task)
    params = task_params(uow, cycle, task, now) | state
    return CardView("card/prepare", params, _choices(task, state))


def _state(uow: UnitOfWork, cycle: Cycle, task: Task) -> dict[str, Any]:
    sheet = actions.sheet_of(cycle)
    there = {p.kind: p.filename for p in uow.papers.of_cycle(cycle.id) if p.origin == "uploaded"}
    files = [
        {
            "kind": kind,
            "title": title,
            "filename": there.get(kind, ""),
            "skipped": kind in sheet.skipped_papers,
            "arriving": actions.on_its_way(uow, task.id, kind),
        }
        for kind, title in official_papers(cycle).items()
    ]
    settled = all((f["filename"] or f["skipped"]) and not f["arriving"] for f in files)
    return {
        "members": len(sheet.members),
        "readiness": bool(sheet.readiness),
        "meeting": meeting_facts(sheet),
        "files": files,
        "drafts_possible": not sheet.missing(),
        "previewed": sheet.previewed,
        "complete": not sheet.missing() and settled,
        "opds": len(cycle.opds),
        "to": [cycle.sop.role_name(r) for r in cycle.step_of(task).hands_over_to],
        "to_short": _in_short(cycle, cycle.step_of(task)),
    }


def _in_short(cycle: Cycle, step: Step) -> str:
    """Whom the step hands over to, as a button says it."""
    actors = [cycle.sop.actors[role] for role in step.hands_over_to]
    return ", ".join(a.short or a.name for a in actors)


def _submit(task_id: str, state: dict[str, Any]) -> Choice:
    return Choice("prepare.submit", task_id, style="success", label={"to": state["to_short"]})


def _choices(task: Task, state: dict[str, Any]) -> Rows:
    """The hand-over once all is ready; the first thing that is missing is the one to catch the eye."""
    next_one = _next(state)

    def button(action: str, arg: str = "", **label: Any) -> Choice:
        style = "primary" if next_one == (action, arg) else ""
        return Choice(f"prepare.{action}", task.id, arg, style=style, label=label)

    rows: list[tuple[Choice, ...]] = []
    if state["complete"] and state["previewed"]:
        rows.append((_submit(task.id, state),))
    again = button("team", again=bool(state["members"])), button("readiness", again=state["readiness"])
    rows += [again, (button("meeting", again=state["meeting"] is not None),)]
    rows += [(button("upload", f["kind"], title=f["title"], again=bool(f["filename"])),) for f in state["files"]]
    rows.append((button("preview"), Choice("step.why", task.id)))
    return tuple(rows)


def _next(state: dict[str, Any]) -> tuple[str, str]:
    """What is filled in next: action and arg of its button; nothing when all is there."""
    if not state["members"]:
        return "team", ""
    if not state["readiness"]:
        return "readiness", ""
    if state["meeting"] is None:
        return "meeting", ""
    for file in state["files"]:
        if not (file["filename"] or file["skipped"] or file["arriving"]):
            return "upload", file["kind"]
    return ("", "") if state["previewed"] else ("preview", "")


def mine(turn: Turn) -> list[tuple[Cycle, Task]]:
    """Open tasks of preparation that the person may act on."""
    found = []
    for cycle in turn.uow.cycles.current():
        for task in cycle.open_tasks():
            step = cycle.step_of(task)
            if step.dialogue == actions.PREPARE and turn.acting.capacity(step.actor, task.opd):
                found.append((cycle, task))
    return found


def persiapan(turn: Turn) -> Next:
    """`/persiapan`: the card of the cycle that is being prepared; of several, which."""
    tasks = mine(turn)
    if not tasks:
        turn.say("prepare/nothing", [[Choice("open.begin", style="primary"), Choice("tasks.mine")]])
    elif len(tasks) == 1:
        turn.uow.outbox.refresh_card(tasks[0][1].id, [turn.acting.id], loud=True)
    else:
        rows = [[Choice("prepare.open", t.id, label_key="prepare.which", label={"cycle": c.name})] for c, t in tasks]
        turn.say("prepare/which", rows, count=len(tasks))
    return END


def open_card(turn: Turn) -> Next:
    """The card, at the bottom of the chat; one that is decided says what came of it."""
    any_step.open_card(turn)
    return END


# --- its questions ---


def ask_team(turn: Turn) -> Next:
    """Who is on the team, one a line."""
    begin(turn)
    return put(
        turn,
        "prepare.team",
        "prepare/ask_team",
        members=[{"name": m.name, "post": m.post} for m in sheet_of(turn).members],
    )


def take_team(turn: Turn) -> Next:
    """The members as typed."""
    members = sheets.parse_members(turn.text)
    keep(turn, members=members)
    turn.say("prepare/team_kept", back(turn), count=len(members))
    return END


def ask_readiness(turn: Turn) -> Next:
    """How ready everything is, in the team's own words."""
    begin(turn)
    rows = [[Choice("prepare.ready", turn.subject, style="primary")]]
    return put(
        turn,
        "prepare.readiness",
        "prepare/ask_readiness",
        rows,
        sentence=turn.office.office.ready_sentence,
        now=sheet_of(turn).readiness,
    )


def take_readiness(turn: Turn) -> Next:
    """The words as typed."""
    keep(turn, readiness=sheets.parse_text("readiness", turn.text))
    turn.say("prepare/readiness_kept", back(turn))
    return END


def usual_readiness(turn: Turn) -> Next:
    """The office's usual sentence."""
    begin(turn)
    keep(turn, readiness=turn.office.office.ready_sentence)
    turn.show("prepare/readiness_kept", back(turn))
    return END


# --- official files ---


def ask_file(turn: Turn) -> Next:
    """Wait for an official file."""
    kind = pressed(turn).arg
    title = _title(begin(turn), kind)
    turn.draft["kind"] = kind
    turn.draft.pop("album", None)
    rows = [[Choice("prepare.skip", turn.subject, kind)]]
    return put(turn, "prepare.file", "prepare/ask_file", rows, title=title, limit_mb=turn.office.office.largest_file_mb)


def _title(cycle: Cycle, kind: str) -> str:
    titles = official_papers(cycle)
    if kind not in titles:
        raise NothingThere(what="naskah")
    return titles[kind]


def take_file(turn: Turn) -> Next:
    """The file as sent; its bytes are fetched by a worker, which then tells. An album has one file too many."""
    upload, kind = turn.upload, str(turn.draft.get("kind", ""))
    if upload is None or not kind:
        raise DialogueClosed
    if upload.album and turn.draft.get("album") == upload.album:
        return STAY  # the first file of this album has its answer already
    if upload.album:
        turn.draft["album"] = upload.album
        turn.say("prepare/file_album")
        return STAY
    sent = SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id)
    turn.act(official_files.expect_official_file, turn.subject, kind, sent)
    turn.say("prepare/file_coming", filename=upload.filename, photo=upload.kind == "photo")
    turn.draft.pop("kind")
    turn.draft.pop("album", None)
    return END


def want_file(turn: Turn) -> Next:
    """Words where a file is awaited."""
    turn.say("prepare/want_file")
    return STAY


def skip(turn: Turn) -> Next:
    """Ask once more before going on without an official file."""
    kind = pressed(turn).arg
    title = _title(begin(turn), kind)
    turn.draft.pop("kind", None)
    rows = [
        [Choice("prepare.skip_yes", turn.subject, kind, style="danger")],
        [Choice("prepare.open", turn.subject)],
    ]
    turn.show("prepare/skip", rows, title=title)
    return END


def skip_yes(turn: Turn) -> Next:
    """Recorded: there is no such file."""
    title = _title(begin(turn), pressed(turn).arg)
    turn.act(actions.skip_official_paper, turn.subject, pressed(turn).arg)
    turn.show("prepare/skipped", back(turn), title=title)
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
    cycle = turn.uow.cycles.of_task(task_id)
    state = _state(turn.uow, cycle, cycle.task(task_id))
    rows = [[_submit(task_id, state)]] if state["complete"] else []
    facts = {"complete": state["complete"], "to": state["to_short"]}
    turn.say("prepare/preview_done", [*rows, [Choice("prepare.open", task_id)]], after=made, **facts)
    return END


def submit(turn: Turn) -> Next:
    """Say what will happen, once; what is still missing is said right away."""
    task_id = pressed(turn).id
    cycle = turn.act(actions.ready, task_id)
    rows = [
        [Choice("prepare.submit_yes", task_id, style="success")],
        [Choice("prepare.open", task_id)],
    ]
    turn.say("prepare/submit", rows, cycle=cycle.name, **_state(turn.uow, cycle, cycle.task(task_id)))
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
    key=actions.PREPARE,
    commands=(*opening.COMMANDS, Command("persiapan", persiapan, roles=ROLE)),
    buttons=(
        *opening.BUTTONS,
        *choosing.BUTTONS,
        ButtonAction("prepare.open", open_card, ROLE),
        ButtonAction("prepare.team", ask_team, ROLE),
        ButtonAction("prepare.readiness", ask_readiness, ROLE),
        ButtonAction("prepare.ready", usual_readiness, ROLE),
        *meeting.BUTTONS,
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
        *meeting.STATES,
        State("prepare.file", on_text=want_file, on_upload=take_file),
    ),
    card=card,
)
