"""getChat, getChatMember, getChatAdministrators, pinChatMessage, unpinChatMessage, leaveChat."""

from __future__ import annotations

from typing import Any

from latihan.access import chat_of
from latihan.chats import World
from latihan.errors import bad_request
from latihan.model import Chat
from latihan.params import Params
from latihan.registry import method
from latihan.wire import chat_json, member_json, message_json

ADMINISTRATORS = ("creator", "administrator")
NO_RIGHT_TO_PIN = "not enough rights to manage pinned messages in the chat"


@method("getChat")
def get_chat(world: World, params: Params) -> Any:
    chat = chat_of(world, params.text("chat_id"), write=False)
    details: dict[str, Any] = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    living = [m for m in chat.pinned if not m.deleted]
    if living:
        details["pinned_message"] = message_json(living[-1])
    return {**chat_json(chat), **details}


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Any:
    chat = chat_of(world, params.text("chat_id"), write=False)
    number = params.number("user_id")
    user = world.users.get(number)
    if user is None or not (user.is_bot or user.met or user.started or number in chat.members):
        raise bad_request("invalid user_id specified" if number <= 0 else "user not found")
    if number == world.bot.id:
        return member_json(user, "member" if chat.kind == "private" else chat.bot_status)
    status = "member" if chat.person is user else chat.members.get(number, "left")
    return member_json(user, status)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> Any:
    chat = chat_of(world, params.text("chat_id"), write=False)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    found = [member_json(world.users[n], s) for n, s in chat.members.items() if s in ADMINISTRATORS]
    if chat.bot_status in ADMINISTRATORS:
        found.append(member_json(world.bot, chat.bot_status))
    return found


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> Any:
    chat = chat_of(world, params.text("chat_id"), write=False)
    return 2 if chat.kind == "private" else len(chat.members) + 1


def _pinnable(world: World, params: Params) -> Chat:
    chat = chat_of(world, params.text("chat_id"))
    if chat.kind != "private" and chat.bot_status not in ADMINISTRATORS:
        raise bad_request(NO_RIGHT_TO_PIN)
    return chat


@method("pinChatMessage")
def pin_chat_message(world: World, params: Params) -> Any:
    chat = _pinnable(world, params)
    message = chat.find(params.number("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    if message not in chat.pinned:
        chat.pinned.append(message)
        notice = {"pinned_message": message_json(message, with_reply=False)}
        world.user_posts(chat, world.bot, delivered=True, service=notice)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, params: Params) -> Any:
    chat = _pinnable(world, params)
    number = params.number("message_id")
    message = chat.find(number) if number else (chat.pinned[-1] if chat.pinned else None)
    if message is None or message not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message)
    world.notify()
    return True


@method("leaveChat")
def leave_chat(world: World, params: Params) -> Any:
    chat = chat_of(world, params.text("chat_id"), write=False)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    old, chat.bot_status = chat.bot_status, "left"
    world.bot_membership(chat, world.bot, old, "left")
    return True
