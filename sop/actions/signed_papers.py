"""Signed copies of papers that bear no number: a scan takes the place of the printed paper, byte for byte.

Laporan persiapan, rekapitulasi, daftar hadir, notula and formulir are signed by hand like letters, but no letter record
goes with them. Signed copies of letters: sop/actions/letters.py.
"""

from datetime import datetime
from pathlib import PurePath

from sop import cycle as rules
from sop import events, papers
from sop.actions.letters import copy_ending, require_copy, require_paper
from sop.actions.sent_files import SentFile
from sop.cycle import Cycle, TaskState, signed
from sop.definition import Step
from sop.people import Acting
from sop.ports import Incoming, Paper, StoredFile, UnitOfWork
from sop.refusals import NothingThere, NotNow, Refused
from sop.telling import tell
from sop.visibility import may_see_paper

PURPOSE = "signed_paper"  # of an incoming file
SIGNED_BY_HAND = frozenset({"laporan_persiapan", "rekapitulasi", "daftar_hadir", "notula", "formulir_terisi"})


def is_signed_copy(paper: Paper) -> bool:
    """Whether this is the scan that took the place of a printed paper."""
    return paper.kind in SIGNED_BY_HAND and paper.origin == "uploaded"


def may_upload(uow: UnitOfWork, who: Acting, paper: Paper, *, now: datetime) -> bool:
    """Whether somebody can upload the signed copy of a paper now, so that no button is offered in vain."""
    try:
        ready_to_sign(uow, who, paper.id, now=now)
    except Refused:
        return False
    return True


def ready_to_sign(uow: UnitOfWork, who: Acting, paper_id: str, *, now: datetime) -> Paper:
    """A paper whose signed copy may be uploaded by *who*: the actor of the step that made it.

    Raises:
        NothingThere: no such paper, it is not signed so, or this person may not see it (the same answer).
        NotYours: another role made it. NotNow: the cycle does not run; or see `_require_final`.
    """
    paper, cycle, step = _found(uow, paper_id)
    if not may_see_paper(uow, cycle, who, paper):
        raise NothingThere(what="dokumen")
    who.acts_as(step.actor)
    _require_final(cycle, step, paper)
    return paper


def _found(uow: UnitOfWork, paper_id: str) -> tuple[Paper, Cycle, Step]:
    paper = uow.papers.get(paper_id)
    if paper is None or not paper.cycle or paper.kind not in SIGNED_BY_HAND:
        raise NothingThere(what="dokumen")
    cycle = uow.cycles.get(paper.cycle)
    step = next((s for s in cycle.sop.steps if paper.kind in s.produces), None)
    if step is None:
        raise NothingThere(what="dokumen")
    return paper, cycle, step


def _require_final(cycle: Cycle, step: Step, paper: Paper) -> None:
    """That the paper holds and its step is past the point at which it is printed for signature.

    Raises:
        NotNow: the cycle does not run. NotNow (`naskah_diganti`): another took its place meanwhile.
        NotNow (`naskah_belum_final`): it is a draft, is not printed yet, or its step has been opened again.
    """
    rules.require_active(cycle)
    if paper.state == "replaced":
        raise NotNow(state="naskah_diganti")
    task = cycle.latest(step.key)
    settled = task is not None and (task.state is TaskState.DONE or task.reported_at is not None)
    draft = paper.context.get("state") == papers.RANCANGAN
    if paper.state != "ready" or draft or not settled:
        raise NotNow(state="naskah_belum_final")


def expect_copy(uow: UnitOfWork, who: Acting, paper_id: str, sent: SentFile, *, now: datetime) -> Paper:
    """Queue the signed copy of a paper for fetching; what it becomes: `copy_arrived`.

    Raises:
        NothingThere, NotYours, NotNow: see `ready_to_sign`. BadInput: see `letters.require_copy`.
    """
    paper = ready_to_sign(uow, who, paper_id, now=now)
    require_copy(uow, sent)
    uow.files.expect(sent.expected(uow.new_id(), purpose=PURPOSE, target=paper.id, by_person=who.id))
    return paper


def copy_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> Cycle:
    """The signed copy is stored: it is the paper from now on; the printed one stays readable as replaced.

    Raises:
        NotNow: see `_require_final`. BadInput: the bytes are neither a PDF nor a picture.
    """
    paper, cycle, step = _found(uow, incoming.target)
    _require_final(cycle, step, paper)
    require_paper(stored.mime, incoming.filename)
    uow.papers.replace(paper.id)
    stem = PurePath(paper.filename).stem.removesuffix(_SIGNED)
    made = uow.papers.register_upload(
        paper.kind,
        stored,
        title=paper.title,
        filename=f"{stem}{_SIGNED}.{copy_ending(stored.mime)}",
        audience=paper.audience,
        cycle=cycle.id,
        owner=paper.owner,
        made_by=incoming.by_person,
        now=now,
    )
    happened = events.PaperSigned(cycle=cycle.id, paper=made, title=paper.title, sha256=stored.sha256)
    person = uow.people.get(incoming.by_person, now)
    capacity = person.capacity(step.actor) if person else None
    tell(uow, signed(cycle.sop, person, capacity) if person and capacity else None, now, happened)
    return cycle


_SIGNED = "_bertanda_tangan"  # end of the name of the file
