"""What no journey comes by: parameters of rare messages and labels, as their callers give them."""

from datetime import UTC, date, datetime
from typing import Any

from tests.words import mentions
from tests.words.samples import joined
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
    "returnable": True,
}
ITEM = {"code": "I20", "title": "Tingkat Kematangan Layanan Perencanaan", "opd": "Dinas Kesehatan"}
LINKED = ITEM | {"link": "https://drive.contoh.id/berkas?a=1&b=2", "version": 2, "by": "Lina Marlina", "at": AT}
LETTER = {"title": "Surat Undangan", "number": "500.12/001/DISKOMINFO/XI/2026", "state": "bernomor", "arriving": False}
TROUBLE = {"code": "AB12CD34", "detail": "Forbidden: bot was blocked by the user", "receiver": "Lina Marlina"}
BROKEN = {"code": "AB12CD34", "name": "Lina Marlina", "error": "OperationalError", "at": AT}
COMMANDS = ["tugas", "status", "dokumen", "bantuan"]
_JOURNAL = {"cycle": WHOLE, "several": True, "full": True}

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "admin/ask_reason": [CYCLE | {"act": act} for act in ("suspend", "resume", "cancel", "reopen")],
    "admin/changed": [CYCLE | {"act": act} for act in ("suspend", "resume", "cancel", "reopen")],
    "admin/history": [
        *(_JOURNAL | {"lines": [line(kind, cycle=WHOLE)] * 2} for kind in KINDS),
        _JOURNAL | {"full": False, "several": False, "cycle": "", "lines": [line(KINDS[0], name="")]},
    ],
    "card/halted": [TASK | {"cycle_state": state} for state in ("ditangguhkan", "dibatalkan", "selesai")],
    "card/letters": [
        TASK | {"opds": 33, "ready": ready, "letters": [LETTER | {"state": state, "void": ["500.12/001"]}]}
        for ready in (False, True)
        for state in ("rancangan", "bernomor", "ditandatangani")
    ],
    "card/not_yours": [TASK | {"role": "Kabid Penyelenggaraan E-Government"}],
    "dispose/ask_note": [{"longest": 500}],
    "dispose/which": [{"count": 2}],
    "refusals/input/agenda": [{"field": "agenda", "problem": p, "value": "301"} for p in ("empty", "long")],
    "refusals/input/place": [{"field": "place", "problem": p, "value": "151"} for p in ("empty", "long")],
    "refusals/input/readiness": [{"field": "readiness", "problem": p, "value": "1501"} for p in ("empty", "long")],
    "dispose/note_kept": [{"note": "Mohon segera dikirim."}],
    "dispose/nothing": [{}],
    "dispose/options": [
        {"chosen": ["Untuk ditindaklanjuti", "Untuk diarsipkan"], "note": "Segera.", "usual": "Proses"}
    ],
    "documents/no_cycle": [{}],
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
    "open_cycle/times": [{"target": 1, "limit": 2}],
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
    "reminder": [REMINDER | {"rung": rung} for rung in ("half", "target", "before_3", "due", "each_after")],
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
}


def messages() -> dict[str, list[dict[str, Any]]]:
    """Everything written by hand, also for the tests beside this one: name → sets of parameters."""
    found = joined(
        *({name: [params] for name, params in source.items()} for source in (NOTICES, ADMINISTRATION)), MESSAGES
    )
    for field, problem in sorted(mentions.refusals("BadInput", "field", "problem")):
        value = "rekaman|35651584" if (field, problem) == ("file", "large") else "3 Desembre"
        facts = {"field": field, "problem": problem, "value": value}
        found.setdefault(f"refusals/input/{field}", []).append(facts)
        found.setdefault("refusals/bad_input", []).append(facts)
    return found
