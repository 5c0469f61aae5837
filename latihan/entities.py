"""Telegram's HTML, parsed as TDLib parses it: the same tags, the same errors, the same byte offsets.

Offsets of entities are UTF-16 code units; offsets in error texts are bytes of the UTF-8 source.
`tests/latihan/test_entities.py` compares this parser with TDLib itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from latihan.links import BadLink, checked_url

SPACE = b" \t\r\n\0\x0b"
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
INVALID_UNICODE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)
REFERENCE = re.compile(rb"&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")


class ParseError(ValueError):
    """The words after ``can't parse entities: ``."""


@dataclass(frozen=True)
class Entity:
    """A formatted stretch: `offset` and `length` in UTF-16 units; `extra` holds url, language and so on."""

    type: str
    offset: int
    length: int
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return self.offset + self.length

    def to_api(self) -> dict[str, Any]:
        """The MessageEntity object of the Bot API."""
        return {"type": self.type, "offset": self.offset, "length": self.length, **self.extra}


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts offsets."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.src = source.encode("utf-8", "surrogatepass")
        self.pos = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.pos < len(self.src):
            sign = self.src[self.pos : self.pos + 1]
            if sign == b"<":
                self._tag()
            elif sign == b"&" and (decoded := self._reference()):
                self._put(decoded)
            else:
                self._plain()
        if self.open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        if any("\ud800" <= sign <= "\udfff" for part in self.out for sign in part):
            raise ParseError(INVALID_UNICODE)
        ordered = sorted(self.entities, key=lambda e: (e.offset, -e.length))
        return "".join(self.out), ordered

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)

    def _plain(self) -> None:
        begin = self.pos
        self.pos += 1
        while self.pos < len(self.src) and self.src[self.pos] not in b"<&":
            self.pos += 1
        self._put(self.src[begin : self.pos].decode())

    def _reference(self) -> str | None:
        match = REFERENCE.match(self.src, self.pos)
        if match is None:
            return None
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            decoded = NAMED.get(name)
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            decoded = chr(code) if 0 < code < 0x10FFFF else None
        if decoded is not None:
            self.pos = match.end()
        return decoded

    def _at(self) -> bytes:
        return self.src[self.pos : self.pos + 1]

    def _skip_space(self) -> None:
        while self._at() and self._at() in SPACE:
            self.pos += 1

    def _until(self, stops: bytes) -> str:
        begin = self.pos
        while self._at() and self._at() not in stops:
            self.pos += 1
        return self.src[begin : self.pos].decode(errors="replace")

    def _tag(self) -> None:
        begin = self.pos
        self.pos += 1
        if self._at() == b"/":
            self.pos += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._until(SPACE + b">").lower()
        if not self._at():
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        if tag not in TAGS:
            raise ParseError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.offset, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while self._at() != b">":
            self._skip_space()
            if self._at() == b">":
                break
            name = self._until(SPACE + b"=>/\"'")
            if not name:
                raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._skip_space()
            value = ""
            if self._at() == b"=":
                self.pos += 1
                self._skip_space()
                value = self._value(tag, begin)
            elif not self._at():
                raise ParseError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if not self._at():
                raise ParseError(f"Unclosed start tag at byte offset {begin}")
            argument = _argument(tag, name, value, argument)
        self.pos += 1
        return argument

    def _value(self, tag: str, begin: int) -> str:
        quote = self._at()
        if not quote:
            raise ParseError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if quote not in b"\"'":
            token = self.pos
            while re.match(rb"[A-Za-z0-9.\-]", self._at()):
                self.pos += 1
            if self._at() not in SPACE + b">":
                raise ParseError(f"Unexpected end of name token at byte offset {token}")
            return self.src[token : self.pos].decode().lower()
        self.pos += 1
        value = ""
        while self._at() and self._at() != quote:
            decoded = self._reference() if self._at() == b"&" else None
            value += decoded if decoded is not None else self._until(quote + b"&") or self._one()
        self.pos += 1 if self._at() else 0
        return value

    def _one(self) -> str:
        self.pos += 1
        return self.src[self.pos - 1 : self.pos].decode()

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise ParseError(f"Unexpected end tag at byte offset {begin}")
        found = self._until(SPACE + b">").lower()
        self._skip_space()
        if self._at() != b">":
            raise ParseError(f"Unclosed end tag at byte offset {begin}")
        self.pos += 1
        last = self.open.pop()
        if found and found != last.tag:
            raise ParseError(f'Unmatched end tag at byte offset {begin}, expected "</{last.tag}>", found "</{found}>"')
        if self.offset > last.offset:
            self._close(last)

    def _close(self, last: _Open) -> None:
        span = (last.offset, self.offset - last.offset)
        kind = TAGS[last.tag]
        extra: dict[str, Any] = {}
        if last.tag == "a":
            kind, extra = _link(last.argument or "".join(self.out[last.begin :]))
        elif last.tag == "blockquote" and last.argument:
            kind = "expandable_blockquote"
        elif last.tag == "tg-emoji":
            if not re.fullmatch(r"-?[1-9]\d*", last.argument):
                raise ParseError("Invalid custom emoji identifier specified")
            extra = {"custom_emoji_id": last.argument}
        elif last.tag == "code" and last.argument:
            extra = {"language": last.argument}
        elif last.tag == "tg-time":
            kind = kind if last.argument.isdigit() else ""
            extra = {"unix_time": int(last.argument)} if kind else {}
        if kind in ("pre", "code") and self._joins_pre_code(kind, span, extra):
            return
        if kind:
            self.entities.append(Entity(kind, *span, extra))

    def _joins_pre_code(self, kind: str, span: tuple[int, int], extra: dict[str, Any]) -> bool:
        """<pre><code class="language-x">, in either order, is one entity with a language."""
        previous = self.entities[-1] if self.entities else None
        if previous is None or (previous.offset, previous.length) != span:
            return False
        inner_first = kind == "pre" and previous.type == "code" and bool(previous.extra)
        outer_last = kind == "code" and previous.type == "pre" and bool(extra)
        if inner_first or outer_last:
            self.entities[-1] = Entity("pre", *span, previous.extra if inner_first else extra)
            return True
        return False


def _argument(tag: str, name: str, value: str, old: str) -> str:
    """What an attribute means for its tag; attributes that mean nothing are ignored."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return old


def _link(target: str) -> tuple[str, dict[str, Any]]:
    """A link, a mention by id, or nothing at all: a broken target is dropped without a word."""
    mention = re.fullmatch(r"tg:(?://)?user/?\?id=0*([1-9]\d*)", target, re.IGNORECASE)
    if mention:
        return "text_mention", {"user_id": int(mention[1])}
    try:
        return "text_link", {"url": checked_url(target)}
    except BadLink:
        return "", {}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of `source`; raises `ParseError` with TDLib's words."""
    text, entities = _Parser(source).parse()
    return text, [replace(e, extra={}) if e.type == "code" else e for e in entities]
