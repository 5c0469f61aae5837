"""Every paper, printed from samples: to check each template and style, and the structure of what comes out."""

from bot.paper_sample_parts import FLAVOURS
from bot.paper_samples import flavoured
from bot.paper_structure import flaws
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
                    pdf = await press.render(kind, to_json(flavoured(kind, flavour)))
                    wrong += [f"templates/documents/{kind}.html ({flavour}): {flaw}" for flaw in flaws(pdf)]
                except PressError as error:
                    wrong.append(f"templates/documents/{kind}.html ({flavour}): {error}")
    finally:
        await press.close()
    return wrong
