"""Bytes on disk by content hash: ``files/ab/cdef…``. What is there is whole; twice changes nothing."""

import hashlib
import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import Self


class ContentStore:
    """The folder of all bytes. *root* is made when missing."""

    def __init__(self, root: Path) -> None:
        self._files = root / "files"
        self._arriving = root / "arriving"
        self._files.mkdir(parents=True, exist_ok=True)
        self._arriving.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where these bytes are, or would be."""
        return self._files / sha256[:2] / sha256[2:]

    def has(self, sha256: str) -> bool:
        """Whether these bytes are kept."""
        return bool(sha256) and self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """All bytes.

        Raises:
            FileNotFoundError: they are not kept.
        """
        return self.path(sha256).read_bytes()

    def put(self, data: bytes) -> tuple[str, int]:
        """Keep bytes that are in memory; hash and size."""
        with self.receive() as arriving:
            arriving.write(data)
            return arriving.keep()

    def receive(self) -> "Arriving":
        """A file that arrives in pieces; what is not kept at the end is thrown away."""
        return Arriving(self, self._arriving / secrets.token_hex(8))

    def clear_arriving(self) -> int:
        """Throw away what a killed process left half written; only at start, before any worker. How many."""
        left = list(self._arriving.iterdir())
        for path in left:
            path.unlink()
        return len(left)


class Arriving:
    """One file on its way to the disk."""

    def __init__(self, store: ContentStore, path: Path) -> None:
        self._store = store
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        self._file = path.open("wb")

    def write(self, piece: bytes) -> None:
        """The next piece."""
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    def keep(self) -> tuple[str, int]:
        """Make it durable under its hash, which is returned with the size in bytes."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sha256 = self._hash.hexdigest()
        target = self._store.path(sha256)
        if not target.is_file():
            target.parent.mkdir(exist_ok=True)
            self.path.chmod(0o600)
            self.path.replace(target)
            _sync(target.parent)
            _sync(target.parent.parent)
        return sha256, self.size

    def digest(self) -> tuple[str, int]:
        """Hash and size of what has arrived, for bytes that are not to be kept."""
        return self._hash.hexdigest(), self.size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """A rename is durable when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
