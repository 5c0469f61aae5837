"""/pengaturan and /privasi: quiet hours, digest, my roles and absence; what is kept of people, and why."""

from typing import Any

from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.start import roles_in_words
from handlers.turn import Turn
from sop.actions import people
from sop.outgoing import Choice
from sop.people import Settings
from sop.quiet import parse_quiet, presets

OFFICE = "kantor"  # arg of the button that follows the office's quiet hours
SUBJECT = "settings"


def settings(turn: Turn) -> Next:
    """What is set now, and the buttons to change it."""
    rows, facts = _shown(turn)
    turn.say("settings/show", rows, **facts)
    return STAY


def _shown(turn: Turn) -> tuple[list[list[Choice]], dict[str, Any]]:
    who, chosen = turn.acting, turn.uow.people.settings(turn.acting.id)
    quiet = turn.office.office.quiet
    facts = {
        "own_quiet": bool(chosen.quiet_from),
        "quiet_from": chosen.quiet_from or quiet.default_from,
        "quiet_until": chosen.quiet_until or quiet.default_until,
        "digest": chosen.digest,
        "roles": roles_in_words(turn, who),
        "absences": _absences(turn),
    }
    digest = Choice("settings.digest", arg="0" if chosen.digest else "1", label={"digest": chosen.digest})
    rows = [[Choice("settings.quiet"), digest]]
    if who.holdings:
        rows.append([Choice("delegation.start")])
    return rows, facts


def _absences(turn: Turn) -> list[dict[str, Any]]:
    """Who stands in for this person, from when to when."""
    found = []
    for lent in turn.uow.people.delegations(turn.now):
        if lent.absent == turn.acting.id:
            substitute = turn.uow.people.get(lent.substitute, turn.now)
            found.append(
                {
                    "role": turn.office.sop.role_name(lent.role),
                    "kind": lent.kind,
                    "substitute": substitute.name if substitute else "",
                    "starts_on": lent.starts_on,
                    "ends_on": lent.ends_on,
                }
            )
    return found


def choose_quiet(turn: Turn) -> Next:
    """Offer what the office allows; other hours can be typed."""
    quiet = turn.office.office.quiet
    turn.begin(SUBJECT)
    rows = [
        [Choice("settings.hours", arg=f"{a}-{b}", label={"quiet_from": a, "quiet_until": b})] for a, b in presets(quiet)
    ]
    rows.append([Choice("settings.hours", arg=OFFICE, label_key="settings.office_hours")])
    turn.show("settings/quiet", rows, earliest=quiet.earliest_from, latest=quiet.latest_until)
    return "settings.quiet"


def set_quiet(turn: Turn) -> Next:
    """Quiet hours by button."""
    wanted = pressed(turn).arg
    _change(turn, ("", "") if wanted == OFFICE else parse_quiet(wanted))
    rows, facts = _shown(turn)
    turn.show("settings/show", rows, **facts)
    return END if turn.state == "settings.quiet" else STAY


def take_quiet(turn: Turn) -> Next:
    """Quiet hours as typed."""
    _change(turn, parse_quiet(turn.text))
    rows, facts = _shown(turn)
    turn.say("settings/show", rows, **facts)
    return END


def _change(turn: Turn, hours: tuple[str, str]) -> None:
    before = turn.uow.people.settings(turn.acting.id)
    turn.act(people.change_settings, Settings(*hours, digest=before.digest))


def set_digest(turn: Turn) -> Next:
    """One message a day, or each notice by itself."""
    before = turn.uow.people.settings(turn.acting.id)
    wanted = Settings(before.quiet_from, before.quiet_until, digest=pressed(turn).arg == "1")
    turn.act(people.change_settings, wanted)
    rows, facts = _shown(turn)
    turn.show("settings/show", rows, **facts)
    return STAY


def privacy(turn: Turn) -> Next:
    """What is kept, why, how long, and whom to ask."""
    office = turn.office.office
    turn.say("settings/privacy", office=office.name, team=office.team, contact=office.contact)
    return STAY


DIALOGUE = Dialogue(
    key="settings",
    commands=(
        Command("pengaturan", settings, aliases=("settings",)),
        Command("privasi", privacy, public=True),
    ),
    buttons=(
        ButtonAction("settings.open", settings),
        ButtonAction("settings.quiet", choose_quiet),
        ButtonAction("settings.hours", set_quiet),
        ButtonAction("settings.digest", set_digest),
    ),
    states=(State("settings.quiet", on_text=take_quiet),),
)
