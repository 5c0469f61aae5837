"""Files in memory, with ids that are opaque, belong to one bot and keep their type."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from pathlib import PurePosixPath
from typing import Literal

from latihan.clock import Clock
from latihan.errors import bad_request
from latihan.limits import DOWNLOAD_LIMIT
from latihan.model import StoredFile

LINK_SECONDS = 3600.0
PHOTO_SIZES = ((90, 67), (320, 240), (800, 600), (1280, 960))


class FileStore:
    """Every file that was ever sent, and the download links in force."""

    def __init__(self, bot_id: int, clock: Clock) -> None:
        self.bot_id = bot_id
        self.clock = clock
        self._files: dict[str, StoredFile] = {}
        self._links: dict[str, tuple[StoredFile, float]] = {}

    def document(
        self, name: str | None, content: bytes, mime: str | None = None, claimed_size: int | None = None
    ) -> StoredFile:
        """Keep a document. `mime` is guessed from the name; `claimed_size` in bytes, if it shall differ."""
        guessed = mime or (mimetypes.guess_type(name)[0] if name else None)
        size = len(content) if claimed_size is None else claimed_size
        unique = hashlib.sha256(content + f"/{size}".encode()).digest()[:9]
        return self._keep(unique, "Document", content, size, name, guessed or "application/octet-stream")

    def photo(self, content: bytes) -> list[StoredFile]:
        """Keep a picture in several sizes, smallest first, without a name."""
        sizes: list[StoredFile] = []
        for width, height in PHOTO_SIZES:
            unique = hashlib.sha256(content + f"/{width}".encode()).digest()[:9]
            share = max(1, len(content) * width // PHOTO_SIZES[-1][0])
            size = len(content) if width == PHOTO_SIZES[-1][0] else share
            stored = self._keep(unique, "Photo", content, size, None, "image/jpeg")
            stored.width, stored.height = width, height
            sizes.append(stored)
        return sizes

    def by_id(self, file_id: str, kind: Literal["Document", "Photo"]) -> StoredFile:
        """The file to send again; raises 400 for an unknown id or one of another type."""
        found = self._files.get(file_id)
        if found is None:
            if re.fullmatch(r"[A-Za-z0-9_-]{8,}", file_id):
                raise bad_request("wrong remote file identifier specified: Wrong padding in the string")
            raise bad_request("wrong file identifier/HTTP URL specified")
        if found.kind != kind:
            raise bad_request(f"can't use file of type {found.kind} as {kind}")
        return found

    def link(self, file_id: str) -> tuple[StoredFile, str]:
        """The file and its path below ``/file/bot<token>/``, good for an hour; raises 400 above 20 MB."""
        found = self._files.get(file_id)
        if found is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable" if file_id else "invalid file_id")
        if found.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        folder, ending = ("photos", ".jpg") if found.kind == "Photo" else ("documents", _suffix(found.name))
        path = f"{folder}/file_{list(self._files).index(file_id)}{ending}"
        self._links[path] = (found, self.clock() + LINK_SECONDS)
        return found, path

    def download(self, path: str) -> bytes | None:
        """The bytes behind a link, or None when there is none or it has expired."""
        found = self._links.get(path)
        return found[0].data if found and self.clock() <= found[1] else None

    def _keep(
        self,
        unique: bytes,
        kind: Literal["Document", "Photo"],
        content: bytes,
        size: int,
        name: str | None,
        mime: str,
    ) -> StoredFile:
        unique_id = "AgAD" + base64.urlsafe_b64encode(unique).decode()
        opaque = f"{kind}:{self.bot_id}:{len(self._files)}:{unique_id}".encode()
        prefix = "BQAC" if kind == "Document" else "AgAC"
        file_id = prefix + base64.urlsafe_b64encode(opaque).decode().rstrip("=")
        stored = StoredFile(file_id, unique_id, kind, content, size, name, mime)
        self._files[file_id] = stored
        return stored


def _suffix(name: str | None) -> str:
    suffix = PurePosixPath(name or "").suffix
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else ""
