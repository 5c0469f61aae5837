"""Parameters for every message and label: recorded from journeys, written by hand where no journey comes by, and
what follows from them: hostile, least and most."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from storage.frozen import thaw

FOLDER = Path(__file__).parent
# Words of the program, never of a person: a command has a description, a field has a template.
OF_THE_PROGRAM = {"commands", "command", "guess", "field", "act", "part", "phase"}
HOSTILE = "<b>&\"'</b>\u202e&amp;</code><a href='tg://user?id=1'>\U0001f468\u200d\U0001f469\u200d\U0001f467 _*[x](y)`"
LONG_WORD = "<b>" + "a" * 1500 + "&<" + "b" * 1492 + "<i>"
# The longest that the rules let in (of people and files: Telegram), in letters.
LONGEST = {
    "name": 129,
    "by": 129,
    "filename": 255,
    "link": 500,
    "cycle": 80,
    "code": 8,
    "codes": 8,
    "missing": 8,
    "accepted": 8,
    "left": 8,
    "number": 60,
    "numbers": 60,
    "void": 60,
    "state": 20,
    "reason": 600,
    "question": 600,
    "answer": 600,
    "explanation": 600,
    "came_back": 600,
    "cycle_reason": 600,
    "note": 600,
    "typed": 600,
    "detail": 300,
    "quiet_from": 5,
    "quiet_until": 5,
}
IN_A_LABEL = {"name": 80, "opd": 40, "opds": 40, "title": 60, "short": 40}
# Lists that the caller keeps short: pages, or what the office has defined once.
MOST = {
    "card/closing missing": 6,
    "card/publish checks": 8,
    "closing/ask_report missing": 6,
    "publish/ask checks": 8,
    "publish/words parts": 3,
    "card/prepare to": 2,
    "dispose/approved instructions": 6,
    "dispose/approved marks": 2,
    "dispose/told instructions": 6,
    "admin/cycle steps": 3,
    "admin/history lines": 8,
    "card/evidence items": 8,
    "card/letters letters": 2,
    "card/recap owing": 4,
    "card/prepare files": 4,
    "dispose/options chosen": 8,
    "drafts/list drafts": 8,
    "evidence/files files": 8,
    "evidence/hand_over missing": 12,
    "evidence/history files": 8,
    "evidence/item current": 8,
    "evidence/list items": 8,
    "evidence/which_of_all items": 8,
    "indicator/differences lines": 12,
    "indicator/list items": 8,
    "indicator/mistakes mistakes": 8,
    "indicator/one evidence": 5,
    "indicator/one lacks": 2,
    "indicator/one levels": 5,
    "indicator/summary missing": 12,
    "indicator/summary waiting": 12,
    "letter_received_question letters": 2,
    "letters/ask_send by_hand_names": 6,
    "letters/expedition numbers": 2,
    "letters/none waiting": 3,
    "letters/received numbers": 2,
    "letters/sent by_hand_names": 6,
    "register/book lines": 8,
    "register/book gaps": 4,
    "replace/sent letters": 2,
    "replace/ask_send by_hand_names": 6,
    "replace/replaced by_hand_names": 6,
    "replace/ask_revoke by_hand_names": 6,
    "replace/confirm_revoke by_hand_names": 6,
    "replace/revoked by_hand_names": 6,
    "letters_void numbers": 2,
    "letters_void titles": 2,
    "step/return_why voids": 3,
    "meeting/people people": 8,
    "meeting/decisions decisions": 8,
    "meeting/discussion points": 8,
    "meeting/dissent dissent": 8,
    "meeting/follow_ups follow_ups": 8,
    "meeting/guests_kept names": 8,
    "meeting/ask_invite by_hand_names": 6,
    "meeting/invited by_hand_names": 6,
    "card/meeting lacking": 6,
    "meeting/minutes lacking": 6,
    "open_cycle/ask_instrument instruments": 8,
    "people/import_mistakes mistakes": 8,
    "prepare/submit to": 4,
    "recap/indicator answers": 8,
    "recap/indicators lines": 8,
    "recap/opd items": 8,
    "recap/opds lines": 8,
    "recap/owing owing": 4,
    "recap/recap owing": 4,
    "review/close owing": 8,
    "review/close_confirm owing": 8,
    "review/item current": 8,
    "review/opd items": 8,
    "review/opds opds": 8,
    "start/member tasks": 3,
    "status/group cycles": 3,
    "status/owing agencies": 15,
    "status/table own": 3,
    "tasks/list tasks": 8,
}
ONE_OF_THEM = {"office_minutes", "working_days", "weeks"}  # a duration has exactly one of these
USUALLY = 100
Path_ = tuple[str, ...]


def read(kind: str) -> dict[str, list[dict[str, Any]]]:
    """Recorded samples of ``messages`` or ``labels``: name → sets of parameters."""
    recorded = json.loads((FOLDER / "recorded.json").read_text(encoding="utf-8"))[kind]
    return {name: [thaw(params) for params in sets] for name, sets in recorded.items()}


def joined(*sources: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """All samples of a name together."""
    found: dict[str, list[dict[str, Any]]] = {}
    for source in sources:
        for name, sets in source.items():
            found.setdefault(name, []).extend(sets)
    return found


def changed(value: Any, change: Callable[[Path_, Any], Any], path: Path_ = ()) -> Any:
    """The value with every leaf and every list passed through *change*."""
    if isinstance(value, dict):
        return {key: changed(inner, change, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        value = change(path, value)
        return [changed(inner, change, path) for inner in value]
    return change(path, value)


def with_words(params: dict[str, Any], words: str) -> dict[str, Any]:
    """Every free text replaced by *words*."""

    def change(path: Path_, value: Any) -> Any:
        if not isinstance(value, str) or not value or path[-1] in OF_THE_PROGRAM:
            return value
        return words + "|35651584" if path == ("value",) else words

    return changed(params, change)


def one_by_one(params: dict[str, Any], words: str) -> Iterator[dict[str, Any]]:
    """Each free text replaced by *words* while the others stay."""
    for wanted in texts(params):
        if wanted[-1] not in OF_THE_PROGRAM and wanted != ("value",):
            yield changed(
                params,
                lambda path, value, at=wanted: words if path == at and isinstance(value, str) and value else value,
            )


def texts(value: Any, path: Path_ = ()) -> list[Path_]:
    """Where the words stand."""
    found: list[Path_] = []
    changed(value, lambda at, leaf: (found.append(at) if isinstance(leaf, str) else None, leaf)[1])
    return sorted(set(found))


def least(params: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """No lists, no counts; nothing where one of the *others* shows that there may be nothing."""
    nothing: dict[Path_, Any] = {}
    for other in others:
        changed(other, lambda path, value: (nothing.setdefault(path, value) if _nothing(value) else None, value)[1])

    def change(path: Path_, value: Any) -> Any:
        if path[-1] in ONE_OF_THEM:
            return value
        if path in nothing:
            return nothing[path]
        if isinstance(value, list):
            return []
        return type(value)() if isinstance(value, bool | int | float | Decimal) else value

    return changed(params, change)


def _nothing(value: Any) -> bool:
    return value is None or value == ""


def most(params: dict[str, Any], template: str = "") -> dict[str, Any]:
    """Long lists and long words; without a *template*: of a label."""
    longest = LONGEST if template else LONGEST | IN_A_LABEL

    def change(path: Path_, value: Any) -> Any:
        if isinstance(value, list):
            many = MOST.get(f"{template} {path[0]}", 200) if len(path) == 1 else 6
            return (value * many)[:many]
        if isinstance(value, str) and value and path[-1] not in OF_THE_PROGRAM:
            return _stretched(value, longest.get(path[-1], USUALLY))
        return value

    return changed(params, change)


def _stretched(value: str, length: int) -> str:
    return (value + " dan seterusnya" * (length // 15 + 1))[: max(length, len(value))]
