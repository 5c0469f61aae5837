"""Register of letter numbers: one book for each unit and year (document-formats.md, 2.3)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from sop.papers.parts import STRICT, Kop, Look, Prose, Text

NumberState = Literal["terpakai", "luar", "batal", "diganti", "dibatalkan", "kosong"]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class RegisterLine:
    """A number, several alike in a row, or a gap (*state* `kosong`, nothing but the serials).

    *first* and *last* serial; ``None`` for a number of another form. *receivers*: to how many perangkat daerah it
    went; *addressed_to* whom a letter to others names; both ``None`` where that is not known. *by* whom and *at* (UTC)
    it was recorded. *note*: the reason.
    """

    first: int | None
    last: int | None
    state: NumberState
    number: Text | None = None
    dated: date | None = None
    subject: Text | None = None
    receivers: Annotated[int, Field(ge=1)] | None = None
    addressed_to: Text | None = None
    by: Text | None = None
    at: AwareDatetime | None = None
    note: Prose | None = None

    def __post_init__(self) -> None:
        if self.state != "kosong" and self.number is None:
            raise ValueError("a number that is not open has its full form")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class RegisterSurat:
    """The register of a *unit* ("DISKOMINFO") and *year*, as it stands at *as_of* (UTC)."""

    kop: Kop
    unit: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    as_of: AwareDatetime
    lines: tuple[RegisterLine, ...]
    look: Look = Look()
