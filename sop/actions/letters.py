"""Acts on letters: number and sign, in any task (SOP steps 3, 6, 7); send to the OPDs (step 3, Sekretariat Dinas).

What follows the sending: expedition.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sop import cycle as rules
from sop import events, numbering
from sop.actions.codes import issue_verifiable, signed_copy_came
from sop.actions.cycles import change
from sop.actions.evidence import SentFile
from sop.actions.expedition import print_expedition
from sop.actions.letter_papers import letter_context
from sop.cycle import Cycle, Signed, signed
from sop.delivery import Deadlines, deadlines, deliver, focal_points, printed_deadline
from sop.letters import Letter, LetterState, attach_signed, give_number, number_key, read_number, require_unsent, send
from sop.office import Signatory
from sop.people import Acting
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import AlreadyDecided, BadInput, NothingThere, NotNow
from sop.signing import signers_are_set, usual_signatory
from sop.telling import tell
from sop.worktime import WIB

SIGNED_COPY = "signed_letter"  # purpose of an incoming file


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


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a sending does (or did): the OPDs served by bot, those to be served by hand, and their tenggat."""

    cycle: Cycle
    by_bot: tuple[str, ...]
    by_hand: tuple[str, ...]
    deadlines: Deadlines


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
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    letter = _letter(uow, cycle, letter_id)
    require_unsent(letter)
    return cycle, letter, by


def _letter(uow: UnitOfWork, cycle: Cycle, letter_id: str) -> Letter:
    letter = uow.letters.get(letter_id)
    if letter.cycle != cycle.id:
        raise NothingThere(what="surat")
    return letter


def _target(task_id: str, letter: Letter) -> str:
    return f"{task_id}|{letter.id}"


# --- numbering ---


def suggest_number(uow: UnitOfWork, letter: Letter, *, now: datetime) -> str:
    """The next number by the office's pattern, as a suggestion only: the serial belongs to the agenda officer."""
    day = now.astimezone(WIB).date()
    return numbering.suggested_number(uow.office.office, uow.letters.used_numbers(letter.unit, day.year), day)


def check_number(uow: UnitOfWork, who: Acting, task_id: str, letter_id: str, text: str, *, now: datetime) -> str:
    """The number in the form in which it is kept, asked early; the database decides at the end.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
        BadInput: not the form of a number, or another letter of this year has it.
    """
    cycle, letter, _ = _own(uow, who, task_id, letter_id)
    number = read_number(text)
    free = {letter.number, *(v.number for v in uow.letters.voided(cycle.id) if v.kind == letter.kind)}
    used = uow.letters.used_numbers(letter.unit, now.astimezone(WIB).year)
    if number_key(number) in set(map(number_key, used)) - set(map(number_key, free)):
        raise BadInput(field="letter_number", problem="taken", value=number)
    return number


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
        BadInput: form or date of the number, or taken in that year and unit.
        NothingThere: a signatory unknown on the date.
    """
    cycle, before, by = _own(uow, who, task_id, command.letter)
    signatory = uow.definition_of(cycle).office.signatory(command.signatory, command.dated)
    if signatory is None:
        raise NothingThere(what="penanda_tangan")
    letter = give_number(before, command.number, command.dated, command.signatory, by, today=now.astimezone(WIB).date())
    taken_up = _take_up(uow, cycle, letter)
    uow.letters.save(letter)  # the database refuses a number that is taken
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
    _refresh_card(uow, cycle, task_id, now)
    return Numbered(letter, signatory, taken_up)


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
        BadInput: one page of an album (all pages belong into one file), neither PDF nor picture, empty, or larger
            than Telegram lets a bot fetch.
    """
    view = ready_to_sign(uow, who, task_id, letter_id, now=now)
    if sent.album:
        raise BadInput(field="signed_copy", problem="album")
    if not _is_paper(sent.mime) and not sent.filename.lower().endswith(".pdf"):
        raise BadInput(field="signed_copy", problem="type", value=sent.filename)
    if sent.size > uow.office.office.largest_file_mb * 1024 * 1024:
        raise BadInput(field="file", problem="large", value=f"{sent.filename}|{sent.size}")
    if sent.size == 0:
        raise BadInput(field="file", problem="empty", value=sent.filename)
    uow.files.expect(
        Incoming(
            uow.new_id(),
            sent.telegram_file_id,
            sent.filename,
            sent.mime,
            sent.size,
            purpose=SIGNED_COPY,
            target=_target(task_id, view.letter),
            by_person=who.id,
            chat=sent.chat,
            facts={"number": view.letter.number},
        )
    )
    return view


def _is_paper(mime: str) -> bool:
    return mime == "application/pdf" or mime.startswith("image/")


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
    if not task.open:
        by = task.decided_by.title if task.decided_by else ""
        raise AlreadyDecided(by=by, at=task.decided_at, outcome=task.state.value)
    if incoming.facts.get("number", letter.number) != letter.number:
        raise NotNow(state="surat_bernomor_baru")
    if not _is_paper(stored.mime):
        raise BadInput(field="signed_copy", problem="type", value=incoming.filename)
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
    _refresh_card(uow, cycle, task_id, now)


def _filename(title: str, number: str, mime: str) -> str:
    """The name under which the OPDs get it: of the letter, not of somebody's scanner."""
    words = "".join(c if c.isalnum() else " " for c in f"{title} {number}").split()
    endings = {"application/pdf": "pdf", "image/png": "png"}
    return f"{'_'.join(words)}.{endings.get(mime, 'jpg')}"


# --- sending ---


def outlook(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Outlook:
    """What a sending now would do, to be confirmed first.

    Raises:
        Incomplete: a letter is not signed yet. NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
    """
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    letters = send(uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds), by, now=now)
    by_bot = tuple(opd for opd in cycle.opds if focal_points(uow, cycle, opd, now))
    by_hand = tuple(opd for opd in cycle.opds if opd not in by_bot)
    return Outlook(cycle, by_bot, by_hand, deadlines(uow, cycle, letters, cycle.opds[0], now))


def send_letters(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Outlook:
    """*Kirim ke semua OPD*: deliver to every focal point, list those with no account, start the OPDs' clocks.

    The batas waktu printed in the letter is not undercut; if the SOP's time ends later because the sending came later,
    the later date holds and the OPDs are told with their card (sop.md, step 4).

    Raises:
        Incomplete: a letter is not signed yet. NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
    """
    ahead = outlook(uow, who, task_id, now=now)
    cycle = ahead.cycle
    _, by = rules.authorise(cycle, task_id, who)
    letters = send(uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds), by, now=now)
    for letter in letters:
        uow.letters.save(letter)
    for opd in cycle.opds:
        deliver(uow, cycle, letters, opd, now)
    happened = events.LettersSent(
        cycle=cycle.id,
        letters=tuple(letter.id for letter in letters),
        by_bot=len(ahead.by_bot),
        by_hand=len(ahead.by_hand),
    )
    tell(uow, by, now, happened)
    after = change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(
            c,
            task_id,
            who,
            time=uow.time,
            ids=uow.new_id,
            now=now,
            papers=tuple(letter.signed_paper for letter in letters),
            floor=printed_deadline(uow, letters),
        ),
    )
    print_expedition(uow, cycle.id, made_by=who.id, now=now)
    return replace(ahead, cycle=after)
