"""Parameters of the words of the closing (SOP step 7) and of the publication (step 8)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.words.test_notices import REMINDER

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
DAY = date(2026, 12, 11)
WHOLE = "Evaluasi Mandiri SPBE 2026"
NUMBER = "500.12/001/DISKOMINFO/XII/2026"
TASK = {
    "number": 7,
    "steps": 8,
    "step": "Formulir dan Berita Acara",
    "activity": "Mengisi dan melengkapi formulir",
    "cycle": WHOLE,
    "opd": "",
    "pass_no": 2,
    "target_at": None,
    "due_at": AT,
    "late": False,
    "days": 0,
    "minutes": 125,
    "paused": False,
    "cycle_state": "berjalan",
    "cycle_reason": "",
    "question": "",
    "came_back": "Nilai I05 perlu dibahas.",
    "came_back_from": "Kabid Penyelenggaraan E-Government",
    "came_back_recorded_by": "",
    "returnable": True,
}
FIRST = TASK | {"pass_no": 1, "came_back": "", "came_back_from": ""}
RESULT = {
    "index_name": "Indeks SPBE",
    "index": Decimal("2.87"),
    "predicate": "Baik",
    "provisional": True,
    "waiting": 3,
    "indicators": 47,
    "groups": [{"name": "Domain Kebijakan SPBE", "index": Decimal("2.50")}] * 4,
    "improvements": 40,
}
SURE = RESULT | {"provisional": False, "waiting": 0}
STATEMENT = "Berita Acara Penyelenggaraan Evaluasi Mandiri"
FILLING = {
    "total": 47,
    "filled": 31,
    "missing": ["I05", "I12"],
    "more": 14,
    "result": None,
    "superior": "Kabid Penyelenggaraan E-Government",
    "reported_at": None,
    "reported_by": "",
    "acknowledged_at": None,
    "acknowledged_by": "",
    "statement": STATEMENT,
    "state": "",
    "letter_number": "",
    "dated": None,
    "away_since": None,
    "arriving": False,
}
COMPLETE = FILLING | {"filled": 47, "missing": [], "more": 0, "result": RESULT}
REPORTED = COMPLETE | {"reported_at": AT, "reported_by": "Tim SPBE Diskominfo"}
KNOWN = REPORTED | {"acknowledged_at": AT, "acknowledged_by": "Plh. Kabid", "state": "rancangan", "result": SURE}
NUMBERED = KNOWN | {"state": "bernomor", "letter_number": NUMBER, "dated": DAY}
AWAY = NUMBERED | {"away_since": AT}
ARRIVING = AWAY | {"arriving": True}
SIGNED = NUMBERED | {"state": "ditandatangani"}
STATES = (FILLING, COMPLETE, REPORTED, KNOWN, NUMBERED, AWAY, ARRIVING, SIGNED)
ASKED = FIRST | COMPLETE
NEXT = {"next_number": 8, "next_step": "Dokumen evaluasi", "next_actor": "Tim SPBE Diskominfo"}
LAST = {"next_number": 0, "next_step": "", "next_actor": ""}
CHECK = {"number": 6, "step": "Rapat koordinasi", "count": 3, "missing": ["Notula", "Daftar Hadir", "Undangan Rapat"]}
CONTENTS = {
    "checks": [CHECK, CHECK | {"missing": []}, CHECK | {"missing": ["Notula"]}],
    "result": RESULT,
    "blocking": [],
    "without_meeting": False,
    "lacking": ["Notula", "Daftar Hadir", "Undangan Rapat", "Ekspedisi", "Lembar Disposisi"],
    "under_way": False,
    "written": 1,
}
BLOCKED = CONTENTS | {"blocking": [STATEMENT], "result": None}
READY = CONTENTS | {"checks": [CHECK | {"missing": []}], "lacking": [], "result": SURE}
PARTS = [
    {"part": "background", "text": "Melanjutkan perbaikan tahun lalu."},
    {"part": "scope", "text": ""},
    {"part": "conclusion", "text": ""},
]

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "card/closing": [
        TASK | FILLING,
        TASK | FILLING | {"came_back_from": "Sekretaris Daerah", "came_back_recorded_by": "Tim SPBE Diskominfo"},
        *(FIRST | state for state in STATES),
    ],
    "card/acknowledge": [FIRST | REPORTED, FIRST | REPORTED | {"result": None, "paused": True}, FIRST | AWAY],
    "card/publish": [
        TASK | BLOCKED,
        FIRST | CONTENTS,
        FIRST | READY,
        FIRST | BLOCKED | {"without_meeting": True, "blocking": []},
        FIRST | READY | {"under_way": True},
    ],
    "closing/ask_report": [ASKED | {"note": "Dua perangkat daerah terlambat."}, ASKED | {"note": "", "result": SURE}],
    "closing/draft": [{"title": "Nota Dinas", "cycle": WHOLE}],
    "closing/ask_note": [{"note": "Dua perangkat daerah terlambat."}, {"note": ""}],
    "closing/reported": [{"cycle": WHOLE, "superior": "Kabid Penyelenggaraan E-Government", "at": AT}],
    "closing/ack_toast": [{}],
    "closing/acknowledged": [
        {
            "cycle": WHOLE,
            "by": "Plh. Kabid",
            "at": AT,
            "actor": "Tim SPBE Diskominfo",
            "statement": STATEMENT,
            "memo": m,
        }
        for m in (True, False)
    ],
    "closing/nothing": [{}],
    "closing/which": [{"count": 2}],
    "closing/statement": [FIRST | state for state in STATES[3:]],
    "closing/away": [{"number": NUMBER, "statement": STATEMENT, "at": AT, "every": n} for n in (2, None)],
    "closing/ask_finish": [FIRST | SIGNED | NEXT, FIRST | SIGNED | LAST],
    "closing/finished": [
        {"cycle": WHOLE, "at": AT, "due_at": due} | after for due, after in ((AT, NEXT), (None, LAST))
    ],
    **{
        f"group/{line}": [
            {"cycle": WHOLE, "number": 7, "step": "Formulir dan Berita Acara", "by": by, "superior": "Kabid", "at": AT}
            for by in ("Tim SPBE Diskominfo", "Plh. Kabid")
        ]
        for line in ("reported", "acknowledged")
    },
    "publish/nothing": [{}],
    "publish/which": [{"count": 2}],
    "publish/draft": [{"title": "Dokumen Evaluasi SPBE", "cycle": WHOLE}],
    "publish/words": [{"cycle": WHOLE, "parts": PARTS}],
    "publish/ask_word": [
        {"part": part, "text": text, "longest": 600}
        for part, text in (("background", "Melanjutkan perbaikan."), ("scope", ""), ("conclusion", ""))
    ],
    "publish/ask": [
        FIRST | CONTENTS | {"people": 71, "by_hand": []},
        FIRST | READY | {"people": 71, "by_hand": ["DLH"] * 30},
    ],
    "publish/under_way": [
        {"cycle": WHOLE, "people": 71, "by_hand": []},
        {"cycle": WHOLE, "people": 1, "by_hand": ["DLH", "Dinkes"]},
    ],
    "documents/printing_again": [{"title": "Dokumen Evaluasi SPBE"}],
    "publish/not_done": [
        {"cycle": WHOLE, "title": "Dokumen Evaluasi SPBE", "why": why} for why in ("tidak_tercetak", "berubah")
    ],
    "published": [{"cycle": WHOLE, "title": "Dokumen Evaluasi SPBE", "at": AT} | found for found in (RESULT, SURE)],
    "reminder": [REMINDER | {"rung": "signature", "since": AT, "due_at": AT, "total": 0, "missing": []}],
    "status/which_cycle": [{"page": 2, "pages": 3, "total": 20}, {"page": 1, "pages": 1, "total": 4}],
}

LABELS: dict[str, list[dict[str, Any]]] = {
    "closing.report": [{"to": "Kabid"}],
    "closing.which": [{"cycle": WHOLE}],
    "publish.which": [{"cycle": WHOLE}],
    "publish.word": [{"part": part, "there": part == "scope"} for part in ("background", "scope", "conclusion")],
    "status.cycle": [{"cycle": WHOLE, "state": "berjalan"}, {"cycle": WHOLE, "state": "selesai"}],
}
