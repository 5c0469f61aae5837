"""Files that people send in chat: what is on its way, what is kept, what Telegram has already."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from sop.ports import CalendarEntry, Incoming, StoredFile, Table
from sop.refusals import BadInput, NothingThere
from storage.calendars import ICS, write_entry
from storage.content import ContentStore
from storage.frozen import freeze, thaw
from storage.rows import changed, taken
from storage.spreadsheets import LARGEST, XLSX, fill_form, read_rows
from storage.tables.queues import IncomingFileRow, StoredFileRow, TelegramCopyRow
from storage.workbooks import fill_workbook


class SqlFiles:
    """Implements `sop.ports.Files`; claim, postpone, release and facts are the fetcher's side."""

    def __init__(self, session: Session, content: ContentStore | None = None) -> None:
        self._session = session
        self._bytes = content  # only reading and making spreadsheets needs the bytes themselves

    def expect(self, incoming: Incoming) -> None:
        """Queue a file for fetching."""
        number = self._session.scalar(select(func.coalesce(func.max(IncomingFileRow.number), 0) + 1))
        self._session.add(
            IncomingFileRow(
                id=incoming.id,
                number=number,
                telegram_file_id=incoming.telegram_file_id,
                filename=incoming.filename,
                mime=incoming.mime,
                size=incoming.size,
                purpose=incoming.purpose,
                target=incoming.target,
                by_person=incoming.by_person,
                chat=incoming.chat,
                album=incoming.album,
                state=incoming.state,
                sha256=incoming.sha256,
                facts=freeze(incoming.facts),
            )
        )
        self._session.flush()

    def incoming(self, id: str) -> Incoming | None:
        """One expected file."""
        row = self._session.get(IncomingFileRow, id)
        return None if row is None else _incoming(row)

    def waiting_for(self, purpose: str, target: str) -> tuple[Incoming, ...]:
        """Files still on their way to a target, in the order of their arrival."""
        rows = self._session.scalars(
            select(IncomingFileRow)
            .where(
                IncomingFileRow.purpose == purpose,
                IncomingFileRow.target == target,
                IncomingFileRow.state == "waiting",
            )
            .order_by(IncomingFileRow.number)
        )
        return tuple(map(_incoming, rows))

    def held(self, purpose: str, target: str) -> tuple[Incoming, ...]:
        """Files for a target that are stored or on their way, in the order of their arrival."""
        rows = self._session.scalars(
            select(IncomingFileRow)
            .where(
                IncomingFileRow.purpose == purpose,
                IncomingFileRow.target == target,
                IncomingFileRow.state != "failed",
            )
            .order_by(IncomingFileRow.number)
        )
        return tuple(map(_incoming, rows))

    def of_album(self, person: str, album: str) -> tuple[Incoming, ...]:
        """What a person sent as one album, so far, in the order of arrival."""
        if not album:
            return ()
        rows = self._session.scalars(
            select(IncomingFileRow)
            .where(IncomingFileRow.by_person == person, IncomingFileRow.album == album)
            .order_by(IncomingFileRow.number)
        )
        return tuple(map(_incoming, rows))

    def redirect(self, id: str, purpose: str, target: str) -> None:
        """Give a file another purpose; where it is on its way, the new one takes it when it arrives."""
        row = self._session.get_one(IncomingFileRow, id)
        row.purpose, row.target = purpose, target
        self._session.flush()

    def forget(self, id: str) -> None:
        """Keep nothing of a file that only passed by: not even its name."""
        self._session.execute(delete(IncomingFileRow).where(IncomingFileRow.id == id))

    def settle(self, id: str, *, state: str, stored: StoredFile | None = None) -> None:
        """The worker's result: `stored` (with what was stored) or `failed`. Later results change nothing."""
        if stored is not None:
            self.keep(stored)
        self._session.execute(
            update(IncomingFileRow)
            .where(IncomingFileRow.id == id, IncomingFileRow.state == "waiting")
            .values(state=state, busy=False, sha256=stored.sha256 if stored else "")
        )

    def stored(self, sha256: str) -> StoredFile | None:
        """What is known of stored bytes."""
        row = self._session.get(StoredFileRow, sha256)
        return None if row is None else StoredFile(row.sha256, row.size, row.mime, row.pages)

    def rows(self, sha256: str, sheet: str = "Petugas") -> list[list[str]]:
        """A stored spreadsheet as rows of words. Raises BadInput for what cannot be read as one."""
        known = self.stored(sha256)
        if known is None or not self._content.has(sha256):
            raise NothingThere(what="berkas")
        if known.size > LARGEST:
            raise BadInput(field="spreadsheet", problem="large")
        return read_rows(self._content.read(sha256), known.mime, sheet)

    def fill_form(
        self, name: str, rows: Sequence[Sequence[str | Decimal]], facts: Mapping[str, str]
    ) -> tuple[str, str]:
        """Make a spreadsheet from a form and keep its bytes; their hash and the file name."""
        data, filename = fill_form(name, rows, facts)
        sha256, size = self._content.put(data)
        self.keep(StoredFile(sha256, size, XLSX))
        return sha256, filename

    def write_entry(self, entry: CalendarEntry) -> str:
        """Make a calendar entry (.ics) and keep its bytes; their hash."""
        sha256, size = self._content.put(write_entry(entry))
        self.keep(StoredFile(sha256, size, ICS))
        return sha256

    def fill_workbook(self, form: str, tables: Sequence[Table], facts: Mapping[str, str]) -> StoredFile:
        """Make a workbook of several tables from a form and keep its bytes."""
        sha256, size = self._content.put(fill_workbook(form, tables, facts))
        stored = StoredFile(sha256, size, XLSX)
        self.keep(stored)
        return stored

    @property
    def _content(self) -> ContentStore:
        if self._bytes is None:
            raise RuntimeError("this database was opened without the store of bytes")
        return self._bytes

    def keep(self, stored: StoredFile) -> None:
        """Record bytes that are on disk now."""
        if self._session.get(StoredFileRow, stored.sha256) is None:
            self._session.add(
                StoredFileRow(sha256=stored.sha256, size=stored.size, mime=stored.mime, pages=stored.pages)
            )
            self._session.flush()

    # --- the fetcher's side

    def claim(self, now: datetime) -> Incoming | None:
        """Take the next file to fetch; nobody else gets it until it is settled, postponed or released."""
        ids = self._session.scalars(
            select(IncomingFileRow.id)
            .where(
                IncomingFileRow.state == "waiting",
                IncomingFileRow.busy.is_(False),
                or_(IncomingFileRow.not_before.is_(None), IncomingFileRow.not_before <= now),
            )
            .order_by(IncomingFileRow.number)
            .limit(5)
        ).all()
        for id in ids:
            free = update(IncomingFileRow).where(
                IncomingFileRow.id == id, IncomingFileRow.state == "waiting", IncomingFileRow.busy.is_(False)
            )
            if taken(self._session, free.values(busy=True, attempts=IncomingFileRow.attempts + 1)):
                return self.incoming(id)
        return None

    def attempts(self, id: str) -> int:
        """How often it was tried, the try under way included."""
        return self._session.get_one(IncomingFileRow, id, populate_existing=True).attempts

    def postpone(self, id: str, until: datetime, error: str) -> None:
        """Try again later."""
        self._session.execute(
            update(IncomingFileRow).where(IncomingFileRow.id == id).values(busy=False, not_before=until, error=error)
        )

    def release(self) -> int:
        """At start: what a killed process had is free again (fetching twice does no harm). How many."""
        free = update(IncomingFileRow).where(IncomingFileRow.busy.is_(True))
        return changed(self._session, free.values(busy=False, attempts=IncomingFileRow.attempts - 1))

    def next_at(self, now: datetime) -> datetime | None:
        """When the earliest postponed file is due."""
        return self._session.scalar(
            select(func.min(IncomingFileRow.not_before)).where(
                IncomingFileRow.state == "waiting", IncomingFileRow.not_before > now
            )
        )

    def note(self, id: str, facts: dict[str, Any]) -> None:
        """Add to the facts of a file (what its bytes turned out to be)."""
        row = self._session.get_one(IncomingFileRow, id)
        row.facts = {**row.facts, **freeze(facts)}
        self._session.flush()

    # --- what Telegram has

    def telegram_copy(self, bot: int, sha256: str, filename: str) -> str | None:
        """The file_id under which this bot has sent these bytes with this name."""
        row = self._session.get(TelegramCopyRow, (bot, sha256, filename))
        return None if row is None else row.file_id

    def remember_copy(self, bot: int, sha256: str, filename: str, file_id: str) -> None:
        """Keep the file_id of an upload."""
        self._session.merge(TelegramCopyRow(bot=bot, sha256=sha256, filename=filename, file_id=file_id))
        self._session.flush()

    def forget_copy(self, bot: int, sha256: str, filename: str) -> None:
        """Telegram does not know the file_id any more."""
        row = self._session.get(TelegramCopyRow, (bot, sha256, filename))
        if row is not None:
            self._session.delete(row)
            self._session.flush()


def _incoming(row: IncomingFileRow) -> Incoming:
    return Incoming(
        id=row.id,
        telegram_file_id=row.telegram_file_id,
        filename=row.filename,
        mime=row.mime,
        size=row.size,
        purpose=row.purpose,
        target=row.target,
        by_person=row.by_person,
        chat=row.chat,
        album=row.album,
        state=row.state,
        sha256=row.sha256,
        facts=thaw(row.facts),
    )
