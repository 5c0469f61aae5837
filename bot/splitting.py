"""A text that is too long for one message becomes several, cut between paragraphs, tags closed and opened again."""

import html
import re

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)[^>]*>")
_PIECE = re.compile(r"<[^>]*>|&[^;\s]{1,10};|[^<&\s]{1,200}|\s|.", re.DOTALL)


def visible_length(text: str) -> int:
    """Length as Telegram counts it, after parsing: in UTF-16 units, the stricter reading."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def split(text: str, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
    """Parts of at most *limit* each, in order; the text itself if it fits."""
    if visible_length(text) <= limit:
        return (text,)
    parts: list[list[str]] = [[]]
    size = 0
    lines = [piece for whole in text.split("\n") for piece in _chunks(whole, limit)]
    for line in lines:
        length = visible_length(line) + 1
        if parts[-1] and size + length > limit:
            parts.append(_carried(parts[-1]))
            size = sum(visible_length(kept) + 1 for kept in parts[-1])
            if parts[-1] and size + length > limit:  # what was carried over has no room for it either
                parts.append([])
                size = 0
        parts[-1].append(line)
        size += length
    return tuple(part for part in _balanced(parts) if visible_length(part.strip()))


def _carried(part: list[str]) -> list[str]:
    """What goes to the next part because its paragraph goes on there; nothing if that would empty this one."""
    borders = [number for number, line in enumerate(part) if not line.strip()]
    if not borders or borders[-1] < len(part) / 2:
        return []
    carried = part[borders[-1] + 1 :]
    del part[borders[-1] :]
    return carried


def _chunks(line: str, limit: int) -> list[str]:
    """A line that alone is too long, cut between words."""
    if visible_length(line) < limit:
        return [line]
    chunks, size = [""], 0
    for piece in _PIECE.findall(line):
        length = visible_length(piece) if not piece.startswith("<") else 0
        if size + length >= limit:
            chunks.append("")
            size = 0
        chunks[-1] += piece
        size += length
    return chunks


def _balanced(parts: list[list[str]]) -> list[str]:
    texts: list[str] = []
    opened: list[tuple[str, str]] = []
    for part in parts:
        start = "".join(tag for tag, _ in opened)
        body = "\n".join(part)
        for match in _TAG.finditer(body):
            if not match[1]:
                opened.append((match[0], match[2]))
            elif opened:
                opened.pop()
        texts.append(start + body + "".join(f"</{name}>" for _, name in reversed(opened)))
    return texts
