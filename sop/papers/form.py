"""Formulir evaluasi, filled in (SOP step 7): every indicator with its value, grounds, evidence, improvement."""

from datetime import date

from pydantic.dataclasses import dataclass

from sop.papers.parts import RANCANGAN, STRICT, CycleFacts, Kop, Look, Signature, State, Text
from sop.papers.result import ResultFacts


@dataclass(frozen=True, kw_only=True, config=STRICT)
class FormulirTerisi:
    """The form as the team completed it. *place* and *date* stand above the signature; *date* may be open."""

    state: State
    kop: Kop
    cycle: CycleFacts
    result: ResultFacts
    place: Text
    date: date | None
    signature: Signature
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.state != RANCANGAN and (self.date is None or self.signature.name is None):
            raise ValueError("ready for signature, but without date or signature.name")
