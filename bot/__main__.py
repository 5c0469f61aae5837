"""The command line: `python -m bot --help`. Whatever stops a start is one clear sentence and a non-zero exit."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import check, log, settings
from bot.application import TEMPLATES, Monev, NoToken
from bot.clock import SystemClock
from bot.first_code import offer_first_code
from bot.gladi import rehearse
from bot.intake import AnotherInstance, TokenRefused
from bot.settings import Settings, SettingsError
from bot.wording import WordingError
from handlers.registry import RegistryMistake
from handlers.table import make_table
from sop.office import Bundle
from storage.database import Database, DatabaseUnusable
from storage.instance import AlreadyRunning, SingleInstance
from storage.migrations import DatabaseTooNew
from storage.office import OfficeError, load_bundle

STOPPERS = (
    SettingsError,
    OfficeError,
    WordingError,
    RegistryMistake,
    AlreadyRunning,
    DatabaseTooNew,
    DatabaseUnusable,
    NoToken,
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Bot Monev SPBE")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    about: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
        "run": ("serve Telegram; needs TELEGRAM_TOKEN", lambda _: _run()),
        "gladi": ("the rehearsal: a cast plays the cycle on this machine, no token needed", _gladi),
        "run-or-rehearse": ("run with a token, gladi without (what `make run` does)", _run_or_rehearse),
        "check": ("validate all configuration, templates and papers; say what is wrong and where", lambda _: _check()),
        "migrate": ("bring the database to this version", lambda _: _migrate()),
    }
    for name, (words, act) in about.items():
        command = commands.add_parser(name, help=words)
        command.set_defaults(act=act)
        if name in ("gladi", "run-or-rehearse"):
            command.add_argument("--out", type=Path, default=settings.PROJECT / "out", help="folder for the papers")
    chosen = parser.parse_args(arguments)
    os.umask(0o077)  # what the office entrusts to the bot is for its own account alone
    try:
        return int(chosen.act(chosen))
    except STOPPERS as stopper:
        return _stopped(str(stopper))
    except (AnotherInstance, TokenRefused) as stopper:
        return _stopped(str(stopper))
    except InvalidToken:
        return _stopped(str(TokenRefused()))
    except NetworkError as error:
        reason = log.redact(str(error)).split(" Parsing ")[0]  # without the page that a proxy may have sent
        return _stopped(f"Server Bot API tidak dapat dihubungi ({reason}). Periksa jaringan dan TELEGRAM_API_URL.")
    except TelegramError as error:
        return _stopped(f"Telegram menolak permintaan pertama ({log.redact(error.message)}). Coba lagi sebentar lagi.")
    except OSError as error:
        return _stopped(f"Berkas atau jaringan tidak dapat dipakai: {log.redact(str(error))}")


def _stopped(sentence: str) -> int:
    sys.stderr.write(sentence.rstrip() + "\n")
    return 2


def _load() -> tuple[Settings, Bundle]:
    chosen = settings.load()
    log.configure(chosen.log_level, chosen.log_format)
    dialogues = frozenset(d.key for d in make_table().dialogues if d.card)
    return chosen, load_bundle(chosen.office_dir, dialogues=dialogues, templates_dir=TEMPLATES)


def _run() -> int:
    chosen, office = _load()
    if chosen.telegram_token is None:
        raise NoToken
    chosen.make_data_dir()
    with SingleInstance(chosen.data_dir):
        asyncio.run(_serve(chosen, office))
    return 0


async def _serve(chosen: Settings, office: Bundle) -> None:
    monev = Monev(chosen, SystemClock(), office)
    await monev.start()
    try:
        await offer_first_code(monev)
        serving = asyncio.create_task(monev.serve())
        stopped = asyncio.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if serving.done():
            serving.result()
        serving.cancel()
    finally:
        logging.getLogger(__name__).info("stopping")
        await monev.stop()


def _gladi(chosen: argparse.Namespace) -> int:
    return rehearse(chosen.out)


def _run_or_rehearse(chosen: argparse.Namespace) -> int:
    return _run() if settings.load().telegram_token else rehearse(chosen.out)


def _check() -> int:
    return check.everything()


def _migrate() -> int:
    chosen = settings.load()
    chosen.make_data_dir()
    database = Database(chosen.database)
    try:
        database.migrate()
        sys.stdout.write(f"Basis data siap (revisi {database.revision_state().current}).\n")
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
