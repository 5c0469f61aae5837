"""A file that came in chat, whatever way it was sent. Nothing is fetched here."""

from dataclasses import dataclass
from typing import Literal

from telegram import Message
from telegram.ext import filters

Kind = Literal["document", "photo", "video", "audio", "voice"]

# What counts as an answer to "please send a file".
UPLOADS = filters.Document.ALL | filters.PHOTO | filters.VIDEO | filters.AUDIO | filters.VOICE


@dataclass(frozen=True, slots=True)
class Upload:
    """A sent file. *filename* and *mime* are the sender's claims (made up where there are none); *size* in bytes.

    *album* is the number of the album it came in, if any: each file of an album is a message of its own.
    """

    file_id: str
    unique_id: str
    filename: str
    mime: str
    size: int
    kind: Kind
    album: str = ""
    caption: str = ""


def upload_of(message: Message) -> Upload | None:
    """The file in *message*, or None. A picture sent "as photo" has no name and several sizes: the largest counts."""
    album, caption = message.media_group_id or "", message.caption or ""
    stamp = f"{message.date:%Y%m%d-%H%M%S}-{message.message_id}"

    def made(file: object, kind: Kind, name: str | None, mime: str | None, fallback: tuple[str, str]) -> Upload:
        found = {k: getattr(file, k) for k in ("file_id", "file_unique_id", "file_size")}
        return Upload(
            file_id=str(found["file_id"]),
            unique_id=str(found["file_unique_id"]),
            filename=name or f"{kind}-{stamp}.{fallback[0]}",
            mime=mime or fallback[1],
            size=int(found["file_size"] or 0),
            kind=kind,
            album=album,
            caption=caption,
        )

    if (document := message.document) is not None:
        return made(document, "document", document.file_name, document.mime_type, ("bin", "application/octet-stream"))
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return made(largest, "photo", None, None, ("jpg", "image/jpeg"))
    if (video := message.video) is not None:
        return made(video, "video", video.file_name, video.mime_type, ("mp4", "video/mp4"))
    if (audio := message.audio) is not None:
        return made(audio, "audio", audio.file_name, audio.mime_type, ("mp3", "audio/mpeg"))
    if (voice := message.voice) is not None:
        return made(voice, "voice", None, voice.mime_type, ("ogg", "audio/ogg"))
    return None
