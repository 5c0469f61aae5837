"""Letters to the OPDs (SOP steps 1 to 3), korespondensi layout."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from sop.papers.parts import (
    RANCANGAN,
    STRICT,
    CycleFacts,
    Head,
    Kop,
    Look,
    Meeting,
    Prose,
    Recipients,
    Signature,
    State,
    Text,
    VerificationMark,
)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Replaced:
    """The letter whose place another one takes; it holds no more."""

    number: Text
    date: date


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Letter:
    """What every letter has. Ready for signature means: numbered, dated and with a named signer.

    *contact* who answers questions, as printed ("Rina Kartika, telepon 0717-000000"). *opening* and *closing*:
    the office's own sentences, in place of the template's.
    """

    state: State
    kop: Kop
    head: Head
    recipients: Recipients
    cycle: CycleFacts
    contact: Text
    signature: Signature
    tembusan: tuple[Text, ...] = ()
    verification: VerificationMark | None = None
    replaces: Replaced | None = None
    opening: Prose | None = None
    closing: Prose | None = None
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.state == RANCANGAN and self.verification is not None:
            raise ValueError("a draft has nothing to be verified")
        if self.state == RANCANGAN:
            return
        missing = [
            name
            for name, value in (
                ("head.number", self.head.number),
                ("head.date", self.head.date),
                ("signature.name", self.signature.name),
            )
            if value is None
        ]
        if missing:
            raise ValueError(f"ready for signature, but without {', '.join(missing)}")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SuratUndangan(Letter):
    """Invitation to the data request meeting. *bring* is what participants bring along."""

    meeting: Meeting
    bring: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class RequestedItem:
    """One line of what is asked: *code* "I12", *name* of the indicator, *evidence*, *format* "PDF"."""

    code: Text
    name: Text
    evidence: Text
    format: Text


@dataclass(frozen=True, kw_only=True, config=STRICT)
class OpdRequest:
    """What one OPD is asked."""

    opd: Text
    items: Annotated[tuple[RequestedItem, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SuratPermohonanData(Letter):
    """Request for data and evidence.

    *target* and *limit* are the two deadlines (UTC); a draft has none, because they are counted from the day
    of the number: it prints *duration* ("1–2 minggu") and a gap. *channel*: how to hand over. *enclosures*
    are files that go along (formulir evaluasi, Surat Edaran).
    """

    legal_basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    asked: Annotated[tuple[OpdRequest, ...], Field(min_length=1)]
    channel: Text
    duration: Text
    target: AwareDatetime | None
    limit: AwareDatetime | None
    enclosures: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.state != RANCANGAN and self.limit is None:
            raise ValueError("ready for signature, but without limit")
