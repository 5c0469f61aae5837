"""Every paper, printed from samples as the office dresses it: each template and style, and what comes out of them."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.paper_sample_parts import FLAVOURS
from bot.paper_samples import flavoured
from bot.paper_structure import flaws
from bot.printing_press import Press, PressError
from sop.papers import KINDS, Kop, Look, to_json

PRESSES: Final = 4  # at most; each is a process of its own with a core of its own
UNDER_EACH_HEAD: Final = "surat_undangan"  # printed under every letterhead, the others under the first


@dataclass(frozen=True)
class Proof:
    """One print to look at: a kind of paper in a flavour, under one of the office's letterheads (by key)."""

    kind: str
    flavour: str
    letterhead: str

    def __str__(self) -> str:
        return f"templates/documents/{self.kind}.html ({self.flavour}, kop {self.letterhead})"


async def check_papers(look: Look, letterheads: Mapping[str, Kop]) -> list[str]:
    """Print every kind in every flavour as this office would; returns what is wrong, a sentence each."""
    first, *others = letterheads
    proofs = [Proof(kind, flavour, first) for kind in KINDS for flavour in FLAVOURS]
    proofs += [Proof(UNDER_EACH_HEAD, "normal", key) for key in others]
    found: dict[Proof, list[str]] = {}
    waiting = iter(proofs)

    async def work() -> None:
        press = Press(strict=True)
        try:
            for proof in waiting:
                found[proof] = await _wrong_with(press, proof, look, letterheads[proof.letterhead])
        finally:
            await press.close()

    async with asyncio.TaskGroup() as workers:
        for _ in range(min(PRESSES, os.cpu_count() or 1)):
            workers.create_task(work())
    return [f"{proof}: {wrong}" for proof in proofs for wrong in found[proof]]


async def _wrong_with(press: Press, proof: Proof, look: Look, letterhead: Kop) -> list[str]:
    context = flavoured(proof.kind, proof.flavour, look, letterhead)
    try:
        pdf = await press.render(proof.kind, to_json(context))
    except PressError as error:
        return [str(error)]
    return await asyncio.to_thread(flaws, pdf, look.font)
