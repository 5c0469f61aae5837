"""Choices to inline keyboards."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.wording import Wording, WordingError
from handlers.buttons import encode
from sop.outgoing import Choice, Rows

SHORT = 16  # letters; longer labels do not share a row on a phone


def keyboard(rows: Rows, wording: Wording, link: str) -> InlineKeyboardMarkup | None:
    """The keyboard, None without choices. *link* is ``https://t.me/<bot>``, for a url that begins with ``?``.

    Raises:
        WordingError: a label is missing, or the data of a button is too long.
    """
    lines: list[list[InlineKeyboardButton]] = []
    for row in rows:
        buttons = [_button(choice, wording, link) for choice in row]
        if any(len(button.text) > SHORT for button in buttons):
            lines += [[button] for button in buttons]
        elif buttons:
            lines.append(buttons)
    return InlineKeyboardMarkup(lines) if lines else None


def _button(choice: Choice, wording: Wording, link: str) -> InlineKeyboardButton:
    label = wording.label(choice)
    style = choice.style or None
    if choice.url:
        url = link + choice.url if choice.url.startswith("?") else choice.url
        return InlineKeyboardButton(label, url=url, style=style)
    try:
        data = encode(choice.action, choice.id, choice.arg)
    except ValueError as error:
        raise WordingError(f"button {choice.action!r}: {error}") from error
    return InlineKeyboardButton(label, callback_data=data, style=style)
