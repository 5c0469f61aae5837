"""What the server marks on its own: commands, mentions, hashtags, e-mail addresses and links."""

from __future__ import annotations

import re

from latihan.entities import Entity, utf16_length

# Only endings that plausibly occur in this office's texts; the real list is the whole root zone.
TOP_LEVEL = "com|org|net|id|me|io|info|dev|app|edu|gov|zip|md|sh|rs|py|co|ly|tv|mov|link|site|online|cloud"
PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?!\w)")),
    ("url", re.compile(r"(?<![\w@/])(?:https?|ftp)://[^\s<>\"«»]+", re.IGNORECASE)),
    (
        "url",
        re.compile(
            rf"(?<![\w@/.-])(?:[A-Za-z0-9_-]+\.)+(?:{TOP_LEVEL})(?![\w-])(?!\.\w)(?::\d+)?(?:[/?#][^\s<>\"«»]*)?",
            re.IGNORECASE,
        ),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
]
OPAQUE = {"code", "pre", "text_link", "text_mention"}


def found_entities(text: str, known: list[Entity]) -> list[Entity]:
    """What the server adds to `text` outside code and links; `known` are the sender's entities."""
    taken = [(e.offset, e.end) for e in known if e.type in OPAQUE]
    found: list[Entity] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            words = match[0].rstrip(".,:;!?)'\"") if kind == "url" else match[0]
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(words)
            if all(end <= low or begin >= high for low, high in taken):
                taken.append((begin, end))
                found.append(Entity(kind, begin, end - begin))
    return found
