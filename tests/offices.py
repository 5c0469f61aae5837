"""The shipped office, and a sandbox with a two-step SOP, for tests of the rules."""

from functools import cache
from pathlib import Path

from sop.office import Bundle
from sop.worktime import Calendar
from storage.office import load_bundle

ROOT = Path(__file__).resolve().parents[1]
SANDBOX = Path(__file__).parent / "data" / "sandbox"
DIALOGUES = frozenset({"prepare", "dispose", "letters", "evidence", "recap", "meeting", "form", "publish", "plain"})


@cache
def shipped() -> Bundle:
    return load_bundle(ROOT / "office", dialogues=DIALOGUES, templates_dir=ROOT / "templates")


@cache
def sandbox() -> Bundle:
    return load_bundle(SANDBOX, dialogues=DIALOGUES)


@cache
def calendar() -> Calendar:
    return Calendar(shipped().calendar)
