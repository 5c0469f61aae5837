"""`/register`: the register of letter numbers, its gaps, what was used outside, what is void; and the book on paper."""

from datetime import date, timedelta
from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import number_register as actions
from sop.actions.number_register import Book, Outside
from sop.cycle import require_text
from sop.outgoing import Attachment, Choice
from sop.people import ADMINISTRATOR
from sop.refusals import BadInput, DialogueClosed, NothingThere
from sop.register import LONGEST_SUBJECT, MOST_AT_ONCE, Entry, Line, NumberState, check_date, read_date, read_subject
from sop.worktime import WIB

READERS = frozenset({"sekretariat", "tim_diskominfo", "kabid", ADMINISTRATOR})
KEEPERS = frozenset({"sekretariat"})
GAPS = 4  # named in the message; of the others the number
Rows = list[list[Choice]]


# --- which book ---


def _shelf(turn: Turn) -> tuple[tuple[str, int], ...]:
    return turn.act(actions.shelf)


def _book(turn: Turn, place: str, *, to_write: bool = False) -> Book:
    """The book that a button means by its place on the shelf: units are the office's words, and long."""
    unit, year = _whose(_shelf(turn), place)
    return turn.act(actions.look_to_write if to_write else actions.look, unit, year)


def _whose(shelf: tuple[tuple[str, int], ...], place: str) -> tuple[str, int]:
    year, _, number = place.partition(".")
    units = sorted({unit for unit, _ in shelf})
    if not (year.isdecimal() and len(year) == 4 and number.isdecimal() and int(number[:4]) < len(units)):
        raise NothingThere(what="register")
    return units[int(number[:4])], int(year)


def _place(turn: Turn, unit: str, year: int) -> str:
    units = sorted({name for name, _ in _shelf(turn)})
    return f"{year}.{units.index(unit)}"


def command(turn: Turn) -> Next:
    """The book of the office's own unit, of this year."""
    unit, year = _shelf(turn)[0]
    book = turn.act(actions.look, unit, year)
    turn.say("register/book", _rows(turn, book, ""), **_facts(turn, book, ""))
    return STAY


def show(turn: Turn) -> Next:
    """A page of a book."""
    book = _book(turn, pressed(turn).id)
    turn.show("register/book", _rows(turn, book, pressed(turn).arg), **_facts(turn, book, pressed(turn).arg))
    return STAY


def shelf(turn: Turn) -> Next:
    """The other books: of other units, and of years before."""
    page = page_of(_shelf(turn), pressed(turn).arg)
    rows = [
        [
            Choice(
                "register.show", _place(turn, unit, year), label_key="register.book", label={"unit": unit, "year": year}
            )
        ]
        for unit, year in page.items
    ]
    turn.show("register/shelf", [*rows, *turning(page, "register.shelf")], **page.facts)
    return STAY


# --- a page ---


def _facts(turn: Turn, book: Book, wanted: str) -> dict[str, Any]:
    page = page_of(_newest_first(book), wanted)
    return {
        "unit": book.unit,
        "year": book.year,
        "numbers": book.numbers,
        "lines": [_line(line) for line in page.items],
        "gaps": [_serials(line) for line in book.gaps[-GAPS:]],
        "more_gaps": max(0, len(book.gaps) - GAPS),
        "following": book.following,
        "this_year": book.year == turn.now.astimezone(WIB).year,
        "now": turn.now,
        **page.facts,
    }


def _newest_first(book: Book) -> tuple[Line, ...]:
    return tuple(reversed(book.lines))


def _serials(line: Line) -> dict[str, Any]:
    return {"first": line.first, "last": line.last}


def _line(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        **_serials(line),
        "state": entry.state.value if entry else "kosong",
        "number": entry.number if entry else "",
        "subject": entry.subject if entry else "",
        "dated": entry.dated if entry else None,
    }


def _rows(turn: Turn, book: Book, wanted: str) -> Rows:
    page, place = page_of(_newest_first(book), wanted), _place(turn, book.unit, book.year)
    keeps = actions.keeps(turn.uow, turn.acting)
    rows = turning(page, "register.show", place)
    looked_at = [x for x in page.items if x.entry or keeps]
    if looked_at:
        rows.append([Choice("register.pick", place, str(page.number))])
    if keeps:
        rows.append([Choice("register.outside", place)])
    last = [Choice("register.print", place)] if book.lines else []
    if len(_shelf(turn)) > 1:
        last.append(Choice("register.shelf", arg="0"))
    return [*rows, last] if last else rows


def pick(turn: Turn) -> Next:
    """The lines of a page as buttons, to look at one."""
    book, wanted = _book(turn, pressed(turn).id), pressed(turn).arg
    page = page_of(_newest_first(book), wanted)
    keeps = actions.keeps(turn.uow, turn.acting)
    rows = [[_choice(pressed(turn).id, line)] for line in page.items if line.entry or keeps]
    rows.append([Choice("register.show", pressed(turn).id, wanted, label_key="register.back")])
    turn.show("register/pick", rows, **_facts(turn, book, wanted))
    return STAY


def _choice(place: str, line: Line) -> Choice:
    label = {"state": line.entry.state.value if line.entry else "kosong", **_serials(line)}
    if line.entry is None:
        return Choice("register.gap", place, f"{line.first}-{line.last}", label_key="register.line", label=label)
    label["number"] = line.entry.number
    return Choice("register.entry", line.entry.id, label_key="register.line", label=label)


# --- one number ---


def show_entry(turn: Turn) -> Next:
    """One number, with what can be done about it."""
    entry = turn.act(actions.entry, pressed(turn).id)
    rows: Rows = []
    if actions.keeps(turn.uow, turn.acting) and entry.state in (NumberState.USED, NumberState.OUTSIDE):
        rows.append([Choice("register.void", entry.id, style="danger")])
    rows.append([Choice("register.show", _place(turn, entry.unit, entry.year), label_key="register.back")])
    turn.show("register/entry", rows, **_entry(entry))
    return STAY


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "unit": entry.unit,
        "year": entry.year,
        "number": entry.number,
        "state": entry.state.value,
        "subject": entry.subject,
        "dated": entry.dated,
        "by": entry.by,
        "at": entry.recorded_at,
        "until": entry.until,
        "reason": entry.note,
    }


def ask_void(turn: Turn) -> Next:
    """Why will this number not be used?"""
    entry = turn.act(actions.ready_to_void, pressed(turn).id)
    turn.begin(entry.id)
    turn.forget_draft()
    turn.say("register/ask_void", letter=bool(entry.letter), **_entry(entry))
    return "register.void_reason"


def take_void_reason(turn: Turn) -> Next:
    """The reason: the number is void."""
    entry = turn.act(actions.void_number, turn.subject, turn.text)
    back = Choice("register.show", _place(turn, entry.unit, entry.year), label_key="register.back")
    turn.say("register/voided", [[back]], first=entry.number, last=entry.number, reason=entry.note)
    return END


# --- a gap ---


def show_gap(turn: Turn) -> Next:
    """A gap: recorded as used outside, or as void."""
    book, line = _gap(turn, pressed(turn).id, pressed(turn).arg)
    place = pressed(turn).id
    rows = [
        [Choice("register.gap_outside", place, pressed(turn).arg, style="success")],
        [Choice("register.gap_void", place, pressed(turn).arg, style="danger")],
        [Choice("register.show", place, label_key="register.back")],
    ]
    turn.show("register/gap", rows, unit=book.unit, year=book.year, **_serials(line))
    return STAY


def _gap(turn: Turn, place: str, serials: str) -> tuple[Book, Line]:
    """The gap that a button means, as far as it is still one."""
    book = _book(turn, place, to_write=True)
    line = next((x for x in book.gaps if f"{x.first}-{x.last}" == serials), None)
    if line is None:
        raise NothingThere(what="nomor")
    return book, line


def ask_gap_void(turn: Turn) -> Next:
    """Why will these numbers not be used?"""
    book, line = _gap(turn, pressed(turn).id, pressed(turn).arg)
    turn.begin(f"register:{pressed(turn).id}")
    turn.forget_draft()
    turn.draft["gap"] = pressed(turn).arg
    turn.say("register/ask_gap_void", unit=book.unit, year=book.year, **_serials(line))
    return "register.gap_reason"


def take_gap_reason(turn: Turn) -> Next:
    """The reason: the numbers are void."""
    place = _subject_place(turn)
    require_text(turn.text, "reason")
    book, line = _gap(turn, place, _kept(turn, "gap"))
    made = turn.act(actions.void_gap, book.unit, book.year, line.first or 0, line.last or 0, turn.text)
    turn.forget_draft()
    back = Choice("register.show", place, label_key="register.back")
    turn.say("register/voided", [[back]], first=made[0].number, last=made[-1].number, reason=made[0].note)
    return END


# --- used outside the bot ---


def ask_outside(turn: Turn) -> Next:
    """Which number was used outside the bot?"""
    book = _begin_outside(turn)
    turn.say("register/ask_outside", unit=book.unit, year=book.year, most=MOST_AT_ONCE, following=book.following)
    return "register.outside_number"


def gap_outside(turn: Turn) -> Next:
    """A gap was used outside: only date and subject are asked."""
    _gap(turn, pressed(turn).id, pressed(turn).arg)
    _begin_outside(turn)
    return _with_number(turn, pressed(turn).arg)


def _begin_outside(turn: Turn) -> Book:
    book = _book(turn, pressed(turn).id, to_write=True)
    turn.begin(f"register:{pressed(turn).id}")
    turn.forget_draft()
    return book


def take_number(turn: Turn) -> Next:
    """The number, a serial or a range."""
    return _with_number(turn, turn.text)


def _with_number(turn: Turn, text: str) -> Next:
    unit, year = _whose(_shelf(turn), _subject_place(turn))
    first, last, number = turn.act(actions.check_outside, unit, year, text)
    turn.draft.update(first=first, last=last, number=number)
    today = turn.now.astimezone(WIB).date()
    days = [d for d in (today, today - timedelta(days=1)) if d.year == year]
    keys = ("letters.today", "letters.yesterday")
    row = [
        Choice("register.date", _subject_place(turn), d.isoformat(), label_key=key, label={"day": d})
        for d, key in zip(days, keys, strict=False)
    ]
    turn.say("register/ask_date", [row] if row else [], first=first, last=last, number=number, year=year)
    return "register.outside_date"


def use_date(turn: Turn) -> Next:
    """Today or yesterday, by its button."""
    turn.begin(f"register:{pressed(turn).id}")
    _kept(turn, "first")
    try:
        dated = date.fromisoformat(pressed(turn).arg)
    except ValueError as error:  # it came back from a phone
        raise BadInput(field="register_date", problem="form", value=pressed(turn).arg[:40]) from error
    return _with_date(turn, dated)


def take_date(turn: Turn) -> Next:
    """A date as it was typed."""
    _, year = _whose(_shelf(turn), _subject_place(turn))
    return _with_date(turn, read_date(turn.text, year, turn.now.astimezone(WIB).date()))


def _with_date(turn: Turn, dated: date) -> Next:
    _, year = _whose(_shelf(turn), _subject_place(turn))
    check_date(dated, year, turn.now.astimezone(WIB).date())
    turn.draft["dated"] = dated.isoformat()
    turn.say("register/ask_subject", longest=LONGEST_SUBJECT)
    return "register.outside_subject"


def take_subject(turn: Turn) -> Next:
    """What it was about: recorded."""
    place = _subject_place(turn)
    unit, year = _whose(_shelf(turn), place)
    dated, subject = date.fromisoformat(_kept(turn, "dated")), read_subject(turn.text)
    first, last = int(_kept(turn, "first")), int(_kept(turn, "last"))
    wanted = Outside(unit, year, first, last, _kept(turn, "number"), dated, subject)
    made = turn.act(actions.record_outside, wanted)
    turn.forget_draft()
    rows = [
        [Choice("register.outside", place, label_key="register.outside_again")],
        [Choice("register.show", place, label_key="register.back")],
    ]
    turn.say(
        "register/recorded",
        rows,
        first=made[0].number,
        last=made[-1].number,
        count=len(made),
        dated=dated,
        subject=subject,
    )
    return END


def _subject_place(turn: Turn) -> str:
    """Which book the open question is about."""
    name, _, place = turn.subject.partition(":")
    if name != "register":
        raise DialogueClosed
    return place


def _kept(turn: Turn, key: str) -> str:
    """What was answered before; a button of a question that has ended finds nothing."""
    if key not in turn.draft:
        raise DialogueClosed
    return str(turn.draft[key])


# --- on paper ---


def print_book(turn: Turn) -> Next:
    """The book as PDF."""
    book = _book(turn, pressed(turn).id)
    paper = turn.act(actions.print_book, book.unit, book.year)
    turn.say(
        "register/paper",
        attachment=Attachment(paper=paper),
        unit=book.unit,
        year=book.year,
        at=turn.now,
    )
    return STAY


DIALOGUE = Dialogue(
    "letter_register",
    commands=(Command("register", command, READERS, aliases=("buku_nomor",)),),
    buttons=(
        ButtonAction("register.show", show, READERS),
        ButtonAction("register.shelf", shelf, READERS),
        ButtonAction("register.pick", pick, READERS),
        ButtonAction("register.entry", show_entry, READERS),
        ButtonAction("register.print", print_book, READERS),
        ButtonAction("register.void", ask_void, KEEPERS),
        ButtonAction("register.gap", show_gap, KEEPERS),
        ButtonAction("register.gap_void", ask_gap_void, KEEPERS),
        ButtonAction("register.gap_outside", gap_outside, KEEPERS),
        ButtonAction("register.outside", ask_outside, KEEPERS),
        ButtonAction("register.date", use_date, KEEPERS),
    ),
    states=(
        State("register.void_reason", on_text=take_void_reason),
        State("register.gap_reason", on_text=take_gap_reason),
        State("register.outside_number", on_text=take_number),
        State("register.outside_date", on_text=take_date),
        State("register.outside_subject", on_text=take_subject),
    ),
)
