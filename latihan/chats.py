"""The state of the little Telegram: who and what there is, and the ways in which it changes.

One lock guards everything; one condition, `changed`, is notified at every change, so that nobody polls.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from latihan.clock import Clock
from latihan.entities import Entity
from latihan.files import FileStore
from latihan.flood import Flood
from latihan.model import Button, Chat, Event, Markup, Message, Sighting, Tap, Toast, User
from latihan.updates import UpdateQueue
from latihan.wire import chat_json, member_json, message_json, tap_json, user_json

FIRST_PERSON = 5_000_000_001
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001

T = TypeVar("T")


class World:
    """Everything that the server and the simulated people share."""

    def __init__(self, bot: User, clock: Clock, epoch: float, enforce_flood: bool, answer_window: float) -> None:
        self.bot = bot
        self.clock = clock
        self.epoch = epoch
        self.answer_window = answer_window
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.updates = UpdateQueue(clock)
        self.files = FileStore(bot.id, clock)
        self.flood = Flood(clock, enforce_flood)
        self.commands: dict[tuple[Any, ...], list[dict[str, str]]] = {}
        self.texts: dict[str, str] = {}
        self.requests: Counter[str] = Counter()
        self.observers: list[Callable[[Event], None]] = []
        self.on_change: list[Callable[[], None]] = []
        self._shared_message_id = 1
        self._counters: Counter[str] = Counter()

    # --- time, numbers, notices

    def date(self) -> int:
        """Now, as Unix seconds, by the server's clock."""
        return int(self.epoch + self.clock())

    def number(self, what: str) -> int:
        """The next number of a kind: never random, so that runs are alike."""
        self._counters[what] += 1
        return self._counters[what]

    def notify(self) -> None:
        self.changed.notify_all()
        for wake in self.on_change:
            wake()

    def tell(
        self,
        kind: str,
        chat: Chat,
        actor: User,
        text: str = "",
        message: Message | None = None,
        button: Button | None = None,
        toast: Toast | None = None,
    ) -> None:
        """Hand an event to the observers and wake everybody who waits."""
        event = Event(kind, chat, actor, text, self.clock(), message, button, toast)
        for observe in self.observers:
            observe(event)
        self.notify()

    def wait_for(self, found: Callable[[], T], timeout: float) -> T:
        """Block until `found` returns something true, at most `timeout` real seconds; returns what it did."""
        with self.changed:
            return self.changed.wait_for(found, timeout)

    # --- people and chats

    def add_user(self, user: User) -> Chat:
        """A person and the private chat with the bot, which stays silent until Start is pressed."""
        with self.lock:
            if user.id in self.users:
                raise ValueError(f"there is a user {user.id} already")
            self.users[user.id] = user
            chat = Chat(user.id, "private", person=user)
            self.chats[chat.id] = chat
            return chat

    def add_chat(self, chat: Chat) -> Chat:
        with self.lock:
            self.chats[chat.id] = chat
            return chat

    def user_lookup(self, user_id: int) -> dict[str, Any] | None:
        user = self.users.get(user_id)
        return user_json(user) if user and (user.met or user.started) else None

    # --- messages

    def new_message(self, chat: Chat, sender: User, **fields: Any) -> Message:
        """Put a message into a chat. Supergroups number their own, all other chats share one numbering."""
        if chat.kind == "supergroup":
            number, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
        else:
            number, self._shared_message_id = self._shared_message_id, self._shared_message_id + 1
        message = Message(number, chat, sender, self.date(), **fields)
        chat.messages.append(message)
        return message

    def bot_posts(self, chat: Chat, **fields: Any) -> Message:
        """A message of the bot becomes visible."""
        message = self.new_message(chat, self.bot, **fields)
        chat.sightings.append(Sighting(message, message.text))
        self.tell("file" if message.has_media else "sent", chat, self.bot, message.text, message)
        return message

    def bot_edits(
        self, message: Message, text: str, source: str, entities: list[Entity], markup: Markup | None
    ) -> Message:
        """A message of the bot changes; how it looked before is kept in its history."""
        message.history.append(message.snapshot())
        message.text, message.source, message.entities, message.markup = text, source, entities, markup
        message.edit_date = self.date()
        message.chat.sightings.append(Sighting(message, text))
        self.tell("edited", message.chat, self.bot, text, message)
        return message

    def delete(self, message: Message) -> None:
        message.deleted = True
        self.tell("deleted", message.chat, self.bot, message.text, message)

    # --- what becomes an update

    def user_posts(self, chat: Chat, sender: User, delivered: bool, **fields: Any) -> Message:
        """A person's message; `delivered`: the bot gets to see it (privacy mode in groups)."""
        message = self.new_message(chat, sender, **fields)
        if delivered:
            sender.met = True
            self.updates.add("message", message_json(message), chat.id)
        kind = "service" if message.service else "file" if message.has_media else "said"
        self.tell(kind, chat, sender, message.text, message)
        return message

    def bot_membership(self, chat: Chat, by: User, old: str, new: str) -> None:
        """Queue my_chat_member: the bot's standing in `chat` has changed from `old` to `new`."""
        by.met = True
        body = {
            "chat": chat_json(chat),
            "from": user_json(by),
            "date": self.date(),
            "old_chat_member": member_json(self.bot, old),
            "new_chat_member": member_json(self.bot, new),
        }
        self.updates.add("my_chat_member", body, chat.id)
        self.notify()

    def tap(
        self,
        person: User,
        message: Message,
        data: str,
        button: Button | None = None,
        inaccessible: bool = False,
    ) -> Tap:
        """A pressed button. A deleted message is inaccessible to the bot; `inaccessible` makes any so."""
        number = self.number("query")
        tap = Tap(str(4_000_000_000_000_000_000 + number), person, message, data, self.clock())
        self.taps[tap.query_id] = tap
        person.met = True
        accessible = not (inaccessible or message.deleted)
        instance = str(7_000_000_000_000 + abs(message.chat.id))
        self.updates.add("callback_query", tap_json(tap, instance, accessible), ("person", person.id))
        self.tell("tapped", message.chat, person, button.text if button else data, message, button)
        return tap

    def answer_tap(self, tap: Tap, toast: Toast) -> None:
        tap.answer = toast
        self.tell("toast", tap.message.chat, self.bot, toast.text, tap.message, toast=toast)

    def find_topic(self, chat: Chat, thread_id: int | None) -> bool:
        """Whether a message may carry this thread id: only real topics, and never General's id 1."""
        return thread_id is None or (chat.forum and thread_id in chat.topics)
