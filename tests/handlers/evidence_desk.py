"""The desk of step 4: a cycle whose letters have gone out to two agencies, their people, the team, and the archive."""

import hashlib
from dataclasses import replace
from itertools import count

from handlers import any_step, everyone
from handlers.claims import Happened
from handlers.registry import Registry
from handlers.steps import step_4_evidence, step_5_review
from sop import cycle as rules
from sop.actions import arrivals
from sop.actions.cycles import OpenCycle, change, open_cycle
from sop.ports import StoredFile
from tests.handlers.desk import Desk, Said, office

RINA, BUDI, DEWI, TONI = 11, 12, 13, 14  # Dinas Kesehatan twice, Dinas Pendidikan, Tim SPBE Diskominfo
SARI = 15  # a second reviewer


class EvidenceDesk(Desk):
    """Step 4 is open. `arrives()` plays the worker that fetches what was sent."""

    def __init__(self, codes=("U1", "I12", "I33"), *, content=None, more=()) -> None:
        super().__init__(office(), content)
        known: list[Registry] = []
        general = everyone.make(lambda: known[0], on_loose_upload=step_4_evidence.take_loose_upload)
        self.registry = Registry(
            (*general.dialogues, any_step.DIALOGUE, step_4_evidence.DIALOGUE, step_5_review.DIALOGUE, *more),
            unknown=general.unknown,
            wrong_place=general.wrong_place,
            on_edited=general.on_edited,
        )
        known.append(self.registry)
        keys = [o.key for o in self.office.opd_list.opds]
        self.health, self.school = keys[1], keys[2]
        self.people = {
            RINA: self.member(RINA, "Rina Lestari", "opd", self.health),
            BUDI: self.member(BUDI, "Budi Santoso", "opd", self.health),
            DEWI: self.member(DEWI, "Dewi Anggraini", "opd", self.school),
            TONI: self.member(TONI, "Toni Wijaya", "tim_diskominfo"),
            SARI: self.member(SARI, "Sari Utami", "tim_diskominfo"),
        }
        self.member(21, "Kabid", "kabid")
        self.member(22, "Sekretariat", "sekretariat")
        self.cycle = self.look(lambda uow: self._opened(uow, codes))
        self.heard()
        self._files = count(1)

    def _opened(self, uow, codes) -> str:
        team = uow.people.get(self.people[TONI], self.now)
        opds = (self.health, self.school)
        command = OpenCycle(
            "Evaluasi Mandiri 2026", 2026, next(iter(self.office.instruments)), opds, dict.fromkeys(opds, codes)
        )
        cycle = open_cycle(uow, team, command, now=self.now)
        for role in ("tim_diskominfo", "kabid", "sekretariat"):
            (who, *_) = uow.people.holders(role, None, self.now)
            task = cycle.open_tasks()[0].id
            if cycle.task(task).clock_started_at is None:
                cycle = change(
                    uow, cycle, None, self.now, lambda c, t=task: rules.start_clock(c, t, time=uow.time, now=self.now)
                )
            cycle = change(
                uow,
                cycle,
                None,
                self.now,
                lambda c, t=task, w=who: rules.hand_over(c, t, w, time=uow.time, ids=uow.new_id, now=self.now),
            )
        return cycle.id

    # --- reading

    def heard(self) -> list[Said]:
        """What is said; the task cards, which follow every change, apart from it (they are rendered all the same)."""
        return [s for s in super().heard() if s.kind != "card"]

    def task(self, opd: str):
        return self.look(lambda uow: uow.cycles.get(self.cycle).latest("pengumpulan_data", opd))

    def task_id(self, uow) -> str:
        return uow.cycles.get(self.cycle).latest("pengumpulan_data", self.health).id

    def item(self, code: str, opd: str | None = None):
        items = self.look(lambda uow: uow.evidence.of_opd(self.cycle, opd or self.health))
        return next(i for i in items if i.code == code)

    def question(self, who: int) -> str:
        found = self.look(lambda uow: uow.dialogues.open(who, who))
        return found[0] if found else ""

    # --- files

    def sends(self, who: int, filename="sk.pdf", *, size=1000, album="", caption="", photo=False) -> list[Said]:
        number = next(self._files)
        file = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "file_size": size}
        more: dict = {"document": file | {"file_name": filename, "mime_type": "application/pdf"}}
        if photo:
            more = {"photo": [file | {"width": 100, "height": 100}]}
        if album:
            more["media_group_id"] = album
        if caption:
            more["caption"] = caption
        message = self._message(who, None) | more
        claim = self._claim(who, "", message | {"document": file})
        return self._handle({"message": message}, claim)

    def arrives(self, *, content: bytes | None = None, fails="", mime="application/pdf", agrees=True) -> list[Said]:
        """Everything that is on its way arrives (or fails); *content*: the bytes of all of it."""

        def work(uow):
            while (incoming := uow.files.claim(self.now)) is not None:
                if fails:
                    uow.files.settle(incoming.id, state="failed")
                    arrivals.file_failed(uow, replace(incoming, state="failed"), fails, now=self.now)
                    continue
                data = content or incoming.telegram_file_id.encode()
                stored = StoredFile(hashlib.sha256(data).hexdigest(), incoming.size, mime, 3)
                uow.files.note(incoming.id, {"agrees": agrees})
                uow.files.settle(incoming.id, state="stored", stored=stored)
                arrivals.file_arrived(uow, uow.files.incoming(incoming.id), stored, now=self.now)

        self.look(work)
        return self.heard()

    def pending(self) -> list[str]:
        return self.look(
            lambda uow: [i.filename for p in self.people.values() for i in uow.files.held("evidence_pending", p)]
        )

    def fills(self, who: int, *codes: str) -> None:
        """Files in items, stored."""
        for code in codes:
            self.sends(who, f"{code}_berkas.pdf")
        self.arrives()
        self.passes(minutes=1)


def tap(said: Said | list[Said], label: str):
    """The choice with this label, among what was said; the newest first."""
    for one in reversed(said if isinstance(said, list) else [said]):
        for words, choice in zip(one.labels, one.choices, strict=True):
            if label in words:
                return choice
    raise AssertionError(f"no button {label!r}: {[s.labels for s in (said if isinstance(said, list) else [said])]}")


__all__ = ["BUDI", "DEWI", "RINA", "SARI", "TONI", "EvidenceDesk", "Happened", "tap"]
