"""A file as it came in chat: whether it can be taken, and how it is queued for fetching."""

from dataclasses import dataclass, field

from sop.ports import Incoming, Json, UnitOfWork
from sop.refusals import BadInput


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came in chat; *size* in bytes as Telegram says, name and mime as the sender claims."""

    telegram_file_id: str
    filename: str
    mime: str
    size: int
    chat: int
    album: str = ""
    caption: str = ""
    facts: dict[str, Json] = field(default_factory=dict)

    def expected(
        self,
        id: str,
        *,
        purpose: str,
        target: str,
        by_person: str,
        album: str = "",
        facts: dict[str, Json] | None = None,
    ) -> Incoming:
        """The file as it is queued for fetching: what for (`Incoming.purpose`), for what, and by whom it came."""
        return Incoming(
            id,
            self.telegram_file_id,
            self.filename,
            self.mime,
            self.size,
            purpose,
            target,
            by_person,
            self.chat,
            album,
            facts=facts or {},
        )


def trouble_with(uow: UnitOfWork, size: int) -> str:
    """Why a file of *size* bytes cannot be taken: `large` (Telegram lets no bot fetch it), `empty`, or nothing."""
    if size > uow.office.office.largest_file_mb * 1024 * 1024:
        return "large"
    return "empty" if size == 0 else ""


def require_size(uow: UnitOfWork, sent: SentFile, *, field: str = "file") -> None:
    """That a file can be fetched and has something in it; *field* whose words explain that it cannot.

    Raises:
        BadInput: see `trouble_with`; carries name and size.
    """
    trouble = trouble_with(uow, sent.size)
    if trouble:
        raise BadInput(field=field, problem=trouble, value=f"{sent.filename}|{sent.size}")
