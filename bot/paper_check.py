"""Every paper, printed from samples: to check each template and style, and the structure of what comes out."""

import asyncio
import os

from bot.paper_sample_parts import FLAVOURS
from bot.paper_samples import flavoured
from bot.paper_structure import flaws
from bot.printing_press import Press, PressError
from sop.papers import KINDS, to_json

PRESSES = 4  # at most; each is a process of its own with a core of its own


async def check_papers() -> list[str]:
    """Print every kind in every flavour; returns what is wrong, a sentence each (none: all is well)."""
    jobs = [(kind, flavour) for kind in KINDS for flavour in FLAVOURS]
    found: dict[tuple[str, str], list[str]] = {}
    waiting = iter(jobs)

    async def work() -> None:
        press = Press(strict=True)
        try:
            for kind, flavour in waiting:
                found[kind, flavour] = await _wrong_with(press, kind, flavour)
        finally:
            await press.close()

    async with asyncio.TaskGroup() as workers:
        for _ in range(min(PRESSES, os.cpu_count() or 1)):
            workers.create_task(work())
    return [f"templates/documents/{kind}.html ({flavour}): {w}" for kind, flavour in jobs for w in found[kind, flavour]]


async def _wrong_with(press: Press, kind: str, flavour: str) -> list[str]:
    try:
        pdf = await press.render(kind, to_json(flavoured(kind, flavour)))
    except PressError as error:
        return [str(error)]
    return await asyncio.to_thread(flaws, pdf)
