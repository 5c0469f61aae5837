"""The desk of steps 1 and 2: the team, the Kabid, and a cycle that is being opened, prepared or disposed."""

import hashlib
from dataclasses import replace
from datetime import date, time
from itertools import count

from handlers import any_step, everyone
from handlers.registry import Registry
from handlers.steps import step_1_prepare, step_2_dispose
from sop.actions import arrivals, preparation
from sop.actions.cycles import OpenCycle, open_cycle
from sop.ports import StoredFile
from sop.preparation import Meeting, TeamMember
from tests.handlers.desk import Desk, Said, office

RINA, AYU, BUDI, SARI, DEWI = 11, 12, 13, 14, 15  # two of the team, the Kabid, Sekretariat, an OPD
STRANGER = 99
CODES = ("U1", "I12", "I33")


class PreparingDesk(Desk):
    """Step 1 is open in one cycle. *opened* False: nothing is open yet."""

    def __init__(self, opened: bool = True, bundle=None) -> None:
        super().__init__(bundle or office())
        known: list[Registry] = []
        general = everyone.make(lambda: known[0], on_loose_upload=lambda turn: None, resume={"new_cycle": "open.begin"})
        self.registry = Registry(
            (*general.dialogues, any_step.DIALOGUE, step_1_prepare.DIALOGUE, step_2_dispose.DIALOGUE),
            unknown=general.unknown,
            wrong_place=general.wrong_place,
            on_edited=general.on_edited,
        )
        known.append(self.registry)
        self.opds = [o.key for o in self.office.opd_list.opds]
        self.people = {
            RINA: self.member(RINA, "Rina Kartika", "tim_diskominfo"),
            AYU: self.member(AYU, "Ayu Lestari", "tim_diskominfo"),
            BUDI: self.member(BUDI, "Budi Santoso", "kabid"),
            SARI: self.member(SARI, "Sari Wulandari", "sekretariat"),
            DEWI: self.member(DEWI, "Dewi Anggraini", "opd", self.opds[1]),
        }
        self._files = count(1)
        if opened:
            self.opens()

    def who(self, uow, person: int):
        return uow.people.acting(person, self.now)

    def opens(self, name: str = "Evaluasi Mandiri SPBE 2026") -> str:
        """A cycle for two agencies; its id."""

        def work(uow):
            (instrument, *_) = uow.office.instruments
            opds = tuple(self.opds[1:3])
            command = OpenCycle(name, 2026, instrument, opds, dict.fromkeys(opds, CODES))
            return open_cycle(uow, self.who(uow, RINA), command, now=self.now).id

        made = self.look(work)
        self.heard()
        return made

    def fills(self, person: int = RINA) -> None:
        """Everything is filled in; there are no official files."""

        def work(uow):
            cycle = next(c for c in uow.cycles.current() if c.open_tasks("persiapan"))
            sheet = replace(
                preparation.sheet_of(cycle),
                members=(TeamMember("Rina Kartika", "Ketua"),),
                readiness="Semua bahan siap.",
                meeting=Meeting(date(2026, 12, 3), time(9), "Smart Room Center", "Permintaan data"),
                skipped_papers=("formulir_evaluasi", "surat_edaran"),
            )
            preparation.save_sheet(uow, self.who(uow, person), cycle.open_tasks()[0].id, sheet, now=self.now)

        self.look(work)
        self.heard()

    def hands_over(self, person: int = RINA) -> str:
        """Step 1 is done; the task of step 2. Its clock runs, as after the delivery of the card."""
        task = self.task("persiapan")
        self.fills(person)
        self.taps(person, f"prepare.preview:{task}:")
        self.taps(person, f"prepare.submit_yes:{task}:")
        disposing = self.task("disposisi")
        self.look(lambda uow: arrivals.card_delivered(uow, disposing, now=self.now))
        self.heard()
        return disposing

    def arrives(self) -> list[Said]:
        """The worker fetches what was sent; what is said then."""

        def work(uow):
            task = uow.cycles.current()[0].tasks[0].id
            for kind in ("formulir_evaluasi", "surat_edaran"):
                for incoming in uow.files.waiting_for("official", f"{task}|{kind}"):
                    data = f"bytes {next(self._files)}".encode()
                    stored = StoredFile(hashlib.sha256(data).hexdigest(), len(data), "application/pdf", 1)
                    uow.files.settle(incoming.id, state="stored", stored=stored)
                    arrivals.file_arrived(uow, incoming, stored, now=self.now)

        self.look(work)
        return self.heard()

    # --- reading

    def cycle(self):
        return self.look(lambda uow: uow.cycles.current()[0])

    def task(self, step: str) -> str:
        return self.cycle().latest(step).id

    def sheet(self):
        return preparation.sheet_of(self.cycle())

    def draft(self, person: int, subject: str = "new_cycle") -> dict:
        return self.look(lambda uow: dict(uow.dialogues.draft(person, subject).values))

    def question(self, person: int):
        return self.look(lambda uow: uow.dialogues.open(person, person))

    def card(self, person: int, step: str) -> Said:
        """The card as this person has it now."""
        return cards(self.taps(person, f"step.card:{self.task(step)}:"))[-1]


def cards(said: list[Said]) -> list[Said]:
    return [s for s in said if s.kind == "card"]


def only(said: list[Said], template: str) -> Said:
    found = [s for s in said if s.template == template]
    assert found, f"no {template}; said: {[(s.kind, s.template, s.words) for s in said]}"
    return found[-1]


def button(said: Said, action: str, arg: str | None = None):
    return next(c for c in said.choices if c.action == action and arg in (None, c.arg))


def labelled(said: Said, label: str):
    return next(c for c, words in zip(said.choices, said.labels, strict=True) if label in words)
