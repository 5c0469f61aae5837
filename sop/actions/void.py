"""What a return before the sending does to letters: numbers are void, the letters are drafts again (SOP step 3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sop import events
from sop.actions.codes import end_codes
from sop.cycle import Cycle
from sop.letters import Letter, LetterState
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.telling import tell
from sop.verification import Validity


def unsent(uow: UnitOfWork, cycle: Cycle) -> tuple[Letter, ...]:
    """The letters whose number a return makes void: numbered, not sent, and not of a sitting that was held anyway."""
    held = {s.letter for s in uow.meetings.of_cycle(cycle.id).sittings if s.began_at}
    return tuple(
        letter
        for letter in uow.letters.of_cycle(cycle.id)
        if letter.state in (LetterState.NUMBERED, LetterState.SIGNED) and letter.id not in held
    )


def back_to_draft(uow: UnitOfWork, cycle: Cycle, who: Acting, reason: str, *, now: datetime) -> None:
    """Let every numbered, unsent letter of the cycle become a draft again, and say which numbers are void.

    The letter with its number stays as `diganti`: the register does not suggest the number again, and it is taken up
    again only on purpose (`number_letter`). The draft is printed anew, so that the step before has it without number.
    """
    voided = unsent(uow, cycle)
    for letter in voided:
        uow.letters.save(replace(letter, state=LetterState.REPLACED))
        end_codes(uow, letter.id, Validity.VOID, now=now)
        _draft_anew(uow, cycle, letter, who, now)
    _tell_void(uow, cycle, voided, reason, now)


def withdraw(uow: UnitOfWork, cycle: Cycle, letter: Letter, *, now: datetime) -> None:
    """A letter that was not sent is not needed any more: its papers and its number do not count."""
    end_codes(uow, letter.id, Validity.VOID, now=now)
    if letter.state in (LetterState.SENT, LetterState.REPLACED):
        return
    uow.letters.save(replace(letter, state=LetterState.REPLACED))
    for paper in uow.papers.of_cycle(cycle.id, kind=letter.kind):
        if paper.owner == letter.id:
            uow.papers.replace(paper.id)
    _tell_void(uow, cycle, (letter,), "", now)


def _tell_void(uow: UnitOfWork, cycle: Cycle, voided: Sequence[Letter], reason: str, now: datetime) -> None:
    by = next((letter.numbered_by for letter in voided if letter.numbered_by), None)
    if by is not None:
        numbers = tuple(letter.number for letter in voided)
        titles = tuple(dict.fromkeys(cycle.sop.papers[letter.kind].title for letter in voided))
        happened = events.LettersVoided(cycle=cycle.id, role=by.role, numbers=numbers, reason=reason, titles=titles)
        tell(uow, None, now, happened)


def _draft_anew(uow: UnitOfWork, cycle: Cycle, letter: Letter, who: Acting, now: datetime) -> None:
    fresh = Letter(uow.new_id(), cycle.id, letter.kind, LetterState.DRAFT, letter.unit, letter.created_at)
    for paper in uow.papers.of_cycle(cycle.id, kind=letter.kind):
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
