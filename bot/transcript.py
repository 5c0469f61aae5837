"""The rehearsal on the terminal: a conversation that can be read along, with the time of the office."""

from datetime import date

from rich.console import Console
from rich.markup import escape

from bot.clock import MovableClock
from bot.wording import hari_tanggal, pukul
from latihan.model import Event, Message
from sop.worktime import WIB

_PEOPLE = ("cyan", "green", "magenta", "yellow", "blue", "bright_red", "bright_cyan", "bright_green")


class Transcript:
    """Prints what an onlooker would see. A card that changes by itself is one line; the answer to a tap is whole."""

    def __init__(self, console: Console, clock: MovableClock) -> None:
        self._console = console
        self._clock = clock
        self._colours: dict[str, str] = {}
        self._scenes = 0
        self._day: date | None = None
        self._tapped: set[Message] = set()

    def scene(self, title: str) -> None:
        """A new scene begins, on the day of now."""
        self._scenes += 1
        self._day = self._today()
        self._console.rule(f"[bold]{self._scenes}. {escape(title)}[/] · {hari_tanggal(self._clock.now())}")

    def hear(self, event: Event) -> None:
        """One thing that happened in a chat."""
        if event.kind == "tapped" and event.button is not None:
            if event.message is not None:
                self._tapped.add(event.message)
            self._line(event.actor.full_name, f"[reverse] {escape(event.button.text)} [/]")
        elif event.kind in ("said", "file") and not event.actor.is_bot:
            self._line(event.actor.full_name, _words(event))
        elif event.kind in ("sent", "file"):
            self._bot(event, _words(event))
        elif event.kind == "edited":
            self._edited(event)

    def _edited(self, event: Event) -> None:
        if event.message in self._tapped:
            self._tapped.discard(event.message)
            self._bot(event, f"✎ {_words(event)}")
            return
        first = event.text.splitlines()[0] if event.text else ""
        self._stamp(f"[bold]Bot → {escape(event.chat.name)}[/] [dim]kartu diperbarui: {escape(first)}[/]")

    def _bot(self, event: Event, text: str) -> None:
        lines = text.splitlines() or [""]
        self._stamp(f"[bold]Bot → {escape(event.chat.name)}[/] {lines[0]}")
        for line in lines[1:]:
            self._console.print(f"      {line}" if line else "")
        for row in event.message.buttons if event.message else []:
            self._console.print("      " + " ".join(f"[dim][[/]{escape(b.text)}[dim]][/]" for b in row))

    def _line(self, name: str, words: str) -> None:
        colour = self._colours.setdefault(name, _PEOPLE[len(self._colours) % len(_PEOPLE)])
        self._stamp(f"[bold {colour}]{escape(name)}[/] {words}")

    def _stamp(self, line: str) -> None:
        """A line with its time; a new day is announced first."""
        if self._day != self._today():
            self._day = self._today()
            self._console.rule(hari_tanggal(self._clock.now()), style="dim")
        self._console.print(f"[dim]{pukul(self._clock.now())}[/] {line}")

    def _today(self) -> date:
        return self._clock.now().astimezone(WIB).date()


def _words(event: Event) -> str:
    """What was said, and the file that came with it."""
    message, words = event.message, escape(event.text)
    if message is None or not message.has_media:
        return words
    name = message.document.name if message.document else "foto"
    return f"📎 {escape(name or 'berkas')}" + (f"\n{words}" if words else "")
