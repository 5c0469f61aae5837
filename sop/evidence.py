"""Evidence: what is asked of an OPD, the files it sent, their versions, and the verdicts (SOP steps 4 and 5)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sop.cycle import Signed
from sop.refusals import BadInput, Incomplete, NotNow, SameEyes


class ItemState(StrEnum):
    """The states of evidence, and no others (sop.md)."""

    NONE = "belum"
    UPLOADED = "diunggah"
    REPAIR = "perlu perbaikan"
    ACCEPTED = "sesuai"
    REJECTED = "tidak sesuai"
    DECLARED_ABSENT = "dinyatakan tidak ada"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file (or link) of an item. A replaced or withdrawn file stays in the history."""

    id: str
    filename: str
    size: int
    uploaded_at: datetime
    uploaded_by: str
    uploader_name: str
    incoming: str = ""
    sha256: str = ""
    mime: str = ""
    pages: int | None = None
    link: str = ""
    version: int = 1
    state: str = "diproses"  # diproses | tersimpan | gagal
    withdrawn_at: datetime | None = None

    @property
    def current(self) -> bool:
        """Whether it counts: neither withdrawn nor failed."""
        return self.withdrawn_at is None and self.state != "gagal"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked of one OPD in one cycle."""

    id: str
    cycle: str
    opd: str
    code: str  # I12, U1 …
    title: str
    example: str
    formats: str = ""
    state: ItemState = ItemState.NONE
    files: tuple[EvidenceFile, ...] = ()
    explanation: str = ""
    verdict_reason: str = ""
    verdict_at: datetime | None = None
    verdict_by: Signed | None = None

    @property
    def current_files(self) -> tuple[EvidenceFile, ...]:
        """Files that count."""
        return tuple(f for f in self.files if f.current)


def _changeable(item: Item) -> None:
    if item.state in (ItemState.ACCEPTED, ItemState.REJECTED):
        raise NotNow(state=f"butir_{item.state.name.lower()}")


def add_file(item: Item, file: EvidenceFile) -> Item:
    """Take a file into an item; an item to be repaired counts as uploaded again.

    Raises:
        NotNow: the item has a final verdict.
    """
    _changeable(item)
    version = 1 + max((f.version for f in item.files), default=0)
    return replace(item, state=ItemState.UPLOADED, explanation="", files=(*item.files, replace(file, version=version)))


def settle_file(
    item: Item, file_id: str, *, state: str, sha256: str = "", mime: str = "", pages: int | None = None
) -> Item:
    """The worker's result for a file: stored with its hash, or failed (then it no longer counts)."""
    files = tuple(
        replace(f, state=state, sha256=sha256, mime=mime, pages=pages) if f.id == file_id else f for f in item.files
    )
    return _recount(replace(item, files=files))


def withdraw_file(item: Item, file_id: str, *, now: datetime) -> Item:
    """Take a file back; it stays in the history.

    Raises:
        NotNow: the item has a final verdict.
        BadInput: there is no such file, or it was withdrawn before.
    """
    _changeable(item)
    if not any(f.id == file_id and f.current for f in item.files):
        raise BadInput(field="file", problem="gone")
    files = tuple(replace(f, withdrawn_at=now) if f.id == file_id else f for f in item.files)
    return _recount(replace(item, files=files))


def _recount(item: Item) -> Item:
    if item.state is ItemState.UPLOADED and not item.current_files:
        return replace(item, state=ItemState.REPAIR if item.verdict_reason else ItemState.NONE)
    return item


def declare_absent(item: Item, explanation: str) -> Item:
    """The OPD says that it has nothing of this, with an explanation; files sent before no longer stand for it.

    Raises:
        BadInput: the explanation is shorter than ten characters.
        NotNow: the item has a final verdict.
        Incomplete: there are files; withdraw them first.
    """
    _changeable(item)
    if item.current_files:
        raise Incomplete(act="declare_absent", missing=("berkas_masih_ada",))
    if len(explanation.strip()) < 10:
        raise BadInput(field="explanation", problem="short", value=explanation.strip())
    return replace(item, state=ItemState.DECLARED_ABSENT, explanation=explanation.strip())


def judge(item: Item, verdict: ItemState, reason: str, by: Signed, *, four_eyes: bool, now: datetime) -> Item:
    """Tim SPBE Diskominfo accepts an item, sends it back, or refuses it for good.

    Raises:
        SameEyes: the reviewer uploaded one of the files (a setting, on by default).
        BadInput: a reason is missing where one is needed.
        NotNow: there is nothing to judge yet.
    """
    if item.state is ItemState.NONE:
        raise NotNow(state="butir_none")
    if four_eyes and any(f.uploaded_by == by.person for f in item.current_files):
        raise SameEyes(act="review")
    if verdict is not ItemState.ACCEPTED and not reason.strip():
        raise BadInput(field="reason", problem="empty")
    kept = "" if verdict is ItemState.ACCEPTED else reason.strip()
    return replace(item, state=verdict, verdict_reason=kept, verdict_at=now, verdict_by=by)


def still_open(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items for which the OPD still owes something: nothing sent, or sent back for repair."""
    return tuple(i for i in items if i.state in (ItemState.NONE, ItemState.REPAIR))


def filled(items: tuple[Item, ...]) -> int:
    """How many items have an answer."""
    return len(items) - len(still_open(items))


def being_stored(items: tuple[Item, ...]) -> bool:
    """Whether a file is still on its way to the archive (a hand-over waits for it)."""
    return any(f.state == "diproses" for i in items for f in i.current_files)
