"""Acts on letters: number and sign, in any task (SOP steps 3, 6, 7). Their sending (step 3): letter_sending.py."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sop import cycle as rules
from sop import events, numbering
from sop.actions.codes import issue_verifiable, signed_copy_came
from sop.actions.cycles import by_permission
from sop.actions.holding import hold_next, hold_this, require_number, unit_of_signatory, usual_unit
from sop.actions.letter_papers import letter_context
from sop.actions.sent_files import SentFile, require_size
from sop.cycle import Cycle, Signed, signed
from sop.letters import Letter, LetterState, attach_signed, give_number, number_key, read_number, require_unsent
from sop.office import Signatory
from sop.people import Acting
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import AlreadyDecided, BadInput, NothingThere, NotNow
from sop.signing import signers_are_set, usual_signatory
from sop.telling import tell
from sop.worktime import WIB

SIGNED_COPY = "signed_letter"  # purpose of an incoming file
REPLACE = "replace_letter"  # permission, for letters that take the place of one that went out


@dataclass(frozen=True, slots=True)
class GiveNumber:
    """Number, date (WIB) and signatory of a letter, as the agenda officer has given them."""

    letter: str
    number: str
    dated: date
    signatory: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A letter with its number. *taken_up*: the number was void and is used again, on purpose."""

    letter: Letter
    signatory: Signatory
    taken_up: bool


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as its clerk sees it: *void* are numbers that a return made void, *arriving* a copy on its way."""

    letter: Letter
    title: str
    signatory: Signatory | None
    void: tuple[str, ...]
    arriving: bool


# --- looking ---


def look_at_letter(uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, *, now: datetime) -> LetterView:
    """One letter of an open task.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: not a letter of this cycle.
    """
    cycle, letter, _ = _own(uow, who, task_id, letter_id)
    return view_of(uow, cycle, task_id, letter)


def view_of(uow: UnitOfWork, cycle: Cycle, task_id: str, letter: Letter) -> LetterView:
    """A letter as its clerk sees it, without asking who."""
    signatory = None
    if letter.dated:
        signatory = uow.definition_of(cycle).office.signatory(letter.signatory, letter.dated)
    return LetterView(
        letter,
        cycle.sop.papers[letter.kind].title,
        signatory,
        tuple(v.number for v in uow.letters.voided(cycle.id) if v.kind == letter.kind),
        bool(uow.files.waiting_for(SIGNED_COPY, _target(task_id, letter))),
    )


def _own(uow: UnitOfWork, who: Acting, task_id: str, letter_id: str) -> tuple[Cycle, Letter, Signed]:
    """A letter that *who* may work on: of an open task, or one that replaces, while the cycle runs (SOP step 3)."""
    cycle = uow.cycles.of_task(task_id)
    if _replaces(uow, cycle, letter_id):
        by = by_permission(uow, who, REPLACE)
        rules.require_active(cycle)
    else:
        _, by = rules.authorise(cycle, task_id, who)
    letter = _letter(uow, cycle, letter_id)
    require_unsent(letter)
    return cycle, letter, by


def _replaces(uow: UnitOfWork, cycle: Cycle, letter_id: str) -> bool:
    """Whether it is a letter that takes the place of a sent one: its task has ended with that one's sending."""
    return any(letter.id == letter_id and letter.replaces for letter in uow.letters.of_cycle(cycle.id))


def _letter(uow: UnitOfWork, cycle: Cycle, letter_id: str) -> Letter:
    letter = uow.letters.get(letter_id)
    if letter.cycle != cycle.id:
        raise NothingThere(what="surat")
    return letter


def _target(task_id: str, letter: Letter) -> str:
    return f"{task_id}|{letter.id}"


# --- numbering ---


def suggest_number(
    uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, *, signatory: str = "", now: datetime
) -> str:
    """The next number by the office's pattern, kept for this clerk for a while: a suggestion only.

    The serial belongs to the agenda officer. *signatory*: who is to sign, if that is known; the usual one otherwise.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: not a letter of this cycle.
    """
    cycle, letter, _ = _own(uow, who, task_id, letter_id)
    unit = unit_of_signatory(uow, cycle, signatory, now) if signatory else usual_unit(uow, cycle, letter, now)
    return hold_next(uow, who, letter, unit, now=now)


def check_number(uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, text: str, *, now: datetime) -> str:
    """The number in the form in which it is kept, asked early and held; the database decides at the end.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
        BadInput: not the form of a number, taken in this year and unit, or held for somebody else.
    """
    cycle, letter, _ = _own(uow, who, task_id, letter_id)
    number = read_number(text)
    unit = numbering.unit_in(uow.office.office.numbering, number) or usual_unit(uow, cycle, letter, now)
    hold_this(uow, who, letter, unit, number, now=now)
    return number


def fits_signatory(
    uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, number: str, signatory: str, *, now: datetime
) -> bool:
    """Whether a number names the unit of the signatory's letterhead; one of another form says nothing against it."""
    cycle, _, _ = _own(uow, who, task_id, letter_id)
    named = numbering.unit_in(uow.office.office.numbering, number)
    return not named or named == unit_of_signatory(uow, cycle, signatory, now)


def signatories(
    uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, dated: date, *, now: datetime
) -> tuple[Signatory, ...]:
    """Who signs letters on *dated* (WIB), the usual one of this kind of letter first.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: not a letter of this cycle.
    """
    cycle, letter, _ = _own(uow, who, task_id, letter_id)
    office = uow.definition_of(cycle).office
    on_duty = {s.key: s for s in reversed(office.signatories) if s.signs_on(dated)}
    usual = usual_signatory(office, letter.kind)
    if signers_are_set(office, letter.kind):
        return tuple(s for s in on_duty.values() if s.key == usual)
    return tuple(sorted(on_duty.values(), key=lambda s: (s.key != usual, s.title)))


def number_letter(
    uow: UnitOfWork, who: Acting, task_id: str, command: GiveNumber, *, bot_name: str, now: datetime
) -> Numbered:
    """Record a letter's number and print the final PDF (siap tanda tangan); the batas waktu is computed now.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
        BadInput: form or date of the number, taken in that year and unit, held for somebody else, or of a unit under
            whose letterhead the signatory does not sign (`unit`).
        NothingThere: a signatory unknown on the date.
    """
    cycle, before, by = _own(uow, who, task_id, command.letter)
    signatory = uow.definition_of(cycle).office.signatory(command.signatory, command.dated)
    if signatory is None:
        raise NothingThere(what="penanda_tangan")
    letter = give_number(before, command.number, command.dated, command.signatory, by, today=now.astimezone(WIB).date())
    letter = replace(letter, unit=_unit(uow, letter.number, signatory))
    require_number(uow, who, letter, now=now)
    taken_up = _take_up(uow, cycle, letter)
    uow.letters.save(letter)  # the database refuses a number that is taken
    subject = f"{cycle.sop.papers[letter.kind].title} {cycle.name}"
    uow.register.describe(letter.id, numbering.serial(uow.office.office.numbering, letter.number), subject, now)
    context = letter_context(uow, cycle, letter, bot_name=bot_name, now=now)
    _replace_papers(uow, cycle, letter)
    final = issue_verifiable(uow, cycle, letter, context, bot_name=bot_name, made_by=who.id, now=now)
    letter = replace(letter, final_paper=final)
    uow.letters.save(letter)
    happened = events.LetterNumbered(
        cycle=cycle.id,
        letter=letter.id,
        kind=letter.kind,
        before=before.number,
        number=letter.number,
        dated=command.dated,
    )
    tell(uow, by, now, happened)
    if not letter.replaces:
        _refresh_card(uow, cycle, task_id, now)
    return Numbered(letter, signatory, taken_up)


def _unit(uow: UnitOfWork, number: str, signatory: Signatory) -> str:
    """The unit of the signatory's letterhead. Raises BadInput (`unit`): the number names another of the office's."""
    pattern = uow.office.office.numbering
    unit, named = pattern.unit_of(signatory.letterhead), numbering.unit_in(pattern, number)
    if named and named != unit:
        raise BadInput(field="letter_number", problem="unit", value=number)
    return unit


def _take_up(uow: UnitOfWork, cycle: Cycle, letter: Letter) -> bool:
    """Let a void number of the same kind of letter go, which this letter takes up again."""
    for void in uow.letters.voided(cycle.id):
        same_number = number_key(void.number) == number_key(letter.number)
        if same_number and (void.kind, void.year) == (letter.kind, letter.year):
            uow.letters.save(replace(void, number=""))
            return True
    return False


def _replace_papers(uow: UnitOfWork, cycle: Cycle, letter: Letter) -> None:
    """The papers of a letter before this one; those of another letter of its kind that went out stay as they are."""
    others = uow.letters.of_cycle(cycle.id, (letter.kind,))
    sent = {o.id for o in others if o.state is LetterState.SENT and o.id != letter.id}
    for old in uow.papers.of_cycle(cycle.id, kind=letter.kind):
        if old.owner not in sent:
            uow.papers.replace(old.id)


def _refresh_card(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    role = cycle.step_of(cycle.task(task_id)).actor
    uow.outbox.refresh_card(task_id, [h.id for h in uow.people.holders(role, None, now)])


# --- signing ---


def ready_to_sign(uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, *, now: datetime) -> LetterView:
    """A letter whose signed copy may be uploaded.

    Raises:
        NotYours, AlreadyDecided: see `rules.authorise`. NotNow: likewise, or it has no number yet.
    """
    cycle, letter, _ = _own(uow, who, task_id, letter_id)
    attach_signed(letter, "")
    return view_of(uow, cycle, task_id, letter)


def expect_signed_copy(
    uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, sent: SentFile, *, now: datetime
) -> LetterView:
    """Queue the signed copy of a letter for fetching; what it becomes: `signed_copy_arrived`.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `ready_to_sign`.
        BadInput: see `require_copy`.
    """
    view = ready_to_sign(uow, who, task_id, letter_id, now=now)
    require_copy(uow, sent)
    uow.files.expect(
        sent.expected(
            uow.new_id(),
            purpose=SIGNED_COPY,
            target=_target(task_id, view.letter),
            by_person=who.id,
            facts={"number": view.letter.number},
        )
    )
    return view


def require_copy(uow: UnitOfWork, sent: SentFile) -> None:
    """That a sent file can be a signed copy.

    Raises:
        BadInput: one page of an album (all pages belong into one file), neither PDF nor picture, empty, or larger
            than Telegram lets a bot fetch.
    """
    if sent.album:
        raise BadInput(field="signed_copy", problem="album")
    if not sent.filename.lower().endswith(".pdf"):
        require_paper(sent.mime, sent.filename)
    require_size(uow, sent)


def require_paper(mime: str, filename: str) -> None:
    """That this is a PDF or a picture. Raises BadInput: it is not."""
    if mime != "application/pdf" and not mime.startswith("image/"):
        raise BadInput(field="signed_copy", problem="type", value=filename)


def copy_ending(mime: str) -> str:
    """The ending of the name of a signed copy."""
    return {"application/pdf": "pdf", "image/png": "png"}.get(mime, "jpg")


def signed_copy_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """A signed scan (or externally signed file) is stored: it is the letter from now on, byte for byte.

    Raises:
        NotNow: the letter has been sent, given back or numbered anew meanwhile.
        AlreadyDecided: its task has ended meanwhile.
        BadInput: the bytes are neither a PDF nor a picture.
    """
    task_id, _, letter_id = incoming.target.partition("|")
    cycle = uow.cycles.of_task(task_id)
    letter = _letter(uow, cycle, letter_id)
    attach_signed(letter, "")  # refuses before anything is written
    task = cycle.task(task_id)
    if not task.open and not letter.replaces:
        by = task.decided_by.title if task.decided_by else ""
        raise AlreadyDecided(by=by, at=task.decided_at, outcome=task.state.value)
    if incoming.facts.get("number", letter.number) != letter.number:
        raise NotNow(state="surat_bernomor_baru")
    require_paper(stored.mime, incoming.filename)
    _replace_papers(uow, cycle, letter)
    about = cycle.sop.papers[letter.kind]
    paper_id = uow.papers.register_upload(
        letter.kind,
        stored,
        title=f"{about.title} Nomor {letter.number}",
        filename=_filename(about.title, letter.number, stored.mime),
        audience=about.audience,
        cycle=cycle.id,
        owner=letter.id,
        made_by=incoming.by_person,
        now=now,
    )
    uow.letters.save(attach_signed(letter, paper_id))
    signed_copy_came(uow, letter.id, paper_id, now=now)
    happened = events.LetterSigned(
        cycle=cycle.id, letter=letter.id, kind=letter.kind, number=letter.number, sha256=stored.sha256
    )
    person = uow.people.get(incoming.by_person, now)
    capacity = person.capacity(cycle.step_of(cycle.task(task_id)).actor) if person else None
    tell(uow, signed(cycle.sop, person, capacity) if person and capacity else None, now, happened)
    if not letter.replaces:
        _refresh_card(uow, cycle, task_id, now)


def _filename(title: str, number: str, mime: str) -> str:
    """The name under which the OPDs get it: of the letter, not of somebody's scanner."""
    words = "".join(c if c.isalnum() else " " for c in f"{title} {number}").split()
    return f"{'_'.join(words)}.{copy_ending(mime)}"
