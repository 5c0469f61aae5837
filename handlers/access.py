"""Which commands somebody has use of: for the help, the greeting and the guesses at a mistyped one."""

from collections.abc import Callable

from handlers.registry import Command, Registry

RegistryProvider = Callable[[], Registry]  # the table is complete only after all dialogues are assembled


def commands_for(registry: Registry, roles: frozenset[str] | None) -> tuple[Command, ...]:
    """The private commands of somebody with *roles*, in the order of the table; None for a stranger."""
    return tuple(c for c in registry.commands() if c.where != "group" and _for(c, roles))


def special_for(registry: Registry, roles: frozenset[str]) -> tuple[Command, ...]:
    """Those of them that belong to a role, not to everybody."""
    return tuple(c for c in commands_for(registry, roles) if c.roles)


def common_for(registry: Registry, roles: frozenset[str]) -> tuple[Command, ...]:
    """Those of them that everybody has."""
    return tuple(c for c in commands_for(registry, roles) if not c.roles)


def _for(command: Command, roles: frozenset[str] | None) -> bool:
    if roles is None:
        return command.public
    return not command.roles or bool(command.roles & roles)
