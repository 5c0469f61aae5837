"""A toy office of one dialogue with two questions, and the running parts around it."""

from dataclasses import dataclass

from telegram.ext import Application, ApplicationBuilder

from bot.intake import Polling
from bot.turns import Turns
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Registry, State
from handlers.turn import Turn
from sop.events import Event
from sop.outgoing import Choice, Message, ToChat
from sop.refusals import BadInput, NothingThere
from storage.database import Database
from storage.tables.base import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesWritten(Event):
    """A toy act: somebody wrote a title and a place."""

    title: str
    place: str


def begin(turn: Turn):
    turn.begin("minutes")
    turn.say("toy/ask_title", [[Choice("toy.cancel", "minutes")]])
    return "toy.title"


def take_title(turn: Turn):
    if turn.text == "rusak":
        turn.draft["title"] = "must not be kept"
        turn.say("toy/must_not_be_said")
        raise BadInput(field="judul", problem="kosong", value=turn.text)
    if turn.text == "jebol":
        turn.say("toy/must_not_be_said")
        raise ZeroDivisionError("a programming error")
    turn.draft["title"] = turn.text
    turn.say("toy/ask_place")
    return "toy.place"


def take_place(turn: Turn):
    event = MinutesWritten(title=turn.draft["title"], place=turn.text)
    turn.uow.journal.append(event, who=str(turn.user_id), name=turn.user_name, capacity="", now=turn.now)
    turn.forget_draft()
    turn.say("toy/written", title=event.title, place=event.place)
    return END


def take_file(turn: Turn):
    turn.say("toy/file", filename=turn.upload.filename, size=turn.upload.size)
    return STAY


def cancel(turn: Turn):
    turn.show("toy/cancelled")
    return END


def withdraw_everywhere(turn: Turn):
    turn.uow.dialogues.close_for_subject("minutes")
    turn.say("toy/withdrawn")
    return STAY


def where_am_i(turn: Turn):
    turn.say("toy/here", chat=turn.chat_type, arguments=turn.arguments)
    return STAY


def members_only(turn: Turn):
    turn.say("toy/inside")
    return STAY


def refused_button(turn: Turn):
    raise NothingThere(what=turn.press.id)


def noted(name):
    def callback(turn: Turn):
        turn.uow.outbox.add(_note(turn, name))
        return STAY

    return callback


def _note(turn: Turn, name: str):
    return Message(ToChat(turn.chat_id), f"toy/{name}")


def toy(**changes) -> Registry:
    dialogue = Dialogue(
        "toy",
        commands=(
            Command("mulai", begin, public=True),
            Command("tarik", withdraw_everywhere, public=True),
            Command("di_mana", where_am_i, public=True, where="both", aliases=("lokasi",)),
            Command("dalam", members_only),
            Command("kabid", members_only, roles=frozenset({"kabid"})),
        ),
        buttons=(
            ButtonAction("toy.cancel", cancel, public=True),
            ButtonAction("toy.refused", refused_button, public=True),
            ButtonAction("toy.inside", members_only),
        ),
        states=(State("toy.title", take_title, take_file), State("toy.place", take_place)),
    )
    callbacks = {
        "unknown": noted("unknown"),
        "wrong_place": noted("wrong_place"),
        "on_edited": noted("edited"),
        "on_membership": noted("membership"),
        "on_migration": noted("migration"),
    }
    return Registry([dialogue], **(callbacks | changes))


@dataclass
class Parts:
    """What runs: everything between Telegram and the rows, without the senders."""

    database: Database
    turns: Turns
    polling: Polling
    application: Application


def assemble(database: Database, registry: Registry, clock, base_url: str, token: str, wait: int = 2) -> Parts:
    turns = Turns(database, registry, clock)
    builder = ApplicationBuilder().token(token).base_url(base_url).updater(None).job_queue(None)
    application = builder.persistence(turns.persistence()).build()
    turns.attach(application)
    return Parts(database, turns, Polling(database, application.bot, clock, turns.wake, wait=wait), application)


def fresh_tables(database: Database) -> None:
    Base.metadata.create_all(database.engine)
