"""The pictures of the README: a real chat and a real letter, taken from the bot as it runs (`python -m docs.gambar`).

The cast of the rehearsal plays a cycle over HTTP against the Bot API on 127.0.0.1. What people then have in the chat is
drawn as a phone would show it (headless Chromium), and pages of the papers as they were printed. Nothing in the
pictures is written by hand.
"""

import asyncio
import html
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops
from pydantic import AnyHttpUrl, SecretStr

from bot import log
from bot.application import TEMPLATES, Monev
from bot.clock import MovableClock
from bot.gladi import BEGINS, TOKEN, Stage
from bot.settings import PROJECT, load
from bot.wording import hari_tanggal, pukul, ukuran
from handlers.table import make_table
from latihan.botapi import BotApi
from latihan.cast import Cast
from latihan.model import Button, Message
from latihan.people import Person
from latihan.second_half import SecondHalf
from sop.people import Delegation
from storage.office import load_bundle
from storage.unit_of_work import SqlUnitOfWork

HERE: Final = Path(__file__).resolve().parent

PICTURES: Final = HERE / "gambar"
PHONE_WIDTH: Final = 440  # CSS pixels
SCALE: Final = 1.5  # pixels of the picture for each of them
LETTER_DPI: Final = 92  # F4 is then 780 pixels wide
INDEX_PAGE: Final = 11  # of the document: "BAB IV HASIL"
_PAGE: Final = (HERE / "gambar" / "percakapan.html").read_text(encoding="utf-8")


@contextmanager
def stage_set(data: Path) -> Iterator[tuple[BotApi, Stage]]:
    """The application, running on the loopback Bot API, with the shipped `office/`."""
    clock = MovableClock(BEGINS)
    api = BotApi(
        token=TOKEN,
        username="monev_spbe_bot",
        clock=lambda: clock.now().timestamp(),
        epoch=0.0,  # the times in the chat are those of the stage
        answer_window=10_000_000.0,  # the time leaps; an answer would look late
        repeat_hold=0.0,
    )
    settings = load().model_copy(
        update={
            "telegram_token": SecretStr(TOKEN),
            "telegram_api_url": AnyHttpUrl(api.start().split("/bot")[0]),
            "data_dir": data,
            "database_url": None,
            "webhook_url": None,
            "office_dir": PROJECT / "office",
        }
    )
    dialogues = frozenset(d.key for d in make_table().dialogues if d.card)
    office = load_bundle(settings.office_dir, dialogues=dialogues, templates_dir=TEMPLATES)
    monev = Monev(settings, clock, office, poll_seconds=1)
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    stage = Stage(monev, clock, api, loop)
    stage.run(monev.start())
    try:
        yield api, stage
    finally:
        stage.run(monev.stop())
        api.stop()
        loop.call_soon_threadsafe(loop.stop)


def join(stage: Stage, cast: Cast) -> None:
    """Everybody is in already, and the Kabid on leave: the joining is not what is pictured."""
    roles = (
        (cast.rina, "tim_diskominfo", None),
        (cast.dedi, "tim_diskominfo", None),
        (cast.bambang, "kabid", None),
        (cast.sari, "sekretariat", None),
        (cast.yanto, "sekretariat", None),
        (cast.lina, "opd", "dinas_kesehatan"),
        (cast.agus, "opd", "dishub"),
        (cast.ratna, "opd", "dlh"),
        (cast.hendra, "tim_kota", None),
        (cast.maya, "tim_kota", None),
    )

    def enter(uow: SqlUnitOfWork) -> None:
        now = stage.now()
        ids = {}
        for person, role, opd in roles:
            ids[person.id] = uow.people.join(person.id, person.name, now).id
            uow.people.hold(ids[person.id], role, opd, "gambar", now)
        uow.people.delegate(
            Delegation(
                id=uow.new_id(),
                role="kabid",
                opd=None,
                absent=ids[cast.bambang.id],
                absent_name=cast.bambang.name,
                substitute=ids[cast.sari.id],
                kind="Plh.",
                starts_on=date(2026, 11, 23),
                ends_on=date(2026, 11, 27),
            ),
            now,
        )

    stage.look(enter)
    for person, _, _ in roles:
        person.start()
    stage.settle()
    cast.sari.catches_up()


# --- the chat, drawn


def drawn(person: Person, messages: Sequence[Message]) -> str:
    """A page with the phone of *person*."""
    day = hari_tanggal(moment(messages[0])).rpartition(" ")[0]
    bubbles = f'<div class="hari">{day}</div>' + "".join(bubble(m) for m in messages)
    return _PAGE.replace("{{ percakapan }}", bubbles)


def bubble(message: Message) -> str:
    """One message: its file, its words as Telegram shows them, the time, and the buttons below."""
    words = message.source if message.from_bot else html.escape(message.text)
    parts = [attached(message)]
    if words:
        parts.append(f'<div class="kata">{words.strip().replace(chr(10), "<br>")}</div>')
    edited = "diedit " if message.edited else ""
    parts.append(f'<div class="jam">{edited}{pukul(moment(message))}</div>')
    side = "bot" if message.from_bot else "saya"
    rows = "".join(f'<div class="baris">{"".join(map(key, row))}</div>' for row in message.buttons)
    return f'<div class="pesan {side}"><div class="balon">{"".join(parts)}</div>{rows}</div>'


def attached(message: Message) -> str:
    """The file of a message, by name and size."""
    file = message.document
    if file is None:
        return ""
    name = html.escape(file.name or "berkas").replace("_", "_<wbr>")
    return f'<div class="berkas"><i>PDF</i><div><b>{name}</b><small>{ukuran(file.size)}</small></div></div>'


def key(button: Button) -> str:
    """A button in its colour."""
    return f'<span class="tombol {button.style or ""}">{html.escape(button.text)}</span>'


def moment(message: Message) -> datetime:
    """When a message was sent (UTC)."""
    return datetime.fromtimestamp(message.date, UTC)


# --- pictures


def photograph(page: str, to: Path) -> None:
    """A page as a PNG, cut where it ends. Needs Chromium and a font with emoji (fonts-noto-color-emoji)."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is missing: apt-get install chromium fonts-noto-color-emoji")
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder, "percakapan.html"), Path(folder, "gambar.png")
        source.write_text(page, encoding="utf-8")
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        size = (f"--window-size={PHONE_WIDTH},3000", f"--force-device-scale-factor={SCALE}")
        command = [browser, *flags, *size, f"--screenshot={shot}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        save_small(cut(Image.open(shot).convert("RGB")), to)


def cut(picture: Image.Image) -> Image.Image:
    """Without the empty rest of the window: everything in the colour of its last corner."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
    found = ImageChops.difference(picture, ground).getbbox()
    return picture.crop((0, 0, picture.width, found[3])) if found else picture


def save_small(picture: Image.Image, to: Path) -> None:
    """As a PNG of 256 colours: a third of the size, and nobody sees it."""
    picture.quantize(256).save(to, optimize=True)


def pictures_of(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Every page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def page_of(pdf: bytes, to: Path, number: int = 1) -> None:
    """A page of a PDF as a PNG, with a thin edge so that it is a sheet on a white page."""
    sheet = pictures_of(pdf, LETTER_DPI)[number - 1]
    framed = Image.new("RGB", (sheet.width + 2, sheet.height + 2), "#b8bcc2")
    framed.paste(sheet, (1, 1))
    save_small(framed, to)


def main() -> None:
    """Play, and take the pictures."""
    log.configure("ERROR")
    with tempfile.TemporaryDirectory(prefix="gambar-") as data, stage_set(Path(data)) as (api, stage):
        cast = Cast(api, stage, "", lambda title: None)
        join(stage, cast)
        cast.cycle_opens()
        cast.preparation()
        # Without moving her cursor: the scene that follows waits for the same card.
        card = next(m for m in reversed(cast.sari.chat) if "Langkah 2/8" in m.text)
        photograph(drawn(cast.sari, seen_with(cast.sari, card)), PICTURES / "kartu.png")
        cast.disposition()
        cast.letters()
        cast.evidence()
        receipt = cast.lina.sees("tersimpan")
        photograph(drawn(cast.lina, seen_with(cast.lina, receipt)), PICTURES / "unggah.png")
        letter = cast.yanto.sees_file("Surat_Undangan").document
        assert letter is not None  # sees_file has found it
        page_of(letter.data, PICTURES / "surat.png")
        second_half(cast)


def second_half(cast: Cast) -> None:
    """From the recap to the published document: its page with the index."""
    cast.late_and_repaired()
    half = SecondHalf(cast)
    scenes = (half.recap, half.recap_comes_back, half.invitation, half.meeting)
    for scene in (*scenes, half.minutes, half.form, half.statement, half.publication):
        scene()
    published = next(m.document for m in cast.lina.chat if m.document and "Dokumen_Evaluasi" in (m.document.name or ""))
    page_of(published.data, PICTURES / "dokumen.png", INDEX_PAGE)


def seen_with(person: Person, last: Message, before: int = 2) -> list[Message]:
    """The message and the few above it."""
    there = [m for m in person.chat if not m.deleted and not m.service]
    at = there.index(last)
    return there[max(0, at - before) : at + 1]


if __name__ == "__main__":
    main()
