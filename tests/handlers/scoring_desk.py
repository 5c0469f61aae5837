"""The desk of steps 6 and 7: the recap is with Tim SPBE Kota, evidence is at hand, values are to be given."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

from handlers import any_step, everyone
from handlers.registry import Registry
from handlers.steps import step_6_scoring, step_7_form
from sop import cycle as rules
from sop.actions import arrivals
from sop.actions.cycles import OpenCycle, change, open_cycle
from sop.evidence import EvidenceFile, ItemState
from sop.ports import StoredFile
from sop.scoring import Score
from storage.database import Database
from storage.spreadsheets import XLSX
from storage.tables.everything import metadata
from tests.handlers.desk import Desk, Said, loose_upload, office, plain_office

CITRA, DONI, TONI, KABID, YANTO, RINA = 11, 12, 13, 21, 22, 23
HEALTH, SCHOOL = "dinas_kesehatan", "dindikbud"
NEW, OLD = "permenpanrb-8-2026", "permenpanrb-59-2020"


@cache
def office_of_steps_6_and_7():
    """The office with every step in the plain dialogue but the collection, so that what was sent can be looked at."""
    collection = next(s for s in office().sop.steps if s.each)
    steps = tuple(
        s.model_copy(update={"dialogue": collection.dialogue}) if s.each else s for s in plain_office().sop.steps
    )
    return plain_office().model_copy(update={"sop": plain_office().sop.model_copy(update={"steps": steps})})


class ScoringDesk(Desk):
    """Step 6 is open; *instrument* is NEW (20, fractional, external) or OLD (47, whole levels)."""

    def __init__(self, content, instrument: str = OLD, *, recap: bool = True) -> None:
        super().__init__(office_of_steps_6_and_7())
        self.database = Database("sqlite://", office=self.office, content=content)
        metadata.create_all(self.database.engine)
        self.content = content
        known: list[Registry] = []
        general = everyone.make(lambda: known[0], on_loose_upload=loose_upload)
        self.registry = Registry(
            (*general.dialogues, any_step.DIALOGUE, step_6_scoring.DIALOGUE, step_7_form.DIALOGUE),
            unknown=general.unknown,
            wrong_place=general.wrong_place,
            on_edited=general.on_edited,
        )
        known.append(self.registry)
        for who, name, role, opd in (
            (CITRA, "Citra Maharani", "tim_kota", None),
            (DONI, "Doni Saputra", "tim_kota", None),
            (TONI, "Toni Wijaya", "tim_diskominfo", None),
            (KABID, "Bambang Suryanto", "kabid", None),
            (YANTO, "Yanto Hidayat", "sekretariat", None),
            (RINA, "Rina Lestari", "opd", HEALTH),
        ):
            self.member(who, name, role, opd)
        self.instrument = self.office.instruments[instrument]
        self.cycle = self.begins("Evaluasi Mandiri 2026", 2026, instrument, recap=recap)
        self.heard()

    def begins(self, name: str, year: int, instrument: str, codes=("I12", "I15"), *, recap=True) -> str:
        """A cycle whose step 6 is open; the health agency has sent a file for each of *codes*."""

        def work(uow):
            team = uow.people.acting(TONI, self.now)
            opds = (HEALTH, SCHOOL)
            asked = dict.fromkeys(opds, codes)
            cycle = open_cycle(uow, team, OpenCycle(name, year, instrument, opds, asked), now=self.now)
            for item in uow.evidence.of_opd(cycle.id, HEALTH):
                file = EvidenceFile(
                    uow.new_id(), f"{item.code}.pdf", 900, self.now, "x", "Rina", sha256="ab" * 32, state="tersimpan"
                )
                uow.evidence.save(replace(item, state=ItemState.ACCEPTED, files=(file,)))
            for role in ("tim_diskominfo", "kabid", "sekretariat"):
                cycle = self._over(uow, cycle, role)
            reasons = {t.id: "Batas waktu lewat." for t in cycle.open_tasks()}
            by = cycle.opened_by
            cycle = change(
                uow,
                cycle,
                by,
                self.now,
                lambda c: rules.close_without(
                    c, reasons, by, "pengumpulan_data", time=uow.time, ids=uow.new_id, now=self.now
                ),
            )
            return self._over(uow, cycle, "tim_diskominfo").id if recap else cycle.id

        return self.look(work)

    def _over(self, uow, cycle, role):
        (who, *_) = uow.people.holders(role, None, self.now)
        task = cycle.open_tasks()[0].id
        return change(
            uow,
            cycle,
            None,
            self.now,
            lambda c: rules.hand_over(c, task, who, time=uow.time, ids=uow.new_id, now=self.now),
        )

    def goes_on(self, role: str, cycle: str = "") -> None:
        """The open task of a cycle is handed over."""
        self.look(lambda uow: self._over(uow, uow.cycles.get(cycle or self.cycle), role))
        self.heard()

    def heard(self) -> list[Said]:
        """What is said, without the task cards."""
        return [s for s in super().heard() if s.kind != "card"]

    def score(self, code: str) -> Score:
        return self.look(lambda uow: uow.scores.get(self.cycle, code))

    def question(self, who: int) -> str:
        found = self.look(lambda uow: uow.dialogues.open(who, who))
        return found[0] if found else ""

    def filled(self, value: str = "3", *, but=(), **more) -> None:
        """Every indicator of the city's own has a value (and what *more* says)."""

        def work(uow):
            for i in self.instrument.indicators:
                if not i.external and i.code not in but:
                    uow.scores.save(Score(self.cycle, i.code, value=Decimal(value), **more))

        self.look(work)

    # --- files

    def bytes_of(self, said: Said) -> bytes:
        return self.content.read(said.attachment["sha256"])

    def sends_book(self, who: int, data: bytes, filename: str = "penilaian-2026.xlsx", mime: str = XLSX) -> list[Said]:
        """A workbook is sent and arrives."""
        document = {"file_id": "f9", "file_unique_id": "u9", "file_name": filename, "file_size": len(data)}
        message = self._message(who, None) | {"document": document}
        said = self._handle({"message": message}, self._claim(who, "", message))

        def work(uow):
            while (incoming := uow.files.claim(self.now)) is not None:
                sha256, size = self.content.put(data)
                stored = StoredFile(sha256, size, mime)
                uow.files.settle(incoming.id, state="stored", stored=stored)
                arrivals.file_arrived(uow, uow.files.incoming(incoming.id), stored, now=self.now)

        self.look(work)
        self.now += timedelta(seconds=5)
        return [*said, *self.heard()]


def tap(said: Said | list[Said], label: str):
    """The choice with this label, among what was said; the newest first, a whole label before a part of one."""
    spoken = said if isinstance(said, list) else [said]
    for fits in (lambda w: w == label, lambda w: label in w):
        for one in reversed(spoken):
            for words, choice in zip(one.labels, one.choices, strict=True):
                if fits(words):
                    return choice
    raise AssertionError(f"no button {label!r}: {[s.labels for s in spoken]}")
