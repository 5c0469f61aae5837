"""Who may see what (sop.md, last table): one answer for /dokumen, for every file and for every paper sent."""

from sop.cycle import Cycle
from sop.people import Acting
from sop.ports import Paper, UnitOfWork

LETTERS = "letters"  # audience class of what goes out to the OPDs


def may_see(cycle: Cycle, who: Acting, audience: str, opd: str | None = None) -> bool:
    """Whether somebody may see a thing of this *audience* class that belongs to *opd* (None: to no agency alone).

    `own` means: of an agency that the person speaks for, or, of no agency in particular, of a cycle that asks one.
    `from <step>` means: once the cycle has reached that step.
    """
    return any(_grants(cycle, who, role, audience, opd) for role in who.roles)


def _grants(cycle: Cycle, who: Acting, role: str, audience: str, opd: str | None) -> bool:
    value = cycle.sop.visibility.get(audience, {}).get(role, "no")
    if value == "yes":
        return True
    if value == "own":
        mine = set(who.opds(role))
        return opd in mine if opd else not mine.isdisjoint(cycle.opds)
    if value.startswith("from "):
        return any(t.step == value.removeprefix("from ") for t in cycle.tasks)
    return False


def may_see_paper(uow: UnitOfWork, cycle: Cycle, who: Acting, paper: Paper) -> bool:
    """Whether somebody may see a paper of this cycle.

    To whom only their own letters are open (the OPDs), a letter exists once it has been sent: drafts, numbered and
    signed ones that still lie in the office are nobody's letters yet.
    """
    if not may_see(cycle, who, paper.audience, paper.opd):
        return False
    if paper.audience != LETTERS or _sees_all_letters(cycle, who):
        return True
    return _has_gone_out(uow, cycle, paper)


def _sees_all_letters(cycle: Cycle, who: Acting) -> bool:
    values = cycle.sop.visibility.get(LETTERS, {})
    return any(values.get(role, "no") != "own" and _grants(cycle, who, role, LETTERS, None) for role in who.roles)


def _has_gone_out(uow: UnitOfWork, cycle: Cycle, paper: Paper) -> bool:
    """The signed copy of a letter that was sent, or an enclosure that holds, once the OPDs have their task."""
    if cycle.sop.papers[paper.kind].numbered:
        return any(letter.signed_paper == paper.id for letter in uow.letters.gone_out(cycle.id))
    receiving = [s for s in cycle.sop.steps if s.each and cycle.latest(s.key)]
    return paper.state != "replaced" and any(need.paper == paper.kind for s in receiving for need in s.needs)


def may_see_evidence(cycle: Cycle, who: Acting, opd: str) -> bool:
    """Whether somebody may see what an agency has sent: its own people, and whoever sees others' evidence."""
    speaks_for = {o for step in cycle.sop.steps if step.each for o in who.opds(step.actor)}
    return may_see(cycle, who, "own_evidence" if opd in speaks_for else "others_evidence", opd)
