"""Parts that papers share: letterhead, head of a letter, signature, recorded acts.

Every value is ready to print or a plain date; how a date reads is the template's business. A text is never
empty: what the office has not got is either refused here or, where a draft may lack it, an explicit ``None``
that the template prints as a visible gap.

Layout and terms: tata naskah dinas; the settings of the office decide what differs between offices.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass

STRICT: Final = ConfigDict(strict=True, extra="forbid")

State = Literal["rancangan", "siap_tanda_tangan"]
RANCANGAN: Final = "rancangan"
SIAP_TANDA_TANGAN: Final = "siap_tanda_tangan"
UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _printable(text: str) -> str:
    """Drop what no printer shows: control, format (bidi overrides), surrogate and private characters."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in UNPRINTABLE)
    if not kept.strip():
        raise ValueError("a paper never prints an empty text")
    return unicodedata.normalize("NFC", kept).strip()


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", _printable(re.sub(r"\s", " ", text)))


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_line)]
"""One line, never blank."""
Prose = Annotated[str, StringConstraints(min_length=1), AfterValidator(_printable)]
"""Words of a person; line breaks are kept, never blank."""
Nip = Annotated[str, StringConstraints(pattern=r"^\d{18}$")]
"""Civil servant number: 18 digits without spaces; printed in groups of 8, 6, 1 and 3."""
Image = Annotated[str, StringConstraints(pattern=r"^data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]+$")]
"""A picture carried along as a data URI: the printing process opens neither files nor connections."""
TelegramLink = Annotated[
    str, StringConstraints(pattern=r"^https://t\.me/[A-Za-z0-9_]{3,64}\?start=[A-Za-z0-9_-]{1,64}$")
]
"""A deep link to the bot (Bot API: payload of at most 64 characters A-Z a-z 0-9 _ -)."""


CheckCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$")]
"""The code of a numbered paper, as it is printed (`sop.verification.show_code`)."""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class VerificationMark:
    """How whoever holds the paper can ask whether it is genuine: at *bot* ("@…"), by *code* or the QR of *link*."""

    code: CheckCode
    link: TelegramLink
    bot: Text


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Margins:
    """Of an upright sheet, in millimetres. The first page begins higher, with the letterhead."""

    top: int = 20
    right: int = 20
    bottom: int = 25
    left: int = 30


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Look:
    """What the office sets once for all its papers.

    *paper*: F4 is 215 x 330 mm, A4 210 x 297 mm. *font_size* in points. *name_style*: the signer's name.
    """

    paper: Literal["F4", "A4"] = "F4"
    font: Literal["Arial", "Times New Roman", "Bookman Old Style"] = "Arial"
    font_size: Literal[11, 12] = 12
    name_style: Literal["biasa", "tebal_bergaris"] = "biasa"
    hal_label: Literal["Hal", "Perihal"] = "Hal"
    margins: Margins = Margins()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Kop:
    """Letterhead. It follows the signer, not the drafter; *logo* is the city's arms (``None``: none).

    *above* what stands between government and office, such as the dinas above its UPTD.
    """

    government: Text
    above: tuple[Text, ...] = ()
    office: Text
    address: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]
    logo: Image | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CycleFacts:
    """The run of the SOP that a paper belongs to. Names are data, because the law renames them.

    *name* "Evaluasi Mandiri SPBE 2026"; *subject* "Sistem Pemerintahan Berbasis Elektronik (SPBE)";
    *short* "SPBE"; *instrument* the regulation whose indicators are used; *city* "Kota Pangkalpinang".
    """

    name: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    subject: Text
    short: Text
    instrument: Text
    city: Text


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Head:
    """Nomor, sifat, lampiran, hal, tanggal. A draft has no *number* and prints *number_gap* ("500.12/……/…").

    *lampiran* is the finished wording ("1 (satu) berkas" or "-"). *place* stands before the date, if given.
    """

    number: Text | None
    number_gap: Text
    date: date | None
    sifat: Text
    lampiran: Text
    hal: Text
    place: Text | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Signature:
    """Who is to sign, by hand: title lines, space, name, rank, NIP.

    *acting* Plt. or Plh. before the title; *on_behalf_of* prints "a.n. …" above it; *through* is the official
    between the two, printed with "u.b.". *name* may be open in a draft; not everybody has *rank* and *nip*.
    *nip_open*: there is one, but nobody has told it: a gap.
    """

    title: Text
    name: Text | None
    rank: Text | None = None
    nip: Nip | None = None
    acting: Literal["Plt.", "Plh."] | None = None
    on_behalf_of: Text | None = None
    through: Text | None = None
    nip_open: bool = False

    def __post_init__(self) -> None:
        if self.through and not self.on_behalf_of:
            raise ValueError("u.b. needs an a.n. above it")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class RecordedAct:
    """A press of a button, printed as what it is: "Tercatat <verb> melalui sistem oleh <by> pada <at>".

    *verb* "disetujui"; *by* the capacity in words ("Plh. Kabid Penyelenggaraan E-Government"); *at* UTC.
    """

    verb: Text
    by: Text
    name: Text | None
    at: AwareDatetime


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Recipients:
    """Offices a letter goes to, by title ("Kepala Dinas Kesehatan"). More than three become Lampiran I.

    *collective* is what the letter then calls them ("Anggota Tim SPBE"; ``None``: heads of perangkat daerah).
    """

    titles: Annotated[tuple[Text, ...], Field(min_length=1)]
    place: Text
    collective: Text | None = None

    @property
    def listed_apart(self) -> bool:
        """Whether the letter says "(daftar terlampir)" and lists them in Lampiran I."""
        return len(self.titles) > 3


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Meeting:
    """Hari, tanggal, pukul, tempat, acara. The weekday is computed, never typed. Times are aware."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime | None
    place: Text
    agenda: Text

    def __post_init__(self) -> None:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValueError("a meeting ends after it starts")
