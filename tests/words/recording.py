"""Keeps what the rehearsal and the journeys really say, as samples for test_messages.py. Run by hand, either way:

    python -m tests.words.recording
    python -m pytest -p tests.words.recording tests/journeys

What was kept before stays, so that both add up; after a change of parameters delete samples/recorded.json first.
For each template and label it keeps up to three sets of parameters that differ in shape, the fullest first.
"""

import json
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.application import TEMPLATES
from bot.wording import Wording
from storage.frozen import freeze

RECORDED = Path(__file__).parent / "samples" / "recorded.json"
MOST = 3
_heard: dict[str, dict[str, dict[str, Any]]] = {"messages": defaultdict(dict), "labels": defaultdict(dict)}


class Listener:
    """Stands between the program and its words, and changes nothing."""

    def __init__(self) -> None:
        self.message, self.toast, self.label = Wording.message, Wording.toast, Wording.label

    def listen(self) -> None:
        Wording.message, Wording.toast = self._say(self.message), self._say(self.toast)
        Wording.label = self._labels()

    def stop(self) -> None:
        Wording.message, Wording.toast, Wording.label = self.message, self.toast, self.label

    def _say(self, speak):
        def say(wording, template, params):
            words = speak(wording, template, params)
            if template:
                _keep("messages", template, params)
            return words

        return say

    def _labels(self):
        def label(wording, choice):
            words = self.label(wording, choice)
            _keep("labels", choice.label_key or choice.action, choice.label)
            return words

        return label


def _keep(kind: str, name: str, params: Any) -> None:
    frozen = freeze(params)
    _heard[kind][name].setdefault(_shape(frozen), frozen)


def _shape(value: Any) -> str:
    """What a template can tell apart: which values are there at all, and which enumerated words they are."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_shape(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ("+" + _shape(value[0]) if value else "") + "]"
    return str(value) if isinstance(value, bool) or value is None else type(value).__name__ + "01"[bool(value)]


def _sorted(heard: dict[str, dict[str, Any]], before: dict[str, list[Any]]) -> dict[str, list[Any]]:
    result = dict(before)
    for name, shapes in heard.items():
        found = {_shape(params): params for params in (*before.get(name, ()), *shapes.values())}
        fullest = sorted(found.items(), key=lambda pair: (-pair[0].count("1"), pair[0]))
        result[name] = [params for _, params in fullest[:MOST]]
    return dict(sorted(result.items()))


def _real() -> dict[str, set[str]]:
    wording = Wording(TEMPLATES)
    return {"messages": set(wording.templates), "labels": set(wording._labels)}


_listener = Listener()


def pytest_configure(config: Any) -> None:
    _listener.listen()


def pytest_unconfigure(config: Any) -> None:
    _listener.stop()
    write()


def write() -> None:
    """Add what was heard to the samples."""
    before = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    real = _real()
    kept = {
        kind: {name: sets for name, sets in _sorted(heard, before.get(kind, {})).items() if name in real[kind]}
        for kind, heard in _heard.items()
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    RECORDED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    from bot.gladi import rehearse

    _listener.listen()
    with tempfile.TemporaryDirectory() as papers:
        rehearse(Path(papers))
    write()
