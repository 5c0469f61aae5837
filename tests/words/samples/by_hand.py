"""What no journey comes by: parameters of rare messages and labels, as their callers give them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.words import mentions
from tests.words.samples import closing, joined, meeting, recap, register, verification
from tests.words.test_administration import CYCLE, KINDS, line
from tests.words.test_administration import MESSAGES as ADMINISTRATION
from tests.words.test_notices import NOTICES, REMINDER

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
DAY = date(2026, 12, 11)
PAGE = {"page": 2, "pages": 3, "total": 20}
WHOLE = "Evaluasi Mandiri SPBE 2026"
TASK = {
    "number": 4,
    "steps": 8,
    "step": "Pengumpulan data dukung",
    "activity": "Menyerahkan data dukung",
    "cycle": WHOLE,
    "opd": "Dinas Kesehatan",
    "pass_no": 2,
    "target_at": AT,
    "due_at": AT,
    "late": True,
    "days": 0,
    "minutes": 25,
    "paused": False,
    "cycle_state": "ditangguhkan",
    "cycle_reason": "Menunggu penetapan",
    "question": "Apakah suratnya sudah dinomori?",
    "came_back": "Tanggal rapat bentrok.",
    "came_back_from": "Kabid",
    "came_back_recorded_by": "",
    "returnable": True,
}
ITEM = {"code": "I20", "title": "Tingkat Kematangan Layanan Perencanaan", "opd": "Dinas Kesehatan"}
LINKED = ITEM | {"link": "https://drive.contoh.id/berkas?a=1&b=2", "version": 2, "by": "Lina Marlina", "at": AT}
LETTER = {"title": "Surat Undangan", "number": "500.12/001/DISKOMINFO/XI/2026", "state": "bernomor", "arriving": False}
TROUBLE = {"code": "AB12CD34", "detail": "Forbidden: bot was blocked by the user", "receiver": "Lina Marlina"}
BROKEN = {"code": "AB12CD34", "name": "Lina Marlina", "error": "OperationalError", "at": AT}
COMMANDS = ["tugas", "status", "dokumen", "bantuan"]
_JOURNAL = {"cycle": WHOLE, "several": True, "full": True}

HEAD = {
    "phase": "rapat",
    "cycle": WHOLE,
    "number": 6,
    "steps": 8,
    "step": "Rapat koordinasi",
    "total": 47,
    "done": 31,
    "index_name": "Indeks SPBE",
    "index": Decimal("2.8471"),
    "whole": False,
    "provisional": True,
    "why_not": "",
    "actor": "Tim SPBE Kota Pangkalpinang",
}
_FORM = HEAD | {"phase": "formulir", "number": 7, "step": "Formulir dan Berita Acara", "done": 12}
_NONE = {"index": None}
_OVERTAKEN = {"by": "Tim SPBE Kota Pangkalpinang", "name": "Citra Maharani", "at": AT, "value": Decimal(3)}
ONE = HEAD | {
    "code": "I12",
    "name": "Tingkat Kematangan Inovasi Proses Bisnis SPBE",
    "weight": Decimal("2.5"),
    "aspect": "Perencanaan Strategis SPBE",
    "external": "",
    "named_service": True,
    "value": Decimal(3),
    "level": "Terdefinisi",
    "of_meeting": Decimal(2),
    "words": "Sudah ada perwali.",
    "from_note": False,
    "improvement": "",
    "service": "Perizinan berusaha",
    "lacks": [],
    "by": "Tim SPBE Kota Pangkalpinang",
    "by_name": "Citra Maharani",
    "recorded_by": "",
    "at": AT,
    "before_cycle": "Evaluasi Mandiri SPBE 2025",
    "before_value": Decimal(2),
    "levels": [{"level": 3, "name": "Terdefinisi", "gist": "sesuai pedoman pada semua unit kerja"}],
    "evidence": [{"opd": "Dinkes", "state": "sesuai", "files": 2}, {"opd": "Dindikbud", "state": "belum", "files": 0}],
    "more_evidence": 2,
    "overtaken": None,
}
_EMPTY = {
    "value": None,
    "level": "",
    "of_meeting": None,
    "words": "",
    "service": "",
    "by": "",
    "by_name": "",
    "recorded_by": "",
    "at": None,
    "before_cycle": "",
    "before_value": None,
}
_ROW = {"code": "I12", "name": "Inovasi Proses Bisnis", "value": Decimal(3), "external": "", "lacks": []}
_ASKED = {"code": "I12", "name": "Tingkat Kematangan Inovasi Proses Bisnis SPBE"}
_BOOK = {"filename": "penilaian-2026.xlsx"}
_DIFFERENCE = {"code": "I12", "field": "value", "before": "3", "after": "2.75", "overtaken": True}
INDICATORS: dict[str, list[dict[str, Any]]] = {
    "indicator/summary": [
        start
        | {
            "instrument": "SPBE (PermenPANRB 59/2020)",
            "missing": ["I17", "I18"] if not whole else [],
            "more": 3 if not whole else 0,
            "waiting": ["I05"],
            "predicate": "Baik" if whole else "",
            "groups": [{"name": "Layanan SPBE", "index": Decimal("3.1"), "provisional": True}] if whole else [],
            "whole": whole,
            "why_not": why,
        }
        for start, whole, why in (
            (HEAD, False, ""),
            (HEAD | _NONE, False, "role"),
            (HEAD, True, "ended"),
            (_FORM, True, "reported"),
            (_FORM, False, "halted"),
        )
    ],
    "indicator/list": [
        start | {"page": 1, "pages": 6, "items": [_ROW | row]}
        for start, row in (
            (HEAD, {}),
            (HEAD, {"value": None}),
            (HEAD, {"value": None, "external": "BIG"}),
            (_FORM, {"lacks": ["words", "improvement"]}),
        )
    ],
    "indicator/one": [
        ONE,
        ONE | _NONE | _EMPTY | {"evidence": [], "more_evidence": 0},
        ONE | _EMPTY | {"external": "BIG", "named_service": False, "why_not": "role"},
        ONE | {"external": "BPS (EPSS)", "words": "Surat BPS nomor 12"},
        ONE | {"overtaken": _OVERTAKEN},
        ONE | {"overtaken": {"by": "", "name": "", "at": None, "value": None}},
        ONE | _FORM | {"from_note": True, "lacks": ["improvement"]},
        ONE | _FORM | {"improvement": "Reviu tahunan.", "why_not": "reported"},
    ],
    "indicator/nothing_yet": [{"phase": "rapat"}, {"phase": "formulir"}],
    "indicator/which_cycle": [{"phase": "rapat"}, {"phase": "formulir"}],
    "indicator/kept": [
        {"code": "I12", "value": Decimal(3), "level": "Terdefinisi"},
        {"code": "I06", "value": None, "level": ""},
    ],
    "indicator/overtaken": [{"code": "I12", "overtaken": _OVERTAKEN}],
    "indicator/ask_value": [
        _ASKED | {"external": "BIG", "lowest": Decimal(1), "highest": Decimal(5), "value": Decimal("2.5")},
        _ASKED | {"external": "", "lowest": Decimal(1), "highest": Decimal(5), "value": None},
    ],
    "indicator/ask_source": [{"code": "I06", "external": "BIG", "value": Decimal("3.1")}],
    "indicator/ask_words": [
        _ASKED | {"field": field, "there": there}
        for field in ("note", "grounds", "improvement", "service", "source")
        for there in ("", "Sudah ada.")
    ],
    "indicator/only_words": [{}],
    "indicator/only_files": [{}],
    "indicator/sheet": [{"phase": phase, "cycle": WHOLE, "total": 47} for phase in ("rapat", "formulir")],
    "indicator/ask_file": [{"cycle": WHOLE}],
    "indicator/file_coming": [_BOOK],
    "indicator/differences": [
        _BOOK | {"cycle": WHOLE, "count": 3, "indicators": 2, "more": 1, "overtaken": n, "lines": [_DIFFERENCE | line]}
        for n, line in (
            (1, {}),
            (0, {"field": "note", "before": "", "after": "Sudah ada.", "overtaken": False}),
        )
    ],
    "indicator/no_differences": [_BOOK | {"cycle": WHOLE}],
    "indicator/mistakes": [
        _BOOK | {"mistakes": [{"row": 4, "code": "I12", "problem": problem, "value": "7"}], "more": 2}
        for problem in ("unknown_code", "twice", "form", "range", "whole", "places", "long", "no_service", "source")
    ],
    "indicator/changed_meanwhile": [{}],
    "indicator/taken": [{"count": 3, "indicators": 2, "at": AT}],
    "group/scores_complete": [{"cycle": WHOLE, "total": 20, "waiting": n, "at": AT} for n in (0, 4)],
    **{
        f"refusals/input/{field}": [{"field": field, "problem": p, "value": "600"} for p in ("empty", "long")]
        for field in ("grounds", "improvement", "source", "service")
    },
}

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "admin/ask_reason": [CYCLE | {"act": act} for act in ("suspend", "resume", "cancel", "reopen")],
    "admin/changed": [CYCLE | {"act": act} for act in ("suspend", "resume", "cancel", "reopen")],
    "admin/history": [
        *(_JOURNAL | {"lines": [line(kind, cycle=WHOLE)] * 2} for kind in KINDS),
        _JOURNAL | {"full": False, "several": False, "cycle": "", "lines": [line(KINDS[0], name="")]},
    ],
    "card/halted": [TASK | {"cycle_state": state} for state in ("ditangguhkan", "dibatalkan", "selesai")],
    "card/letters": [
        TASK
        | {"opds": 33, "ready": ready, "letters": [LETTER | {"state": state, "void": ["500.12/001"]}]}
        | {"disposition": {"urgency": "sangat_segera", "security": "sangat_rahasia", "agenda_number": "312/XI/2026"}}
        for ready in (False, True)
        for state in ("rancangan", "bernomor", "ditandatangani")
    ],
    "card/not_yours": [TASK | {"role": "Kabid Penyelenggaraan E-Government"}],
    "agenda/ask": [{"number": number, "longest": 30} for number in ("", "312/XI/2026")],
    "agenda/filled": [
        {"number": number, "before": before, "cycle": WHOLE, "due_at": AT}
        for number, before in (("312", ""), ("313", "312"), ("", "312"), ("", ""))
    ],
    "refusals/input/agenda_number": [
        {"field": "agenda_number", "problem": p, "value": v}
        for p, v in (("empty", ""), ("long", "30"), ("form", "tidak ada"))
    ],
    "dispose/mark": [{"which": "urgency", "value": "biasa"}, {"which": "security", "value": "sangat_rahasia"}],
    "dispose/ask_note": [{"longest": 500}],
    "dispose/which": [{"count": 2}],
    "refusals/input/agenda": [{"field": "agenda", "problem": p, "value": "301"} for p in ("empty", "long")],
    "refusals/input/place": [{"field": "place", "problem": p, "value": "151"} for p in ("empty", "long")],
    "refusals/input/readiness": [{"field": "readiness", "problem": p, "value": "1501"} for p in ("empty", "long")],
    "dispose/note_kept": [{"note": "Mohon segera dikirim."}],
    "dispose/nothing": [{}],
    "dispose/options": [
        {"chosen": ["Untuk ditindaklanjuti", "Untuk diarsipkan"], "note": "Segera.", "usual": "Proses"}
        | {"urgency": "sangat_segera", "security": "sangat_rahasia"}
    ],
    "documents/no_cycle": [{}],
    "documents/signed_copy": [
        {"title": "Notula", "cycle": WHOLE, "by": by, "at": AT, "sha256": "5f" * 32} for by in ("Ahmad Fauzi", "")
    ],
    "errors/set_aside": [BROKEN, BROKEN | {"name": ""}],
    "errors/trouble": [
        *(TROUBLE | {"what": what} for what in ("message", "uncertain", "paper", "file")),
        TROUBLE | {"what": "message", "receiver": ""},
    ],
    "errors/unexpected": [{"code": "AB12CD34"}],
    "evidence/link_sent": [LINKED, LINKED | {"version": 1}],
    "evidence/not_a_link": [{}],
    "evidence/nothing_asked": [{}],
    "evidence/only_words": [{}],
    "help/common": [{"commands": COMMANDS}],
    "letters/no_signatory": [{"dated": DAY}],
    "open_cycle/asked": [PAGE],
    "open_cycle/items": [PAGE | {"opd": "Dinas Kesehatan", "chosen": 0}, PAGE | {"opd": "Dinkes", "chosen": 12}],
    "open_cycle/times": [{"target": 1, "limit": 2, "sop_time": "1–2 minggu"}],
    "people/opds": [PAGE | {"empty": 0}],
    "prepare/nothing": [{}],
    "prepare/skip": [{"title": "Formulir Evaluasi SPBE"}],
    "prepare/skipped": [{"title": "Formulir Evaluasi SPBE"}],
    "prepare/want_file": [{}],
    "refusals/dialogue_closed": [{}],
    "refusals/not_now": [
        {"state": state, "reason": "Menunggu penetapan"}
        for state in sorted({state for (state,) in mentions.refusals("NotNow", "state")} | {"ditangguhkan", "selesai"})
    ],
    "refusals/nothing_there": [{"what": what} for (what,) in sorted(mentions.refusals("NothingThere", "what"))],
    "refusals/input/answer": [{"field": "answer", "problem": p, "value": "600"} for p in ("empty", "long")],
    "refusals/input/reason": [{"field": "reason", "problem": p, "value": "600"} for p in ("empty", "long")],
    "reminder": [
        *(REMINDER | {"rung": rung} for rung in ("half", "target", "before_3", "due", "each_after")),
        *(
            REMINDER | {"rung": rung, "to_begin": True, "scheduled": scheduled, "total": 0, "missing": []}
            for rung in ("before_1", "due", "each_after")
            for scheduled in (True, False)
        ),
    ],
    "review/link_sent": [LINKED, LINKED | {"version": 1}],
    "review/nothing_yet": [{}],
    "review/only_words": [{}],
    "review/which_cycle": [{}],
    "unknown/in_private": [{"command": "hubungkan_grup"}],
}

LABELS: dict[str, list[dict[str, Any]]] = {
    "dispose.which": [{"cycle": WHOLE}],
    "admin.cycle": [{"cycle": WHOLE, "state": "ditangguhkan"}],
    "delegation.end": [{"substitute": "Sari Wulandari"}],
    "delegation.role": [{"role": "Kabid Penyelenggaraan E-Government"}],
    "dispose.note": [{"there": True}, {"there": False}],
    "dispose.urgency": [{"value": "sangat_segera"}],
    "dispose.security": [{"value": "sangat_rahasia"}],
    "dispose.mark": [{"value": "sangat_rahasia", "on": True}, {"value": "biasa", "on": False}],
    "agenda.ask": [{"again": True}, {"again": False}],
    "dispose.toggle": [{"text": "Untuk ditindaklanjuti", "on": True}, {"text": "Untuk diketahui", "on": False}],
    "history.of_cycle": [{"cycle": WHOLE}],
    "open.items": [{"name": "Dinkes", "count": 12}],
    "open.weeks": [{"kind": "target", "weeks": 1, "on": True}, {"kind": "limit", "weeks": 2, "on": False}],
    "people.cut_off": [{"count": 2}],
    "people.import_yes": [{"count": 3, "agencies": 0}, {"count": 3, "agencies": 2}, {"count": 0, "agencies": 1}],
    "people.invitation": [
        {"label": "Siti Aminah", "role": "OPD", "opd": "Dinkes", "lapsed": True},
        {"label": "", "role": "Sekretariat", "opd": "", "lapsed": False},
    ],
    "people.invitations": [{"count": 3}],
    "people.opd": [{"name": "Dinkes", "count": 2}],
    "people.person": [{"name": "Siti Aminah", "opds": ["Dinkes"]}, {"name": "Budi", "opds": []}],
    "people.revoke": [{"role": "OPD", "opd": "Dinkes"}, {"role": "Sekretariat", "opd": ""}],
    "people.role": [{"role": "Tim SPBE Diskominfo", "count": 4}],
    "review.cycle": [{"cycle": WHOLE}],
    **recap.LABELS,
    **closing.LABELS,
    **meeting.LABELS,
    "indicator.cycle": [{"cycle": WHOLE}],
    "indicator.row": [_ROW, _ROW | {"value": None}, _ROW | {"value": None, "external": "BIG"}],
    "indicator.go_on": [{"code": "I17"}],
    "indicator.next_missing": [{"code": "I17"}],
    "indicator.level": [{"level": 3, "on": True}, {"level": 3, "on": False}],
    **{
        f"indicator.{name}": [{"there": True}, {"there": False}]
        for name in ("external", "note", "explanation", "improvement", "service")
    },
    "indicator.files": [{"count": 3}],
    "indicator.more_files": [{"count": 3}],
    "indicator.take": [{"count": 3}],
    **register.LABELS,
}


# Of a file that is sent, both what is asked and what is wrong with it are found while it runs (`sent_files`).
SENT = {(field, problem) for field in ("file", "check_file") for problem in ("large", "empty")}


def messages() -> dict[str, list[dict[str, Any]]]:
    """Everything written by hand, also for the tests beside this one: name → sets of parameters."""
    found = joined(
        *({name: [params] for name, params in source.items()} for source in (NOTICES, ADMINISTRATION)),
        MESSAGES,
        recap.MESSAGES,
        closing.MESSAGES,
        meeting.MESSAGES,
        verification.MESSAGES,
        register.MESSAGES,
        INDICATORS,
    )
    said = {(field, problem) for field, problem in mentions.refusals("BadInput", "field", "problem")}
    for field, problem in sorted(said | SENT):
        value = "rekaman|35651584" if (field, problem) in SENT else "3 Desembre"
        facts = {"field": field, "problem": problem, "value": value}
        found.setdefault(f"refusals/input/{field}", []).append(facts)
        found.setdefault("refusals/bad_input", []).append(facts)
    return found
