"""Letters of a cycle: rancangan → bernomor → ditandatangani → terkirim (→ diganti, dibatalkan); who has received them.

Serial numbers belong to the agenda officer, never to us: a person enters number and date (document-formats.md, 2.3).
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sop.cycle import Signed
from sop.preparation import parse_day
from sop.refusals import BadInput, Incomplete, NotNow


class LetterState(StrEnum):
    """States of a letter; only a sent one cannot be changed any more, only replaced."""

    DRAFT = "rancangan"
    NUMBERED = "bernomor"
    SIGNED = "ditandatangani"
    SENT = "terkirim"
    REPLACED = "diganti"
    REVOKED = "dibatalkan"


OVER = (LetterState.SENT, LetterState.REPLACED, LetterState.REVOKED)  # what cannot be changed any more


@dataclass(frozen=True, slots=True)
class Letter:
    """One numbered letter of a cycle. *unit* and *year* bound the uniqueness of *number*.

    *replaces*: the sent letter whose place this one takes; *changes*: what it says otherwise than the material of step
    1 (day, clock and place of the meeting). *reason*: why it is void, replaced or revoked; of a draft that replaces,
    why it is to.
    """

    id: str
    cycle: str
    kind: str  # of the SOP's papers: surat_undangan, surat_permohonan_data, undangan_rapat, nota_dinas, berita_acara
    state: LetterState
    unit: str
    created_at: datetime
    number: str = ""
    dated: date | None = None
    signatory: str = ""
    draft_paper: str = ""
    final_paper: str = ""
    signed_paper: str = ""
    numbered_by: Signed | None = None
    sent_at: datetime | None = None
    sent_by: Signed | None = None
    replaces: str = ""
    changes: dict[str, str] = field(default_factory=dict, hash=False)
    reason: str = ""

    @property
    def year(self) -> int | None:
        """Year of the register the number belongs to."""
        return self.dated.year if self.dated else None


_NUMBER = re.compile(r"^[0-9A-Za-z][0-9A-Za-z.\- ]*(/[0-9A-Za-z.\- ]+){1,6}$")
_LONGEST = 60
_BACK = timedelta(days=60)  # how far back a letter may be dated


def read_number(text: str) -> str:
    """The number as it is kept: blanks around the slashes are slips of the thumb.

    Raises:
        BadInput: it has not the form of a letter number, or is too long.
    """
    number = re.sub(r"\s*/\s*", "/", " ".join(text.split()))
    if not _NUMBER.match(number) or len(number) > _LONGEST:
        raise BadInput(field="letter_number", problem="form", value=text.strip()[:_LONGEST])
    return number


def number_key(number: str) -> str:
    """What tells numbers apart in the register: neither capitals nor leading zeros of a serial make another number."""
    parts = (part.strip().casefold() for part in number.split("/"))
    return "/".join(str(int(part)) if part.isdecimal() else part for part in parts)


def read_day(text: str, today: date) -> date:
    """The date of a letter as people write it; without a year the one within the allowed stretch is meant.

    Raises:
        BadInput: no date can be read, or see `check_day`.
    """
    dated = parse_day(text, today - _BACK)
    check_day(dated, today)
    return dated


def check_day(dated: date, today: date) -> None:
    """That a letter may bear this date.

    Raises:
        BadInput: it lies ahead, or more than 60 days back.
    """
    if not today - _BACK <= dated <= today:
        raise BadInput(field="letter_date", problem="range", value=dated.isoformat())


def require_unsent(letter: Letter) -> None:
    """That number and signed copy can still change.

    Raises:
        NotNow: the letter has been sent or replaced.
    """
    if letter.state in OVER:
        raise NotNow(state=f"surat_{letter.state.value}")


def give_number(letter: Letter, number: str, dated: date, signatory: str, by: Signed, *, today: date) -> Letter:
    """Record the number and date that the agenda officer has given. Uniqueness per year and unit is the database's.

    A signed copy that was there belongs to the number before and does not count any more.

    Raises:
        NotNow: the letter has been sent or replaced.
        BadInput: the number has not the form of a letter number, or the date lies ahead or more than 60 days back.
    """
    require_unsent(letter)
    number = read_number(number)
    check_day(dated, today)
    return replace(
        letter,
        state=LetterState.NUMBERED,
        number=number,
        dated=dated,
        signatory=signatory,
        numbered_by=by,
        signed_paper="",
    )


def attach_signed(letter: Letter, paper: str) -> Letter:
    """Keep the signed copy (scan or externally signed file), byte for byte.

    Raises:
        NotNow: the letter has no number yet, or is sent already.
    """
    if letter.state not in (LetterState.NUMBERED, LetterState.SIGNED):
        raise NotNow(state=f"surat_{letter.state.value}")
    return replace(letter, state=LetterState.SIGNED, signed_paper=paper)


def send(letters: tuple[Letter, ...], by: Signed, *, now: datetime) -> tuple[Letter, ...]:
    """All letters of the step go out together (SOP step 3).

    Raises:
        Incomplete: one of them is not signed yet; names the kinds.
        NotNow: they have been sent.
    """
    if letters and all(letter.state is LetterState.SENT for letter in letters):
        raise NotNow(state="surat_terkirim")
    missing = tuple(letter.kind for letter in letters if letter.state is not LetterState.SIGNED)
    if missing or not letters:
        raise Incomplete(act="send_letters", missing=missing or ("surat",))
    return tuple(replace(letter, state=LetterState.SENT, sent_at=now, sent_by=by) for letter in letters)


LONGEST_REASON = 300  # letters: the OPDs read it under the file, where a caption holds 1024 (Bot API)


def read_reason(text: str) -> str:
    """Why a letter that went out is replaced or revoked.

    Raises:
        BadInput: nothing, or more than the OPDs' message has room for.
    """
    words = " ".join(text.split())
    if not words:
        raise BadInput(field="reason", problem="empty")
    if len(words) > LONGEST_REASON:
        raise BadInput(field="reason", problem="long", value=str(LONGEST_REASON))
    return words


def begin_replacement(old: Letter, id: str, reason: str, changes: dict[str, str], now: datetime) -> Letter:
    """The draft of a letter that is to take the place of one that went out; that one holds until then (SOP step 3).

    Raises:
        NotNow: the old one has not been sent, or holds no more.
    """
    _require_in_force(old)
    return Letter(
        id, old.cycle, old.kind, LetterState.DRAFT, old.unit, now, replaces=old.id, changes=changes, reason=reason
    )


def take_place(old: Letter, new: Letter, by: Signed, *, now: datetime) -> tuple[Letter, Letter]:
    """The old letter, replaced, and the new one, sent.

    Raises:
        NotNow: the old one holds no more. Incomplete: the new one is not signed.
    """
    _require_in_force(old)
    (sent,) = send((new,), by, now=now)
    return replace(old, state=LetterState.REPLACED, reason=new.reason), sent


def revoke(letter: Letter, reason: str) -> Letter:
    """A letter that went out and holds no more, with nothing in its place.

    Raises:
        NotNow: it has not been sent, or holds no more.
    """
    _require_in_force(letter)
    return replace(letter, state=LetterState.REVOKED, reason=reason)


def _require_in_force(letter: Letter) -> None:
    if letter.state in (LetterState.REPLACED, LetterState.REVOKED):
        raise NotNow(state=f"surat_{letter.state.value}")
    if letter.state is not LetterState.SENT:
        raise NotNow(state="surat_belum_dikirim")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the expedition list: the letters of a cycle at one OPD.

    *channel* is `bot` (to every focal point) or `manual` (printed and handed over); *received_at* the tap on Diterima
    or what the Sekretariat recorded.
    """

    id: str
    cycle: str
    opd: str
    channel: str
    sent_at: datetime
    delivered_at: datetime | None = None
    received_at: datetime | None = None
    received_by: str = ""
    recorded_by: str = ""
    note: str = ""
