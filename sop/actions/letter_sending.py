"""*Kirim ke semua OPD* (SOP step 3, Sekretariat Dinas). What follows the sending: expedition.py, replacing.py."""

from dataclasses import dataclass, replace
from datetime import datetime

from sop import cycle as rules
from sop import events
from sop.actions.cycles import change
from sop.actions.expedition import print_expedition
from sop.cycle import Cycle
from sop.delivery import Deadlines, deadlines, deliver, focal_points, printed_deadline
from sop.letters import send
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.telling import tell


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a sending does (or did): the OPDs served by bot, those to be served by hand, and their tenggat."""

    cycle: Cycle
    by_bot: tuple[str, ...]
    by_hand: tuple[str, ...]
    deadlines: Deadlines


def outlook(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Outlook:
    """What a sending now would do, to be confirmed first.

    Raises:
        Incomplete: a letter is not signed yet. NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
    """
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    letters = send(uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds), by, now=now)
    by_bot = tuple(opd for opd in cycle.opds if focal_points(uow, cycle, opd, now))
    by_hand = tuple(opd for opd in cycle.opds if opd not in by_bot)
    return Outlook(cycle, by_bot, by_hand, deadlines(uow, cycle, letters, cycle.opds[0], now))


def send_letters(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Outlook:
    """*Kirim ke semua OPD*: deliver to every focal point, list those with no account, start the OPDs' clocks.

    The batas waktu printed in the letter is not undercut; if the SOP's time ends later because the sending came later,
    the later date holds and the OPDs are told with their card (sop.md, step 4).

    Raises:
        Incomplete: a letter is not signed yet. NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
    """
    ahead = outlook(uow, who, task_id, now=now)
    cycle = ahead.cycle
    _, by = rules.authorise(cycle, task_id, who)
    letters = send(uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds), by, now=now)
    for letter in letters:
        uow.letters.save(letter)
    for opd in cycle.opds:
        deliver(uow, cycle, letters, opd, now)
    happened = events.LettersSent(
        cycle=cycle.id,
        letters=tuple(letter.id for letter in letters),
        by_bot=len(ahead.by_bot),
        by_hand=len(ahead.by_hand),
    )
    tell(uow, by, now, happened)
    after = change(
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
            papers=tuple(letter.signed_paper for letter in letters),
            floor=printed_deadline(uow, letters),
        ),
    )
    print_expedition(uow, cycle.id, made_by=who.id, now=now)
    return replace(ahead, cycle=after)
