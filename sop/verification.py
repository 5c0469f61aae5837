"""Is a numbered paper genuine? A code for each printed paper, and what a stranger may learn of it.

Whoever holds the paper may ask: number, subject, date, who signs, state; never what it says. A code is 60 random bits,
so it cannot be guessed; a file is compared by its SHA-256 (document-formats.md, 5: a file cannot contain its own hash).
"""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

PURPOSE: Final = "verification"  # of an incoming file: its hash is taken, the bytes are dropped
LINK: Final = "cek-"  # before the code in the payload of a deep link
HOUR: Final = timedelta(hours=1)
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
_LENGTH: Final = 12  # of five bits each
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Validity(StrEnum):
    """What holds for a numbered paper."""

    UNSIGNED = "belum_ditandatangani"
    IN_FORCE = "berlaku"
    REPLACED = "diganti"
    VOID = "dibatalkan"


class Match(StrEnum):
    """What a file is that somebody has sent to be checked."""

    PRINTED = "cetakan"  # the very file that was printed
    SIGNED = "bertanda_tangan"  # the very file that came back signed
    OTHER = "lain"


@dataclass(frozen=True, slots=True)
class Verification:
    """One printing of a numbered paper, as it stood then. *issuer*: the title of who signs; never a person's name.

    *paper* is the printed file, *signed_paper* the copy that came back signed; *ended* is `diganti` or `dibatalkan`.
    """

    code: str
    letter: str
    cycle: str
    title: str
    number: str
    dated: date
    subject: str
    issuer: str
    paper: str
    issued_at: datetime
    signed_paper: str = ""
    signed_at: datetime | None = None
    ended: str = ""
    ended_at: datetime | None = None

    @property
    def standing(self) -> Validity:
        """Whether the paper holds."""
        if self.ended:
            return Validity(self.ended)
        return Validity.IN_FORCE if self.signed_at else Validity.UNSIGNED

    @property
    def since(self) -> datetime:
        """Since when it stands so (UTC)."""
        return self.ended_at or self.signed_at or self.issued_at

    def signed(self, paper: str, now: datetime) -> "Verification":
        """The signed copy is there; one that comes in the place of another changes nothing of the time."""
        return replace(self, signed_paper=paper, signed_at=self.signed_at or now)

    def end(self, standing: Validity, now: datetime) -> "Verification":
        """It holds no more; what has ended already stays as it ended."""
        return self if self.ended else replace(self, ended=standing.value, ended_at=now)


def new_code() -> str:
    """A fresh code, 60 bits from the system's source of randomness."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def show_code(code: str) -> str:
    """As it is printed and read aloud: XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def read_code(text: str) -> str | None:
    """The code in what somebody typed, pasted or scanned; None when there is none.

    Tolerant: small letters, blanks and dashes, the whole link, and the letters that Crockford's base32 leaves out
    because they are misread (O as 0, I and L as 1).
    """
    payload = re.sub(r"^.*[?&]start(app)?=", "", text.strip(), flags=re.IGNORECASE | re.DOTALL)
    payload = re.sub(rf"^\s*{LINK}", "", payload, flags=re.IGNORECASE)
    code = re.sub(r"[\s\-–—_.·]", "", payload).upper().translate(_MISREAD)
    return code if len(code) == _LENGTH and set(code) <= set(_ALPHABET) else None


def link_of(bot_name: str, code: str) -> str:
    """The deep link of a code (Bot API: a payload of at most 64 characters A-Z a-z 0-9 _ -)."""
    return f"https://t.me/{bot_name}?start={LINK}{code}"
