"""People and groups that a test or the rehearsal plays. Everything is synchronous and safe across threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from latihan.autolinks import found_entities
from latihan.chats import World
from latihan.model import Button, Chat, Message, Tap, Toast, User
from latihan.profile import menu_for

if TYPE_CHECKING:
    from latihan.groups import Group


class NotSeen(AssertionError):
    """What was waited for did not become visible; the text lists what was."""


class Person:
    """A person with a private chat with the bot.

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

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    # --- what the person does

    def start(self, payload: str = "") -> Message:
        """Press Start (again), by hand or through a deep link; it also unblocks the bot."""
        with self.world.lock:
            if self.user.blocked_bot:
                self.unblocks_bot()
            self.user.started = True
            return self.says(f"/start {payload}".strip())

    def opens(self, url: str) -> Message:
        """Follow ``https://t.me/<bot>?start=payload``; raises ValueError for any other link."""
        parts = urlsplit(url)
        here = parts.hostname in ("t.me", "telegram.me") and parts.path.strip("/") == self.world.bot.username
        if not here:
            raise ValueError(f"not a link to this bot: {url}")
        return self.start(parse_qs(parts.query).get("start", [""])[0])

    def says(self, text: str, reply_to: Message | None = None) -> Message:
        """Write to the bot. Anybody can write; the first message counts as Start."""
        with self.world.lock:
            self.user.started = True
            return self._posts(text=text, source=text, entities=found_entities(text, []), reply_to=reply_to)

    def sends(
        self,
        filename: str,
        data: bytes,
        caption: str | None = None,
        mime: str | None = None,
        media_group_id: str | None = None,
        claimed_size: int | None = None,
    ) -> Message:
        """Send a file. `claimed_size`: bytes that Telegram tells, whatever `data` holds."""
        with self.world.lock:
            stored = self.world.files.document(filename, data, mime, claimed_size)
            words = caption or ""
            return self._posts(
                document=stored,
                text=words,
                source=words,
                entities=found_entities(words, []),
                media_group_id=media_group_id,
            )

    def sends_album(self, files: Sequence[tuple[str, bytes]], caption: str | None = None) -> list[Message]:
        """Several files as one album: a message each, one media_group_id, the caption on the first."""
        with self.world.lock:
            group = str(13_500_000_000_000_000 + self.world.number("album"))
            return [
                self.sends(name, data, caption if number == 0 else None, media_group_id=group)
                for number, (name, data) in enumerate(files)
            ]

    def sends_photo(self, data: bytes, caption: str | None = None) -> Message:
        """Send a picture "as photo": several sizes, no name."""
        with self.world.lock:
            words = caption or ""
            return self._posts(photo=self.world.files.photo(data), text=words, source=words)

    def shares_contact(
        self, phone_number: str, first_name: str | None = None, user_id: int | None = None
    ) -> Message:
        """Share a contact card: the own one, or with a name another's, whose `user_id` may be unknown."""
        own = first_name is None
        card: dict[str, Any] = {
            "phone_number": phone_number,
            "first_name": first_name or self.user.first_name,
        }
        number = self.id if own else user_id
        if number is not None:
            card["user_id"] = number
        with self.world.lock:
            return self._posts(contact=card)

    def _posts(self, **fields: Any) -> Message:
        return self.world.user_posts(self.private, self.user, delivered=True, **fields)

    # --- taps

    def taps(self, label_or_data: str, message: Message | None = None, timeout: float = 5.0) -> Tap | Message:
        """Tap the button whose text contains the label (or whose data is equal), the newest one.

        Waits for such a button up to `timeout` real seconds. A button with a deep link of this bot presses
        Start with its payload. Raises NotSeen with the visible buttons.
        """
        found = self.world.wait_for(lambda: _find_button(self.private, label_or_data, message), timeout)
        if not found:
            raise NotSeen(
                f"{self.name}: no button “{label_or_data}”. Visible: {_visible_buttons(self.private)}"
            )
        return self._press(*found)

    def taps_data(
        self, callback_data: str, message: Message | None = None, inaccessible: bool = False
    ) -> Tap:
        """Send raw callback data, also forged, from `message` or the bot's newest one."""
        with self.world.lock:
            from_bot = [m for m in self.private.messages if m.from_bot]
            target = message or (from_bot[-1] if from_bot else None)
            if target is None:
                raise NotSeen(f"{self.name}: the bot has not written anything to tap")
            return self.world.tap(self.user, target, callback_data, inaccessible=inaccessible)

    def _press(self, message: Message, button: Button) -> Tap | Message:
        if button.url is not None:
            return self.opens(button.url)
        if button.data is None:
            raise ValueError(f"the button “{button.text}” opens something outside the chat")
        with self.world.lock:
            return self.world.tap(self.user, message, button.data, button)

    def taps_in(
        self, group: Group, label_or_data: str, message: Message | None = None, timeout: float = 5.0
    ) -> Any:
        """Tap a button in a group, like `taps`."""
        found = self.world.wait_for(lambda: _find_button(group.chat, label_or_data, message), timeout)
        if not found:
            raise NotSeen(
                f"{group.title}: no button “{label_or_data}”. Visible: {_visible_buttons(group.chat)}"
            )
        return self._press(*found)

    def says_in(
        self, group: Group, text: str, thread: int | None = None, reply_to: Message | None = None
    ) -> Message:
        """Write in a group; whether the bot gets it is up to privacy mode."""
        return group.hears(self, text, thread, reply_to)

    # --- standing with the bot

    def blocks_bot(self) -> None:
        """Block the bot: it learns by my_chat_member, and may not write any more."""
        with self.world.lock:
            self.user.blocked_bot = True
            self.world.bot_membership(self.private, self.user, "member", "kicked")

    def unblocks_bot(self) -> None:
        with self.world.lock:
            self.user.blocked_bot = False
            self.world.bot_membership(self.private, self.user, "kicked", "member")

    def deletes_account(self) -> None:
        with self.world.lock:
            self.user.deactivated = True

    # --- what the person sees

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
            documents = [
                m for m in reversed(self.private.messages) if m.from_bot and m.document and not m.deleted
            ]
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


def _find_button(chat: Chat, wanted: str, message: Message | None) -> tuple[Message, Button] | None:
    messages = [message] if message else [m for m in reversed(chat.messages) if not m.deleted]
    for candidate in messages:
        for button in candidate.all_buttons():
            if wanted in button.text or wanted == button.data:
                return candidate, button
    return None


def _visible_buttons(chat: Chat) -> list[str]:
    return [f"{b.text} [{b.data or b.url}]" for m in chat.messages if not m.deleted for b in m.all_buttons()]
