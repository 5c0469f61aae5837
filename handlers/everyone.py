"""For everybody: help, ending a question, and what belongs to no command, button or open question."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from handlers import documents, groups, settings, start, status, tasks, verification
from handlers.access import RegistryProvider, commands_for, common_for, special_for
from handlers.registry import END, STAY, ButtonAction, Callback, Command, Dialogue, Next
from handlers.start import CONTINUE, roles_in_words
from handlers.steps import plain
from handlers.tasks import Resume
from handlers.turn import Turn
from sop.outgoing import Choice


@dataclass(frozen=True, slots=True)
class General:
    """What belongs to no step of its own, and what answers outside of commands, buttons and questions."""

    dialogues: tuple[Dialogue, ...]
    unknown: Callback
    wrong_place: Callback
    on_edited: Callback


def make(registry: RegistryProvider, *, on_loose_upload: Callback, resume: Resume | None = None) -> General:
    """All of it. *registry* is asked when somebody writes, not before: the table is not complete yet.

    *on_loose_upload* takes a file that came without a question, from somebody who speaks for an agency. *resume*:
    how to go on with drafts that belong to no task (`handlers.tasks.Resume`).
    """
    dialogues = (
        start.make_dialogue(registry),
        tasks.make_dialogue(resume or {}),
        status.DIALOGUE,
        documents.DIALOGUE,
        verification.DIALOGUE,
        _help(registry),
        settings.DIALOGUE,
        plain.DIALOGUE,
    )
    return General(dialogues, _make_unknown(registry, on_loose_upload), wrong_place, on_edited)


def _help(registry: RegistryProvider) -> Dialogue:
    def help_(turn: Turn) -> Next:
        if turn.who is None or not turn.who.roles:
            names = [c.name for c in commands_for(registry(), None)]
            office = turn.office.office
            turn.say("help/stranger", commands=names, city=office.city, team=office.team)
            return STAY
        special = [c.name for c in special_for(registry(), turn.who.roles)]
        common = [c.name for c in common_for(registry(), turn.who.roles)]
        rest = [[Choice("help.common"), Choice("tasks.mine")]] if special else [[Choice("tasks.mine")]]
        facts: dict[str, Any] = {"roles": roles_in_words(turn, turn.who), "contact": turn.office.office.contact}
        turn.say("help/member", rest, commands=special or common, special=bool(special), **facts)
        return STAY

    def common_commands(turn: Turn) -> Next:
        names = [c.name for c in common_for(registry(), turn.acting.roles)]
        turn.show("help/common", [[Choice("help.open", label_key="help.back"), Choice("tasks.mine")]], commands=names)
        return STAY

    return Dialogue(
        key="help",
        commands=(
            Command("bantuan", help_, aliases=("help",), public=True),
            Command("batal", cancel, aliases=("cancel",), public=True),
        ),
        buttons=(ButtonAction("help.open", help_), ButtonAction("help.common", common_commands)),
    )


def cancel(turn: Turn) -> Next:
    """End the open question; what was typed before stays until its task is done."""
    rows = [[Choice("tasks.mine")]] if turn.who is not None else []
    if not turn.state:
        turn.say("cancel/nothing_open", rows)
        return STAY
    turn.say("cancel/ended", rows, kept=bool(turn.draft))
    return END


def _make_unknown(registry: RegistryProvider, on_loose_upload: Callback) -> Callback:
    def unknown(turn: Turn) -> Next:
        """A private message that nobody claimed."""
        if turn.who is None or not turn.who.roles:
            office = turn.office.office
            turn.say("start/stranger", city=office.city, team=office.team)
            return STAY
        if turn.upload is not None and _speaks_for_agency(turn):
            return on_loose_upload(turn)
        rows = [[Choice("tasks.mine", style="primary"), Choice("help.open")]]
        if turn.state:
            turn.say("unknown/question_open", upload=turn.upload is not None)
        elif turn.upload is not None:
            turn.say("unknown/upload", rows, filename=turn.upload.filename)
        elif turn.text.startswith("/"):
            turn.say("unknown/command", rows, **_guess(turn, registry))
        else:
            turn.say("unknown/text", rows, words=bool(turn.text))
        return STAY

    return unknown


def _speaks_for_agency(turn: Turn) -> bool:
    actors = turn.office.sop.actors
    return any(role in actors and actors[role].one_of for role in turn.acting.roles)


def command_name(text: str) -> str:
    """The command in a message, without slash, bot and arguments."""
    return text.split(maxsplit=1)[0].removeprefix("/").partition("@")[0].lower() if text.split() else ""


def _guess(turn: Turn, registry: RegistryProvider) -> dict[str, Any]:
    known = [n for c in commands_for(registry(), turn.acting.roles) for n in (c.name, *c.aliases)]
    written = command_name(turn.text)
    return {"written": written[:40], "guess": next(iter(get_close_matches(written, known, 1, 0.6)), "")}


def wrong_place(turn: Turn) -> Next:
    """A private command in a group, where no dialogue happens, or a group command in private."""
    name = command_name(turn.text)
    if name == "start" and not turn.private:
        return groups.started(turn)
    if turn.private:
        turn.say("unknown/in_private", command=name)
    else:
        turn.say("unknown/in_group", [[Choice("everyone.private", url=f"?start={CONTINUE}{name}")]], command=name)
    return STAY


def on_edited(turn: Turn) -> Next:
    """A message was changed after sending: what was read is what had been sent."""
    if turn.who is not None:
        turn.say("unknown/edited", question_open=bool(turn.state))
    return STAY
