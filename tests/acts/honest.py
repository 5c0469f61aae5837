"""Honest people: from wherever a cycle stands they bring it to its publication, one act after the other."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sop.cycle import CycleState, Standing
from sop.letters import LetterState
from storage.content import ContentStore
from tests.acts import presses as acts
from tests.acts.office import NEW, Office, Snapshot
from tests.offices import shipped

PATIENCE = 60  # acts in which the end must be reached


def goes_on(office: Office) -> bool:
    """What is to be done next, done by whom it concerns. False when the cycle is published."""
    cycle = office.cycle()
    if cycle.state is CycleState.COMPLETED:
        return False
    if cycle.state is not CycleState.ACTIVE:
        office.must(acts.RESUME if cycle.state is CycleState.SUSPENDED else acts.REOPEN)
        return True
    office.starts_anew()
    office.prints()
    office.files_arrive()
    cycle = office.cycle()
    if cycle.state is CycleState.COMPLETED:  # its document was being printed
        return False
    # Whoever has material for repair comes first: the later steps wait for it.
    task = min(cycle.open_tasks(), key=lambda t: cycle.step_of(t).number)
    if task.question:
        office.must(acts.ANSWER)
        return True
    {
        "persiapan": _prepare,
        "disposisi": _dispose,
        "surat": _send,
        "pengumpulan_data": lambda o, t: o.must(acts.HAND_OVER, opd=t.opd),
        "rekapitulasi": lambda o, t: o.must(acts.RECAP),
        "rapat": _meet,
        "formulir": _close,
        "publikasi": _publish,
    }[task.step](office, task)
    return True


def finishes(office: Office) -> None:
    """To the publication; AssertionError when nobody can go on."""
    for _ in range(PATIENCE):
        if not goes_on(office):
            return
    raise AssertionError(f"nobody comes to an end: {office.log[-15:]}")


def reaches(office: Office, step: str) -> None:
    """To the first moment of a step."""
    for _ in range(PATIENCE):
        if office.cycle().open_tasks(step):
            return
        goes_on(office)
    raise AssertionError(f"{step} was not reached: {office.log[-15:]}")


@cache
def _store() -> ContentStore:
    return ContentStore(Path(mkdtemp()))


@cache
def _begun(step: int, instrument: str) -> Snapshot:
    office = Office(_store(), instrument, _begun(step - 1, instrument) if step > 1 else None)
    reaches(office, office.cycle().sop.steps[step - 1].key)
    office.prints()
    taken = office.snapshot()
    office.close()
    return taken


def come_to(step: str | int, instrument: str = NEW) -> Office:
    """An office in which a step has just begun; the way there is gone once only in a run of tests."""
    number = step if isinstance(step, int) else shipped().sop.step(step).number
    return Office(_store(), instrument, _begun(number, instrument))


def _holder_without(office: Office, role: str, others: set[str]) -> str:
    """Somebody in *role* who is none of *others* (four eyes); empty if all are."""
    holders = office.look(lambda uow: [h.id for h in uow.people.holders(role, None, office.now)])
    return next((h for h in holders if h not in others), "")


def _prepare(office: Office, task) -> None:
    kabids = office.look(lambda uow: {h.id for h in uow.people.holders("kabid", None, office.now)})
    who = _holder_without(office, "tim_diskominfo", kabids)
    for act in (acts.FILL_IN, acts.PREVIEW, acts.SUBMIT):
        office.must(act, person=who)


def _dispose(office: Office, task) -> None:
    who = _holder_without(office, "kabid", set(office.cycle().sheet.get("drafters", ())))
    if who:
        office.must(acts.DISPOSE, person=who)
    else:  # the only Kabid has drafted, as somebody's substitute: the team must prepare it anew
        office.must(acts.RETURN_2)


def _letters(office: Office, *kinds: str):
    return office.look(lambda uow: uow.letters.of_cycle(office.cycle_id, kinds))


def _signed(office: Office, step: str, *kinds: str) -> None:
    """Every letter of these kinds gets its number and comes back signed."""
    for n, letter in enumerate(_letters(office, *kinds)):
        if letter.state is LetterState.DRAFT:
            office.must(acts.NUMBER[step], n)
            office.prints()
        if letter.state in (LetterState.DRAFT, LetterState.NUMBERED):
            if step == "formulir" and office.cycle().latest(step).standing is not Standing.SIGNATURE:
                office.must(acts.TO_SEKDA)
            office.must(acts.SIGN[step], n)
            office.files_arrive()


def _send(office: Office, task) -> None:
    _signed(office, "surat", *office.cycle().sop.letters_to_opds)
    office.must(acts.SEND)


def _meet(office: Office, task) -> None:
    meeting = office.look(lambda uow: uow.meetings.of_cycle(office.cycle_id))
    sitting = meeting.of_task(task.id)
    if sitting is None and not any(s.ended_at for s in meeting.sittings):
        office.must(acts.SCHEDULE)
        sitting = office.look(lambda uow: uow.meetings.of_cycle(office.cycle_id)).of_task(task.id)
    if sitting is not None and sitting.began_at is None:
        letter = next((x for x in _letters(office, "undangan_rapat") if x.id == sitting.letter), None)
        if letter and letter.state is not LetterState.SENT:
            _signed(office, "rapat", "undangan_rapat")
            office.must(acts.INVITE)
        office.must(acts.BEGIN)
        office.must(acts.ATTEND, opd="dlh")
    elif sitting is not None and sitting.running and office.cycle().task(task.id).standing is Standing.BREAK:
        office.must(acts.TAKE_UP)
    if office.look(lambda uow: uow.meetings.of_cycle(office.cycle_id)).sitting.running:
        office.must(acts.FINISH_SITTING)
    if not office.look(lambda uow: uow.meetings.of_cycle(office.cycle_id)).attendees:
        office.must(acts.GUESTS)
    acts.score_rows(office)
    for act in (acts.MINUTES, acts.CONFIRM):
        office.must(act)


def _close(office: Office, task) -> None:
    if task.reported_at is None:
        acts.form_rows(office)
        office.must(acts.REPORT)
    if task.acknowledged_at is None:
        office.must(acts.ACKNOWLEDGE)
    _signed(office, "formulir", "berita_acara")
    office.must(acts.FINISH)


def _publish(office: Office, task) -> None:
    office.must(acts.PUBLISH)
    office.prints()  # the cycle closes when its document is there
