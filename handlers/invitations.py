"""`/undang`: a link for one person, shown once; or a sheet of slips for every agency that has nobody yet."""

from typing import Any

from handlers.directory import for_agency, in_words, known_opd, known_role, managing, opd_rows, role_rows
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import inviting, people
from sop.outgoing import Attachment, Choice
from sop.people import ADMINISTRATOR
from sop.refusals import NothingThere

SUBJECT = "invite"
EVERY_AGENCY = "invite_all"
LABEL = "invite.label"
ROLES = frozenset({ADMINISTRATOR})


def start(turn: Turn) -> Next:
    """For which role."""
    managing(turn)
    turn.begin(SUBJECT)
    turn.forget_draft()
    missing = inviting.gaps(turn.uow, turn.now)
    rows = role_rows(turn, "invite.role")
    rows.append([Choice("invite.all"), Choice("people.import")])
    turn.say("people/ask_role", rows, missing=len(missing.fresh) + len(missing.invited))
    return END


def choose_role(turn: Turn) -> Next:
    """The role; an agency comes next where the role needs one."""
    return _take_role(turn, anew=False)


def choose_role_of_notice(turn: Turn) -> Next:
    """The same from a notice (nobody holds the role), which stays where it is."""
    return _take_role(turn, anew=True)


def _take_role(turn: Turn, *, anew: bool) -> Next:
    managing(turn)
    role = known_role(turn, pressed(turn).arg)
    turn.begin(SUBJECT)
    turn.draft.clear()
    turn.draft["role"] = role
    if not for_agency(turn, role):
        return _ask_label(turn, anew=anew)
    rows, facts = opd_rows(turn, "", "invite.opd", "invite.opds")
    (turn.say if anew else turn.show)("people/ask_opd", rows, **in_words(turn, role, None), **facts)
    return END


def turn_opds(turn: Turn) -> Next:
    """Another page of agencies."""
    turn.begin(SUBJECT)
    rows, facts = opd_rows(turn, pressed(turn).arg, "invite.opd", "invite.opds")
    turn.show("people/ask_opd", rows, **in_words(turn, _role(turn), None), **facts)
    return STAY


def choose_opd(turn: Turn) -> Next:
    """The agency for which the person will speak."""
    turn.begin(SUBJECT)
    _role(turn)
    turn.draft["opd"] = known_opd(turn, pressed(turn).arg).key
    return _ask_label(turn, anew=False)


def for_opd(turn: Turn) -> Next:
    """A further focal point of an agency, from its page in `/opd`."""
    managing(turn)
    opd = known_opd(turn, pressed(turn).arg)
    role = next(iter(inviting.agency_roles(turn.office.sop)), "")
    turn.begin(SUBJECT)
    turn.draft.clear()
    turn.draft |= {"role": known_role(turn, role), "opd": opd.key}
    return _ask_label(turn, anew=True)


def _role(turn: Turn) -> str:
    """The role chosen before; a button of a list that is done with finds none."""
    role = turn.draft.get("role")
    if not role:
        raise NothingThere(what="tombol")
    return str(role)


def _ask_label(turn: Turn, *, anew: bool) -> Next:
    chosen = in_words(turn, _role(turn), turn.draft.get("opd"))
    (turn.say if anew else turn.show)("people/ask_label", [[Choice("invite.skip")]], **chosen)
    return LABEL


def take_label(turn: Turn) -> Next:
    """The name as typed."""
    return _make(turn, " ".join(turn.text.split()))


def skip_label(turn: Turn) -> Next:
    """Without a name."""
    turn.begin(SUBJECT)
    return _make(turn, "")


def _make(turn: Turn, label: str) -> Next:
    role, opd = _role(turn), turn.draft.get("opd")
    code = turn.act(people.invite, role, opd, label)
    made = people.look_at_invitation(turn.uow, code, now=turn.now)
    turn.forget_draft()
    facts: dict[str, Any] = in_words(turn, role, opd) | {"label": made.label, "expires_at": made.expires_at}
    rows = [[Choice("invite.start", label_key="invite.another"), Choice("people.open")]]
    turn.say("people/invited", rows, link=inviting.link(turn.bot_name, code), **facts)
    return END


# --- every agency at once


def ask_all(turn: Turn) -> Next:
    """How many slips it would be; those who have an unused link get a new one only if wanted."""
    managing(turn)
    found = inviting.gaps(turn.uow, turn.now)
    fresh, invited = len(found.fresh), len(found.invited)
    turn.begin(EVERY_AGENCY)
    turn.draft["token"] = token = turn.uow.new_id()
    rows = []
    if fresh:
        rows.append([Choice("invite.all_yes", token, "fresh", style="success", label={"count": fresh})])
    if invited:
        count = {"count": fresh + invited}
        rows.append([Choice("invite.all_yes", token, "again", style="danger", label_key="invite.again", label=count)])
    turn.say("people/ask_all", rows, fresh=fresh, invited=invited, opds=len(turn.office.opd_list.opds))
    return STAY


def make_all(turn: Turn) -> Next:
    """All of them, once: the token of the question is used up by it."""
    turn.begin(EVERY_AGENCY)
    if not pressed(turn).id or turn.draft.get("token") != pressed(turn).id:
        raise NothingThere(what="tombol")
    again = pressed(turn).arg == "again"
    paper, count = turn.act(inviting.invite_agencies, again=again, bot_name=turn.bot_name)
    turn.forget_draft()
    turn.show("people/slips_coming", count=count)
    send_slips(turn, paper, count)
    return STAY


def send_slips(turn: Turn, paper: str, count: int) -> None:
    """The sheet, as soon as it is printed."""
    turn.say("people/slips", attachment=Attachment(paper=paper), count=count, days=turn.office.office.invitation_days)


DIALOGUE = Dialogue(
    key="invite",
    commands=(Command("undang", start, roles=ROLES),),
    buttons=(
        ButtonAction("invite.start", start, roles=ROLES),
        ButtonAction("invite.role", choose_role, roles=ROLES),
        ButtonAction("people.invite_role", choose_role_of_notice, roles=ROLES),
        ButtonAction("invite.opds", turn_opds, roles=ROLES),
        ButtonAction("invite.opd", choose_opd, roles=ROLES),
        ButtonAction("invite.for", for_opd, roles=ROLES),
        ButtonAction("invite.skip", skip_label, roles=ROLES),
        ButtonAction("invite.all", ask_all, roles=ROLES),
        ButtonAction("invite.all_yes", make_all, roles=ROLES),
    ),
    states=(State(LABEL, on_text=take_label),),
)
