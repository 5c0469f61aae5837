"""A cycle that has come to its last steps by the rules alone: scores, meeting and evidence as people leave them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sop import cycle as rules
from sop.actions.cycles import OpenCycle, change, open_cycle
from sop.evidence import EvidenceFile, ItemState
from sop.meeting import Attendee, Dissent, FollowUp, Meeting, Point, Sitting
from sop.scoring import Score

WHOLE = "permenpanrb-59-2020"
FRACTIONAL = "permenpanrb-8-2026"
OPDS = ("dinas_kesehatan", "dlh")
NAME = "Evaluasi Mandiri SPBE 2026"


def cycle_at(uow, people, now, *, step=7, name=NAME, year=2026, instrument=WHOLE, complete=True) -> str:
    """A cycle in which *step* is open. *people*: role → acting person (opd → the one of the first agency)."""
    asked = {o: uow.office.asked_of(o, instrument)[:2] or ("U1",) for o in OPDS}
    team = people["tim_diskominfo"]
    cycle = open_cycle(uow, team, OpenCycle(name, year, instrument, OPDS, asked), now=now)
    for key in ("persiapan", "disposisi", "surat"):
        cycle = handed_over(uow, people, cycle.id, key, now)
    cycle = handed_over(uow, people, cycle.id, "pengumpulan_data", now)
    late = {t.id: "Petugas sedang dinas luar." for t in cycle.open_tasks("pengumpulan_data")}
    cycle = change(
        uow,
        cycle,
        None,
        now,
        lambda c: rules.close_without(
            c, late, cycle.opened_by, "pengumpulan_data", time=uow.time, ids=uow.new_id, now=now
        ),
    )
    evidence(uow, cycle.id, now)
    cycle = handed_over(uow, people, cycle.id, "rekapitulasi", now)
    meet(uow, cycle.id, people, now)
    score(uow, cycle.id, complete=complete)
    handed_over(uow, people, cycle.id, "rapat", now)
    return cycle.id


def handed_over(uow, people, cycle_id, key, now):
    """The first open task of a step, handed over by its actor."""
    cycle = uow.cycles.get(cycle_id)
    task = cycle.open_tasks(key)[0]
    who = people[cycle.sop.step(key).actor]
    return change(
        uow,
        cycle,
        None,
        now,
        lambda c: rules.hand_over(c, task.id, who, time=uow.time, ids=uow.new_id, now=now),
    )


def evidence(uow, cycle_id, now) -> None:
    for item in uow.evidence.of_opd(cycle_id, OPDS[0]):
        file = EvidenceFile(uow.new_id(), f"{item.code}.pdf", 10, now, "x", "Dewi", sha256="0" * 64, state="tersimpan")
        uow.evidence.save(replace(item, state=ItemState.ACCEPTED, files=(file,)))


def meet(uow, cycle_id, people, now) -> None:
    task = uow.cycles.get(cycle_id).open_tasks("rapat")[0]
    sitting = Sitting(
        1, task.id, now - timedelta(hours=3), "Smart Room Center", ("Penilaian",), now - timedelta(hours=3), now
    )
    there = (
        Attendee("a1", 1, "Citra", "Anggota", "Bappeda", now, person=people["tim_kota"].id),
        Attendee("a2", 1, "Joko", "Kasubbag", "Setda", now),
    )
    meeting = Meeting(
        cycle_id,
        (sitting,),
        there,
        "Citra",
        "Joko",
        (Point("Pembahasan nilai.", "Nilai", "Bappeda"),),
        ("Hasil disepakati.",),
        (FollowUp("Menyusun laporan reviu", "Diskominfo", now.date()),),
        (Dissent("Inspektorat", "Nilai I08 sebaiknya 2."),),
    )
    uow.meetings.save(meeting)


def score(uow, cycle_id, *, complete=True, value=3) -> None:
    """Every indicator has a value; external ones wait. *complete*: also its explanation and improvement."""
    cycle = uow.cycles.get(cycle_id)
    for indicator in uow.definition_of(cycle).instruments[cycle.instrument].indicators:
        if indicator.external:
            continue
        made = Score(cycle_id, indicator.code, value=Decimal(value), note="Dibahas")
        if complete:
            made = replace(made, explanation="Sudah ditetapkan.", improvement="Perlu direviu tahun depan.")
        uow.scores.save(made)
