"""A list of people and new agencies from a file: taken, checked as a whole, and only then made real."""

from datetime import datetime

from sop import events, roster
from sop.actions.cycles import by_permission
from sop.actions.inviting import invite_many
from sop.actions.sent_files import SentFile
from sop.people import Acting
from sop.ports import Incoming, UnitOfWork
from sop.refusals import BadInput, NothingThere
from sop.roster import Roster
from sop.telling import tell

PURPOSE = "roster"
USED = "roster_used"  # its invitations are made; it makes no others
LARGEST_MB = 3


def form(uow: UnitOfWork, who: Acting, *, now: datetime) -> tuple[str, str]:
    """The empty form with every agency in it: hash of the bytes, and file name. Raises NotYours."""
    by_permission(uow, who, "manage_people")
    facts = {"peran": ", ".join(roster.role_names(uow.office))}
    return uow.files.fill_form("petugas", roster.form_rows(uow.office), facts)


def expect(uow: UnitOfWork, who: Acting, sent: SentFile, *, now: datetime) -> None:
    """Take a list; its bytes follow.

    Raises:
        NotYours: no permission. BadInput: too large for a list, or neither XLSX nor CSV by its name.
    """
    by_permission(uow, who, "manage_people")
    if not sent.filename.lower().endswith((".xlsx", ".csv")):
        raise BadInput(field="roster", problem="format")
    if sent.size > LARGEST_MB * 1024 * 1024:
        raise BadInput(field="roster", problem="large")
    uow.files.expect(sent.expected(uow.new_id(), purpose=PURPOSE, target=who.id, by_person=who.id))


def check(uow: UnitOfWork, who: Acting, incoming_id: str, *, now: datetime) -> tuple[Roster, str]:
    """What the list would make, or its mistakes; and its file name. Nothing is made.

    Raises:
        NotYours: no permission. NothingThere: no such file, or its invitations are made already.
        BadInput: the file cannot be read as a list.
    """
    by_permission(uow, who, "manage_people")
    incoming = _arrived(uow, incoming_id)
    rows, agencies = uow.files.rows(incoming.sha256), uow.files.rows(incoming.sha256, "OPD")
    return roster.read(rows, uow.office, agencies), incoming.filename


def _arrived(uow: UnitOfWork, incoming_id: str) -> Incoming:
    incoming = uow.files.incoming(incoming_id)
    if incoming is None or incoming.purpose != PURPOSE or incoming.state != "stored":
        raise NothingThere(what="roster")
    return incoming


def take_over(uow: UnitOfWork, who: Acting, incoming_id: str, *, bot_name: str, now: datetime) -> tuple[str, Roster]:
    """Keep the new agencies, make every invitation of the list, once, and the sheet of slips; the paper ("" where
    nobody is invited) and what was taken. Running cycles keep the agencies that they were opened for.

    Raises:
        As `check`; BadInput (field `roster`, problem `mistakes`) when a row is wrong: nothing is made then.
    """
    by = by_permission(uow, who, "manage_people")
    found, filename = check(uow, who, incoming_id, now=now)
    if found.mistakes:
        raise BadInput(field="roster", problem="mistakes", value=str(len(found.mistakes)))
    uow.agencies.add(found.agencies, who.id, now)
    paper = invite_many(uow, who, found.wanted, bot_name=bot_name, now=now) if found.wanted else ""
    uow.files.redirect(incoming_id, USED, who.id)
    imported = events.RosterImported(
        people=len(found.wanted), opds=found.opds, agencies=len(found.agencies), filename=filename
    )
    tell(uow, by, now, imported)
    return paper, found
