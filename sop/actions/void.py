"""What a return before the sending does to letters: numbers are void, the letters are drafts again (SOP step 3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sop import events
from sop.actions.codes import end_codes
from sop.actions.issuing import replace_papers
from sop.cycle import Cycle
from sop.letters import OVER, Letter, LetterState
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.telling import tell
from sop.verification import Validity


def unsent(uow: UnitOfWork, cycle: Cycle) -> tuple[Letter, ...]:
    """The letters whose number a return makes void: numbered and not sent.

    Not of a sitting that was held anyway, and not one that replaces a letter of a step that has ended (SOP step 3).
    """
    held = {s.letter for s in uow.meetings.of_cycle(cycle.id).sittings if s.began_at}
    return tuple(
        letter
        for letter in uow.letters.of_cycle(cycle.id)
        if letter.state in (LetterState.NUMBERED, LetterState.SIGNED) and letter.id not in held and not letter.replaces
    )


def back_to_draft(uow: UnitOfWork, cycle: Cycle, who: Acting, reason: str, *, now: datetime) -> None:
    """Let every numbered, unsent letter of the cycle become a draft again, and say which numbers are void.

    The letter with its number stays as `diganti`: the register does not suggest the number again, and it is taken up
    again only on purpose (`number_letter`). The draft is printed anew, so that the step before has it without number.
    """
    voided = unsent(uow, cycle)
    for letter in voided:
        make_void(uow, cycle, letter, who, reason, now=now)
    tell_voided(uow, cycle, voided, reason, now)


def make_void(uow: UnitOfWork, cycle: Cycle, letter: Letter, who: Acting, reason: str, *, now: datetime) -> None:
    """One numbered, unsent letter: its number is void, a draft takes its place."""
    uow.letters.save(replace(letter, state=LetterState.REPLACED, reason=reason))
    end_codes(uow, letter.id, Validity.VOID, now=now)
    _draft_anew(uow, cycle, letter, who, now)


def withdraw(uow: UnitOfWork, cycle: Cycle, letter: Letter, *, now: datetime) -> None:
    """A letter is not needed any more. One that was not sent loses its number and its papers; one that was stays as it
    is in the files, but its code says that it holds no more.
    """
    end_codes(uow, letter.id, Validity.VOID, now=now)
    if letter.state in OVER:
        return
    uow.letters.save(replace(letter, state=LetterState.REPLACED))
    replace_papers(uow, letter)
    tell_voided(uow, cycle, (letter,), "", now)


def tell_voided(uow: UnitOfWork, cycle: Cycle, voided: Sequence[Letter], reason: str, now: datetime) -> None:
    """Let the role that gave the numbers know, for they stand in its agenda."""
    by = next((letter.numbered_by for letter in voided if letter.numbered_by), None)
    if by is not None:
        numbers = tuple(letter.number for letter in voided)
        titles = tuple(dict.fromkeys(cycle.sop.papers[letter.kind].title for letter in voided))
        happened = events.LettersVoided(cycle=cycle.id, role=by.role, numbers=numbers, reason=reason, titles=titles)
        tell(uow, None, now, happened)


def _draft_anew(uow: UnitOfWork, cycle: Cycle, letter: Letter, who: Acting, now: datetime) -> None:
    fresh = Letter(
        uow.new_id(),
        cycle.id,
        letter.kind,
        LetterState.DRAFT,
        letter.unit,
        letter.created_at,
        replaces=letter.replaces,
        changes=letter.changes,
        reason=letter.reason if letter.replaces else "",
    )
    sent = {x.id for x in uow.letters.of_cycle(cycle.id, (letter.kind,)) if x.state is LetterState.SENT}
    for paper in uow.papers.of_cycle(cycle.id, kind=letter.kind):
        if paper.owner not in sent:
            uow.papers.replace(paper.id)
    draft = uow.papers.get(letter.draft_paper) if letter.draft_paper else None
    if draft is not None:
        printed = uow.papers.request(
            draft.kind,
            draft.context,
            title=draft.title,
            filename=draft.filename,
            audience=draft.audience,
            cycle=cycle.id,
            owner=fresh.id,
            made_by=who.id,
            now=now,
        )
        fresh = replace(fresh, draft_paper=printed)
    uow.letters.add(fresh)
