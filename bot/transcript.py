"""The rehearsal on the terminal: a conversation that can be read along, with the time of the office."""

from rich.console import Console
from rich.markup import escape

from bot.clock import MovableClock
from bot.wording import hari_tanggal, pukul
from latihan.model import Event

_PEOPLE = ("cyan", "green", "magenta", "yellow", "blue", "bright_red", "bright_cyan", "bright_green")


class Transcript:
    """Prints what an onlooker would see. Bot messages to many people at once are told in one line each."""

    def __init__(self, console: Console, clock: MovableClock) -> None:
        self._console = console
        self._clock = clock
        self._colours: dict[str, str] = {}
        self._scenes = 0

    def scene(self, title: str) -> None:
        """A new scene begins."""
        self._scenes += 1
        self._console.rule(f"[bold]{self._scenes}. {escape(title)}[/] · {hari_tanggal(self._clock.now())}")

    def hear(self, event: Event) -> None:
        """One thing that happened in a chat."""
        if event.kind == "said":
            self._line(event.actor.full_name, self._with_file(event))
        elif event.kind == "tapped" and event.button is not None:
            self._line(event.actor.full_name, f"[reverse] {escape(event.button.text)} [/]")
        elif event.kind in ("sent", "edited"):
            self._bot(event)

    def _with_file(self, event: Event) -> str:
        document = event.message.document if event.message else None
        words = escape(event.text)
        return f"📎 {escape(document.name or 'berkas')} {words}" if document else words

    def _bot(self, event: Event) -> None:
        whom = event.chat.name
        text = escape(event.text) if event.text else ""
        document = event.message.document if event.message else None
        if document is not None:
            text = f"📎 {escape(document.name or 'berkas')}" + (f"\n{text}" if text else "")
        mark = "✎ " if event.kind == "edited" else ""
        self._console.print(f"[dim]{pukul(self._clock.now())}[/] [bold]Bot → {escape(whom)}[/] {mark}", end="")
        lines = text.splitlines() or [""]
        self._console.print(lines[0])
        for line in lines[1:]:
            self._console.print(f"      {line}" if line else "")
        for row in event.message.buttons if event.message else []:
            self._console.print("      " + " ".join(f"[dim][[/]{escape(b.text)}[dim]][/]" for b in row))

    def _line(self, name: str, words: str) -> None:
        colour = self._colours.setdefault(name, _PEOPLE[len(self._colours) % len(_PEOPLE)])
        self._console.print(f"[dim]{pukul(self._clock.now())}[/] [bold {colour}]{escape(name)}[/] {words}")
