"""Evidence items and their files: rows ↔ rules."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from sop.cycle import Signed
from sop.evidence import EvidenceFile, Item, ItemState
from sop.refusals import NothingThere
from storage.tables.material import EvidenceFileRow, ItemRow


class SqlEvidence:
    """Implements `sop.ports.Evidence`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, items: Iterable[Item]) -> None:
        """Keep what is asked, in the order given."""
        for position, item in enumerate(items):
            row = ItemRow(
                id=item.id,
                cycle=item.cycle,
                opd=item.opd,
                code=item.code,
                position=position,
                title=item.title,
                example=item.example,
                formats=item.formats,
            )
            _fill(row, item)
            self._session.add(row)
        self._session.flush()  # read again in the same unit of work

    def of_opd(self, cycle: str, opd: str) -> tuple[Item, ...]:
        """The items of one OPD, in their order."""
        return self._items(
            self._session.scalars(
                select(ItemRow).where(ItemRow.cycle == cycle, ItemRow.opd == opd).order_by(ItemRow.position)
            ).all()
        )

    def of_cycle(self, cycle: str) -> tuple[Item, ...]:
        """The items of all OPDs."""
        return self._items(
            self._session.scalars(
                select(ItemRow).where(ItemRow.cycle == cycle).order_by(ItemRow.opd, ItemRow.position)
            ).all()
        )

    def of_code(self, cycle: str, code: str) -> tuple[Item, ...]:
        """The items of all OPDs that are asked under one code."""
        wanted = select(ItemRow).where(ItemRow.cycle == cycle, ItemRow.code == code).order_by(ItemRow.opd)
        return self._items(self._session.scalars(wanted).all())

    def get(self, item: str) -> Item:
        """One item."""
        row = self._session.get(ItemRow, item)
        if row is None:
            raise NothingThere(what="butir")
        return self._items([row])[0]

    def of_file(self, file: str) -> Item:
        """The item of a file."""
        row = self._session.get(EvidenceFileRow, file)
        if row is None:
            raise NothingThere(what="berkas")
        return self.get(row.item)

    def save(self, item: Item) -> None:
        """Write a changed item with its files."""
        _fill(self._session.get_one(ItemRow, item.id), item)
        for file in item.files:
            row = self._session.get(EvidenceFileRow, file.id)
            if row is None:
                row = EvidenceFileRow(id=file.id, item=item.id)
                self._session.add(row)
            row.filename, row.size, row.uploaded_at = file.filename, file.size, file.uploaded_at
            row.uploaded_by, row.uploader_name, row.incoming = (
                file.uploaded_by,
                file.uploader_name,
                file.incoming,
            )
            row.sha256, row.mime, row.pages, row.link = file.sha256, file.mime, file.pages, file.link
            row.version, row.state, row.withdrawn_at = file.version, file.state, file.withdrawn_at
        self._session.flush()  # read again in the same unit of work

    def twin(self, cycle: str, opd: str, sha256: str, but_file: str) -> tuple[Item, EvidenceFile] | None:
        """A stored file of the same OPD and cycle with the same bytes."""
        row = self._session.scalars(
            select(EvidenceFileRow)
            .join(ItemRow, ItemRow.id == EvidenceFileRow.item)
            .where(
                ItemRow.cycle == cycle,
                ItemRow.opd == opd,
                EvidenceFileRow.sha256 == sha256,
                EvidenceFileRow.id != but_file,
                EvidenceFileRow.withdrawn_at.is_(None),
            )
            .order_by(EvidenceFileRow.uploaded_at)
            .limit(1)
        ).one_or_none()
        return None if row is None else (self.get(row.item), _file(row))

    def _items(self, rows: Iterable[ItemRow]) -> tuple[Item, ...]:
        rows = list(rows)
        files: dict[str, list[EvidenceFile]] = {row.id: [] for row in rows}
        found = self._session.scalars(
            select(EvidenceFileRow)
            .where(EvidenceFileRow.item.in_(files))
            .order_by(EvidenceFileRow.uploaded_at, EvidenceFileRow.version, EvidenceFileRow.id)
        )
        for file in found:
            files[file.item].append(_file(file))
        return tuple(_item(row, tuple(files[row.id])) for row in rows)


def _fill(row: ItemRow, item: Item) -> None:
    row.state, row.explanation = item.state.value, item.explanation
    row.verdict_reason, row.verdict_at = item.verdict_reason, item.verdict_at
    row.verdict_by = item.verdict_by.to_json() if item.verdict_by else None


def _item(row: ItemRow, files: tuple[EvidenceFile, ...]) -> Item:
    return Item(
        id=row.id,
        cycle=row.cycle,
        opd=row.opd,
        code=row.code,
        title=row.title,
        example=row.example,
        formats=row.formats,
        state=ItemState(row.state),
        files=files,
        explanation=row.explanation,
        verdict_reason=row.verdict_reason,
        verdict_at=row.verdict_at,
        verdict_by=Signed.from_json(row.verdict_by) if row.verdict_by else None,
    )


def _file(row: EvidenceFileRow) -> EvidenceFile:
    return EvidenceFile(
        id=row.id,
        filename=row.filename,
        size=row.size,
        uploaded_at=row.uploaded_at,
        uploaded_by=row.uploaded_by,
        uploader_name=row.uploader_name,
        incoming=row.incoming,
        sha256=row.sha256,
        mime=row.mime,
        pages=row.pages,
        link=row.link,
        version=row.version,
        state=row.state,
        withdrawn_at=row.withdrawn_at,
    )
