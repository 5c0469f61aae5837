"""Papers of sending and receiving: ekspedisi (SOP step 3), tanda terima (step 4), undangan akun."""

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints
from pydantic.dataclasses import dataclass

from sop.papers.parts import STRICT, CycleFacts, Kop, Look, Prose, TelegramLink, Text

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReceivedFile:
    """A file as stored. *size* in bytes; *pages* where the format has pages; *version* from 1.

    A link has no *sha256*: what it leads to is not kept.
    """

    name: Text
    size: Annotated[int, Field(ge=0)]
    pages: Annotated[int, Field(ge=0)] | None
    sha256: Sha256 | None
    version: Annotated[int, Field(ge=1)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReceivedItem:
    """What was handed over for one item: files, the OPD's explanation that there is none, or neither."""

    code: Text
    name: Text
    files: tuple[ReceivedFile, ...] = ()
    declared_none: Prose | None = None

    def __post_init__(self) -> None:
        if self.files and self.declared_none is not None:
            raise ValueError("an item has files or is declared to have none, not both")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Late:
    """Handed over after the *limit* (UTC): by so many working days; 0 means on the same day."""

    limit: AwareDatetime
    working_days: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TandaTerima:
    """Receipt for one OPD. It states what the system recorded and judges nothing.

    *code* of the receipt; *sender_name*, *sender_acting* ("Plh." of a substitute) and *sender_account*
    as recorded ("akun Telegram @nama" or the numeric id); *receiver* the team that receives; *received_at* server
    time, UTC.
    """

    kop: Kop
    code: Text
    cycle: CycleFacts
    opd: Text
    sender_name: Text
    sender_acting: Text | None
    sender_account: Text
    receiver: Text
    received_at: AwareDatetime
    items: Annotated[tuple[ReceivedItem, ...], Field(min_length=1)]
    late: Late | None = None
    look: Look = Look()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Delivery:
    """One OPD's line of the expedition list. Times UTC; ``None`` means: not (yet) recorded.

    *how* "Telegram" or "Diantar langsung"; *note* for what went wrong ("belum memiliki akun").
    """

    opd: Text
    numbers: Annotated[tuple[Text, ...], Field(min_length=1)]
    how: Text
    delivered_at: AwareDatetime | None
    delivered_by: Text | None
    received_at: AwareDatetime | None
    received_by: Text | None
    note: Text | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Ekspedisi:
    """The expedition list of the cycle's letters, as it stands at *as_of* (UTC)."""

    kop: Kop
    cycle: CycleFacts
    as_of: AwareDatetime
    deliveries: tuple[Delivery, ...]
    look: Look = Look()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Slip:
    """One invitation to cut out. *holder* the OPD or person; *role* in words; *link* ends at *expires_at*."""

    holder: Text
    role: Text
    link: TelegramLink
    expires_at: AwareDatetime


@dataclass(frozen=True, kw_only=True, config=STRICT)
class UndanganAkun:
    """A sheet of invitation slips. *bot* is the bot's user name with @; *contact* who helps."""

    office: Text
    city: Text
    bot: Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9_]{3,64}$")]
    contact: Text
    slips: Annotated[tuple[Slip, ...], Field(min_length=1)]
    look: Look = Look()
