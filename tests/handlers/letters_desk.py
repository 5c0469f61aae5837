"""An office without Telegram: real rows, rules and callbacks; a test presses buttons and reads what would be said."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import select
from telegram import Update

from bot.settings import PROJECT
from bot.wording import Wording
from handlers.claims import ButtonPressed, CommandGiven, QuestionAnswered, perform, refuse
from handlers.registry import Registry
from handlers.turn import Turn
from sop.outgoing import Choice
from sop.people import Acting
from sop.refusals import Refused
from storage.database import Database
from storage.frozen import thaw
from storage.office import load_bundle
from storage.tables.base import Base
from storage.tables.queues import OutboxRow
from tests.handlers.desk import bot
from tests.latihan.tdlib import parse_html
from tests.offices import DIALOGUES

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Selasa, 24 November 2026 pukul 08.00 WIB


@cache
def bundle():
    return load_bundle(PROJECT / "office", dialogues=DIALOGUES, templates_dir=PROJECT / "templates")


@cache
def wording() -> Wording:
    return Wording(PROJECT / "templates", bundle().names)


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it would be sent, in words when the template is there."""

    template: str
    params: dict
    choices: list[Choice]
    person: str
    attachment: dict
    edit: int | None

    @property
    def words(self) -> str:
        return wording().message(self.template, self.params)

    @property
    def labels(self) -> list[str]:
        return [wording().label(c) for c in self.choices]

    def button(self, action: str, arg: str | None = None) -> Choice:
        return next(c for c in self.choices if c.action == action and arg in (None, c.arg))


@dataclass
class Desk:
    """The office, the clock, and the updates that people cause."""

    registry: Registry
    now: datetime = MORNING
    own: tuple[str, ...] = ()  # beginnings of template names whose words and labels must be there
    database: Database = field(init=False)
    _updates: int = 0
    _seen: int = 0

    def __post_init__(self) -> None:
        self.database = self.new_database()
        Base.metadata.create_all(self.database.engine)
        self._telegram = bot()

    def new_database(self) -> Database:
        """One in memory, without tables."""
        return Database("sqlite://", office=bundle())

    def look(self, work):
        return self.database.call(work)

    def member(self, name: str, role: str, opd: str | None = None, telegram_id: int = 0) -> Acting:
        number = telegram_id or 1000 + sum(map(ord, name))

        def join(uow):
            person = uow.people.join(number, name, self.now)
            uow.people.hold(person.id, role, opd, "test", self.now)
            return uow.people.get(person.id, self.now)

        return self.look(join)

    def passes(self, **amount) -> None:
        self.now += timedelta(**amount)

    # --- what people do

    def presses(self, who: Acting, choice: Choice) -> list[Said]:
        self._updates += 1
        message = {**self._message(who), "text": "kartu", "from": {"id": 123456789, "is_bot": True, "first_name": "M"}}
        query = {
            "id": str(self._updates),
            "from": self._user(who),
            "chat_instance": "1",
            "message": message,
            "data": f"{choice.action}:{choice.id}:{choice.arg}",
        }
        button = self.registry.actions().get(choice.action)
        return self._run({"update_id": self._updates, "callback_query": query}, ButtonPressed(button))

    def commands(self, who: Acting, name: str) -> list[Said]:
        command = next(c for c in self.registry.commands() if c.name == name)
        return self._run(self._written(who, text=f"/{name}"), CommandGiven(command))

    def says(self, who: Acting, text: str) -> list[Said]:
        return self._run(self._written(who, text=text), QuestionAnswered())

    def sends(self, who: Acting, filename: str, mime="application/pdf", size=1000, album: str = "") -> list[Said]:
        document = {"file_id": f"f{self._updates}", "file_unique_id": f"u{self._updates}", "file_name": filename}
        document |= {"mime_type": mime, "file_size": size}
        extra = {"media_group_id": album} if album else {}
        return self._run(self._written(who, document=document, **extra), QuestionAnswered())

    def _written(self, who: Acting, **content) -> dict:
        self._updates += 1
        return {"update_id": self._updates, "message": {**self._message(who), "from": self._user(who), **content}}

    def _message(self, who: Acting) -> dict:
        chat = {"id": who.person.telegram_id, "type": "private"}
        return {"message_id": 100 + self._updates, "date": int(self.now.timestamp()), "chat": chat}

    def _user(self, who: Acting) -> dict:
        return {"id": who.person.telegram_id, "is_bot": False, "first_name": who.name}

    def _run(self, raw: dict, claim) -> list[Said]:
        self.said()

        def turn(uow):
            update = Update.de_json(raw, self._telegram)
            try:
                with uow.savepoint():
                    perform(Turn(uow, update, self.now), claim, self.registry)
            except Refused as refusal:
                refuse(Turn(uow, update, self.now), refusal, late=False)

        self.look(turn)
        return self.said()

    # --- what is said

    def said(self) -> list[Said]:
        """What has come into the outbox since the last look; words of cards and menus are not in it.

        Everything of the slice's own is put into words here, so that no template or label lacks anything.
        """

        def read(uow):
            rows = uow.session.scalars(select(OutboxRow).where(OutboxRow.id > self._seen).order_by(OutboxRow.id)).all()
            self._seen = max([self._seen, *(r.id for r in rows)])
            return [
                Said(
                    r.template,
                    thaw(r.params),
                    [Choice(**thaw(c)) for line in r.choices for c in line],
                    r.person,
                    r.attachment,
                    r.edit,
                )
                for r in rows
                if r.kind in ("message", "toast") and r.template
            ]

        found = self.look(read)
        for said in found:
            if said.template.startswith(self.own) and self.own:
                parse_html(said.words)
                assert all(said.labels) or not said.labels
        return found


def answer(said: list[Said], template: str) -> Said:
    """The message of this template; an error that names what was said instead."""
    found = [s for s in said if s.template == template]
    assert found, f"no {template}; said: {[(s.template, s.params) for s in said]}"
    return found[-1]
