"""Parameters of the words of the register of letter numbers, and of letters replaced or revoked (SOP step 3)."""

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
DAY = date(2026, 12, 11)
WHOLE = "Evaluasi Mandiri SPBE 2026"
NUMBER = "500.12/001/DISKOMINFO/XII/2026"
NEXT = "500.12/002/DISKOMINFO/XII/2026"
REASON = "Tanggal rapat berubah."
BOOK = {"unit": "DISKOMINFO", "year": 2026}
PAGE = {"page": 2, "pages": 3, "total": 20}
STATES = ("ditahan", "terpakai", "luar", "batal", "diganti", "dibatalkan", "kosong")
LINES = [
    {"first": n, "last": n + n % 2, "state": s, "number": NUMBER, "subject": "Surat Undangan", "dated": DAY}
    for n, s in enumerate(STATES, 1)
]
BARE = {"first": None, "last": None, "state": "terpakai", "number": NUMBER, "subject": "", "dated": None}
WHOLE_BOOK = BOOK | PAGE | {
    "numbers": 18,
    "lines": LINES,
    "gaps": [{"first": 3, "last": 3}, {"first": 12, "last": 14}],
    "more_gaps": 2,
    "following": NEXT,
    "this_year": True,
    "now": AT,
}  # fmt: skip
EMPTY_BOOK = WHOLE_BOOK | {"total": 0, "pages": 1, "page": 1, "numbers": 0, "lines": [], "gaps": [], "more_gaps": 0}
ENTRY = BOOK | {
    "number": NUMBER,
    "state": "terpakai",
    "subject": "Surat Undangan Evaluasi Mandiri SPBE 2026",
    "dated": DAY,
    "by": "Sari Melati",
    "at": AT,
    "until": None,
    "reason": "",
}  # fmt: skip
HELD = ENTRY | {"state": "ditahan", "subject": "", "dated": None, "until": AT}
VOID = ENTRY | {"state": "batal", "reason": REASON}
OLD = {"title": "Surat Undangan", "number": NUMBER, "dated": DAY}
REACHED = {"by_bot": 24, "by_hand": 2, "by_hand_names": ["Dinas Sosial", "Inspektorat Daerah"]}
NOBODY = {"by_bot": 26, "by_hand": 0, "by_hand_names": []}
MEETING = {"at": AT, "place": "Smart Room Center"}
ONE = {
    "cycle": WHOLE,
    "old_number": NUMBER,
    "old_dated": DAY,
    "reason": REASON,
    "meeting": MEETING,
    "title": "Surat Undangan",
    "state": "bernomor",
    "number": NEXT,
    "dated": DAY,
    "signatory": "Kepala Dinas Komunikasi dan Informatika",
    "void": [],
    "arriving": False,
}
DRAFT = ONE | {"state": "rancangan", "number": "", "dated": None, "meeting": None}

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "letters/other_unit": [{"signatory": "Sekretaris Daerah", "number": NUMBER, "suggested": NEXT}],
    "register/book": [WHOLE_BOOK, EMPTY_BOOK, WHOLE_BOOK | {"gaps": [], "more_gaps": 0, "lines": [BARE]}],
    "register/pick": [WHOLE_BOOK],
    "register/shelf": [PAGE],
    "register/entry": [ENTRY, HELD, VOID],
    "register/ask_void": [ENTRY | {"letter": True}, ENTRY | {"letter": False, "subject": ""}],
    "register/voided": [{"first": NUMBER, "last": NEXT, "reason": REASON}],
    "register/gap": [BOOK | {"first": 12, "last": 14}],
    "register/ask_gap_void": [BOOK | {"first": 12, "last": 12}],
    "register/ask_outside": [BOOK | {"most": 3000, "following": NEXT}],
    "register/ask_date": [
        {"first": 12, "last": 14, "number": "", "year": 2026},
        {"first": 0, "last": 0, "number": NUMBER, "year": 2026},
    ],
    "register/ask_subject": [{"longest": 150}],
    "register/recorded": [
        {"first": NUMBER, "last": NEXT, "count": 2, "dated": DAY, "subject": "Surat tugas"},
        {"first": NUMBER, "last": NUMBER, "count": 1, "dated": DAY, "subject": "Surat tugas"},
    ],
    "register/paper": [BOOK | {"at": AT}],
    "replace/sent": [{"cycle": WHOLE, "letters": [OLD, OLD]}],
    "replace/letter": [OLD | {"cycle": WHOLE, "sent_at": AT}],
    "replace/ask_reason": [OLD | {"longest": 300}],
    "replace/ask_meeting": [MEETING],
    "replace/ask_clock": [{"day": DAY}],
    "replace/ask_place": [{"place": "Smart Room Center"}],
    "replace/drafted": [ONE, DRAFT],
    "replace/one": [ONE, ONE | {"state": "ditandatangani"}, ONE | {"arriving": True}, DRAFT],
    "replace/ask_send": [ONE | REACHED, ONE | NOBODY | {"meeting": None}],
    "replace/replaced": [ONE | REACHED, ONE | NOBODY],
    "replace/ask_drop": [ONE, DRAFT],
    "replace/dropped": [ONE, DRAFT],
    "replace/ask_revoke": [OLD | REACHED, OLD | NOBODY],
    "replace/confirm_revoke": [OLD | REACHED | {"reason": REASON}],
    "replace/revoked": [OLD | REACHED | {"reason": REASON}],
    "letter_replaced": [OLD | {"cycle": WHOLE, "new_number": NEXT, "new_dated": DAY, "reason": REASON}],
    "letter_revoked": [OLD | {"cycle": WHOLE, "reason": REASON}],
    "documents/no_more": [
        {
            "title": f"Surat Undangan Nomor {NUMBER}",
            "cycle": WHOLE,
            "state": "diganti",
            "reason": REASON,
            "new_number": NEXT,
        },
        {"title": "Undangan", "cycle": WHOLE, "state": "dibatalkan", "reason": "", "new_number": ""},
    ],
}
LABELS: dict[str, list[dict[str, Any]]] = {
    "register.book": [BOOK],
    "register.line": [
        {"first": 12, "last": 14, "state": "kosong"},
        {"first": 12, "last": 12, "state": "luar", "number": NUMBER},
        {"first": None, "last": None, "state": "terpakai", "number": "SPBE-2026/9"},
    ],
    "replace.letter": [{"title": "Surat Permohonan Data"}],
    "replace.go_on": [{"title": "Surat Permohonan Data"}],
}
