"""Reports of the result (SOP step 7): nota dinas to the superior, Berita Acara for the Sekda's signature."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from sop.papers.parts import (
    RANCANGAN,
    STRICT,
    CycleFacts,
    Kop,
    Look,
    Prose,
    RecordedAct,
    Signature,
    State,
    Text,
    VerificationMark,
)
from sop.papers.result import AgreedAction, HeldMeeting, ResultFacts


@dataclass(frozen=True, kw_only=True, config=STRICT)
class NotaDinas:
    """The report to the Kabid, and through the Kabid to Kepala Dinas. A nota dinas is never stamped.

    *addressed_to* receives it, *through* the official it passes (``None``: nobody between), *sender* whose
    report it is. *number* stays a gap until a person gives one; where the office does not number its memos
    (*numbered*), there is no line for it. *lampiran* is the finished wording. *form*: the older one begins with
    Kepada, the newer one has its number under the title. *closing*: the office's own sentence, in place of the
    template's. *acknowledged*: the press of a button, printed as what it is. *verification*: how to check one with a
    number.
    """

    state: State
    kop: Kop
    addressed_to: Text
    through: Text | None
    sender: Text
    number: Text | None
    number_gap: Text
    date: date | None
    sifat: Text
    lampiran: Text
    hal: Text
    cycle: CycleFacts
    meetings: Annotated[tuple[HeldMeeting, ...], Field(min_length=1)]
    result: ResultFacts
    signature: Signature
    numbered: bool = True
    form: Literal["kepada_di_depan", "nomor_di_judul"] = "kepada_di_depan"
    closing: Prose | None = None
    note: Prose | None = None
    acknowledged: tuple[RecordedAct, ...] = ()
    tembusan: tuple[Text, ...] = ()
    verification: VerificationMark | None = None
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.verification is not None and (self.state == RANCANGAN or self.number is None):
            raise ValueError("a draft or a paper without number has nothing to be verified")
        if self.state != RANCANGAN and (self.date is None or self.signature.name is None):
            raise ValueError("ready for signature, but without date or signature.name")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class OpdCount:
    """How the OPDs answered: *asked* = *handed_over* + *closed* (closed by the team with a reason)."""

    asked: Annotated[int, Field(ge=0)]
    handed_over: Annotated[int, Field(ge=0)]
    closed: Annotated[int, Field(ge=0)]

    def __post_init__(self) -> None:
        if self.asked != self.handed_over + self.closed:
            raise ValueError("every OPD that was asked has handed over or was closed with a reason")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Party:
    """Somebody who draws up the Berita Acara and signs it: who they are, and the *address* of their office."""

    signature: Signature
    address: Text | None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BeritaAcara:
    """Berita Acara Penyelenggaraan Evaluasi Mandiri. The letterhead follows its signer, the Sekda.

    *place* "Kantor Wali Kota Pangkalpinang", where it is drawn up; *place_of_date* stands before the date at
    the signatures. *attendance* how many attended the meeting; *notula* its wording in the list of what was
    held ("Notula"), of *notula_date*. *sekda* must sign; *chairs* sign beside. *parties*: those who sign, in the order
    of the opening (none in contexts that earlier versions have kept). *copies* how many originals.
    """

    state: State
    kop: Kop
    number: Text | None
    number_gap: Text
    notula_date: date | None = None
    date: date | None
    place: Text
    place_of_date: Text
    cycle: CycleFacts
    legal_basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    opds: OpdCount
    meetings: Annotated[tuple[HeldMeeting, ...], Field(min_length=1)]
    attendance: Annotated[int, Field(ge=0)]
    result: ResultFacts
    sekda: Signature
    chairs: Annotated[tuple[Signature, ...], Field(max_length=7)] = ()
    parties: Annotated[tuple[Party, ...], Field(max_length=8)] = ()
    notula: Text | None = None
    follow_ups: tuple[AgreedAction, ...] = ()
    attachments: tuple[Text, ...] = ()
    copies: Annotated[int, Field(ge=1, le=20)] = 2
    verification: VerificationMark | None = None
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.state == RANCANGAN and self.verification is not None:
            raise ValueError("a draft has nothing to be verified")
        if self.state == RANCANGAN:
            return
        signers = (self.sekda, *self.chairs)
        if self.number is None or self.date is None or any(signer.name is None for signer in signers):
            raise ValueError("ready for signature, but without number, date or the name of a signatory")
