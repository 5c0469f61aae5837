"""Command menus: what Telegram shows beside the input line, per person from the roles they hold."""

from collections.abc import Iterable, Mapping

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.wording import WordingError
from handlers.registry import Command

MOST = 100  # commands in a menu, Bot API
LONGEST = 256  # characters of a description, Bot API

Words = Mapping[str, str]
"""templates/commands/: command → description."""


def menu(commands: Iterable[Command], words: Words, roles: frozenset[str] | None) -> tuple[BotCommand, ...]:
    """The private menu of somebody with *roles*, in the order of the table; None for a stranger.

    Raises:
        WordingError: a command has no description, or one that Telegram would refuse.
    """
    shown = [c for c in commands if c.where != "group" and _for(c, roles)]
    return tuple(_line(c, words) for c in shown[:MOST])


def group_menu(commands: Iterable[Command], words: Words) -> tuple[BotCommand, ...]:
    """The menu in groups: for everybody there, because Telegram knows no roles.

    Raises:
        WordingError: as for `menu`.
    """
    return tuple(_line(c, words) for c in commands if c.where in ("group", "both"))[:MOST]


async def set_personal_menu(bot: Bot, chat: int, lines: tuple[BotCommand, ...]) -> None:
    """Set the menu of one private chat. Raises TelegramError."""
    await bot.set_my_commands(lines, scope=BotCommandScopeChat(chat))


async def set_common_menus(bot: Bot, commands: Iterable[Command], words: Words) -> None:
    """At start: the menus of strangers and of groups. Raises TelegramError, WordingError."""
    table = tuple(commands)
    await bot.set_my_commands(menu(table, words, None), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(group_menu(table, words), scope=BotCommandScopeAllGroupChats())


def _for(command: Command, roles: frozenset[str] | None) -> bool:
    if roles is None:
        return command.public
    return not command.roles or bool(command.roles & roles)


def _line(command: Command, words: Words) -> BotCommand:
    description = words.get(command.name, "")
    if not 1 <= len(description) <= LONGEST:
        raise WordingError(f"templates/commands/: /{command.name} needs a description of 1 to {LONGEST} letters")
    return BotCommand(command.name, description)
