"""Acts of step 1: fill in the preparation, upload the official files, preview the drafts, hand them to the Kabid;
and of step 2: the disposisi."""

from dataclasses import replace
from datetime import datetime

from sop import cycle as rules
from sop import events, papers, paperwork
from sop.actions.cycles import change
from sop.actions.evidence import SentFile
from sop.cycle import Cycle, Signed
from sop.letters import Letter, LetterState
from sop.people import Acting
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.preparation import Preparation, changed
from sop.refusals import BadInput, Incomplete, NothingThere, SameEyes

LETTERS = ("surat_undangan", "surat_permohonan_data")
REPORT = "laporan_persiapan"


def sheet_of(cycle: Cycle) -> Preparation:
    """The material of step 1."""
    return Preparation.from_json(dict(cycle.sheet))


def save_sheet(uow: UnitOfWork, who: Acting, task_id: str, sheet: Preparation, *, now: datetime) -> Cycle:
    """Keep an edited sheet; drafts made from the old one count as not seen any more.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
    """
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    before = sheet_of(cycle)
    after = replace(sheet, previewed=False, drafted_by=who.id)
    was, is_now = changed(before, after)
    happened = events.PreparationChanged(cycle=cycle.id, before=was, after=is_now)
    return change(uow, cycle, by, now, lambda c: (rules.with_sheet(c, after.to_json()), (happened,)))


def official_papers(cycle: Cycle) -> dict[str, str]:
    """The official files that the team uploads, kind → title: papers of the SOP that nobody prints (no template)."""
    wanted = dict.fromkeys(n.paper for s in cycle.sop.steps for n in s.needs if n.paper)
    return {k: cycle.sop.papers[k].title for k in wanted if not cycle.sop.papers[k].template}


def expect_official_file(
    uow: UnitOfWork, who: Acting, task_id: str, kind: str, sent: SentFile, *, now: datetime
) -> None:
    """Take an official file; its bytes follow.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: no such official paper.
        BadInput: larger than Telegram lets a bot fetch, or empty.
    """
    cycle = uow.cycles.of_task(task_id)
    rules.authorise(cycle, task_id, who)
    if kind not in official_papers(cycle):
        raise NothingThere(what="naskah")
    if sent.size > uow.office.office.largest_file_mb * 1024 * 1024:
        raise BadInput(field="file", problem="large", value=f"{sent.filename}|{sent.size}")
    target = f"{task_id}|{kind}"
    uow.files.expect(
        Incoming(
            uow.new_id(),
            sent.telegram_file_id,
            sent.filename,
            sent.mime,
            sent.size,
            "official",
            target,
            who.id,
            sent.chat,
        )
    )


def official_file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """An official file (blank formulir, Surat Edaran) is stored: it replaces the one before, and can be seen."""
    task_id, _, kind = incoming.target.partition("|")
    cycle = uow.cycles.of_task(task_id)
    for old in uow.papers.of_cycle(cycle.id, kind=kind):
        uow.papers.replace(old.id)
    paper_kind = cycle.sop.papers[kind]
    uow.papers.register_upload(
        kind,
        stored,
        title=paper_kind.title,
        filename=incoming.filename,
        audience=paper_kind.audience,
        cycle=cycle.id,
        made_by=incoming.by_person,
        now=now,
    )


def preview(uow: UnitOfWork, who: Acting, task_id: str, *, bot_name: str, now: datetime) -> tuple[str, ...]:
    """Print the drafts (RANCANGAN) anew and return their papers: report, invitation, request.

    Raises:
        Incomplete: names what the sheet still lacks.
    """
    cycle = uow.cycles.of_task(task_id)
    rules.authorise(cycle, task_id, who)
    sheet = sheet_of(cycle)
    if sheet.missing():
        raise Incomplete(act="preview", missing=sheet.missing())
    made = _print(uow, cycle, sheet, who.id, bot_name=bot_name, handed_over=None, now=now)
    seen = replace(sheet, previewed=True, drafted_by=who.id)
    uow.cycles.save(rules.with_sheet(cycle, seen.to_json()))
    return made


def _print(
    uow: UnitOfWork,
    cycle: Cycle,
    sheet: Preparation,
    by_person: str,
    *,
    bot_name: str,
    handed_over: Signed | None,
    now: datetime,
) -> tuple[str, ...]:
    bundle = uow.definition_of(cycle)
    there = {title: bool(uow.papers.of_cycle(cycle.id, kind=k)) for k, title in official_papers(cycle).items()}
    report = paperwork.laporan_persiapan(
        bundle,
        cycle,
        sheet,
        calendar=uow.time,
        focal_points={o: len(uow.people.holders(_opd_role(cycle), o, now)) for o in cycle.opds},
        official_papers=there,
        handed_over=handed_over,
        now=now,
    )
    made = [_issue(uow, cycle, REPORT, report, by_person, "", now)]
    for letter in _letters(uow, cycle, now):
        context = letter_context(uow, cycle, sheet, letter, bot_name=bot_name, now=now)
        paper_id = _issue(uow, cycle, letter.kind, context, by_person, letter.id, now)
        made.append(paper_id)
        uow.letters.save(replace(letter, draft_paper=paper_id))
    return tuple(made)


def _opd_role(cycle: Cycle) -> str:
    return next((s.actor for s in cycle.sop.steps if s.each), "")


def _letters(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[Letter, ...]:
    """The letters of the cycle, made at the first preview; a numbered one that came back becomes a draft again."""
    found = uow.letters.of_cycle(cycle.id)
    if not found:
        unit = uow.office.office.numbering.unit
        for kind in LETTERS:
            uow.letters.add(Letter(uow.new_id(), cycle.id, kind, LetterState.DRAFT, unit, now))
        found = uow.letters.of_cycle(cycle.id)
    return found


def letter_context(
    uow: UnitOfWork, cycle: Cycle, sheet: Preparation, letter: Letter, *, bot_name: str, now: datetime
) -> papers.Context:
    """The context of a letter in its present state."""
    bundle = uow.definition_of(cycle)
    if letter.kind == "surat_undangan":
        return paperwork.surat_undangan(bundle, cycle, sheet, letter, now)
    deadlines = None
    if letter.number:
        collecting = next(s for s in cycle.sop.steps if s.each)
        deadlines = rules.planned(collecting, now, time=uow.time)
    enclosures = tuple(p.title for k in official_papers(cycle) for p in uow.papers.of_cycle(cycle.id, kind=k))
    return paperwork.surat_permohonan_data(
        bundle,
        cycle,
        uow.evidence.of_cycle(cycle.id),
        letter,
        bot_name=bot_name,
        enclosures=enclosures,
        deadlines=deadlines,
        now=now,
    )


def _issue(
    uow: UnitOfWork, cycle: Cycle, kind: str, context: papers.Context, by: str, owner: str, now: datetime
) -> str:
    """Queue a paper for printing in the place of the one before it."""
    for old in uow.papers.of_cycle(cycle.id, kind=kind):
        uow.papers.replace(old.id)
    return issue(uow, cycle, kind, context, made_by=by, owner=owner, now=now)


def issue(
    uow: UnitOfWork,
    cycle: Cycle,
    kind: str,
    context: papers.Context,
    *,
    made_by: str,
    owner: str = "",
    opd: str | None = None,
    now: datetime,
) -> str:
    """Queue a paper of a cycle for printing; title and audience are the SOP's."""
    about = cycle.sop.papers[kind]
    name = f"{about.title} {uow.office.opd(opd).short if opd else cycle.name}"
    return uow.papers.request(
        kind,
        papers.to_json(context),
        title=about.title,
        filename="_".join("".join(c if c.isalnum() else " " for c in name).split()) + ".pdf",
        audience=about.audience,
        cycle=cycle.id,
        opd=opd,
        owner=owner,
        made_by=made_by,
        now=now,
    )


def submit(uow: UnitOfWork, who: Acting, task_id: str, *, bot_name: str, now: datetime) -> Cycle:
    """Hand the drafts and the report to the Kabid (SOP step 1).

    Raises:
        Incomplete: the sheet lacks something, or the drafts have not been looked at since the last change.
    """
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    sheet = sheet_of(cycle)
    missing = sheet.missing() or (() if sheet.previewed else ("pratinjau",))
    there = {p.kind for p in uow.papers.of_cycle(cycle.id)}
    missing += tuple(k for k in official_papers(cycle) if k not in there and k not in sheet.skipped_papers)
    if missing:
        raise Incomplete(act="submit", missing=missing)
    made = _print(uow, cycle, sheet, who.id, bot_name=bot_name, handed_over=by, now=now)
    return change(
        uow,
        uow.cycles.get(cycle.id),
        by,
        now,
        lambda c: rules.hand_over(c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=made),
    )


def skip_official_paper(uow: UnitOfWork, who: Acting, task_id: str, kind: str, *, now: datetime) -> Cycle:
    """Go on without an official file, on purpose: recorded, and shown in the report as not there."""
    sheet = sheet_of(uow.cycles.of_task(task_id))
    skipped = tuple(dict.fromkeys((*sheet.skipped_papers, kind)))
    return save_sheet(uow, who, task_id, replace(sheet, skipped_papers=skipped), now=now)


def dispose(
    uow: UnitOfWork, who: Acting, task_id: str, *, instructions: tuple[str, ...] = (), note: str = "", now: datetime
) -> Cycle:
    """*Setujui & disposisikan* (SOP step 2): print the Lembar Disposisi, hand over to the Sekretariat.

    Raises:
        SameEyes: who drafted may not dispose (a setting, on by default).
        BadInput: the note is longer than the sheet has room for.
    """
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    office = uow.office.office
    if office.four_eyes.disposition and sheet_of(cycle).drafted_by == who.id:
        raise SameEyes(act="dispose")
    if len(note) > 500:
        raise BadInput(field="note", problem="long", value=str(len(note)))
    chosen = instructions or (office.usual_instruction,)
    step = cycle.step_of(task)
    context = paperwork.lembar_disposisi(
        uow.definition_of(cycle),
        cycle,
        received_at=task.clock_started_at or task.opened_at,
        by=by,
        forwarded_to=tuple(cycle.sop.role_name(r) for r in step.hands_over_to),
        instructions=chosen,
        note=note,
        now=now,
    )
    made = _issue(uow, cycle, "lembar_disposisi", context, who.id, task_id, now)
    return change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(
            c,
            task_id,
            who,
            time=uow.time,
            ids=uow.new_id,
            now=now,
            papers=(made,),
            note=note,
            instructions=chosen,
        ),
    )
