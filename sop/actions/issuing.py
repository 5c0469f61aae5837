"""Queue papers of a cycle for printing; title, file name and audience are the SOP's."""

from datetime import datetime

from sop import papers
from sop.cycle import Cycle
from sop.letters import Letter
from sop.naming import opd_of
from sop.ports import UnitOfWork


def issue_anew(
    uow: UnitOfWork,
    cycle: Cycle,
    kind: str,
    context: papers.Context,
    *,
    made_by: str,
    owner: str = "",
    audience: str = "",
    now: datetime,
) -> str:
    """Queue a paper for printing in the place of the one before it, which stays readable as replaced."""
    for old in uow.papers.of_cycle(cycle.id, kind=kind):
        uow.papers.replace(old.id)
    return issue(uow, cycle, kind, context, made_by=made_by, owner=owner, audience=audience, now=now)


def replace_papers(uow: UnitOfWork, letter: Letter) -> None:
    """The papers of a letter count no more; they stay readable as replaced."""
    for paper in uow.papers.of_cycle(letter.cycle, kind=letter.kind):
        if paper.owner == letter.id:
            uow.papers.replace(paper.id)


def issue(
    uow: UnitOfWork,
    cycle: Cycle,
    kind: str,
    context: papers.Context,
    *,
    made_by: str,
    owner: str = "",
    opd: str | None = None,
    audience: str = "",
    now: datetime,
) -> str:
    """Queue a paper of a cycle for printing; title and audience are the SOP's, unless a narrower one is given."""
    about = cycle.sop.papers[kind]
    name = f"{about.title} {opd_of(uow, cycle, opd).short if opd else cycle.name}"
    return uow.papers.request(
        kind,
        papers.to_json(context),
        title=about.title,
        filename="_".join("".join(c if c.isalnum() else " " for c in name).split()) + ".pdf",
        audience=audience or about.audience,
        cycle=cycle.id,
        opd=opd,
        owner=owner,
        made_by=made_by,
        now=now,
    )
