"""THE TABLE: which commands, buttons and open questions there are. What is not in it cannot be reached.

From it come the conversation, the menus, the help, the README's table and the test of every role.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from handlers.turn import Turn
from sop.outgoing import Rows
from sop.people import Acting
from sop.ports import UnitOfWork

Next = str | None  # the name of the next state, or one of:
STAY: Final = None  # keep whatever question is open
END: Final = "END"  # close the open question

Callback = Callable[[Turn], Next]
Where = Literal["private", "group", "both"]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. *roles*: who has use of it (empty: every member); *public*: strangers too.

    The description in menus stands in templates/commands/ under *name*; *aliases* are not shown.
    """

    name: str
    callback: Callback
    roles: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    where: Where = "private"
    public: bool = False


@dataclass(frozen=True, slots=True)
class ButtonAction:
    """What a button does. *roles* says for whom it is meant; the authority is checked in the domain, at the act."""

    action: str
    callback: Callback
    roles: frozenset[str] = frozenset()
    public: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """An open question: what to do with the words or the file that answer it. Named `dialogue.question`."""

    name: str
    on_text: Callback | None = None
    on_upload: Callback | None = None


@dataclass(frozen=True, slots=True)
class CardView:
    """How the card of a task looks to one person; *open*: something can still be done with it."""

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    choices: Rows = ()
    open: bool = True


CardBuilder = Callable[[UnitOfWork, str, Acting, datetime], CardView]  # uow, task id, who looks, now


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What belongs together. *card* builds the card of steps whose `dialogue` in office/sop.yaml equals *key*."""

    key: str
    commands: tuple[Command, ...] = ()
    buttons: tuple[ButtonAction, ...] = ()
    states: tuple[State, ...] = ()
    card: CardBuilder | None = None


class RegistryMistake(ValueError):
    """Two entries of the table claim the same name, or a name cannot be used; a mistake of ours, found at start."""


class Registry:
    """All dialogues together, and what happens outside of them.

    *unknown*: a private message that nobody claimed. *wrong_place*: a private command used in a group, or a group
    command in private. *on_edited*: a private message was changed after sending. *on_membership*: the bot was added,
    removed, blocked or unblocked (`turn.update.my_chat_member`). *on_migration*: a group became a supergroup (the
    service message, in the old or the new chat). Each of these runs as a turn of its own, also for strangers.
    """

    def __init__(
        self,
        dialogues: Iterable[Dialogue],
        *,
        unknown: Callback | None = None,
        wrong_place: Callback | None = None,
        on_edited: Callback | None = None,
        on_membership: Callback | None = None,
        on_migration: Callback | None = None,
    ) -> None:
        self.dialogues = tuple(dialogues)
        self.unknown = unknown
        self.wrong_place = wrong_place
        self.on_edited = on_edited
        self.on_membership = on_membership
        self.on_migration = on_migration
        _unique("dialogue", (d.key for d in self.dialogues))
        _unique("command", (n for c in self.commands() for n in (c.name, *c.aliases)))
        self._actions = {b.action: b for d in self.dialogues for b in d.buttons}
        _unique("button", (b.action for d in self.dialogues for b in d.buttons))
        self._states = {s.name: s for d in self.dialogues for s in d.states}
        _unique("state", (s.name for d in self.dialogues for s in d.states))
        if END in self._states:
            raise RegistryMistake(f"state {END!r} is reserved for closing")

    def commands(self) -> tuple[Command, ...]:
        """Every command, in the order of the table."""
        return tuple(c for d in self.dialogues for c in d.commands)

    def actions(self) -> Mapping[str, ButtonAction]:
        """Every button action by name."""
        return self._actions

    def states(self) -> Mapping[str, State]:
        """Every open question by name."""
        return self._states

    def card(self, dialogue: str) -> CardBuilder | None:
        """The builder of the card for a `dialogue` of office/sop.yaml."""
        return next((d.card for d in self.dialogues if d.key == dialogue), None)


def _unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise RegistryMistake(f"{what} {name!r} stands twice in the table")
        seen.add(name)
