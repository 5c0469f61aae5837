"""Templates to words: Telegram HTML for messages, plain text for toasts and labels; WIB dates, Indonesian numbers."""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from sop.outgoing import Choice

WIB = ZoneInfo("Asia/Jakarta")
TOAST_LIMIT = 200
_LOCALE = "id"
_UNITS = ("B", "KB", "MB", "GB")


class WordingError(Exception):
    """A template, a label or what they were given is at fault; the text says which and why."""


def hari_tanggal(value: date) -> str:
    """``Selasa, 24 November 2026`` (WIB)."""
    return format_date(_day(value), "EEEE, d MMMM y", locale=_LOCALE)


def tanggal_pendek(value: date) -> str:
    """``24 Nov`` (WIB)."""
    return format_date(_day(value), "d MMM", locale=_LOCALE)


def pukul(value: datetime) -> str:
    """``10.22`` (WIB)."""
    return value.astimezone(WIB).strftime("%H.%M")


def waktu(value: datetime) -> str:
    """``Selasa, 24 November 2026 pukul 10.22 WIB``."""
    return f"{hari_tanggal(value)} pukul {pukul(value)} WIB"


def ukuran(size: int) -> str:
    """``12,4 MB``: units of 1024, one decimal from MB on."""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    number = desimal(amount, 1) if unit > 1 else angka(round(amount))
    return f"{number} {_UNITS[unit]}"


def angka(value: int) -> str:
    """``1.234``."""
    return str(format_decimal(value, locale=_LOCALE))


def desimal(value: float | Decimal, places: int = 2) -> str:
    """``3,25``, always with so many places."""
    return str(format_decimal(value, format=f"#,##0.{'0' * places}", locale=_LOCALE))


def _day(value: date) -> date:
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value


FILTERS = {f.__name__: f for f in (hari_tanggal, tanggal_pendek, pukul, waktu, ukuran, angka, desimal)}


LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # safe both; the first is ten times as fast


class Wording:
    """All words of the bot, from *templates* (a folder). Reads the files when it is made or asked, no network.

    *names*: keys of the office's data in words (roles, papers, agencies), for the filter `nama`.

    Raises:
        WordingError: a file of buttons/ or commands/ cannot be used, or two claim one name.
    """

    def __init__(self, templates: Path, names: Mapping[str, str] | None = None) -> None:
        loader = FileSystemLoader(templates / "messages")
        self.names = names or {}
        self._html = _environment(loader, autoescape=True)
        self._plain = _environment(loader, autoescape=False)
        self._labels = _gather(templates / "buttons")
        self.commands = _gather(templates / "commands")
        for environment in (self._html, self._plain):
            environment.filters["deskripsi"] = self.describe
            environment.filters["nama"] = lambda key: self.names.get(key, key)
        self.templates = tuple(name.removesuffix(".html") for name in loader.list_templates() if name.endswith(".html"))

    def message(self, template: str, params: Mapping[str, Any]) -> str:
        """Telegram HTML; every value is escaped.

        Raises:
            WordingError: the template is missing, broken, lacks a parameter, or says nothing.
        """
        words = _tidy(_render(self._html, template, params))
        if not html.unescape(re.sub(r"<[^>]*>", "", words)).strip():
            raise WordingError(f"templates/messages/{template}.html: says nothing")
        return words

    def toast(self, template: str, params: Mapping[str, Any]) -> str:
        """Plain text of at most 200 characters; empty for an empty template.

        Raises:
            WordingError: as for `message`.
        """
        if not template:
            return ""
        words = html.unescape(re.sub(r"<[^>]*>", "", _tidy(_render(self._html, template, params))))
        return words if len(words) <= TOAST_LIMIT else words[: TOAST_LIMIT - 1] + "…"

    def problems(self) -> list[str]:
        """Templates and labels that do not parse; rendering needs values and is for the tests."""
        found = []
        for name in self.templates:
            try:
                self._html.get_template(f"{name}.html")
            except TemplateError as error:
                found.append(f"templates/messages/{name}.html: {error}")
        for key, words in self._labels.items():
            try:
                self._plain.from_string(words)
            except TemplateError as error:
                found.append(f"templates/buttons: {key}: {error}")
        return found

    def describe(self, command: str) -> str:
        """The description of a command, for menus and /bantuan.

        Raises:
            WordingError: there is none.
        """
        if command not in self.commands:
            raise WordingError(f"templates/commands: no description for /{command}")
        return self.commands[command]

    def label(self, choice: Choice) -> str:
        """The label of a button, plain text.

        Raises:
            WordingError: no such label, or it lacks a parameter.
        """
        key = choice.label_key or choice.action
        source = self._labels.get(key)
        if source is None:
            raise WordingError(f"templates/buttons: no label for {key!r}")
        try:
            words = self._plain.from_string(source).render(choice.label)
        except TemplateError as error:
            raise WordingError(f"templates/buttons: {key}: {error}") from error
        return " ".join(_whole(words).split())


def _environment(loader: FileSystemLoader, *, autoescape: bool) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _render(environment: Environment, template: str, params: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(f"{template}.html").render(params)
    except Exception as error:  # whatever a template does to its values: it is the template's fault
        raise WordingError(f"templates/messages/{template}.html: {type(error).__name__}: {error}") from error


def _tidy(words: str) -> str:
    """No trailing spaces, at most one empty line, nothing that the network cannot carry."""
    lines = "\n".join(line.rstrip() for line in _whole(words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _whole(words: str) -> str:
    """Half characters (lone surrogates) and control signs become what can be sent."""
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", words.replace("\r\n", "\n"))


def _gather(folder: Path) -> dict[str, str]:
    """All the mappings of a folder, one file per area, in one."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, words in _mapping(path).items():
            if name in found:
                raise WordingError(f"{folder.name}/{path.name}: {name!r} has words in another file already")
            found[name] = words
    return found


def _mapping(path: Path) -> dict[str, str]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}
    except (OSError, yaml.YAMLError) as error:
        raise WordingError(f"{path.name}: {error}") from error
    if not isinstance(loaded, dict):
        raise WordingError(f"{path.name}: a mapping from names to words is expected")
    wrong = [str(key) for key, words in loaded.items() if not (isinstance(key, str) and isinstance(words, str))]
    if wrong:
        raise WordingError(f"{path.name}: not words: {', '.join(wrong)}")
    return loaded
