"""Every paper, printed from samples: to check each template and style."""

from bot.paper_sample_parts import FLAVOURS
from bot.paper_samples import flavoured
from bot.printing_press import Press, PressError
from sop.papers import KINDS, to_json


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
