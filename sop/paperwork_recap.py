"""The Rekapitulasi as paper and as workbook (SOP step 5): from the numbers to what stands where."""

from datetime import datetime

from sop import papers as paper
from sop.cycle import Cycle, Signed
from sop.evidence import Item, ItemState
from sop.office import Bundle
from sop.paperwork import facts, kop, look, recorded, signature
from sop.ports import Cell, Table
from sop.recap import IndicatorLine, OpdLine, Recap
from sop.worktime import WIB


def rekapitulasi(
    bundle: Bundle, cycle: Cycle, recap: Recap, *, receiver: str, by: Signed, note: str, now: datetime
) -> paper.Rekapitulasi:
    """The recap as it is handed over: for the signature of the team, with the press of the button as what it is."""
    office, today = bundle.office, now.astimezone(WIB).date()
    signer, checker = (office.signatory(key, today) for key in (office.report_signatory, office.recap_checker))
    return paper.Rekapitulasi(
        state=paper.SIAP_TANDA_TANGAN,
        kop=kop(office, signer.letterhead if signer else next(iter(office.letterheads))),
        cycle=facts(bundle, cycle),
        as_of=now,
        receiver=receiver,
        opds=tuple(_opd(bundle, line) for line in recap.opds),
        indicators=tuple(_indicator(bundle, line) for line in recap.indicators),
        place=office.place,
        date=today,
        prepared=signature(signer, office.team),
        checked=signature(checker, office.recap_checker) if office.recap_checker else None,
        remarks=(note,) if note.strip() else (),
        recorded=(recorded("diserahkan", by, now),),
        look=look(office),
    )


def _opd(bundle: Bundle, line: OpdLine) -> paper.OpdRecap:
    counts = line.counts
    return paper.OpdRecap(
        opd=bundle.opd(line.opd).name,
        asked=counts.asked,
        accepted=counts.accepted,
        repair=counts.repair,
        rejected=counts.rejected,
        declared_none=counts.absent,
        uploaded=counts.uploaded,
        missing=counts.missing,
        handed_over_at=line.handed_over_at,
        closed_at=line.closed_at,
        closed_reason=line.closed_reason or None,
        note=f"{counts.undecided} pernyataan tidak ada belum diperiksa." if counts.undecided else None,
    )


def _indicator(bundle: Bundle, line: IndicatorLine) -> paper.IndicatorRecap:
    return paper.IndicatorRecap(
        code=line.code,
        name=line.name,
        aspect=line.aspect or None,
        answers=tuple(_answer(bundle, i) for i in line.items),
        external=line.external or None,
    )


def _answer(bundle: Bundle, item: Item) -> paper.Answer:
    accepted = item.state is ItemState.ACCEPTED
    absent = item.state is ItemState.DECLARED_ABSENT
    return paper.Answer(
        opd=bundle.opd(item.opd).name,
        state=item.state.value,
        files=len(item.current_files) if accepted else 0,
        note=(item.explanation if absent else item.verdict_reason) or None,
    )


# --- the workbook: sheets in the order of templates/spreadsheets/rekapitulasi.yaml


def sheets(made: paper.Rekapitulasi) -> tuple[Table, ...]:
    """The same as tables: by agency, by indicator, and every item on a row of its own, to sort and filter."""
    return (
        tuple(_opd_row(n, opd) for n, opd in enumerate(made.opds, 1)),
        tuple(_indicator_row(line) for line in made.indicators),
        tuple(
            (line.code, line.name, line.aspect, answer.opd, answer.state, answer.files, answer.note)
            for line in made.indicators
            for answer in line.answers
        ),
    )


def _opd_row(number: int, opd: paper.OpdRecap) -> tuple[Cell, ...]:
    states = (opd.accepted, opd.repair, opd.rejected, opd.declared_none, opd.uploaded, opd.missing)
    return (number, opd.opd, opd.asked, *states, opd.handed_over_at, opd.closed_at, opd.closed_reason, opd.note)


def _indicator_row(line: paper.IndicatorRecap) -> tuple[Cell, ...]:
    return (
        line.code,
        line.name,
        line.aspect,
        line.external,
        len(line.answers),
        len(line.accepted),
        line.files,
        "; ".join(f"{a.opd}: {a.state}" for a in line.lacking),
    )


def sheet_facts(made: paper.Rekapitulasi) -> dict[str, str]:
    """What the first page of the workbook says, in words."""
    total = {
        "diminta": sum(o.asked for o in made.opds),
        "sesuai": sum(o.accepted for o in made.opds),
        "perbaikan": sum(o.repair for o in made.opds),
        "tidak_sesuai": sum(o.rejected for o in made.opds),
        "tidak_ada": sum(o.declared_none for o in made.opds),
        "belum_diperiksa": sum(o.uploaded for o in made.opds),
        "belum_ada": sum(o.missing for o in made.opds),
    }
    as_of = made.as_of.astimezone(WIB)
    return {key: str(value) for key, value in total.items()} | {
        "siklus": made.cycle.name,
        "instrumen": made.cycle.instrument,
        "penerima": made.receiver,
        "keadaan": f"{as_of:%d/%m/%Y} pukul {as_of:%H.%M} WIB",
        "opd": str(len(made.opds)),
        "menyerahkan": str(sum(1 for o in made.opds if o.handed_over_at)),
        "ditutup": str(sum(1 for o in made.opds if o.closed_at and not o.handed_over_at)),
        "catatan": made.remarks[0] if made.remarks else "-",
    }
