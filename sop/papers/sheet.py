"""The SOP sheet (PermenPANRB 35/2012): identity block and flow table with its five symbols."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from sop.papers.parts import STRICT, Image, Look, Signature, Text


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SopActor:
    """A column of the flow table."""

    key: Text
    name: Text


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SopStep:
    """A row of the flow table. *symbol*: kapsul (start, end), kotak (process), belah_ketupat (decision).

    *returns_to* is the number of the step that a "tidak" leads back to; only a decision has it.
    """

    number: Annotated[int, Field(ge=1)]
    activity: Text
    actor: Text
    symbol: Literal["kapsul", "kotak", "belah_ketupat"]
    completeness: Text
    time: Text
    output: Text
    note: Text | None = None
    returns_to: Annotated[int, Field(ge=1)] | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SopSheet:
    """The whole sheet. What the office has not settled is ``None`` or empty, and printed as such.

    Not *confirmed*: who does what was read from the SOP's sentences, and the sheet says so.
    """

    title: Text
    government: Text
    office: Text
    unit: Text
    number: Text | None
    created: date | None
    revised: date | None
    effective: date | None
    approved_by: Signature
    actors: Annotated[tuple[SopActor, ...], Field(min_length=1, max_length=8)]
    steps: Annotated[tuple[SopStep, ...], Field(min_length=1)]
    legal_basis: tuple[Text, ...] = ()
    qualifications: tuple[Text, ...] = ()
    related: tuple[Text, ...] = ()
    equipment: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()
    records: tuple[Text, ...] = ()
    logo: Image | None = None
    confirmed: bool = True
    look: Look = Look()

    def __post_init__(self) -> None:
        known = {actor.key for actor in self.actors}
        numbers = {step.number for step in self.steps}
        for step in self.steps:
            if step.actor not in known:
                raise ValueError(f"step {step.number}: unknown actor {step.actor!r}")
            if step.returns_to is None:
                continue
            if step.symbol != "belah_ketupat" or step.returns_to not in numbers:
                raise ValueError(f"step {step.number}: only a decision returns, and to a step of this sheet")
