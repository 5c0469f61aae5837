"""A cycle that has come to the meeting, the people who are invited, and what is said to them."""

from dataclasses import replace
from decimal import Decimal

from handlers.table import make_table
from sop import cycle as rules
from sop import meeting as meetings
from sop.actions import arrivals, cycles
from sop.cycle import TaskState
from sop.ports import GroupBinding, StoredFile
from sop.scoring import Score
from sop.telling import tell
from storage.content import ContentStore
from storage.database import Database
from storage.tables.everything import metadata
from tests.handlers.desk import GROUP, Desk, Said, office

OPDS = ("dinas_kesehatan", "dlh")
INSTRUMENT = "permenpanrb-59-2020"
AHMAD, BUDI, RANI, BAGUS, DEWI, SARI = 101, 102, 103, 104, 105, 106


class Sixth(Desk):
    """The desk at step 6. Ahmad and Budi are of Tim SPBE Kota; DLH has no account."""

    def __init__(self, folder) -> None:
        super().__init__(office())
        self.content = ContentStore(folder)
        self.database = Database("sqlite://", office=self.office, content=self.content)
        metadata.create_all(self.database.engine)
        self.registry = make_table()
        self.ids = {
            number: self.member(number, name, role, opd)
            for number, name, role, opd in (
                (AHMAD, "Ahmad", "tim_kota", None),
                (BUDI, "Budi", "tim_kota", None),
                (RANI, "Rani", "tim_diskominfo", None),
                (BAGUS, "Bagus", "kabid", None),
                (DEWI, "Dewi", "opd", "dinas_kesehatan"),
                (SARI, "Sari", "sekretariat", None),
            )
        }
        self.look(lambda uow: uow.groups.bind(GroupBinding("tim_kota", GROUP, None, "Tim Kota"), "", self.now))
        self.cycle = self.look(self._opened)
        self.heard()

    def _opened(self, uow) -> str:
        who = uow.people.acting(RANI, self.now)
        asked = {o: tuple(uow.office.asked_of(o, INSTRUMENT)) for o in OPDS}
        command = cycles.OpenCycle("Evaluasi Mandiri SPBE 2026", 2026, INSTRUMENT, OPDS, asked)
        cycle = cycles.open_cycle(uow, who, command, now=self.now)
        cycle = replace(cycle, tasks=tuple(replace(t, state=TaskState.DONE, decided_at=self.now) for t in cycle.tasks))
        opened, told = rules.open_step(cycle, cycle.sop.step("rapat"), time=uow.time, ids=uow.new_id, now=self.now)
        uow.cycles.save(opened)
        tell(uow, None, self.now, *told)
        return cycle.id

    def reopens(self, uow) -> None:
        """The recap has been handed over again: the meeting's step has a further pass."""
        cycle = uow.cycles.get(self.cycle)
        cycle = replace(cycle, tasks=tuple(replace(t, state=TaskState.RETURNED) if t.open else t for t in cycle.tasks))
        opened, told = rules.open_step(cycle, cycle.sop.step("rapat"), time=uow.time, ids=uow.new_id, now=self.now)
        uow.cycles.save(opened)
        tell(uow, None, self.now, *told)

    # --- looking

    @property
    def task(self):
        return self.look(lambda uow: uow.cycles.get(self.cycle).latest("rapat"))

    @property
    def meeting(self) -> meetings.Meeting:
        return self.look(lambda uow: uow.meetings.of_cycle(self.cycle))

    @property
    def letter(self):
        return self.look(lambda uow: uow.letters.get(uow.meetings.of_cycle(self.cycle).letter))

    def card(self, who: int = AHMAD) -> Said:
        self.heard()
        return self.only(self.says(who, "/rapat"), "card/meeting")

    def labels(self, who: int = AHMAD) -> list[str]:
        return self.card(who).labels

    def only(self, said: list[Said], template: str) -> Said:
        found = [s for s in said if s.template == template]
        assert found, [(s.template, s.words) for s in said]
        return found[-1]

    def all(self, said: list[Said], template: str) -> list[Said]:
        return [s for s in said if s.template == template]

    def press(self, who: int, said: Said | list[Said], label: str) -> list[Said]:
        """Press the button whose label begins so."""
        for one in reversed(said if isinstance(said, list) else [said]):
            for text, choice in zip(one.labels, one.choices, strict=True):
                if text.startswith(label):
                    return self.taps(who, choice)
        raise AssertionError((label, [s.labels for s in (said if isinstance(said, list) else [said])]))

    def at_card(self, label: str, who: int = AHMAD) -> list[Said]:
        return self.press(who, self.card(who), label)

    # --- doing

    def dated(self, day="3 Desember 2026", clock="09.00", start="Jadwalkan rapat", agenda="Rekap\nPenilaian"):
        """Answer the four questions, and confirm."""
        self.at_card(start)
        self.says(AHMAD, day)
        self.says(AHMAD, clock)
        self.says(AHMAD, "Smart Room Center")
        return self.press(AHMAD, self.says(AHMAD, agenda), "Ya, tetapkan")

    def numbers(self, label="Nomori Undangan"):
        said = self.press(AHMAD, self.at_card(label), "Pakai 500.12")
        said = self.press(AHMAD, said, "Hari ini")
        return self.press(AHMAD, said, "Sekretaris Daerah")

    def signs(self):
        self.at_card("Unggah Undangan")
        self.sends(AHMAD, "undangan.pdf")
        self.look(self._arrived)
        return self.heard()

    def _arrived(self, uow) -> None:
        incoming = uow.files.claim(self.now)
        stored = StoredFile((incoming.id.encode().hex() + "0" * 64)[:64], 1000, "application/pdf", 1)
        uow.files.settle(incoming.id, state="stored", stored=stored)
        arrivals.file_arrived(uow, incoming, stored, now=self.now)

    def invites(self):
        self.numbers()
        self.signs()
        return self.press(AHMAD, self.at_card("Kirim undangan"), "Ya, kirim")

    def begins(self, label="Mulai"):
        return self.press(AHMAD, self.at_card(label), "Ya, mulai")

    def scores(self) -> None:
        def write(uow) -> None:
            for indicator in uow.office.instruments[INSTRUMENT].indicators:
                uow.scores.save(Score(self.cycle, indicator.code, value=Decimal(3)))

        self.look(write)

    def writes_minutes(self) -> None:
        def asks(label: str, text: str) -> None:
            self.press(AHMAD, self.says(AHMAD, "/notula"), label)
            self.says(AHMAD, text)

        asks("Pimpinan", "Ir. Maria Ulfa Rahman, M.T. - Sekretaris Daerah")
        asks("Notulis", "Rani - Pranata Komputer")
        asks("Pembahasan", "Semua indikator dibahas.")
        said = self.press(AHMAD, self.says(AHMAD, "/notula"), "Keputusan")
        self.press(AHMAD, said, "Tambah keputusan")
        self.says(AHMAD, "Nilai diterima\nFormulir dilengkapi")

    def held(self) -> None:
        """A meeting from its date to its end, with two people."""
        self.dated()
        self.invites()
        self.begins()
        self.taps(DEWI, f"meeting.attend:{self.cycle}:1")
        self.taps(RANI, f"meeting.attend:{self.cycle}:1")
        self.passes(minutes=30)
        self.press(AHMAD, self.at_card("Selesai rapat"), "Ya, selesai")
