"""Groups: privacy mode, topics, the bot's coming and going, and the move to a supergroup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from latihan.autolinks import found_entities
from latihan.chats import FIRST_SUPERGROUP, World
from latihan.model import Chat, Message, StoredFile
from latihan.wire import user_json

if TYPE_CHECKING:
    from latihan.people import Person

GENERAL = 1
INSIDE = ("creator", "administrator", "member")


class Group:
    """A group of people, with or without the bot. After `migrates` it goes on as the supergroup."""

    def __init__(self, world: World, chat: Chat, members: list[Person]) -> None:
        self.world = world
        self.chat = chat
        self.people = members

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def title(self) -> str:
        return self.chat.title or ""

    @property
    def messages(self) -> list[Message]:
        """All messages, of people, the bot and the service, in order, without what was deleted."""
        with self.world.lock:
            return [m for m in self.chat.messages if not m.deleted]

    def sees(self, text: str, timeout: float = 10.0) -> Message:
        """Wait up to `timeout` real seconds for a message of the bot that now contains `text`; the newest."""

        def found() -> Message | None:
            said = (m for m in reversed(self.chat.messages) if m.from_bot and not m.deleted)
            return next((m for m in said if text in m.text), None)

        message = self.world.wait_for(found, timeout)
        if message is None:
            seen = [m.text for m in self.messages if m.from_bot]
            raise AssertionError(f"{self.title} does not see “{text}”. The bot wrote: {seen}")
        return message

    def hears(
        self,
        person: Person,
        text: str,
        thread: int | None = None,
        reply_to: Message | None = None,
        document: StoredFile | None = None,
    ) -> Message:
        """A member writes, or sends a file with `text` as caption.

        Raises ValueError for somebody outside and for a topic that does not exist.
        """
        with self.world.lock:
            if self.chat.members.get(person.id) not in INSIDE:
                raise ValueError(f"{person.name} is not in {self.title}")
            if thread == GENERAL:
                thread = None
            if not self.world.find_topic(self.chat, thread):
                raise ValueError(f"{self.title} has no topic {thread}")
            return self.world.user_posts(
                self.chat,
                person.user,
                delivered=self._reaches_bot(text, reply_to),
                text=text,
                source=text,
                entities=found_entities(text, []),
                document=document,
                thread_id=thread,
                reply_to=reply_to,
            )

    def _reaches_bot(self, text: str, reply_to: Message | None) -> bool:
        """Privacy mode: commands to this bot, replies to it; plain commands only if it spoke last."""
        if self.chat.bot_status not in INSIDE:
            return False
        if self.chat.bot_status == "administrator" or (reply_to is not None and reply_to.from_bot):
            return True
        command = re.match(r"/[A-Za-z0-9_]+(?:@(\w+))?(?!\w)", text)
        if command is None:
            return False
        addressed = command[1]
        if addressed:
            return addressed.lower() == (self.world.bot.username or "").lower()
        return self.bot_spoke_last

    @property
    def bot_spoke_last(self) -> bool:
        """Whether this bot is the bot that spoke last here: there is no other, so whether it ever spoke."""
        return any(m.from_bot for m in self.chat.messages)

    # --- people and topics

    def topic(self, name: str, by: Person | None = None) -> int:
        """Open a topic in a forum; returns its message_thread_id."""
        if not self.chat.forum:
            raise ValueError(f"{self.title} is not a forum")
        with self.world.lock:
            notice = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            created = self._notice(by or self.people[0], notice)
            self.chat.topics[created.id] = name
            return created.id

    def joins(self, person: Person, status: str = "member") -> None:
        """A person comes in, with a service message."""
        with self.world.lock:
            self.chat.members[person.id] = status
            self.people.append(person)
            person.user.met = self._bot_inside() or person.user.met
            self._notice(person, {"new_chat_members": [user_json(person.user)]})

    def leaves(self, person: Person) -> None:
        with self.world.lock:
            self._notice(person, {"left_chat_member": user_json(person.user)})
            self.chat.members[person.id] = "left"

    def makes_admin(self, person: Person) -> None:
        with self.world.lock:
            self.chat.members[person.id] = "administrator"

    # --- the bot

    def adds_bot(self, by: Person) -> None:
        """my_chat_member, then the service message about the new member."""
        with self.world.lock:
            old, self.chat.bot_status = self.chat.bot_status, "member"
            self.world.bot_membership(self.chat, by.user, old, "member")
            self._notice(by, {"new_chat_members": [user_json(self.world.bot)]})

    def kicks_bot(self, by: Person | None = None) -> None:
        """Only my_chat_member comes; from then on the bot is answered 403."""
        with self.world.lock:
            old, self.chat.bot_status = self.chat.bot_status, "kicked"
            self.world.bot_membership(self.chat, (by or self.people[0]).user, old, "kicked")

    def promotes_bot(self, by: Person | None = None) -> None:
        """The bot becomes administrator: it may pin, and privacy mode no longer applies."""
        with self.world.lock:
            old, self.chat.bot_status = self.chat.bot_status, "administrator"
            self.world.bot_membership(self.chat, (by or self.people[0]).user, old, "administrator")

    def migrates(self, by: Person | None = None) -> int:
        """Become a supergroup: messages in the old and the new chat, my_chat_member for the new one.

        Returns the new id. Message ids start anew; the old id answers with ``migrate_to_chat_id``.
        """
        old = self.chat
        if old.kind != "group":
            raise ValueError(f"{self.title} is a supergroup already")
        with self.world.lock:
            actor = by or self.people[0]
            number = FIRST_SUPERGROUP - self.world.number("supergroup") + 1
            new = Chat(number, "supergroup", old.title, members=dict(old.members), bot_status=old.bot_status)
            self.world.add_chat(new)
            self._notice(actor, {"migrate_to_chat_id": number})
            old.migrated_to = number
            self.chat = new
            if self._bot_inside():
                self.world.bot_membership(new, actor.user, "left", new.bot_status)
            self._notice(actor, {"migrate_from_chat_id": old.id})
            return number

    def _bot_inside(self) -> bool:
        return self.chat.bot_status in INSIDE

    def _notice(self, actor: Person, service: dict[str, Any]) -> Message:
        return self.world.user_posts(self.chat, actor.user, delivered=self._bot_inside(), service=service)
