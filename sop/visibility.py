"""Who may see what (sop.md, last table): one answer for /dokumen, for every file and for every paper sent."""

from sop.cycle import Cycle
from sop.people import Acting
from sop.ports import Paper


def may_see(cycle: Cycle, who: Acting, audience: str, opd: str | None = None) -> bool:
    """Whether somebody may see a thing of this *audience* class that belongs to *opd* (None: to no agency alone).

    `own` means: of an agency that the person speaks for, or of no agency in particular.
    `from <step>` means: once the cycle has reached that step.
    """
    return any(_grants(cycle, who, role, audience, opd) for role in who.roles)


def _grants(cycle: Cycle, who: Acting, role: str, audience: str, opd: str | None) -> bool:
    value = cycle.sop.visibility.get(audience, {}).get(role, "no")
    if value == "yes":
        return True
    if value == "own":
        return opd is None or opd in who.opds(role)
    if value.startswith("from "):
        return any(t.step == value.removeprefix("from ") for t in cycle.tasks)
    return False


def may_see_paper(cycle: Cycle, who: Acting, paper: Paper) -> bool:
    """Whether somebody may see a paper of this cycle."""
    return may_see(cycle, who, paper.audience, paper.opd)


def may_see_evidence(cycle: Cycle, who: Acting, opd: str) -> bool:
    """Whether somebody may see what an agency has sent: its own people, and whoever sees others' evidence."""
    speaks_for = {o for step in cycle.sop.steps if step.each for o in who.opds(step.actor)}
    return may_see(cycle, who, "own_evidence" if opd in speaks_for else "others_evidence", opd)
