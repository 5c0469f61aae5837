"""Evidence: what is asked of an OPD, the files it sent, their versions, and the verdicts (SOP steps 4 and 5)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sop.cycle import Signed, require_text
from sop.refusals import AlreadyDecided, BadInput, Incomplete, NothingThere, NotNow, SameEyes

LONGEST_LINK = 500
SHORTEST_EXPLANATION = 10


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

    @property
    def changeable(self) -> bool:
        """Whether the OPD may still change it: there is no final verdict."""
        return self.state not in (ItemState.ACCEPTED, ItemState.REJECTED)

    @property
    def to_review(self) -> bool:
        """Whether it waits for a verdict: sent (again), or declared absent and not yet answered."""
        declared = self.state is ItemState.DECLARED_ABSENT and self.verdict_at is None
        return self.state is ItemState.UPLOADED or declared

    def file(self, id: str) -> EvidenceFile:
        """One of its files, also a withdrawn one.

        Raises:
            NothingThere: there is none with this id.
        """
        found = next((f for f in self.files if f.id == id), None)
        if found is None:
            raise NothingThere(what="berkas")
        return found


def _require_changeable(item: Item) -> None:
    if not item.changeable:
        raise NotNow(state=f"butir_{item.state.name.lower()}")


def add_file(item: Item, file: EvidenceFile, *, version: int = 1) -> Item:
    """Take a file into an item; an item to be repaired counts as uploaded again.

    Raises:
        NotNow: the item has a final verdict.
    """
    _require_changeable(item)
    return replace(item, state=ItemState.UPLOADED, explanation="", files=(*item.files, replace(file, version=version)))


def replace_file(item: Item, old: str, file: EvidenceFile, *, now: datetime) -> Item:
    """Take the next version of a file; the one before stays in the history.

    Raises:
        NotNow: the item has a final verdict. NothingThere, BadInput: *old* is not there, or was withdrawn before.
    """
    version = item.file(old).version + 1
    return add_file(withdraw_file(item, old, now=now), file, version=version)


def settle_file(
    item: Item, file_id: str, *, state: str, size: int = 0, sha256: str = "", mime: str = "", pages: int | None = None
) -> Item:
    """The worker's result for a file: stored with its hash and true size, or failed (then it no longer counts)."""
    files = tuple(
        replace(f, state=state, size=size or f.size, sha256=sha256, mime=mime or f.mime, pages=pages)
        if f.id == file_id
        else f
        for f in item.files
    )
    return _recount(replace(item, files=files))


def withdraw_file(item: Item, file_id: str, *, now: datetime) -> Item:
    """Take a file back; it stays in the history.

    Raises:
        NotNow: the item has a final verdict.
        NothingThere: there is no such file. BadInput: it was withdrawn before.
    """
    _require_changeable(item)
    if not item.file(file_id).current:
        raise BadInput(field="file", problem="gone")
    return drop_file(item, file_id, now=now)


def drop_file(item: Item, file_id: str, *, now: datetime) -> Item:
    """Let a file no longer count, whatever the verdict: the same bytes are in the item already."""
    files = tuple(replace(f, withdrawn_at=now) if f.id == file_id else f for f in item.files)
    return _recount(replace(item, files=files))


def bring_back(item: Item, file_id: str) -> Item:
    """Undo a withdrawal: what was to replace the file could not be fetched."""
    return replace(item, files=tuple(replace(f, withdrawn_at=None) if f.id == file_id else f for f in item.files))


def _recount(item: Item) -> Item:
    """An uploaded item without a file that came after its verdict is what it was before."""
    since = item.verdict_at
    fresh = any(since is None or f.uploaded_at > since for f in item.current_files)
    if item.state is ItemState.UPLOADED and not fresh:
        return replace(item, state=ItemState.REPAIR if item.verdict_reason else ItemState.NONE)
    return item


def declare_absent(item: Item, explanation: str) -> Item:
    """The OPD says that it has nothing of this, with an explanation; files sent before no longer stand for it.

    Raises:
        BadInput: the explanation is shorter than ten characters, or longer than a card carries.
        NotNow: the item has a final verdict.
        Incomplete: there are files; withdraw them first.
    """
    _require_changeable(item)
    if item.current_files:
        raise Incomplete(act="declare_absent", missing=("berkas_masih_ada",))
    if len(explanation.strip()) < SHORTEST_EXPLANATION:
        raise BadInput(field="explanation", problem="short", value=explanation.strip())
    require_text(explanation, "explanation")
    return replace(
        item,
        state=ItemState.DECLARED_ABSENT,
        explanation=explanation.strip(),
        verdict_reason="",
        verdict_at=None,
        verdict_by=None,
    )


def judge(
    item: Item, verdict: ItemState, reason: str, by: Signed, *, four_eyes: bool, again: bool = False, now: datetime
) -> Item:
    """Tim SPBE Diskominfo accepts an item, sends it back, or refuses it for good; *again* changes a verdict.

    What was declared absent stays so when that is accepted: there is still nothing.

    Raises:
        SameEyes: the reviewer uploaded one of the files (a setting, on by default).
        BadInput: a reason is missing where one is needed, or it is too long.
        NotNow: there is nothing to judge yet.
        AlreadyDecided: somebody has judged it (and *again* was not asked for, or it is the same verdict).
        Incomplete: a file is still on its way to the archive.
    """
    if item.state is ItemState.NONE:
        raise NotNow(state="butir_none")
    if not item.to_review and (not again or item.state is verdict):
        title = item.verdict_by.title if item.verdict_by else ""
        raise AlreadyDecided(by=title, at=item.verdict_at, outcome=item.state.value)
    if four_eyes and any(f.uploaded_by == by.person for f in item.current_files):
        raise SameEyes(act="review")
    if being_stored((item,)):
        raise Incomplete(act="review", missing=("berkas_diproses",))
    if verdict is not ItemState.ACCEPTED:
        require_text(reason, "reason")
    kept = "" if verdict is ItemState.ACCEPTED else reason.strip()
    accepted_absence = verdict is ItemState.ACCEPTED and bool(item.explanation)
    state = ItemState.DECLARED_ABSENT if accepted_absence else verdict
    return replace(item, state=state, verdict_reason=kept, verdict_at=now, verdict_by=by)


def still_open(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items for which the OPD still owes something: nothing sent, or sent back for repair."""
    return tuple(i for i in items if i.state in (ItemState.NONE, ItemState.REPAIR))


def filled(items: tuple[Item, ...]) -> int:
    """How many items have an answer."""
    return len(items) - len(still_open(items))


def being_stored(items: tuple[Item, ...]) -> bool:
    """Whether a file is still on its way to the archive (a hand-over waits for it)."""
    return any(f.state == "diproses" for i in items for f in i.current_files)


# --- what a sender wrote


def is_link(text: str) -> bool:
    """Whether a text is one http(s) address that can be registered."""
    return bool(re.fullmatch(r"https?://[^\s/]+\S*", text)) and len(text) <= LONGEST_LINK


_SPOKEN = {"I": ("indikator", "ind", "i"), "U": ("umum", "u")}  # how people write the letter of a code


@lru_cache(maxsize=512)
def _pattern(code: str) -> re.Pattern[str]:
    found = re.fullmatch(r"([A-Za-z]+)0*(\d+)", code)
    if found is None:
        return re.compile(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", re.IGNORECASE)
    words = "|".join(_SPOKEN.get(found[1].upper(), (re.escape(found[1]),)))
    return re.compile(rf"(?<![^\W_])(?:{words})[\s._-]*0*{found[2]}(?!\d)", re.IGNORECASE)


def code_in(text: str, codes: Iterable[str]) -> str | None:
    """The one code that a file name or caption names ("I12_SK.pdf", "i-12", "ind 12"); None for none or several."""
    found = {code for code in codes if _pattern(code).search(text)}
    return found.pop() if len(found) == 1 else None
