"""What the code says, read from its source: names of templates, labels of buttons, reasons of refusals."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Who names a template, and where: position of the argument (and its name as keyword).
_SPEAKERS = {
    "say": 0,
    "show": 0,
    "toast": 0,
    "tell": 0,
    "notify": 0,
    "CardView": 0,
    "Message": 1,
    "_group_line": 1,
    "_tell_roles": 2,
    "_cycle_changed": 2,
    "_tell_sender": 2,
    "_reply": 2,
}


def calls(*folders: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the sources of *folders*: place, name of what is called, the call."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def words(node: ast.AST | None) -> list[str]:
    """The texts that an expression may be: itself, or either side of an if."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return words(node.body) + words(node.orelse)
    return []


def argument(call: ast.Call, position: int, name: str) -> ast.AST | None:
    """An argument of a call, given by place or by name."""
    by_name = next((k.value for k in call.keywords if k.arg == name), None)
    return by_name or (call.args[position] if len(call.args) > position else None)


def templates() -> Iterator[tuple[str, str]]:
    """Place and name of every message template that sop/ and handlers/ mention."""
    for place, name, call in calls("sop", "handlers"):
        if name in _SPEAKERS:
            for found in words(argument(call, _SPEAKERS[name], "template")):
                yield place, found
                if name == "_cycle_changed":
                    yield place, f"group/{found}"


def labels() -> Iterator[tuple[str, str]]:
    """Place and key of every label of a button."""
    for place, name, call in calls("sop", "handlers"):
        if name == "Choice":
            chosen = argument(call, 5, "label_key")
            for key in words(chosen if chosen is not None else argument(call, 0, "action")):
                yield place, key


def actions() -> Iterator[tuple[str, str]]:
    """Place and name of every action of a button that is not a link."""
    for place, name, call in calls("sop", "handlers"):
        if name == "Choice" and argument(call, 4, "url") is None:
            for action in words(argument(call, 0, "action")):
                yield place, action


def refusals(kind: str, *fields: str) -> set[tuple[str, ...]]:
    """The constant arguments with which a refusal is raised, in the order of *fields*."""
    found: set[tuple[str, ...]] = set()
    for _, name, call in calls("sop", "storage", "handlers"):
        if name == kind:
            combinations: list[tuple[str, ...]] = [()]
            for position, each in enumerate(fields):
                given = words(argument(call, position, each))
                combinations = [(*c, g) for c in combinations for g in given]
            found |= set(combinations)
    return found
