"""What a button carries: action, id of what it acts on, and a short extra; at most 64 bytes (Bot API)."""

import re
from dataclasses import dataclass

LIMIT = 64  # bytes of callback_data
_DATA = re.compile(r"(?P<action>[a-z0-9_]+(?:\.[a-z0-9_]+)+):(?P<id>[^:]*):(?P<arg>.*)", re.DOTALL)


class ButtonTooLong(ValueError):
    """The data of a button exceeds what Telegram carries; a mistake of ours, found by the tests."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button. All of it came back from a phone: look the id up and check the authority."""

    action: str
    id: str = ""
    arg: str = ""


def encode(action: str, id: str = "", arg: str = "") -> str:
    """The callback data of a button. Raises ButtonTooLong, or ValueError for what cannot be read back."""
    data = f"{action}:{id}:{arg}"
    if parse(data) != Press(action, id, arg):
        raise ValueError(f"cannot be read back: {data!r}")
    if len(data.encode()) > LIMIT:
        raise ButtonTooLong(f"{len(data.encode())} bytes, {LIMIT} allowed: {data!r}")
    return data


def parse(data: str) -> Press | None:
    """The button behind *data*; None for what we have never written."""
    found = _DATA.fullmatch(data)
    return None if found is None else Press(found["action"], found["id"], found["arg"])
