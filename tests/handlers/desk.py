"""A desk to try callbacks at: a database in memory, updates made by hand, and everything said, rendered.

No network and no process: the outbox is read, each row is put into words as the sender would.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from sqlalchemy import select
from telegram import Bot, Update

from bot.keyboard import keyboard
from bot.settings import PROJECT
from bot.wording import Wording
from handlers import any_step, everyone
from handlers.cards import stale_or_closed
from handlers.claims import ButtonPressed, CommandGiven, Happened, QuestionAnswered, perform, refuse
from handlers.everyone import command_name
from handlers.registry import STAY, Registry
from handlers.turn import Turn
from sop.outgoing import Choice
from sop.refusals import Refused
from storage.database import Database
from storage.frozen import thaw
from storage.office import load_bundle
from storage.tables.everything import metadata
from storage.tables.queues import OutboxRow
from tests.latihan.tdlib import parse_html
from tests.offices import DIALOGUES

TEMPLATES = PROJECT / "templates"
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Selasa, 24 November 2026 pukul 08.00 WIB
GROUP = -100200300


@cache
def office():
    return load_bundle(PROJECT / "office", dialogues=DIALOGUES, templates_dir=TEMPLATES)


@cache
def plain_office():
    """The office with every step in the plain dialogue, every clock starting at once, and nothing to be reported."""
    plain = {"dialogue": "plain", "clock": "on_opening", "begin_within": None, "acknowledged_by": ""}
    steps = tuple(s.model_copy(update=plain) for s in office().sop.steps)
    return office().model_copy(update={"sop": office().sop.model_copy(update={"steps": steps})})


@cache
def bot() -> Bot:
    bot = Bot("123456789:" + "A" * 35)
    bot._bot_user = Update.de_json(
        {
            "update_id": 1,
            "message": {
                "message_id": 1,
                "date": 0,
                "chat": {"id": 1, "type": "private"},
                "from": {"id": 123456789, "is_bot": True, "first_name": "Monev", "username": "monev_spbe_bot"},
            },
        },
        None,
    ).effective_user
    return bot


@dataclass
class Said:
    """A thing said: rendered words, labels and choices; *kind* as in the outbox."""

    kind: str
    template: str
    words: str
    labels: list[str]
    choices: list[Choice]
    to: str
    attachment: dict = field(default_factory=dict)


def loose_upload(turn: Turn):
    turn.say("file_stored", filename=turn.upload.filename, size=1, at=turn.now, purpose="evidence")
    return STAY


@cache
def worded(names: frozenset) -> Wording:
    """The words of an office; read and compiled once for all its desks."""
    return Wording(TEMPLATES, dict(names))


class Desk:
    """The registry of the general dialogues, and people who write to it."""

    def __init__(self, bundle=None, content=None) -> None:
        self.office = bundle or plain_office()
        self.database = Database("sqlite://", office=self.office, content=content)
        metadata.create_all(self.database.engine)
        known: list[Registry] = []
        general = everyone.make(lambda: known[0], on_loose_upload=loose_upload)
        self.registry = Registry(
            (*general.dialogues, any_step.DIALOGUE),
            unknown=general.unknown,
            wrong_place=general.wrong_place,
            on_edited=general.on_edited,
        )
        known.append(self.registry)
        self.wording = worded(frozenset(self.office.names.items()))
        self.now = MORNING
        self._numbers = count(1)

    # --- people

    def member(self, telegram_id: int, name: str, role: str, opd: str | None = None) -> str:
        def work(uow):
            person = uow.people.join(telegram_id, name, self.now)
            uow.people.hold(person.id, role, opd, "", self.now)
            return person.id

        return self.database.call(work)

    def look(self, work):
        return self.database.call(work)

    def passes(self, **amount) -> None:
        self.now += timedelta(**amount)

    # --- what they do

    def says(self, who: int, text: str, *, chat: int | None = None, **more) -> list[Said]:
        message = self._message(who, chat) | {"text": text} | more
        return self._handle({"message": message}, self._claim(who, text, message))

    def sends(self, who: int, filename: str = "sk.pdf") -> list[Said]:
        document = {"file_id": "f1", "file_unique_id": "u1", "file_name": filename, "file_size": 100}
        message = self._message(who, None) | {"document": document}
        return self._handle({"message": message}, self._claim(who, "", message))

    def edits(self, who: int, text: str) -> list[Said]:
        return self._handle({"edited_message": self._message(who, None) | {"text": text, "edit_date": 1}}, "edited")

    def taps(self, who: int, data: str | Choice) -> list[Said]:
        if isinstance(data, Choice):
            data = f"{data.action}:{data.id}:{data.arg}"
        action = data.partition(":")[0]
        message = self._message(123456789, who) | {"text": "kartu"}
        query = {"id": "1", "from": self._user(who), "chat_instance": "1", "data": data, "message": message}
        return self._handle({"callback_query": query}, ButtonPressed(self.registry.actions().get(action)))

    def _claim(self, who: int, text: str, message):
        if text.startswith("/"):
            name = command_name(text)
            found = next((c for c in self.registry.commands() if name in (c.name, *c.aliases)), None)
            if found:
                return CommandGiven(found)
            return Happened(self.registry.unknown)
        opened = self.look(lambda uow: uow.dialogues.open(who, who))
        state = self.registry.states().get(opened[0]) if opened else None
        fits = state and (state.on_upload if "document" in message else state.on_text)
        return QuestionAnswered() if fits else Happened(self.registry.unknown)

    def _user(self, who: int):
        return {"id": who, "is_bot": False, "first_name": f"Orang {who}"}

    def _message(self, who: int, chat: int | None):
        where = chat or who
        kind = {"id": where, "type": "private"} if where > 0 else {"id": where, "type": "supergroup", "title": "Tim"}
        number = next(self._numbers)
        return {"message_id": number, "date": int(self.now.timestamp()), "chat": kind, "from": self._user(who)}

    def _handle(self, payload, claim) -> list[Said]:
        if claim == "edited":
            claim = Happened(self.registry.on_edited)
        update = Update.de_json({"update_id": next(self._numbers), **payload}, bot())

        def work(uow):
            try:
                with uow.savepoint():
                    perform(Turn(uow, update, self.now), claim, self.registry)
            except Refused as refusal:
                refuse(Turn(uow, update, self.now), refusal, late=False)

        self.look(work)
        return self.heard()

    # --- what is said

    def heard(self) -> list[Said]:
        """Everything in the outbox that has not been looked at; it counts as sent from then on."""

        def work(uow):
            waiting = select(OutboxRow).where(OutboxRow.state == "pending").order_by(OutboxRow.id)
            rows = uow.session.scalars(waiting).all()
            for row in rows:
                row.state = "sent"
            return [s for s in (self._put(uow, row) for row in rows) if s is not None]

        return self.look(work)

    def _put(self, uow, row) -> Said | None:
        if row.kind == "menu" or (row.kind == "toast" and not row.template):
            return None
        if row.kind == "card":
            return self._card(uow, row)
        params = thaw(row.params)
        words = self.wording.toast(row.template, params) if row.kind == "toast" else ""
        words = words or self.wording.message(row.template, params)
        choices = [Choice(**thaw(c)) for line in row.choices for c in line]
        to = row.person or row.purpose or str(row.chat)
        return self._said(row.kind, row.template, words, choices, to, row.attachment)

    def _card(self, uow, row) -> Said | None:
        who = uow.people.get(row.person, self.now)
        cycle = uow.cycles.of_task(row.task)
        task = cycle.task(row.task)
        view = stale_or_closed(uow, cycle, task, who, self.now)
        builder = self.registry.card(cycle.step_of(task).dialogue)
        if view is None:
            if builder is None:
                return None
            view = builder(uow, row.task, who, self.now)
        words = self.wording.message(view.template, view.params)
        return self._said("card", view.template, words, [c for line in view.choices for c in line], row.person, {})

    def _said(self, kind, template, words, choices, to, attachment) -> Said:
        assert len(words) <= 4096, template
        assert not isinstance(parse_html(words), str), f"{template}: {parse_html(words)}"
        known = {*self.registry.actions(), "delegation.start", "people.invite_role", "people.roster"}
        assert all(c.url or c.action in known for c in choices), [c.action for c in choices]
        made = [c for c in choices if c.url or c.action in self.registry.actions()]
        keyboard(tuple((c,) for c in made), self.wording, "https://t.me/monev_spbe_bot")
        labels = [self.wording.label(c) for c in made]
        return Said(kind, template, words, labels, choices, to, dict(attachment or {}))
