"""`python -m bot check`: all that the office may change, every sentence and paper; what is wrong and where."""

import asyncio
import sys

from bot import settings
from bot.application import TEMPLATES
from bot.paper_check import check_papers
from bot.wording import Wording, WordingError
from handlers.table import make_table
from storage.office import OfficeError, load_bundle


def everything() -> int:
    """Check all and report to standard output; 0 when nothing is wrong."""
    chosen = settings.load()
    registry = make_table()
    problems: list[str] = []
    dialogues = frozenset(d.key for d in registry.dialogues if d.card)
    try:
        load_bundle(chosen.office_dir, dialogues=dialogues, templates_dir=TEMPLATES)
    except OfficeError as error:
        problems += error.problems
    try:
        wording = Wording(TEMPLATES)
        problems += wording.problems()
        problems += [
            f"templates/commands: no description for /{c.name}"
            for c in registry.commands()
            if c.name not in wording.commands
        ]
    except WordingError as error:
        problems.append(str(error))
    problems += asyncio.run(check_papers())
    for problem in problems:
        sys.stdout.write(f"✗ {problem}\n")
    sys.stdout.write(
        "Semua konfigurasi, kalimat, dan naskah baik.\n" if not problems else f"{len(problems)} masalah.\n"
    )
    return 1 if problems else 0
