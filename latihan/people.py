"""People and groups that a test or the rehearsal plays. Everything is synchronous and safe across threads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from latihan.autolinks import found_entities
from latihan.model import Button, Message, Tap
from latihan.seeing import NotSeen, Onlooker, changes_keyboard, find_button, visible_buttons

if TYPE_CHECKING:
    from latihan.groups import Group

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Person(Onlooker):
    """Somebody who writes, taps and uploads; what is seen and waited for: `Onlooker`."""

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    # --- what the person does

    def start(self, payload: str = "") -> Message:
        """Press Start (again), by hand or through a deep link; it also unblocks the bot.

        Raises ValueError for a payload that no deep link can carry: 1-64 of ``A-Z a-z 0-9 _ -``.
        """
        if payload and not PAYLOAD.fullmatch(payload):
            raise ValueError(f"a deep link cannot carry {payload!r}")
        with self.world.lock:
            if self.user.blocked_bot:
                self.unblocks_bot()
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

    def shares_contact(self, phone_number: str, first_name: str | None = None, user_id: int | None = None) -> Message:
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
        if self.user.blocked_bot:
            raise ValueError(f"{self.name} has blocked the bot and cannot write to it")
        self.user.started = True
        return self.world.user_posts(self.private, self.user, delivered=True, **fields)

    # --- taps

    def taps(self, label_or_data: str, message: Message | None = None, timeout: float = 5.0) -> Tap | Message:
        """Tap the button whose text contains the label (or whose data is equal), the newest one.

        Waits for such a button up to `timeout` real seconds. A button with a deep link of this bot presses
        Start with its payload. Raises NotSeen with the visible buttons.
        """
        found = self.world.wait_for(lambda: find_button(self.private, label_or_data, message), timeout)
        if not found:
            raise NotSeen(f"{self.name}: no button “{label_or_data}”. Visible: {visible_buttons(self.private)}")
        return self._press(*found)

    def taps_data(self, callback_data: str, message: Message | None = None, inaccessible: bool = False) -> Tap:
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

    def taps_in(self, group: Group, label_or_data: str, message: Message | None = None, timeout: float = 5.0) -> Any:
        """Tap a button in a group, like `taps`."""
        found = self.world.wait_for(lambda: find_button(group.chat, label_or_data, message), timeout)
        if not found:
            raise NotSeen(f"{group.title}: no button “{label_or_data}”. Visible: {visible_buttons(group.chat)}")
        return self._press(*found)

    def says_in(self, group: Group, text: str, thread: int | None = None, reply_to: Message | None = None) -> Message:
        """Write in a group; whether the bot gets it is up to privacy mode."""
        return group.hears(self, text, thread, reply_to)

    def sends_in(
        self, group: Group, filename: str, data: bytes, caption: str = "", reply_to: Message | None = None
    ) -> Message:
        """Send a file to a group; privacy mode keeps it from the bot unless it answers the bot."""
        with self.world.lock:
            stored = self.world.files.document(filename, data)
            return group.hears(self, caption, reply_to=reply_to, document=stored)

    def presses(self, label: str, phone_number: str = "+62811000000") -> Message:
        """Press a key of the reply keyboard: sends its text, or the own contact card if it asks for that."""
        with self.world.lock:
            shown = next((m.markup for m in reversed(self.private.messages) if changes_keyboard(m)), None)
            keys = [key for row in shown.rows for key in row] if shown and shown.kind == "reply" else []
            key = next((key for key in keys if label in key.text), None)
            if key is None:
                raise NotSeen(f"{self.name}: no key “{label}”. Visible: {[key.text for key in keys]}")
            return self.shares_contact(phone_number) if key.raw.get("request_contact") else self.says(key.text)

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
