"""What a matrix of presses needs: living cycles (at steps 1 to 4 and 6), everybody of the office, forged buttons."""

from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import text

from latihan.papers import pdf
from sop import cycle as rules
from sop.actions import attendance, meeting_dates, meeting_sitting, minutes, preparation
from sop.actions.cycles import OpenCycle, change, open_cycle
from sop.actions.meeting_dates import Plan
from sop.cycle import TaskState
from sop.letters import Delivery, Letter, LetterState
from sop.people import ADMINISTRATOR
from sop.preparation import Meeting, TeamMember
from sop.telling import tell

OPD, OTHER = "dinas_kesehatan", "dinas_sosial"
CODES = ("U1", "I12", "I33")
TROUBLE = "gangguan di pihak kami"
STATE = (
    "cycle",
    "task",
    "letter",
    "delivery",
    "item",
    "evidence_file",
    "holding",
    "delegation",
    "bound_group",
    "score",
    "meeting",
)
GARBAGE = ("", "0", "999", "x.y.z", "-1", "0.999", "²", "٣.٣", "\U0001f4ce\u202e", "x" * 20)  # forged: a phone sends it
FORGED = "a" * 10


def people_of(city) -> dict:
    """One person per role; *stranger* has never been invited, *former* has lost the only role."""
    city.role = {}
    for who, name, role, opd in (
        ("administrator", "Admin Kota", ADMINISTRATOR, None),
        ("tim_diskominfo", "Toni Wijaya", "tim_diskominfo", None),
        ("kabid", "Bambang Suryanto", "kabid", None),
        ("sekretariat", "Yanto Hidayat", "sekretariat", None),
        ("tim_kota", "Citra Maharani", "tim_kota", None),
        ("opd", "Rina Lestari", "opd", OPD),
        ("other_opd", "Dewi Anggraini", "opd", OTHER),
        ("former", "Hadi Prasetyo", "sekretariat", None),
    ):
        city.role[who] = city.member(name, role, opd)
    city.role["stranger"] = city.api.person("Orang Asing")
    city.role["stranger"].start()
    city.look(lambda uow: uow.people.revoke(acting(uow, city, "former").id, "sekretariat", None, city.clock.now()))
    city.settle()
    return city.role


def acting(uow, city, who: str):
    """The person behind a role, as the rules see it."""
    return uow.people.acting(city.role[who].id, city.clock.now())


def cycle_at(uow, city, step: int) -> str:
    """A cycle in which *step* is open: 3 with printed drafts, the others by the rules alone."""
    now = city.clock.now()
    (instrument, *_) = uow.office.instruments
    command = OpenCycle(f"Evaluasi {step} 2026", 2026, instrument, (OPD,), {OPD: CODES})
    team = acting(uow, city, "tim_diskominfo")
    cycle = open_cycle(uow, team, command, now=now)
    if step == 3:
        return _drafted(uow, city, cycle, team, now)
    if step == 6:
        return _meeting(uow, city, cycle, now)
    for role in ("tim_diskominfo", "kabid", "sekretariat")[: step - 1]:
        who, task = acting(uow, city, role), cycle.open_tasks()[0].id
        cycle = change(
            uow,
            cycle,
            None,
            now,
            lambda c, t=task, w=who: rules.hand_over(c, t, w, time=uow.time, ids=uow.new_id, now=now),
        )
    return cycle.id


def _drafted(uow, city, cycle, team, now) -> str:
    task = cycle.open_tasks()[0].id
    sheet = replace(
        preparation.sheet_of(cycle),
        members=(TeamMember("Toni Wijaya", "Pranata Komputer"),),
        readiness="Siap",
        meeting=Meeting(date(2026, 12, 3), time(9), "Ruang Rapat", "Permintaan data"),
        skipped_papers=("formulir_evaluasi", "surat_edaran"),
    )
    preparation.save_sheet(uow, team, task, sheet, now=now)
    preparation.preview(uow, team, task, bot_name="monev_spbe_bot", now=now)
    cycle = preparation.submit(uow, team, task, bot_name="monev_spbe_bot", now=now)
    preparation.dispose(uow, acting(uow, city, "kabid"), cycle.open_tasks()[0].id, now=now)
    return cycle.id


def _meeting(uow, city, cycle, now) -> str:
    """Tim SPBE Kota sits, with one guest and one decision."""
    ended = tuple(replace(t, state=TaskState.DONE, decided_at=now) for t in cycle.tasks)
    cycle, told = rules.open_step(
        replace(cycle, tasks=ended), cycle.sop.step("rapat"), time=uow.time, ids=uow.new_id, now=now
    )
    uow.cycles.save(cycle)
    tell(uow, None, now, *told)
    who, task = acting(uow, city, "tim_kota"), cycle.open_tasks()[0].id
    plan = Plan(now + timedelta(days=7), "Ruang Rapat", ("Penilaian",))
    meeting_dates.schedule(uow, who, task, plan, bot_name="monev_spbe_bot", now=now)
    meeting_sitting.begin(uow, who, task, now=now)
    attendance.write_guests(uow, who, task, "Siti Aminah - Statistisi - BPS", now=now)
    minutes.add_decisions(uow, who, task, "Nilai diterima", now=now)
    return cycle.id


def busy(city) -> None:
    """Everything that a button can name is there and alive."""
    people_of(city)
    city.cycle = {step: city.look(lambda uow, s=step: cycle_at(uow, city, s)) for step in (1, 2, 3, 4, 6)}
    city.settle()
    rina = city.role["opd"]
    for code in CODES[:2]:
        rina.sends(f"{code}_berkas.pdf", pdf(code))
    city.settle()
    rina.sends("tanpa_nama.pdf", pdf("lepas"))
    city.settle()

    def deliver(uow) -> None:
        now, unit = city.clock.now(), uow.office.office.numbering.unit
        hashes = uow.session.execute(text("SELECT sha256 FROM stored_file")).scalars().all()
        for n, kind in enumerate(preparation.LETTERS, start=1):
            number, day = f"500.12/{n:03d}/{unit}/XI/2026", now.date()
            sent = Letter(uow.new_id(), city.cycle[4], kind, LetterState.SENT, unit, now, number, day, "kepala_dinas")
            stored = next(f for f in map(uow.files.stored, hashes) if f)
            paper = uow.papers.register_upload(
                kind, stored, title=kind, filename=f"{kind}.pdf", audience="letters", cycle=city.cycle[4], now=now
            )
            uow.letters.add(replace(sent, sent_at=now, signed_paper=paper))
        uow.letters.deliver(Delivery(uow.new_id(), city.cycle[4], OPD, "bot", now))

    city.look(deliver)
    city.settle()


def ids(city) -> dict[str, list[str]]:
    """The living ids, by what they name."""

    def work(uow):
        found = {}
        for kind in (
            "cycle",
            "task",
            "letter",
            "delivery",
            "item",
            "evidence_file",
            "person",
            "holding",
            "paper",
            "letter_number",
        ):
            found[kind] = list(uow.session.execute(text(f'SELECT id FROM "{kind}" ORDER BY rowid')).scalars())
        loose = "SELECT id FROM incoming_file WHERE purpose = 'evidence_pending'"
        found["loose"] = list(uow.session.execute(text(loose)).scalars())
        for step in (1, 2, 3, 4, 6):
            found[f"task{step}"] = [t.id for t in uow.cycles.get(city.cycle[step]).open_tasks()]
        meeting = uow.meetings.of_cycle(city.cycle[6])
        found["meeting"] = [*(a.id for a in meeting.attendees), *map(minutes.mark_of, meeting.decisions)]
        return found

    return city.look(work)


def presses(action: str, there: dict[str, list[str]], *, foreign: bool = False) -> list[str]:
    """Callback data with real ids (whatever kind the action may take), and forged ones.

    *foreign*: for those who must be refused whatever it carries, each real id once, and no forged ones.
    """
    part = action.partition(".")[0]
    letters = there["letter"][:2]
    tasks = [t for n in (1, 2, 3, 4) for t in there[f"task{n}"][:1]]
    real = {
        "step": [(t, a) for t in tasks for a in ("", "0", "persiapan")],
        "plain": [(t, "") for t in tasks],
        "closing": [(t, "") for t in tasks],
        "meeting": [(t, a) for t in there["task6"] for a in ("", "0", *there["meeting"])]
        + [(c, "1") for c in there["cycle"]],
        "publish": [(t, a) for t in tasks for a in ("", "scope")],
        "prepare": [(t, a) for t in there["task1"] for a in ("", "09.00", "formulir_evaluasi")],
        "dispose": [(t, a) for t in there["task2"] for a in ("", "0")],
        "letters": [(t, x) for t in there["task3"] for x in ("", *letters)]
        + [(x, "") for x in (*there["delivery"], *there["cycle"][2:])],
        "replace": [(x, "") for x in (*there["letter"][-2:], *there["cycle"][3:5])],
        "register": [(x, a) for x in ("2026.0", "2026.1", *there["letter_number"][:2]) for a in ("", "0", "1-2")],
        "evidence": [(t, x) for t in there["task4"] for x in ("", "0", there["item"][-1])]
        + [(x, a) for x in (*there["item"][-2:], *there["evidence_file"][:2]) for a in ("", "0")]
        + [(x, y) for x in there["loose"] for y in (there["item"][-1], there["task4"][0])],
        "review": [(x, a) for x in (there["task4"][0], *there["item"][-2:], there["cycle"][3]) for a in ("", "0")],
        "people": [(p, a) for p in there["person"][1:4] for a in ("", "kabid", there["holding"][2], OTHER)],
        "delegation": [(p, there["holding"][2]) for p in there["person"][2:4]] + [("", "kabid"), ("", "2026-11-25")],
        "invite": [("", "kabid"), ("", "opd"), ("", OPD)],
        "docs": [(x, "") for x in (there["cycle"][2], *there["paper"][:2])],
        "status": [(c, a) for c in there["cycle"][2:] for a in ("", "0", OPD)],
        "open": [("", "2026"), ("", next(iter(there["instrument"]))), ("", f"{OPD}.0.0"), ("", "target.1")],
        "groups": [("", "tim_diskominfo")],
        "score": [(there["cycle"][-1], a) for a in ("", "0", "I12", "I12.3.abcdef")],
        "fill": [(there["cycle"][-1], a) for a in ("", "0", "I12", "I12.3.abcdef")],
        "form": [(x, "") for x in (*there["cycle"], *tasks)],
    }.get(part, [("", "1")])
    made = [f"{action}:{i}:{a}" for i, a in real]
    # Every action meets three kinds of garbage, and every kind many actions: all with all would take too long.
    some = GARBAGE[len(action) % 3 :: 3]
    if foreign:
        made = list({data.split(":")[1]: data for data in reversed(made)}.values())
    else:
        made += [f"{action}:{FORGED}:{g}" for g in some[:2]] + [f"{action}::{g}" for g in some[2:3]]
    return list(dict.fromkeys(d for d in made if len(d.encode()) <= 64))


def standing(city) -> dict[str, list]:
    """Everything of the office that a wrong role must not move."""

    return city.look(rows)


def rows(uow) -> dict[str, list]:
    """The same, inside a transaction."""
    return {t: sorted(map(repr, uow.session.execute(text(f'SELECT * FROM "{t}"')).all())) for t in STATE}


def failures(city) -> list[tuple]:
    """Updates that were set aside, and messages that could not be put into words or sent."""

    def work(uow):
        inbox = "SELECT json_extract(payload, '$.callback_query.data'), error FROM inbox WHERE state = 'failed'"
        outbox = "SELECT template, error FROM outbox WHERE state = 'failed'"
        return [tuple(r) for q in (inbox, outbox) for r in uow.session.execute(text(q)).all()]

    return city.look(work)
