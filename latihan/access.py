"""Which chat a request means, and whether the bot may write there; texts, replies and topics of a request."""

from __future__ import annotations

from typing import Any

from latihan.chats import World
from latihan.errors import ApiError, bad_request, forbidden
from latihan.limits import CAPTION_LIMIT, TEXT_LIMIT, Formatted, formatted, given_entities
from latihan.markup import read_markup
from latihan.model import Chat, Markup, Message
from latihan.params import Params

INSIDE = ("creator", "administrator", "member", "restricted")


def chat_of(world: World, raw: str, write: bool = True) -> Chat:
    """The chat behind a chat_id; `write`: the bot wants to send there. Raises 400 or 403 like the server."""
    if not raw.strip():
        raise bad_request("chat_id is empty")
    try:
        chat = world.chats.get(int(raw))
    except ValueError:
        chat = None
    if chat is None:
        raise bad_request("chat not found")
    refused = _private_refusal(chat, write) if chat.person else _group_refusal(chat)
    if refused is not None:
        raise refused
    return chat


def _private_refusal(chat: Chat, write: bool) -> ApiError | None:
    person = chat.person
    if person is None or not (person.started or person.met):
        return bad_request("chat not found")
    if not write:
        return None
    if person.deactivated:
        return forbidden("user is deactivated")
    if not person.started:
        return forbidden("bot can't initiate conversation with a user")
    return forbidden("bot was blocked by the user") if person.blocked_bot else None


def _group_refusal(chat: Chat) -> ApiError | None:
    kind = "supergroup" if chat.kind == "supergroup" else "group"
    if chat.migrated_to is not None:
        return bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {kind} chat")
    return None if chat.bot_status in INSIDE else forbidden(f"bot is not a member of the {kind} chat")


def text_of(world: World, params: Params) -> Formatted:
    """The `text` of a request, parsed and checked."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    found = formatted(
        params.text("text"),
        params.text("parse_mode"),
        given_entities(params.text("entities")),
        TEXT_LIMIT,
        world.user_lookup,
    )
    if not found.text:
        raise bad_request("text must be non-empty")
    return found


def caption_of(world: World, params: Params) -> Formatted:
    """The `caption` of a request, parsed and checked; it may be empty."""
    return formatted(
        params.text("caption"),
        params.text("parse_mode"),
        given_entities(params.text("caption_entities")),
        CAPTION_LIMIT,
        world.user_lookup,
    )


def markup_of(world: World, params: Params) -> Markup | None:
    """The `reply_markup` of a request. A positive chat_id is a private chat."""
    chat_id = params.number("chat_id")
    return read_markup(params.text("reply_markup"), private=chat_id > 0)


def placement_of(world: World, params: Params, chat: Chat) -> dict[str, Any]:
    """Topic, replied message and loudness of what is sent; raises 400 for a wrong topic or reply."""
    thread = params.number("message_thread_id") or None
    if not world.find_topic(chat, thread):
        raise bad_request("message thread not found")
    return {
        "thread_id": thread,
        "reply_to": _reply(params, chat),
        "silent": params.flag("disable_notification"),
    }


def _reply(params: Params, chat: Chat) -> Message | None:
    reply = params.json("reply_parameters", "reply parameters") or {}
    if not isinstance(reply, dict):
        raise bad_request("can't parse reply parameters JSON object")
    number = int(reply.get("message_id") or params.number("reply_to_message_id"))
    if not number:
        return None
    lenient = reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    found = chat.find(number)
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def message_of(world: World, params: Params, what: str) -> Message:
    """The message that a request is about; raises ``message to <what> not found``."""
    chat = chat_of(world, params.text("chat_id"), write=False)
    found = chat.find(params.number("message_id"))
    if found is None:
        raise bad_request(f"message to {what} not found")
    return found
