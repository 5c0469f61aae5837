"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage, answerCallbackQuery."""

from __future__ import annotations

from typing import Any

from latihan.access import caption_of, chat_of, message_of, text_of
from latihan.chats import World
from latihan.entities import Entity
from latihan.errors import bad_request
from latihan.limits import TOAST_LIMIT
from latihan.markup import read_markup
from latihan.model import Markup, Message, Toast
from latihan.params import Params
from latihan.registry import method
from latihan.wire import message_json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETE_SECONDS = 48 * 3600
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _editable(world: World, params: Params) -> Message:
    message = message_of(world, params, "edit")
    keyboard = message.markup is not None and message.markup.kind != "inline"
    if not message.from_bot or message.service or keyboard:
        raise bad_request("message can't be edited")
    return message


def _edit(
    world: World,
    name: str,
    message: Message,
    text: str,
    source: str,
    entities: list[Entity],
    markup: Markup | None,
) -> Any:
    shape = [e.to_api() for e in entities]
    old = [e.to_api() for e in message.entities]
    if (text, shape, _raw(markup)) == (message.text, old, _raw(message.markup)):
        raise bad_request(NOT_MODIFIED)
    world.flood.check(name, message.chat.id, message.chat.kind != "private")
    return message_json(world.bot_edits(message, text, source, entities, markup))


def _raw(markup: Markup | None) -> dict[str, Any] | None:
    return markup.raw if markup else None


def _new_markup(params: Params) -> Markup | None:
    markup = read_markup(params.text("reply_markup"), private=params.number("chat_id") > 0)
    if markup is not None and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return markup


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Any:
    text = text_of(world, params)
    markup = _new_markup(params)
    message = _editable(world, params)
    if message.has_media or not message.text:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, "editMessageText", message, text.text, text.source, text.entities, markup)


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Any:
    caption = caption_of(world, params)
    markup = _new_markup(params)
    message = _editable(world, params)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, "editMessageCaption", message, caption.text, caption.source, caption.entities, markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Any:
    markup = _new_markup(params)
    message = _editable(world, params)
    return _edit(
        world,
        "editMessageReplyMarkup",
        message,
        message.text,
        message.source,
        message.entities,
        markup,
    )


@method("deleteMessage")
def delete_message(world: World, params: Params) -> Any:
    message = message_of(world, params, "delete")
    chat = message.chat
    admin = chat.bot_status in ("administrator", "creator")
    if world.date() - message.date > DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if not message.from_bot and chat.kind != "private" and not admin:
        raise bad_request("message can't be deleted")
    world.delete(message)
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> Any:
    """Several at once; those that cannot be found are skipped, as the real server does."""
    numbers = params.json("message_ids", "message identifiers") or []
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    chat = chat_of(world, params.text("chat_id"), write=False)
    for message in [chat.find(int(number)) for number in numbers]:
        if message is not None and message.from_bot:
            world.delete(message)
    return True


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> Any:
    tap = world.taps.get(params.text("callback_query_id"))
    late = tap is not None and world.clock() - tap.at > world.answer_window
    if tap is None or tap.answer is not None or late:
        raise bad_request(QUERY_TOO_OLD)
    text = params.text("text")
    if len(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    toast = Toast(tap.query_id, text, params.flag("show_alert"), params.text("url") or None)
    world.answer_tap(tap, toast)
    return True
