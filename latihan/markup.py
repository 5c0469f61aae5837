"""Reading and checking of reply_markup (Bot API facts, section 4)."""

from __future__ import annotations

import json
from typing import Any

from latihan.errors import bad_request
from latihan.links import BadLink, checked_url
from latihan.model import Button, Markup

INLINE_BUTTONS = 100
REPLY_BUTTONS = 300
MARKUP_BYTES = 10 * 1024
DATA_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
STYLES = ("danger", "success", "primary")


def read_markup(raw: str | None, private: bool) -> Markup | None:
    """The markup of a request, or None; `private` tells whether phone numbers may be asked for.

    Raises the 400 errors of the server.
    """
    if not raw:
        return None
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value)
    if "keyboard" in value:
        return _reply(value, private)
    if value.get("remove_keyboard"):
        return Markup("remove", raw=value)
    if value.get("force_reply"):
        return Markup("force", raw=value)
    return None


def _rows(value: Any, field: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the {_what(field)} must be an Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{field}" of the {_what(field)} must be an Array of Arrays')
    return value


def _what(field: str) -> str:
    return "InlineKeyboardMarkup" if field == "inline_keyboard" else "ReplyKeyboardMarkup"


def _inline(value: dict[str, Any]) -> Markup | None:
    rows = [[_inline_button(b) for b in row] for row in _rows(value["inline_keyboard"], "inline_keyboard")]
    kept = tuple(tuple(b for b in row if b.text) for row in rows if any(b.text for b in row))
    _check_size(kept, INLINE_BUTTONS)
    for button in (b for row in kept for b in row):
        if button.data is not None and not 1 <= len(button.data.encode()) <= DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    return Markup("inline", kept, {"inline_keyboard": [[b.raw for b in row] for row in kept]}) if kept else None


def _inline_button(value: Any) -> Button:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(value, dict):
        raise bad_request(prefix + "InlineKeyboardButton must be an Object")
    text = value.get("text")
    if not isinstance(text, str):
        raise bad_request(prefix + 'Field "text" must be of type String')
    if not any(action in value for action in ACTIONS):
        raise bad_request(prefix + "Text buttons are unallowed in the inline keyboard")
    style = value.get("style")
    if style not in (None, "", *STYLES):
        raise bad_request(prefix + "Invalid button style specified")
    url = value.get("url")
    if url is not None:
        url = _button_url(str(url))
    data = value.get("callback_data")
    shown = {**value, "url": url} if url is not None else dict(value)
    return Button(text, None if data is None else str(data), url, style or None, shown)


def _button_url(url: str) -> str:
    try:
        return checked_url(url)
    except BadLink as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from error


def _reply(value: dict[str, Any], private: bool) -> Markup:
    rows: list[tuple[Button, ...]] = []
    for row in _rows(value["keyboard"], "keyboard"):
        buttons: list[Button] = []
        for item in row:
            shown = {"text": item} if isinstance(item, str) else item
            if not isinstance(shown, dict) or not isinstance(shown.get("text"), str):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
            if shown.get("request_contact") and not private:
                raise bad_request("phone number can be requested in private chats only")
            buttons.append(Button(shown["text"], raw=shown))
        rows.append(tuple(buttons))
    _check_size(tuple(rows), REPLY_BUTTONS)
    return Markup("reply", tuple(rows), value)


def _check_size(rows: tuple[tuple[Button, ...], ...], limit: int) -> None:
    shown = json.dumps([[b.raw for b in row] for row in rows], ensure_ascii=False, separators=(",", ":"))
    too_large = len(shown.encode()) > MARKUP_BYTES * (limit // INLINE_BUTTONS)
    if sum(map(len, rows)) > limit or too_large:
        raise bad_request("reply markup is too long")
