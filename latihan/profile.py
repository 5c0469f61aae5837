"""What the bot shows of itself: getMe, command menus by scope, descriptions; getFile, logOut, close."""

from __future__ import annotations

import json
import re
from typing import Any

from latihan.access import chat_of
from latihan.chats import World
from latihan.errors import bad_request
from latihan.model import User
from latihan.params import Params
from latihan.registry import method
from latihan.wire import file_json, user_json

COMMAND_LIMIT = 100
COMMAND_BYTES = 7800
PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
Scope = tuple[Any, ...]


@method("getMe")
def get_me(world: World, params: Params) -> Any:
    return {
        **user_json(world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getFile")
def get_file(world: World, params: Params) -> Any:
    stored, path = world.files.link(params.text("file_id"))
    return {**file_json(stored), "file_path": path}


@method("logOut")
def log_out(world: World, params: Params) -> Any:
    world.texts["logged_out"] = "1"
    return True


@method("close")
def close(world: World, params: Params) -> Any:
    return True


def _scope(world: World, params: Params) -> Scope:
    """A hashable scope with its language; raises 400 for a chat that the bot does not know."""
    scope = params.json("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    language = params.text("language_code")
    if kind in PLAIN_SCOPES:
        return (kind, language)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = chat_of(world, str(scope.get("chat_id", "")), write=False)
    if kind != "chat" and chat.kind == "private":
        raise bad_request("can't change commands in private chat administrators or members scope")
    if kind == "chat_member":
        return (kind, chat.id, int(scope.get("user_id", 0)), language)
    return (kind, chat.id, language)


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> Any:
    commands = params.json("commands", "commands")
    if not isinstance(commands, list) or not all(isinstance(item, dict) for item in commands):
        raise bad_request("expected an Array of BotCommand")
    scope = _scope(world, params)
    if len(commands) > COMMAND_LIMIT or len(json.dumps(commands, ensure_ascii=False).encode()) > COMMAND_BYTES:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[scope] = [_command(item) for item in commands]
    world.notify()
    return True


def _command(item: dict[str, Any]) -> dict[str, str]:
    name = str(item.get("command", "")).strip().removeprefix("/")
    description = str(item.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> Any:
    return world.commands.get(_scope(world, params), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> Any:
    world.commands.pop(_scope(world, params), None)
    world.notify()
    return True


def menu_for(world: World, person: User) -> list[dict[str, str]]:
    """The commands in the menu of a private chat: the narrowest scope that has any, own language first."""
    scopes: list[Scope] = [("chat", person.id), ("all_private_chats",), ("default",)]
    for scope in scopes:
        for language in (person.language_code or "", ""):
            found = world.commands.get((*scope, language))
            if found:
                return found
    return []


def _text_methods(name: str, field: str, limit: int) -> None:
    @method(f"setMy{name}")
    def set_text(world: World, params: Params) -> Any:
        value = params.text(field)
        if len(value) > limit:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        world.texts[field] = value
        return True

    @method(f"getMy{name}")
    def get_text(world: World, params: Params) -> Any:
        return {field: world.texts.get(field, "")}


_text_methods("Description", "description", 512)
_text_methods("ShortDescription", "short_description", 120)
_text_methods("Name", "name", 64)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> Any:
    world.texts["menu_button"] = params.text("menu_button") or '{"type": "default"}'
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Any:
    return json.loads(world.texts.get("menu_button", '{"type": "commands"}'))
