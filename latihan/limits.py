"""Checks of text and caption, the strict reading of parse modes (Bot API facts, sections 1 and 3)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from latihan.autolinks import found_entities
from latihan.entities import Entity, ParseError, parse_html, utf16_length
from latihan.errors import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
SOURCE_LIMIT = 32768
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
TOAST_LIMIT = 200
RESERVED = ">#+-=|{}.!"
PAIRS = {"*": "Bold", "_": "Italic", "__": "Underline", "~": "Strikethrough", "||": "Spoiler"}
UserLookup = Callable[[int], dict[str, Any] | None]


@dataclass(frozen=True)
class Formatted:
    """A text after parsing and trimming, with what the sender wrote."""

    text: str
    entities: list[Entity]
    source: str


def formatted(source: str, mode: str, given: list[Entity], limit: int, user: UserLookup) -> Formatted:
    """Parse and check `source`; `limit` in code points after parsing. Raises the server's errors."""
    if len(source.encode("utf-8", "surrogatepass")) > SOURCE_LIMIT:
        raise bad_request("text is too long")
    text, entities = parsed(source, mode, given)
    text, entities = trimmed(_cleaned(text), entities)
    if len(text) > limit:
        raise bad_request("message is too long" if limit == TEXT_LIMIT else "message caption is too long")
    entities = [e for e in (_with_user(e, user) for e in entities) if e is not None]
    entities = sorted(entities + found_entities(text, entities), key=lambda e: (e.offset, -e.length))
    return Formatted(text, entities, source)


def parsed(source: str, mode: str, given: list[Entity]) -> tuple[str, list[Entity]]:
    """Read `source` in a parse mode; raises 400 ``can't parse entities`` or ``unsupported parse_mode``."""
    chosen = mode.lower()
    if chosen in ("", "none"):
        return source, given
    try:
        if chosen == "html":
            return parse_html(source)
        if chosen == "markdownv2":
            check_markdown(source)
            return re.sub(r"\\([\x01-\x7e])", r"\1", source), []
    except ParseError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    raise bad_request("unsupported parse_mode")


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends; leading white space only up to the first entity, as TDLib does."""
    entities = [e for e in entities if utf16_slice(text, e).strip()]
    kept = text.rstrip()
    first = min((e.offset for e in entities), default=len(text))
    cut = 0
    while cut < min(len(kept), first) and kept[cut] in " \n":
        cut += 1
    end = utf16_length(kept)
    moved = [replace(e, offset=e.offset - cut, length=min(e.end, end) - e.offset) for e in entities]
    return kept[cut:], merged(moved)


def merged(entities: list[Entity]) -> list[Entity]:
    """Drop what formats the same stretch twice, and every format inside code."""
    kept: list[Entity] = []
    for entity in entities:
        around = [o for o in kept if o.offset <= entity.offset and entity.end <= o.end]
        if not any(o.type == entity.type or o.type in ("code", "pre") for o in around):
            kept.append(entity)
    return kept


def utf16_slice(text: str, entity: Entity) -> str:
    """The stretch of `text` that `entity` covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def given_entities(raw: str | None) -> list[Entity]:
    """The `entities` parameter; raises 400 if it is not a list of MessageEntity."""
    if not raw:
        return []
    try:
        items = json.loads(raw)
        return [
            Entity(
                i["type"],
                int(i["offset"]),
                int(i["length"]),
                {k: i[k] for k in ("url", "language") if k in i},
            )
            for i in items
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise bad_request("can't parse entities: can't parse entities JSON object") from error


def check_markdown(source: str) -> None:
    """Refuse bare reserved characters and unpaired markers of MarkdownV2, which is not rendered."""
    bare = re.sub(r"\\[\x01-\x7e]", lambda m: "\0" * len(m[0]), source)
    bare = re.sub(r"```.*?```|`[^`]*`", lambda m: "\0" * len(m[0].encode()), bare, flags=re.DOTALL)
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", lambda m: "\0" * len(m[0].encode()), bare)
    bare = re.sub(r"(?m)^(\*\*)?>", lambda m: "\0" * len(m[0]), bare)
    opened: dict[str, int] = {}
    for match in re.finditer(r"\|\||__|[*_~`\[\]()>#+\-=|{}.!]", bare):
        marker, at = match[0], len(bare[: match.start()].encode())
        if marker in PAIRS:
            if opened.pop(marker, None) is None:
                opened[marker] = at
        elif marker in RESERVED or marker in "]()":
            raise ParseError(f"Character '{marker}' is reserved and must be escaped with the preceding '\\'")
        else:
            name = "Code" if marker == "`" else "TextUrl"
            raise ParseError(f"Can't find end of {name} entity at byte offset {at}")
    for marker, at in opened.items():
        raise ParseError(f"Can't find end of {PAIRS[marker]} entity at byte offset {at}")


def _cleaned(text: str) -> str:
    """Control characters become spaces; carriage returns too, to keep the offsets."""
    return "".join(" " if ord(c) < 32 and c != "\n" else c for c in text)


def _with_user(entity: Entity, user: UserLookup) -> Entity | None:
    if entity.type != "text_mention":
        return entity
    found = user(int(entity.extra.get("user_id", 0)))
    return replace(entity, extra={"user": found}) if found else None
