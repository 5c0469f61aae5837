"""Bot API objects out of what Telegram remembers."""

from __future__ import annotations

from typing import Any

from latihan.model import Chat, Message, StoredFile, Tap, User


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def user_json(user: User) -> dict[str, Any]:
    return _present(
        id=user.id,
        is_bot=user.is_bot,
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        language_code=None if user.is_bot else user.language_code,
    )


def chat_json(chat: Chat) -> dict[str, Any]:
    person = chat.person
    return _present(
        id=chat.id,
        type=chat.kind,
        title=chat.title,
        is_forum=chat.forum or None,
        first_name=person.first_name if person else None,
        last_name=person.last_name if person else None,
        username=person.username if person else None,
    )


def file_json(stored: StoredFile) -> dict[str, Any]:
    return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}


def document_json(stored: StoredFile) -> dict[str, Any]:
    return _present(file_name=stored.name, mime_type=stored.mime, **file_json(stored))


def photo_json(sizes: list[StoredFile]) -> list[dict[str, Any]]:
    return [{**file_json(size), "width": size.width, "height": size.height} for size in sizes]


def message_json(message: Message, with_reply: bool = True) -> dict[str, Any]:
    """The Message object; a reply shows what it answers to one level deep."""
    entities = [e.to_api() for e in message.entities] or None
    inline = message.markup is not None and message.markup.kind == "inline"
    media = message.has_media
    reply = message.reply_to if with_reply else None
    body = _present(
        message_id=message.id,
        date=message.date,
        chat=chat_json(message.chat),
        **{"from": user_json(message.sender)},
        message_thread_id=message.thread_id,
        is_topic_message=True if message.thread_id and message.chat.forum else None,
        edit_date=message.edit_date,
        media_group_id=message.media_group_id,
        document=document_json(message.document) if message.document else None,
        photo=photo_json(message.photo) or None,
        contact=message.contact,
        reply_to_message=message_json(reply, with_reply=False) if reply else None,
        reply_markup=message.markup.raw if inline and message.markup else None,
    )
    if message.text:
        body["caption" if media else "text"] = message.text
        if entities:
            body["caption_entities" if media else "entities"] = entities
    return {**body, **message.service}


def tap_json(tap: Tap, instance: str, accessible: bool) -> dict[str, Any]:
    """The CallbackQuery object; an inaccessible message has date 0 and no text."""
    message: dict[str, Any] = message_json(tap.message)
    if not accessible:
        message = {"chat": chat_json(tap.message.chat), "message_id": tap.message.id, "date": 0}
    return {
        "id": tap.query_id,
        "from": user_json(tap.person),
        "message": message,
        "chat_instance": instance,
        "data": tap.data,
    }


def member_json(user: User, status: str) -> dict[str, Any]:
    """A ChatMember of the given status, with the fields that clients require."""
    body: dict[str, Any] = {"user": user_json(user), "status": status}
    if status == "kicked":
        body["until_date"] = 0
    elif status == "creator":
        body["is_anonymous"] = False
    elif status == "administrator":
        body |= dict.fromkeys(ADMIN_RIGHTS, True)
        body |= {"can_be_edited": False, "is_anonymous": False}
    return body


ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
