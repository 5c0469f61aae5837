"""Why not: one class per reason. A refusal rolls the act back and becomes its sentence in templates/messages/refusals/.

The template is named after the class (`NotYours` → `refusals/not_yours.html`) and receives the fields as parameters.
"""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


class Refused(Exception):
    """An act that the rules do not allow now, with the facts that its sentence needs."""

    @property
    def template(self) -> str:
        """Name of the message template, below `refusals/`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def facts(self) -> dict[str, Any]:
        """The parameters of the sentence."""
        return asdict(self) if hasattr(self, "__dataclass_fields__") else {}  # type: ignore[call-overload]  # every refusal with fields is a dataclass, the base is none


@dataclass(eq=False)
class NotYours(Refused):
    """The act belongs to another role; *roles*: all to which it belongs, where they are several."""

    role: str
    roles: tuple[str, ...] = ()


@dataclass(eq=False)
class NotMember(Refused):
    """A stranger: nobody whom the office has invited."""


@dataclass(eq=False)
class AlreadyDecided(Refused):
    """Somebody acted first; *by* in which capacity, *at* when (UTC), *outcome* the state that holds now."""

    by: str
    at: datetime | None
    outcome: str


@dataclass(eq=False)
class NothingThere(Refused):
    """What the button or command refers to does not exist or is no longer there; *what* names it."""

    what: str = "tugas"


@dataclass(eq=False)
class NotNow(Refused):
    """The cycle is not in a state for it (suspended, cancelled, closed); *state* says which."""

    state: str
    reason: str = ""


@dataclass(eq=False)
class SameEyes(Refused):
    """Four eyes: who drafted may not dispose, who uploaded may not review (SOP, sop.md)."""

    act: str


@dataclass(eq=False)
class Incomplete(Refused):
    """Something is missing before the act is possible; *missing* are keys that the template puts into words."""

    act: str
    missing: tuple[str, ...]


@dataclass(eq=False)
class BadInput(Refused):
    """A value that cannot be used; *field* and *problem* select the sentence, *value* is what the person sent."""

    field: str
    problem: str
    value: str = ""


@dataclass(eq=False)
class InvitationUseless(Refused):
    """A link that binds nothing: unknown, expired, used or revoked. One sentence for all, so that it tells nothing."""


class DialogueClosed(Refused):
    """The question that the person answers is no longer open: somebody else has decided, or it was withdrawn."""
