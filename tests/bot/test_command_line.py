"""Errors at start: one clear sentence, a non-zero exit, no secret (issue 3, section 1). Each runs as a process.

All but the last are forked from one that has imported the program; the last starts it as its user does.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from latihan.botapi import BotApi
from latihan.faults import Fault
from tests.forking import processes

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:" + "A" * 35


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


def _become(arguments: tuple[str, ...], environment: dict[str, str], said: tuple[Path, Path]) -> None:
    """Be the command line, in a process of its own."""
    for number, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    os.chdir(PROJECT)
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(main(list(arguments)))


def clean(data: Path, **environment: str) -> dict[str, str]:
    """An environment with nothing of this machine's settings."""
    ours = ("TELEGRAM", "DATABASE", "DATA_", "OFFICE")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)} | {"DATA_DIR": str(data)} | environment


def bot(*arguments: str, data: Path, **environment: str) -> Done:
    """Run the command line."""
    with tempfile.TemporaryDirectory() as folder:
        said = (Path(folder) / "out", Path(folder) / "err")
        process = processes.Process(target=_become, args=(arguments, clean(data, **environment), said))
        process.start()
        process.join(60)
        if process.exitcode is None:
            process.kill()
            raise AssertionError(f"{arguments} does not end: {said[1].read_text()}")
        return Done(process.exitcode, *(path.read_text() for path in said))


def one_sentence(done: Done) -> str:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stderr + done.stdout
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_without_a_token_run_says_what_to_do(tmp_path: Path) -> None:
    assert "TELEGRAM_TOKEN belum diisi" in one_sentence(bot("run", data=tmp_path))


def test_a_token_that_is_none_is_named_without_being_shown(tmp_path: Path) -> None:
    sentence = one_sentence(bot("run", data=tmp_path, TELEGRAM_TOKEN="salah-salin"))
    assert "TELEGRAM_TOKEN" in sentence
    assert "salah-salin" not in sentence


@pytest.mark.parametrize("url", ["nonsense", "foo://x", "postgresql+nodriver://bot:rahasia@127.0.0.1/x"])
@pytest.mark.parametrize("command", ["run", "migrate"])
def test_an_address_of_no_database_is_one_sentence(tmp_path: Path, command: str, url: str) -> None:
    sentence = one_sentence(bot(command, data=tmp_path, TELEGRAM_TOKEN=TOKEN, DATABASE_URL=url))
    assert "Basis data tidak dapat dibuka" in sentence
    assert "rahasia" not in sentence


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_broken_database_file_is_one_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "monev.sqlite3").write_bytes(b"bukan basis data" * 100)
    assert "Basis data tidak dapat dibuka" in one_sentence(bot(command, data=tmp_path, TELEGRAM_TOKEN=TOKEN))


def test_an_address_in_a_folder_that_is_not_there_begins_no_new_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'salah-ketik' / 'x.db'}"
    assert "salah-ketik tidak ada" in one_sentence(bot("migrate", data=tmp_path, DATABASE_URL=url))
    assert not (tmp_path / "salah-ketik").exists()


def test_what_the_bot_writes_is_for_its_own_account_alone(tmp_path: Path) -> None:
    assert bot("migrate", data=tmp_path / "data").returncode == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "monev.sqlite3").stat().st_mode & 0o077 == 0


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "monev.sqlite3") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        newer.execute("INSERT INTO alembic_version VALUES ('ffffffffffff')")
    assert "versi bot yang lebih baru" in one_sentence(bot("run", data=tmp_path, TELEGRAM_TOKEN=TOKEN))


def test_an_office_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """What is wrong with the office's files is told file by file, so that all can be mended at once."""
    done = bot("run", data=tmp_path, TELEGRAM_TOKEN=TOKEN, OFFICE_DIR=str(tmp_path / "tidak-ada"))
    assert done.returncode != 0
    assert all("tidak-ada" in line for line in done.stderr.strip().splitlines())


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.error(401, "Unauthorized"), "Token bot ditolak"),
        (Fault.error(429, "Too Many Requests: retry after 3", retry_after=3), "Coba lagi"),
        (Fault.error(502, "Bad Gateway", html=True), "tidak dapat dihubungi"),
    ],
)
def test_what_telegram_says_at_start_is_one_sentence(tmp_path: Path, fault: Fault, words: str) -> None:
    with BotApi() as server:
        server.on_request(lambda method, params: fault)
        url = server.base_url.split("/bot")[0]
        done = bot("run", data=tmp_path, TELEGRAM_TOKEN=server.token, TELEGRAM_API_URL=url)
        assert words in one_sentence(done)
        assert server.token not in done.stderr


def test_a_second_process_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with BotApi() as server:
        url = server.base_url.split("/bot")[0]
        environment = clean(tmp_path, TELEGRAM_TOKEN=server.token, TELEGRAM_API_URL=url)
        first = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=PROJECT, env=environment)
        try:
            server.person("Dewi Anggraini").says("/start")
            server.wait_confirmed(timeout=60.0)  # it polls, so it holds the lock
            second = bot("run", data=tmp_path, TELEGRAM_TOKEN=server.token, TELEGRAM_API_URL=url)
            assert "sudah berjalan" in one_sentence(second)
        finally:
            first.terminate()
            first.wait(30)
