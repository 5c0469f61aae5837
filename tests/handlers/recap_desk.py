"""The desk of step 5: two agencies collect, the team reviews and recaps, Tim SPBE Kota and the Kabid look on."""

from pathlib import Path

from sqlalchemy import select

from handlers.steps import step_5_recap, step_6_meeting
from storage.content import ContentStore
from storage.tables.queues import OutboxRow
from tests.handlers.desk import Desk, Said
from tests.handlers.evidence_desk import DEWI, RINA, TONI, EvidenceDesk, tap

AYU, KABID = 31, 21  # Tim SPBE Kota; and who may look


class RecapDesk(EvidenceDesk):
    """With the archive, because the workbook is made of bytes."""

    def __init__(self, folder: Path, codes=("U1", "I12", "I33")) -> None:
        self.store = ContentStore(folder)
        self._kept: list[Said] = []
        super().__init__(codes, content=self.store, more=(step_5_recap.DIALOGUE, step_6_meeting.DIALOGUE))
        self.people[AYU] = self.member(AYU, "Ayu Larasati", "tim_kota")

    # --- as far as step 5

    def collected(self) -> None:
        """Both have handed over; Dinas Kesehatan everything, Dinas Pendidikan one item."""
        self.fills(RINA, "U1", "I12", "I33")
        self.hands_over(RINA, "Ya, serahkan")
        self.fills(DEWI, "I12")
        self.hands_over(DEWI, "Tetap serahkan")

    def hands_over(self, who: int, yes: str) -> list[Said]:
        return self.taps(who, tap(self.says(who, "/serahkan"), yes))

    def judges(self, opd: str, **verdicts: str) -> None:
        """Verdicts of Tim SPBE Diskominfo by the label of the button."""
        for code, label in verdicts.items():
            item = self.item(code, opd)
            said = self.taps(TONI, tap(self.taps(TONI, f"review.item:{item.id}:"), label))
            if label == "Perlu perbaikan":
                self.taps(TONI, tap(said, "Belum ditandatangani"))
            elif label == "Tidak sesuai":
                self.taps(TONI, tap(said, "Ya, tulis alasan"))
                self.says(TONI, "Bukan dokumen yang diminta.")

    def accepts_all(self) -> None:
        for opd in (self.health, self.school):
            said = self.taps(TONI, f"review.rest:{self.task(opd).id}:")
            if "Ya, setujui" in said[-1].labels:
                self.taps(TONI, tap(said, "Ya, setujui"))

    # --- reading

    def heard(self) -> list[Said]:
        """What is said; with the cards only inside `everything`."""
        found = Desk.heard(self)
        self._kept.extend(found)
        return [s for s in found if s.kind != "card"]

    def everything(self, work) -> list[Said]:
        """All that follows from *work*, the cards too, in the order in which it was written."""
        self._kept = []
        work()
        return self._kept

    def card(self, who: int = TONI) -> Said:
        """The card of step 5, asked for anew."""
        recap = self.recap
        self.look(lambda uow: uow.outbox.refresh_card(recap.id, [self.people[who]]))
        return next(s for s in Desk.heard(self) if s.kind == "card")

    @property
    def recap(self):
        """The newest pass of step 5."""
        return self.look(lambda uow: uow.cycles.get(self.cycle).latest("rekapitulasi"))

    @property
    def meeting(self):
        """The newest pass of step 6."""
        return self.look(lambda uow: uow.cycles.get(self.cycle).latest("rapat"))

    def papers(self, kind: str, *, current: bool = True):
        return self.look(lambda uow: uow.papers.of_cycle(self.cycle, kind=kind, current=current))

    def loud(self, task: str) -> list[bool]:
        """Of every card of a task that went to a member of the team: whether it rang."""
        cards = select(OutboxRow).where(
            OutboxRow.kind == "card", OutboxRow.task == task, OutboxRow.person == self.people[TONI]
        )
        return self.look(lambda uow: [row.loud for row in uow.session.scalars(cards.order_by(OutboxRow.id))])


__all__ = ["AYU", "DEWI", "KABID", "RINA", "TONI", "RecapDesk", "tap"]
