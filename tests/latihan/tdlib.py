"""Telegram's own parser, offline: TDLib's synchronous requests need neither network nor login."""

from __future__ import annotations

import json
from typing import Any

import tdjson

KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "Url": "url",
    "EmailAddress": "email",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "BotCommand": "bot_command",
}
Shape = list[tuple[str, int, int]]


def execute(**request: Any) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    return json.loads(answer)


execute(**{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def parse_html(source: str) -> tuple[str, Shape] | str:
    """Text and entities, or the words of the error."""
    answer = execute(**{"@type": "parseTextEntities", "text": source, "parse_mode": {"@type": "textParseModeHTML"}})
    if answer["@type"] == "error":
        return str(answer["message"])
    return answer["text"], _shape(answer["entities"])


def found_entities(text: str) -> Shape:
    return _shape(execute(**{"@type": "getTextEntities", "text": text})["entities"])


def _shape(entities: list[dict[str, Any]]) -> Shape:
    named = ((e["type"]["@type"].removeprefix("textEntityType"), e["offset"], e["length"]) for e in entities)
    return sorted((KINDS.get(name, name), offset, length) for name, offset, length in named)


def markdown_error(source: str) -> str | None:
    """The words with which MarkdownV2 is refused, or None."""
    mode = {"@type": "textParseModeMarkdown", "version": 2}
    answer = execute(**{"@type": "parseTextEntities", "text": source, "parse_mode": mode})
    return str(answer["message"]) if answer["@type"] == "error" else None
