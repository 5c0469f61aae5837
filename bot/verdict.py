"""What an error of the Bot API means for the message: wait, repeat, give up, or nobody knows.

Not knowing is the hard case: no call takes an idempotency key, and a lost answer says nothing about delivery.
Only errors that prove that the server did *not* take the request are repeated.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class Meaning(StrEnum):
    """Kinds of errors."""

    WAIT = "wait"  # 429: the same again after `seconds`
    LATER = "later"  # the server said no, for a passing reason
    OUTAGE = "outage"  # never reached the server
    DOUBT = "doubt"  # it may have arrived
    UNREACHABLE = "unreachable"  # final for this chat; `reason`
    MOVED = "moved"  # the group has another number: `chat`
    SAME = "same"  # an edit that changes nothing: done
    GONE = "gone"  # the message to edit is not there, or can't be edited
    STALE = "stale"  # a tap that is too old to be answered
    BAD_FILE = "bad_file"  # the file_id is not known any more
    FINAL = "final"  # our mistake: repeating gives the same


@dataclass(frozen=True, slots=True)
class Verdict:
    """An error, understood."""

    meaning: Meaning
    seconds: float = 0.0
    reason: str = ""
    chat: int = 0


# Compared without regard to case: python-telegram-bot changes it. Order matters, the first hit counts.
_UNREACHABLE = (
    ("bot was blocked", "blocked"),
    ("user is deactivated", "deactivated"),
    ("can't initiate conversation", "never_started"),
    ("bot was kicked", "kicked"),
    ("bot is not a member", "kicked"),
    ("chat not found", "not_found"),
    ("have no rights to send", "kicked"),
    ("not enough rights to send", "kicked"),
)
_WORDS = (
    ("message is not modified", Meaning.SAME),
    ("message to edit not found", Meaning.GONE),
    ("message can't be edited", Meaning.GONE),
    ("there is no text in the message to edit", Meaning.GONE),
    ("there is no caption in the message to edit", Meaning.GONE),
    ("query is too old", Meaning.STALE),
    ("wrong file identifier", Meaning.BAD_FILE),
    ("wrong remote file identifier", Meaning.BAD_FILE),
    ("wrong file_id", Meaning.BAD_FILE),
    ("can't use file of type", Meaning.BAD_FILE),
)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def understand(error: TelegramError) -> Verdict:
    """The meaning of an error."""
    if isinstance(error, RetryAfter):
        return Verdict(Meaning.WAIT, seconds=_seconds(error))
    if isinstance(error, ChatMigrated):
        return Verdict(Meaning.MOVED, chat=error.new_chat_id)
    if isinstance(error, InvalidToken | Conflict):
        return Verdict(Meaning.OUTAGE, reason=error.message)
    if isinstance(error, Forbidden | BadRequest):
        return _by_words(error)
    if isinstance(error, NetworkError):
        return _network(error)
    return Verdict(Meaning.DOUBT, reason=error.message)


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _by_words(error: TelegramError) -> Verdict:
    words = error.message.lower()
    for part, reason in _UNREACHABLE:
        if part in words:
            return Verdict(Meaning.UNREACHABLE, reason=reason)
    if isinstance(error, Forbidden):
        return Verdict(Meaning.UNREACHABLE, reason="forbidden")
    found = next((meaning for part, meaning in _WORDS if part in words), Meaning.FINAL)
    return Verdict(found, reason=error.message)


def _network(error: NetworkError) -> Verdict:
    """Without a cause the server itself has answered; with one, it depends on how far the request came."""
    cause = error.__cause__
    if isinstance(cause, _NOT_SENT):
        return Verdict(Meaning.OUTAGE, reason=error.message)
    if "request entity too large" in error.message.lower() or "(413)" in error.message:
        return Verdict(Meaning.FINAL, reason=error.message)
    if cause is None and not isinstance(error, TimedOut):
        return Verdict(Meaning.LATER, reason=error.message)
    return Verdict(Meaning.DOUBT, reason=error.message or type(cause).__name__)
