"""`/opd`: every agency with its focal points; and many people at once, from a spreadsheet."""

from collections import Counter
from typing import Any

from handlers.directory import KEY, described, known_opd, managing
from handlers.invitations import send_slips
from handlers.lists import page_of, pressed, turning
from handlers.members import ROLES
from handlers.registry import END, STAY, ButtonAction, Command, Next, State
from handlers.turn import Turn
from sop.actions import rosters
from sop.actions.sent_files import SentFile
from sop.outgoing import Attachment, Choice
from sop.people import Acting
from sop.refusals import BadInput
from sop.roster import Roster

IMPORT = "people.import"
SHOWN_MISTAKES, SHOWN_AGENCIES = 8, 6
Rows = list[list[Choice]]


def overview(turn: Turn) -> Next:
    """`/opd`: how many focal points each agency has."""
    managing(turn)
    members = turn.uow.people.members(turn.now)
    count = Counter(h.opd for m in members for h in m.holdings if h.opd)
    opds = turn.office.opd_list.opds
    page = page_of(opds, pressed(turn).arg)
    rows: Rows = [
        [Choice("people.opd", o.key[:KEY], label={"name": o.short, "count": count[o.key]})] for o in page.items
    ]
    rows += turning(page, "people.opds")
    rows.append([Choice("people.import"), Choice("invite.all")])
    empty = sum(1 for o in opds if not count[o.key])
    (turn.show if pressed(turn).arg else turn.say)("people/opds", rows, empty=empty, **page.facts)
    return STAY if pressed(turn).arg else END


def one(turn: Turn) -> Next:
    """One agency: who speaks for it, and who has been invited."""
    managing(turn)
    opd = known_opd(turn, pressed(turn).id)
    people: list[Acting] = [m for m in turn.uow.people.members(turn.now) if any(h.opd == opd.key for h in m.holdings)]
    unused = [i for i in turn.uow.people.unanswered() if i.opd == opd.key]
    rows: Rows = [[Choice("people.person", m.id, label={"name": m.name, "opds": []})] for m in people[:6]]
    rows += [[Choice("invite.for", arg=opd.key[:KEY], style="primary")], [Choice("people.opds", arg="0")]]
    turn.show(
        "people/opd",
        rows,
        opd=opd.name,
        head=opd.head,
        key=opd.key,
        people=[described(turn, m) for m in people[:6]],
        more=max(0, len(people) - 6),
        unused=[{"label": i.label, "expires_at": i.expires_at} for i in unused[:4]],
    )
    return STAY


# --- many at once


def ask_file(turn: Turn) -> Next:
    """The form, and the question for the filled one."""
    sha256, filename = turn.act(rosters.form)
    turn.say("people/ask_file", attachment=Attachment(filename, sha256), opds=len(turn.office.opd_list.opds))
    return IMPORT


def take_file(turn: Turn) -> Next:
    """The list; it is fetched first, then checked."""
    upload = turn.upload
    if upload is None or upload.kind != "document":
        raise BadInput(field="roster", problem="format")
    sent = SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id)
    turn.act(rosters.expect, sent)
    turn.say("people/file_coming", filename=upload.filename)
    return END


def check(turn: Turn) -> Next:
    """All rows at once: what would be made, or what is wrong where."""
    found, filename = turn.act(rosters.check, pressed(turn).id)
    if found.mistakes:
        _say_mistakes(turn, found, filename)
        return STAY
    rows: Rows = [
        [Choice("people.import_yes", pressed(turn).id, style="success", label=_what(found))],
        [Choice("people.import", label_key="people.import_other")],
    ]
    turn.say("people/import_summary", rows, filename=filename, opds=found.opds, **_summary(turn, found))
    return STAY


def _what(found: Roster) -> dict[str, int]:
    return {"count": len(found.wanted), "agencies": len(found.agencies)}


def _say_mistakes(turn: Turn, found: Roster, filename: str) -> None:
    rows: Rows = [[Choice("people.import", label_key="people.import_again", style="primary")]]
    shown = [
        {"row": m.row, "problem": m.problem, "value": m.value, "table": m.table}
        for m in found.mistakes[:SHOWN_MISTAKES]
    ]
    more = len(found.mistakes) - len(shown)
    turn.say("people/import_mistakes", rows, filename=filename, mistakes=shown, more=more)


def _summary(turn: Turn, found: Roster) -> dict[str, Any]:
    """How many by role; and who of them stands in the roster under this name already."""
    by_role = Counter(w.role for w in found.wanted)
    here = {(h.role, h.opd, m.name.casefold()) for m in turn.uow.people.members(turn.now) for h in m.holdings}
    known = [w.label for w in found.wanted if (w.role, w.opd, w.label.casefold()) in here]
    return {
        "total": len(found.wanted),
        "agencies": [{"name": o.name, "head": o.head} for o in found.agencies[:SHOWN_AGENCIES]],
        "agency_count": len(found.agencies),
        "roles": [{"role": turn.office.sop.role_name(role), "count": n} for role, n in by_role.items()],
        "known": known[:4],
        "known_count": len(known),
    }


def take_over(turn: Turn) -> Next:
    """The new agencies, all invitations of the list, and their slips."""
    paper, taken = turn.act(rosters.take_over, pressed(turn).id, bot_name=turn.bot_name)
    if taken.agencies:
        turn.show("people/agencies_added", [[Choice("people.opds")]], **_what(taken))
    else:
        turn.show("people/slips_coming", count=len(taken.wanted))
    if paper:
        send_slips(turn, paper, len(taken.wanted))
    return STAY


BUTTONS = (
    ButtonAction("people.opds", overview, roles=ROLES),
    ButtonAction("people.opd", one, roles=ROLES),
    ButtonAction("people.import", ask_file, roles=ROLES),
    ButtonAction("people.import_check", check, roles=ROLES),
    ButtonAction("people.import_yes", take_over, roles=ROLES),
)
COMMANDS = (Command("opd", overview, roles=ROLES),)
STATES = (State(IMPORT, on_upload=take_file),)
