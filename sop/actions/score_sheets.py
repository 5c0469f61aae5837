"""Values through a spreadsheet: the workbook to fill in, the filled one checked as a whole, and only then taken."""

from datetime import datetime

from sop import score_sheet, scoring
from sop.actions.score_writing import keep
from sop.actions.scoring import Board, authorise, year_before
from sop.actions.sent_files import SentFile
from sop.naming import opd_of
from sop.people import Acting
from sop.ports import Incoming, UnitOfWork
from sop.refusals import BadInput, NothingThere
from sop.score_sheet import Filled
from sop.scoring import Phase
from sop.visibility import may_see_evidence

PURPOSE = "score_sheet"
USED = "score_sheet_used"  # its differences are taken; it changes nothing more
LARGEST_MB = 3


def make(uow: UnitOfWork, who: Acting, cycle_id: str, phase: Phase, *, now: datetime) -> tuple[str, str]:
    """The workbook as things stand now: hash of its bytes, and file name. Raises as `scoring.authorise`."""
    board, _ = authorise(uow, who, cycle_id, phase)
    beside = _beside(uow, who, board)
    table = score_sheet.rows(board.cycle.id, board.instrument, board.scores, phase, beside)
    scale = board.instrument.scale
    facts = {
        "siklus": board.cycle.name,
        "tahun": str(board.cycle.year),
        "instrumen": board.instrument.short,
        "terendah": scoring.as_typed(scale.minimum),
        "tertinggi": scoring.as_typed(scale.maximum),
        "pecahan": "boleh pecahan, misalnya 2,75" if scale.fractional else "bilangan bulat",
    }
    return uow.files.fill_form(score_sheet.FORMS[phase], table, facts)


def _beside(uow: UnitOfWork, who: Acting, board: Board) -> dict[str, tuple[str, str]]:
    """To be read only, by code: last year's value, and the state of the evidence of each agency that may be seen."""
    _, last = year_before(uow, board.cycle)
    evidence: dict[str, list[str]] = {}
    for item in uow.evidence.of_cycle(board.cycle.id):
        if may_see_evidence(board.cycle, who, item.opd):
            said = f"{opd_of(uow, board.cycle, item.opd).short}: {item.state.value} ({len(item.current_files)})"
            evidence.setdefault(item.code, []).append(said)
    return {
        i.code: (scoring.as_typed(last.get(i.code)).replace(".", ","), "; ".join(evidence.get(i.code, ())))
        for i in board.instrument.indicators
    }


def expect(uow: UnitOfWork, who: Acting, cycle_id: str, phase: Phase, sent: SentFile, *, now: datetime) -> None:
    """Take a filled workbook; its bytes follow.

    Raises:
        As `scoring.authorise`; BadInput: too large for such a sheet, or neither XLSX nor CSV by its name.
    """
    board, _ = authorise(uow, who, cycle_id, phase)
    if not sent.filename.lower().endswith((".xlsx", ".csv")):
        raise BadInput(field="spreadsheet", problem="format")
    if sent.size > LARGEST_MB * 1024 * 1024:
        raise BadInput(field="spreadsheet", problem="large")
    target = f"{board.cycle.id}|{phase.value}"
    uow.files.expect(sent.expected(uow.new_id(), purpose=PURPOSE, target=target, by_person=who.id))


def phase_of(incoming: Incoming) -> Phase:
    """The phase that a filled workbook belongs to."""
    return Phase(incoming.target.partition("|")[2])


def check(uow: UnitOfWork, who: Acting, incoming_id: str, phase: Phase, *, now: datetime) -> tuple[Board, Filled, str]:
    """What a filled workbook would change, or its mistakes; and its file name. Nothing is changed.

    Raises:
        As `scoring.authorise`. NothingThere: no such file, or it was taken already. BadInput: see `score_sheet.read`.
    """
    incoming = uow.files.incoming(incoming_id)
    here = incoming is not None and incoming.purpose == PURPOSE and incoming.state == "stored"
    if incoming is None or not here or phase_of(incoming) is not phase:
        raise NothingThere(what="lembar_nilai")
    board, _ = authorise(uow, who, incoming.target.partition("|")[0], phase)
    found = uow.files.rows(incoming.sha256, sheet="Nilai")
    filled = score_sheet.read(found, board.cycle.id, board.instrument, board.scores, phase)
    return board, filled, incoming.filename


def take(
    uow: UnitOfWork, who: Acting, incoming_id: str, phase: Phase, shown: str, *, now: datetime
) -> tuple[Board, Filled, str, bool]:
    """Take every difference of a workbook, once; the last is False (and nothing is taken) if they differ from *shown*.

    Raises:
        As `check`; BadInput (`score_sheet`, `mistakes`): a row is wrong.
    """
    board, filled, filename = check(uow, who, incoming_id, phase, now=now)
    if filled.mistakes:
        raise BadInput(field="score_sheet", problem="mistakes", value=str(len(filled.mistakes)))
    if filled.digest != shown or not filled.entries:
        return board, filled, filename, False
    _, by = authorise(uow, who, board.cycle.id, phase)
    for code, entry in filled.entries.items():
        keep(uow, board, board.scores[code], entry, by, now)
    uow.files.redirect(incoming_id, USED, who.id)
    return board, filled, filename, True
