"""One process at a time on one database file."""

from pathlib import Path

from filelock import FileLock, Timeout


class AlreadyRunning(Exception):
    """Another process of this bot works with the same data directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            f"Bot sudah berjalan dengan direktori data {directory}. Hentikan proses itu dahulu, "
            "atau tetapkan DATA_DIR lain."
        )


class SingleInstance:
    """The lock on a data directory, which exists. The system releases it when the process ends, however it ends."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = FileLock(directory / "bot.lock", blocking=False)

    def acquire(self) -> None:
        """Take the lock. Raises AlreadyRunning when another process has it."""
        try:
            self._lock.acquire()
        except Timeout as held:
            raise AlreadyRunning(self._directory) from held

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def __enter__(self) -> "SingleInstance":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
