"""Parameters of the words of the recap (SOP step 5) and of opening a collection again."""

from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
WHOLE = "Evaluasi Mandiri SPBE 2026"
PAGE = {"page": 2, "pages": 3, "total": 20}
ONE_PAGE = {"page": 1, "pages": 1, "total": 3}
COUNTS = {
    "asked": 312,
    "accepted": 250,
    "repair": 5,
    "rejected": 3,
    "absent": 30,
    "uploaded": 12,
    "missing": 12,
    "undecided": 2,
    "unjudged": 14,
}
SETTLED = COUNTS | {"repair": 0, "rejected": 0, "absent": 0, "uploaded": 0, "missing": 0, "undecided": 0, "unjudged": 0}
NUMBERS = {
    "total": COUNTS,
    "opds": 33,
    "handed_over": 30,
    "closed": 2,
    "owing": ["Dinas Kesehatan"],
    "owing_more": 3,
    "indicators": 50,
    "supported": 41,
}
DONE = NUMBERS | {"total": SETTLED, "closed": 0, "owing": [], "owing_more": 0}
TASK = {
    "number": 5,
    "steps": 8,
    "step": "Rekapitulasi",
    "activity": "Mengumpulkan dan merekap data dari OPD untuk bahan rapat",
    "cycle": WHOLE,
    "opd": "",
    "pass_no": 2,
    "target_at": None,
    "due_at": AT,
    "late": False,
    "days": 3,
    "minutes": 0,
    "paused": False,
    "cycle_state": "berjalan",
    "cycle_reason": "",
    "question": "",
    "came_back": "Rekapitulasi belum lengkap",
    "came_back_from": "Tim SPBE Kota Pangkalpinang",
    "came_back_recorded_by": "",
    "returnable": False,
}
FIRST = TASK | {"pass_no": 1, "came_back": "", "came_back_from": ""}
NOTED = {"typed": "Dua perangkat daerah memohon tambahan waktu."}
BLANK = {"typed": ""}
RECEIVER = {"receiver": "Tim SPBE Kota Pangkalpinang"}
OPD = COUNTS | {
    "opd": "Dinas Kesehatan",
    "short": "Dinkes",
    "task": "abcdefghij",
    "open": False,
    "handed_over_at": AT,
    "closed_at": AT,
    "closed_reason": "Tidak ada perbaikan sampai batas waktu.",
}
OPEN = OPD | {"open": True, "handed_over_at": None, "closed_at": None, "closed_reason": ""}
SHUT = OPD | {"handed_over_at": None}
ITEM = {
    "code": "I12",
    "title": "Tingkat Kematangan Peta Rencana SPBE",
    "state": "perlu perbaikan",
    "files": 2,
    "reason": "Belum ditandatangani",
    "waiting": False,
}
EMPTY = ITEM | {"state": "belum", "files": 0, "reason": ""}
FRESH = ITEM | {"state": "diunggah", "reason": "", "waiting": True}
ITEMS = [ITEM, EMPTY, FRESH, ITEM | {"state": "dinyatakan tidak ada", "files": 0, "reason": "", "waiting": True}]
INDICATOR = COUNTS | {
    "code": "I12",
    "name": "Tingkat Kematangan Peta Rencana SPBE",
    "aspect": "Perencanaan Strategis SPBE",
    "external": "",
    "files": 4,
}
EXTERNAL = INDICATOR | SETTLED | {"asked": 0, "accepted": 0, "external": "Satu Data Indonesia (Bappenas)"}
UNASKED = EXTERNAL | {"external": "", "aspect": ""}
REOPENED = {"opd": "Dinas Kesehatan", "cycle": WHOLE, "due_at": AT}

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "card/recap": [TASK | NUMBERS | NOTED, FIRST | DONE | BLANK, FIRST | DONE | BLANK | {"late": True, "days": 2}],
    "recap/recap": [NUMBERS | {"cycle": WHOLE, "done_at": AT}, DONE | {"cycle": WHOLE, "done_at": None}],
    "recap/opds": [PAGE | {"cycle": WHOLE, "lines": [OPD, OPEN, SHUT]}, ONE_PAGE | {"cycle": WHOLE, "lines": [OPEN]}],
    "recap/opd": [
        PAGE | OPD | {"cycle": WHOLE, "items": ITEMS},
        ONE_PAGE | OPEN | {"cycle": WHOLE, "items": [EMPTY]},
    ],
    "recap/indicators": [
        PAGE | {"cycle": WHOLE, "supported": 41, "lines": [INDICATOR, EXTERNAL, UNASKED]},
        ONE_PAGE | {"cycle": WHOLE, "supported": 0, "lines": [INDICATOR | {"accepted": 0, "files": 0}]},
    ],
    "recap/indicator": [
        PAGE | INDICATOR | {"cycle": WHOLE, "answers": [i | {"opd": "Dinas Kesehatan"} for i in ITEMS]},
        ONE_PAGE | EXTERNAL | {"cycle": WHOLE, "answers": []},
        ONE_PAGE | UNASKED | {"cycle": WHOLE, "answers": []},
    ],
    "recap/owing": [TASK | NUMBERS | RECEIVER],
    "recap/confirm": [FIRST | NUMBERS | RECEIVER | NOTED, FIRST | DONE | RECEIVER | BLANK],
    "recap/handed_over": [
        NUMBERS | RECEIVER | {"cycle": WHOLE, "at": AT, "next_step": "Rapat koordinasi", "due_at": AT},
        DONE | RECEIVER | {"cycle": WHOLE, "at": AT, "next_step": "", "due_at": None},
    ],
    "recap/changed": [{}],
    "recap/ask_note": [TASK | NOTED, FIRST | BLANK],
    "recap/note_kept": [NOTED],
    "recap/only_words": [{}],
    "recap/nothing_yet": [{}],
    "recap/which_cycle": [{}],
    "review/ask_reopen": [REOPENED],
    "review/reopened": [REOPENED | {"reason": "Rapat meminta bukti tambahan."}],
    "refusals/incomplete": [{"act": "hand_over_recap", "missing": ["belum_diperiksa"]}],
}

LABELS: dict[str, list[dict[str, Any]]] = {
    "recap.cycle": [{"cycle": WHOLE}],
    "recap.opd": [{"opd": "Dinkes"}],
    "recap.indicator": [{"code": "I12"}],
}
