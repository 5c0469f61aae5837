"""The house itself: which rooms there are, and what may not stand in them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "handlers", "storage", "sop", "latihan")


def sources(*rooms):
    return [p for room in rooms for p in (ROOT / room).rglob("*.py")]


def test_the_packages_of_the_program_are_exactly_these_five():
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")}

    assert packages == {*ROOMS, "tests"}


def test_the_packages_are_ours_and_not_some_installed_ones_of_the_same_name():
    found = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(ROOMS)}; print(*[m.__file__ for m in ({', '.join(ROOMS)})])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert all(Path(f).is_relative_to(ROOT) for f in found)


def test_the_layers_hold():
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout


def test_no_sentence_for_people_stands_in_a_handler():
    """A string with a blank between two Indonesian words is a sentence; docstrings and template names are not."""
    found = []
    for path in sources("handlers"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        found += [
            f"{path.name}:{node.lineno}: {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and re.search(r"\b(dan|yang|untuk|sudah|belum|tidak|Bapak|mohon|silakan)\b", node.value)
            and " " in node.value
        ]

    assert found == []


def test_the_bot_process_does_not_load_the_printing_engine():
    code = "import bot.application, sys; print('weasyprint' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"
