"""The one-time code of the first administrator: on a terminal or in a file of its owner alone, never in a log."""

import os
import sys
from pathlib import Path

from bot.application import Monev
from sop.actions.people import issue_first_code

FILE = "kode-administrator.txt"


async def offer_first_code(monev: Monev) -> None:
    """Make a code while there is no administrator, and show it to whoever started the program."""
    now = monev.clock.now()
    code = await monev.parts.database.run(lambda uow: issue_first_code(uow, now=now))
    path = monev.settings.data_dir / FILE
    if code is None:
        path.unlink(missing_ok=True)
        return
    words = (
        f"Belum ada administrator. Kirim pesan ini kepada @{monev.parts.telegram.bot.username} di Telegram:\n\n"
        f"    /start {code}\n\nKode hanya berlaku satu kali.\n"
    )
    if sys.stderr.isatty():
        sys.stderr.write(words)
    else:
        _write_private(path, words)
        sys.stderr.write(f"Belum ada administrator. Kode ada di {path} (hanya dapat dibaca pemilik berkas).\n")


def _write_private(path: Path, words: str) -> None:
    """Readable by the owner from the first moment on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(words)
