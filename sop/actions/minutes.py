"""The notula: what was discussed and decided, its papers, and its confirmation, which ends the step (SOP step 6)."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, Literal

from sop import cycle as rules
from sop import events, papers, paperwork_meeting, scoring
from sop.actions.cycles import change
from sop.actions.issuing import issue_anew
from sop.actions.meeting_state import Found, found, keep, told
from sop.cycle import Cycle, Signed, Standing
from sop.letters import Letter, LetterState
from sop.meeting import Dissent, FollowUp, Meeting, Point
from sop.meeting_words import read_decisions, read_dissent, read_follow_ups, read_officer, read_points
from sop.outgoing import Attachment, Message, ToPerson
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import Incomplete, NothingThere, NotNow
from sop.worktime import WIB

Office = Literal["chair", "minute_taker"]
LIST, MINUTES = "daftar_hadir", "notula"  # kinds of paper


# --- writing


def _edit(uow: UnitOfWork, who: Acting, task_id: str, edit: Callable[[Meeting], Meeting], now: datetime) -> Meeting:
    """Change the notula of an open task; the journal keeps what stood there before."""
    here = found(uow, who, task_id)
    after = edit(here.meeting)
    before_facts, after_facts = _changed(here.meeting, after)
    if not after_facts:
        return here.meeting
    kept = keep(uow, after)
    told(uow, here, now, events.MinutesChanged(cycle=here.cycle.id, before=before_facts, after=after_facts))
    return kept


def _changed(before: Meeting, after: Meeting) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = ("chair", "minute_taker", "discussion", "decisions", "follow_ups", "dissent")
    keys = [f for f in fields if getattr(before, f) != getattr(after, f)]
    return {k: _plain(getattr(before, k)) for k in keys}, {k: _plain(getattr(after, k)) for k in keys}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, FollowUp):
        return asdict(value) | {"by_when": value.by_when and value.by_when.isoformat()}
    return asdict(value) if isinstance(value, Dissent | Point) else value


def name_officer(uow: UnitOfWork, who: Acting, task_id: str, which: Office, text: str, *, now: datetime) -> Meeting:
    """Who led the meeting (`chair`) or takes the minutes (`minute_taker`): "Nama - Jabatan".

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: see `read_officer`.
    """
    named = read_officer(text)
    if which == "chair":
        return _edit(uow, who, task_id, lambda m: replace(m, chair=named), now)
    return _edit(uow, who, task_id, lambda m: replace(m, minute_taker=named), now)


def add_points(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> Meeting:
    """What was discussed: one or several points, behind those that stand there.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: see `read_points`.
    """
    return _edit(uow, who, task_id, lambda m: replace(m, discussion=(*m.discussion, *read_points(text, m))), now)


def correct_point(uow: UnitOfWork, who: Acting, task_id: str, mark: str, text: str, *, now: datetime) -> Meeting:
    """Other words in the place of a point; several points take its place in their order.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: see `read_points`. NothingThere: nothing has
            this mark.
    """

    def edit(meeting: Meeting) -> Meeting:
        there = [mark_of(p) for p in meeting.discussion]
        if mark not in there:
            raise NothingThere(what="butir_notula")
        place = there.index(mark)
        before, after = meeting.discussion[:place], meeting.discussion[place + 1 :]
        instead = read_points(text, replace(meeting, discussion=(*before, *after)))
        return replace(meeting, discussion=(*before, *instead, *after))

    return _edit(uow, who, task_id, edit, now)


def add_decisions(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> Meeting:
    """Decisions, one a line.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: see `read_decisions`.
    """
    return _edit(uow, who, task_id, lambda m: replace(m, decisions=(*m.decisions, *read_decisions(text, m))), now)


def add_follow_ups(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> Meeting:
    """What is to be done, by whom, by when; one a line.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: see `read_follow_ups`.
    """
    today: date = now.astimezone(WIB).date()
    return _edit(
        uow,
        who,
        task_id,
        lambda m: replace(m, follow_ups=(*m.follow_ups, *read_follow_ups(text, m, today))),
        now,
    )


def add_dissent(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> Meeting:
    """Pendapat berbeda that somebody wants written down, one a line.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: see `read_dissent`.
    """
    return _edit(uow, who, task_id, lambda m: replace(m, dissent=(*m.dissent, *read_dissent(text, m))), now)


def mark_of(entry: str | FollowUp | Dissent | Point) -> str:
    """A short mark of one entry of a list, for buttons: a place in the list may be another's a moment later."""
    words = entry if isinstance(entry, str) else "|".join(map(str, _plain(entry).values()))
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def remove(uow: UnitOfWork, who: Acting, task_id: str, mark: str, *, now: datetime) -> Meeting:
    """Take one entry of a list out again.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: nothing has this mark.
    """

    def edit(meeting: Meeting) -> Meeting:
        left = replace(
            meeting,
            discussion=tuple(p for p in meeting.discussion if mark_of(p) != mark),
            decisions=tuple(d for d in meeting.decisions if mark_of(d) != mark),
            follow_ups=tuple(f for f in meeting.follow_ups if mark_of(f) != mark),
            dissent=tuple(d for d in meeting.dissent if mark_of(d) != mark),
        )
        if left == meeting:
            raise NothingThere(what="butir_notula")
        return left

    return _edit(uow, who, task_id, edit, now)


# --- its papers


def print_attendance(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> str:
    """The attendance list as it stands, as a paper to wait for: with rows to be signed by hand.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NotNow (`sidang_belum_dimulai`): no sitting yet.
    """
    here = found(uow, who, task_id)
    if here.meeting.held is None:
        raise NotNow(state="sidang_belum_dimulai")
    return _attendance(uow, here, now)


def _attendance(uow: UnitOfWork, here: Found, now: datetime) -> str:
    context = paperwork_meeting.daftar_hadir(uow.definition_of(here.cycle), here.cycle, here.meeting, now)
    return issue_anew(uow, here.cycle, LIST, context, made_by=here.by.person, owner=here.task.id, now=now)


def preview(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> str:
    """The notula as a draft, as far as it has come.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NotNow (`belum_dijadwalkan`): no sitting at all.
    """
    here = found(uow, who, task_id)
    if not here.meeting.sittings:
        raise NotNow(state="belum_dijadwalkan")
    return _minutes(uow, here, None, now)


def _minutes(uow: UnitOfWork, here: Found, confirmed: Signed | None, now: datetime) -> str:
    context = minutes_context(uow, here.cycle, here.meeting, confirmed, now)
    return issue_anew(uow, here.cycle, MINUTES, context, made_by=here.by.person, owner=here.task.id, now=now)


def minutes_context(
    uow: UnitOfWork, cycle: Cycle, meeting: Meeting, confirmed: Signed | None, now: datetime
) -> papers.Context:
    """The notula with the meeting's values; the letter that called it, if one went out."""
    bundle = uow.definition_of(cycle)
    scores = scoring.by_code(cycle.id, bundle.instruments[cycle.instrument], uow.scores.of_cycle(cycle.id))
    values = {code: s.holds if s.value is None else s.value for code, s in scores.items()}
    return paperwork_meeting.notula(
        bundle, cycle, meeting, letter=_letter(uow, meeting), values=values, confirmed=confirmed, now=now
    )


def _letter(uow: UnitOfWork, meeting: Meeting) -> Letter | None:
    letters = [uow.letters.get(s.letter) for s in meeting.sittings if s.letter]
    return next((x for x in letters if x.state is LetterState.SENT), None)


# --- the end


def missing(uow: UnitOfWork, cycle: Cycle, meeting: Meeting) -> tuple[tuple[str, ...], scoring.Progress]:
    """What the notula still lacks (keys for the template), and how far the scores have come."""
    instrument = uow.definition_of(cycle).instruments[cycle.instrument]
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    return meeting.missing(), scoring.progress(instrument, scores)


def ready(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Found:
    """That the notula can be confirmed.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NotNow (`sidang_berjalan`, `sidang_lanjutan`): the
            meeting is not over.
        Incomplete: the notula lacks something (`confirm_minutes`), or indicators have no value (`scores`, by code).
    """
    here = found(uow, who, task_id)
    last = here.meeting.of_task(task_id)
    if last and last.running:
        raise NotNow(state="sidang_berjalan")
    if here.task.standing is Standing.ADJOURNED or (last and last.began_at is None):
        raise NotNow(state="sidang_lanjutan")
    lacking, progress = missing(uow, here.cycle, here.meeting)
    if lacking:
        raise Incomplete(act="confirm_minutes", missing=lacking)
    if progress.left:
        raise Incomplete(act="scores", missing=progress.left)
    return here


def confirm(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """*Sahkan notula*: attendance list and notula are printed and sent to both teams; the step is handed over.

    Raises:
        NotYours, AlreadyDecided, NotNow, Incomplete: see `ready`.
    """
    here = ready(uow, who, task_id, now=now)
    printed = (_attendance(uow, here, now), _minutes(uow, here, here.by, now))
    step = here.cycle.step_of(here.task)
    for paper_id in printed:
        _send(uow, here.cycle, paper_id, (step.actor, *step.hands_over_to), now)
    return change(
        uow,
        here.cycle,
        here.by,
        now,
        lambda c: rules.hand_over(c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=printed),
    )


def _send(uow: UnitOfWork, cycle: Cycle, paper_id: str, roles: tuple[str, ...], now: datetime) -> None:
    paper = uow.papers.get(paper_id)
    assert paper is not None  # just requested
    for person in {h.id for role in roles for h in uow.people.holders(role, None, now)}:
        uow.outbox.add(
            Message(
                ToPerson(person),
                "paper",
                {"title": paper.title, "cycle": cycle.name},
                attachment=Attachment(filename=paper.filename, paper=paper.id),
                loud=False,
                after=(paper.id,),
                key=f"paper:{paper.id}:{person}",
            )
        )
