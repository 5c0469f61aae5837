"""sendMessage, sendDocument, sendPhoto, sendMediaGroup, sendChatAction, copyMessage."""

from __future__ import annotations

from typing import Any

from latihan.access import caption_of, chat_of, markup_of, placement_of, text_of
from latihan.chats import World
from latihan.errors import bad_request
from latihan.limits import CAPTION_LIMIT, PHOTO_LIMIT, formatted, given_entities
from latihan.model import Chat, Message, StoredFile
from latihan.params import Params, Upload
from latihan.registry import method
from latihan.wire import message_json

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "record_audio",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM")
ALBUM_KINDS = {"photo": "Photo", "document": "Document"}


def _check_flood(world: World, name: str, chat: Chat, messages: int = 1) -> None:
    world.flood.check(name, chat.id, chat.kind != "private", messages)


@method("sendMessage")
def send_message(world: World, params: Params) -> Any:
    text = text_of(world, params)
    markup = markup_of(world, params)
    chat = chat_of(world, params.text("chat_id"))
    place = placement_of(world, params, chat)
    _check_flood(world, "sendMessage", chat)
    message = world.bot_posts(chat, text=text.text, entities=text.entities, source=text.source, markup=markup, **place)
    return message_json(message)


@method("sendDocument")
def send_document(world: World, params: Params) -> Any:
    return _send_file(world, params, "document")


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Any:
    return _send_file(world, params, "photo")


def _send_file(world: World, params: Params, kind: str) -> Any:
    caption = caption_of(world, params)
    markup = markup_of(world, params)
    upload = params.upload(kind)
    value = params.text(kind)
    if upload is None and (not value or value.startswith("attach://")):
        raise bad_request(f"there is no {kind} in the request")
    chat = chat_of(world, params.text("chat_id"))
    place = placement_of(world, params, chat)
    media = _media(world, kind, upload, value)
    name = "sendDocument" if kind == "document" else "sendPhoto"
    _check_flood(world, name, chat)
    world.flood.check_upload(name, chat.id, _uploaded(params))
    message = world.bot_posts(
        chat,
        text=caption.text,
        entities=caption.entities,
        source=caption.source,
        markup=markup,
        **media,
        **place,
    )
    return message_json(message)


def _media(world: World, kind: str, upload: Upload | None, value: str) -> dict[str, Any]:
    """The `document` or `photo` field of a message, from an upload or a file_id."""
    if kind == "document":
        if upload is None:
            return {"document": world.files.by_id(value, "Document")}
        _check_upload(upload)
        return {"document": world.files.document(upload.name, upload.data, upload.mime)}
    if upload is None:
        return {"photo": [world.files.by_id(value, "Photo")]}
    _check_upload(upload)
    if len(upload.data) > PHOTO_LIMIT:
        size = len(upload.data)
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes")
    if not upload.data.startswith(PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return {"photo": world.files.photo(upload.data)}


def _check_upload(upload: Upload) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")


def _uploaded(params: Params) -> int:
    return sum(len(upload.data) for upload in params.files.values())


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> Any:
    items = params.json("media", "media") or []
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad_request("group send failed: media group must include 2-10 items")
    if not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse media JSON object")
    _check_mix([str(item.get("type")) for item in items])
    fields = [_album_item(world, params, item) for item in items]
    chat = chat_of(world, params.text("chat_id"))
    place = placement_of(world, params, chat)
    _check_flood(world, "sendMediaGroup", chat, len(items))
    world.flood.check_upload("sendMediaGroup", chat.id, _uploaded(params))
    group = str(13_000_000_000_000_000 + world.number("album"))
    sent = [world.bot_posts(chat, media_group_id=group, **item, **place) for item in fields]
    return [message_json(message) for message in sent]


def _check_mix(kinds: list[str]) -> None:
    for kind in kinds:
        if kind not in ALBUM_KINDS:
            raise bad_request(f'type "{kind}" can\'t be used in an album here' if kind else "media type is empty")
    if "document" in kinds and len(set(kinds)) > 1:
        raise bad_request("document can't be mixed with other media types")


def _album_item(world: World, params: Params, item: dict[str, Any]) -> dict[str, Any]:
    value = str(item.get("media", ""))
    caption = formatted(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        given_entities(Params(item).text("caption_entities")),
        CAPTION_LIMIT,
        world.user_lookup,
    )
    upload = params.attached(value)
    if upload is None and value.startswith("attach://"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    media = _media(world, str(item["type"]), upload, value)
    return {"text": caption.text, "entities": caption.entities, "source": caption.source, **media}


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> Any:
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(world, params.text("chat_id"))
    chat.actions.append(params.text("action"))
    return True


@method("copyMessage")
def copy_message(world: World, params: Params) -> Any:
    markup = markup_of(world, params)
    copy = _copy(world, params, "copy")
    if "caption" in params.fields and ("document" in copy or "photo" in copy):
        caption = caption_of(world, params)
        copy |= {"text": caption.text, "entities": caption.entities, "source": caption.source}
    return {"message_id": _post_copy(world, params, "copyMessage", {**copy, "markup": markup}).id}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> Any:
    return message_json(_post_copy(world, params, "forwardMessage", _copy(world, params, "forward")))


def _copy(world: World, params: Params, what: str) -> dict[str, Any]:
    origin = chat_of(world, params.text("from_chat_id"), write=False)
    found = origin.find(params.number("message_id"))
    if found is None or found.service:
        raise bad_request(f"message to {what} not found")
    media: dict[str, StoredFile | list[StoredFile]] = {}
    if found.document:
        media["document"] = found.document
    if found.photo:
        media["photo"] = found.photo
    return {"text": found.text, "entities": found.entities, "source": found.source, **media}


def _post_copy(world: World, params: Params, name: str, fields: dict[str, Any]) -> Message:
    chat = chat_of(world, params.text("chat_id"))
    place = placement_of(world, params, chat)
    _check_flood(world, name, chat)
    return world.bot_posts(chat, **fields, **place)
