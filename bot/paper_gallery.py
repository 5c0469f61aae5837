"""All papers at once, printed from samples: to look at them, and to check every template and style."""

import asyncio
from pathlib import Path

from bot.paper_sample_parts import FLAVOURS
from bot.paper_samples import flavoured
from bot.printing_press import Press, PressError
from sop.papers import KINDS, to_json


async def render_gallery(out: Path) -> list[Path]:
    """Print every kind of paper, ready and where possible as a draft, into a folder; returns the files."""
    await asyncio.to_thread(out.mkdir, parents=True, exist_ok=True)
    press = Press(strict=True)
    files = []
    try:
        for kind in KINDS:
            for flavour in ("normal", "draft"):
                context = flavoured(kind, flavour)
                if flavour == "draft" and not hasattr(context, "state"):
                    continue
                file = out / f"{kind}-{flavour}.pdf"
                await asyncio.to_thread(file.write_bytes, await press.render(kind, to_json(context)))
                files.append(file)
    finally:
        await press.close()
    return files


async def check_papers() -> list[str]:
    """Print every kind in every flavour; returns what is wrong, a sentence each (none: all is well)."""
    press = Press(strict=True)
    wrong = []
    try:
        for kind in KINDS:
            for flavour in FLAVOURS:
                try:
                    await press.render(kind, to_json(flavoured(kind, flavour)))
                except PressError as error:
                    wrong.append(f"templates/documents/{kind}.html ({flavour}): {error}")
    finally:
        await press.close()
    return wrong
