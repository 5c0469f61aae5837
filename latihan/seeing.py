"""What a person sees, and waits for; and the buttons in sight."""

from __future__ import annotations

from collections.abc import Callable

from latihan.chats import World
from latihan.model import Button, Chat, Message, Toast, User
from latihan.profile import menu_for


class NotSeen(AssertionError):
    """What was waited for did not become visible; the text lists what was."""


class Onlooker:
    """Somebody with a private chat with the bot, who reads it.

    `sees` reads on from a cursor: it finds the first message or edit of the bot, newer than the cursor, that
    contains the words, and moves the cursor just behind it. What it skipped over is not looked at again,
    unless `after` sets the cursor back. `chat` and `last` do not care about the cursor.
    """

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.private = chat
        self._cursor = 0
        self._toast_cursor = 0

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.full_name

    @property
    def chat(self) -> list[Message]:
        """The private chat, both sides, in order, without what was deleted."""
        with self.world.lock:
            return [m for m in self.private.messages if not m.deleted]

    @property
    def last(self) -> Message:
        """The newest message of the bot; raises NotSeen if there is none."""
        from_bot = [m for m in self.chat if m.from_bot]
        if not from_bot:
            raise NotSeen(f"{self.name}: the bot has not written yet")
        return from_bot[-1]

    @property
    def commands(self) -> list[dict[str, str]]:
        """The command menu that this person's app shows."""
        with self.world.lock:
            return menu_for(self.world, self.user)

    @property
    def toasts(self) -> list[Toast]:
        """Answers to the person's taps, in the order of the taps."""
        with self.world.lock:
            return [t.answer for t in self.world.taps.values() if t.person is self.user and t.answer]

    def sees(self, text: str, timeout: float = 10.0, after: Message | None = None) -> Message:
        """Wait up to `timeout` real seconds for the words in a message or edit; cursor: see the class."""
        if after is not None:
            with self.world.lock:
                self._cursor = 1 + max(
                    (n for n, s in enumerate(self.private.sightings) if s.message is after), default=-1
                )
        begin = self._cursor
        return self._sees(lambda words: text in words, f"“{text}”", begin, timeout)

    def _sees(self, fits: Callable[[str], bool], what: str, begin: int, timeout: float) -> Message:
        def found() -> tuple[int, Message] | None:
            for number, sighting in enumerate(self.private.sightings[begin:], begin):
                if fits(sighting.text) and not sighting.message.deleted:
                    return number, sighting.message
            return None

        result = self.world.wait_for(found, timeout)
        if result is None:
            with self.world.lock:
                seen = [s.text for s in self.private.sightings[begin:]]
            raise NotSeen(f"{self.name} does not see {what}. New since the last sight: {seen}")
        number, message = result
        self._cursor = number + 1
        return message

    def sees_file(self, name: str, timeout: float = 10.0) -> Message:
        """Wait for a document of the bot whose name contains `name`, anywhere in the chat, newest first."""

        def found() -> Message | None:
            documents = [m for m in reversed(self.private.messages) if m.from_bot and m.document and not m.deleted]
            return next((m for m in documents if m.document and name in (m.document.name or "")), None)

        message = self.world.wait_for(found, timeout)
        if message is None:
            names = [m.document.name for m in self.chat if m.from_bot and m.document]
            raise NotSeen(f"{self.name} does not see a file “{name}”. Files: {names}")
        return message

    def sees_toast(self, text: str = "", timeout: float = 10.0) -> Toast:
        """Wait for an answer to a tap that contains `text`, newer than the last one found here."""

        def found() -> tuple[int, Toast] | None:
            for number, toast in enumerate(self.toasts[self._toast_cursor :], self._toast_cursor):
                if text in toast.text:
                    return number, toast
            return None

        result = self.world.wait_for(found, timeout)
        if result is None:
            raise NotSeen(f"{self.name} does not see a toast “{text}”. Toasts: {self.toasts}")
        self._toast_cursor = result[0] + 1
        return result[1]

    def catches_up(self) -> None:
        """Move the cursor behind everything seen so far."""
        with self.world.lock:
            self._cursor = len(self.private.sightings)


def find_button(chat: Chat, wanted: str, message: Message | None) -> tuple[Message, Button] | None:
    messages = [message] if message else [m for m in reversed(chat.messages) if not m.deleted]
    for candidate in messages:
        for button in candidate.all_buttons():
            if wanted in button.text or wanted == button.data:
                return candidate, button
    return None


def changes_keyboard(message: Message) -> bool:
    return not message.deleted and message.markup is not None and message.markup.kind in ("reply", "remove")


def visible_buttons(chat: Chat) -> list[str]:
    return [f"{b.text} [{b.data or b.url}]" for m in chat.messages if not m.deleted for b in m.all_buttons()]
