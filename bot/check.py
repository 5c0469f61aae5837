"""`python -m bot check`: all that the office may change, every sentence and paper; what is wrong and where."""

import asyncio
import sys

from bot import settings
from bot.application import TEMPLATES
from bot.clock import SystemClock
from bot.paper_check import check_papers
from bot.settings import Settings
from bot.wording import Wording, WordingError
from handlers.table import make_table
from sop.office import Bundle, Office
from sop.paperwork import kop, look
from sop.worktime import WIB
from storage.office import OfficeError, load_bundle

# What is shipped as an example and may stand in no real letter.
SAMPLE_WORDS = ("contoh.go.id", "Jalan Contoh")
SAMPLE_NIPS = ("197003151995031002", "196808201993032004", "197905122005011003", "198507232010012005")
REGULATIONS = ("Undang-Undang", "Peraturan", "Keputusan", "Instruksi", "Surat Edaran")
CLOUD_MB = 20  # Bot API: what a bot can fetch without a server of its own


def everything() -> int:
    """Check all and report to standard output; 0 when nothing is wrong."""
    chosen = settings.load()
    bundle, problems, wanting = configuration(chosen)
    problems += papers_as_dressed(bundle.office) if bundle else []
    for line in wanting:
        sys.stdout.write(f"Perlu dilengkapi: {line}\n")
    for problem in problems:
        sys.stdout.write(f"✗ {problem}\n")
    sys.stdout.write(f"{verdict(len(problems), len(wanting))}\n")
    return 1 if problems else 0


def verdict(problems: int, wanting: int) -> str:
    """The last line: what is wrong, or what is left to do before the office goes live."""
    if problems:
        return f"{problems} masalah."
    if wanting:
        return f"Tidak ada masalah. Sebelum dipakai, lengkapi {wanting} hal di atas."
    return "Semua konfigurasi, kalimat, dan naskah baik."


def papers_as_dressed(office: Office) -> list[str]:
    """What is wrong with the papers as the office dresses them."""
    try:
        heads = {key: kop(office, key) for key in office.letterheads}
    except ValueError as error:
        return [f"office.yaml: letterheads: {error}"]
    return asyncio.run(check_papers(look(office), heads))


def configuration(chosen: Settings) -> tuple[Bundle | None, list[str], list[str]]:
    """The office's data (None: unreadable), what is wrong with it and the sentences, and what is not yet its own."""
    registry = make_table()
    dialogues = frozenset(d.key for d in registry.dialogues if d.card)
    bundle: Bundle | None = None
    problems: list[str] = []
    wanting: list[str] = []
    try:
        bundle = load_bundle(chosen.office_dir, dialogues=dialogues, templates_dir=TEMPLATES)
        today = SystemClock().now().astimezone(WIB).date()
        problems += [f"office.yaml: {p}" for p in bundle.office.without_signer(today)]
        wanting = to_complete(bundle.office, chosen)
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
    return bundle, problems, wanting


def to_complete(office: Office, chosen: Settings) -> list[str]:
    """What works but is not yet the office's own: shipped examples, and a size that Telegram does not let through."""
    found = [
        f"office.yaml: kop '{key}' masih memuat “{word}”"
        for key, head in office.letterheads.items()
        for word in SAMPLE_WORDS
        if any(word in line for line in head.address)
    ]
    found += [f"office.yaml: contact masih memuat “{word}”" for word in SAMPLE_WORDS if word in office.contact]
    found += [
        f"office.yaml: penanda tangan '{s.key}' masih dengan nama dan NIP contoh ({s.name})"
        for s in office.signatories
        if s.nip in SAMPLE_NIPS
    ]
    found += [
        f"office.yaml: dasar hukum “{basis}” belum bernomor dan bertahun"
        for basis in office.legal_basis
        if basis.startswith(REGULATIONS) and not ("Nomor" in basis and "Tahun" in basis)
    ]
    found += [
        f"office.yaml: kop '{key}' belum berlambang daerah" for key, h in office.letterheads.items() if not h.logo
    ]
    if office.largest_file_mb > CLOUD_MB and not chosen.telegram_local_mode:
        found.append(
            f"office.yaml: largest_file_mb {office.largest_file_mb}, padahal tanpa TELEGRAM_LOCAL_MODE "
            f"Telegram hanya meneruskan {CLOUD_MB} MB"
        )
    return found
