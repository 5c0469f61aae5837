"""Parameters of what /cek says, as its callers give them."""

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
PAPER = {
    "code": "7KQ2-M4TX-09BD",
    "title": "Surat Undangan",
    "number": "500.12/001/DISKOMINFO/XI/2026",
    "dated": date(2026, 11, 26),
    "subject": "Undangan",
    "issuer": "Kepala Dinas Komunikasi dan Informatika",
    "state": "berlaku",
    "since": AT,
}
STATES = ("berlaku", "belum_ditandatangani", "diganti", "dibatalkan")
_FILE: dict[str, Any] = {"filename": "Surat_Undangan.pdf", "asked": "", "of_another": False}

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "check/ask": [{"limit_mb": 20}],
    "check/answer": [
        *({"city": "Kota Pangkalpinang"} | PAPER | {"state": state} for state in STATES),
        {"city": "Kota Pangkalpinang"} | PAPER | {"state": "dibatalkan", "since": None},
    ],
    "check/unknown": [{"readable": True}, {"readable": False}],
    "check/reading": [{"filename": "Surat_Undangan.pdf"}],
    "check/one_file": [{}],
    "check/as_document": [{}],
    "check/done": [{}],
    "check/file": [
        _FILE | {"match": "cetakan", "paper": PAPER},
        _FILE | {"match": "bertanda_tangan", "paper": PAPER, "asked": "7KQ2-M4TX-09BD"},
        _FILE | {"match": "bertanda_tangan", "paper": PAPER, "asked": "ABCD-EFGH-JKMN", "of_another": True},
        _FILE | {"match": "lain", "paper": PAPER, "asked": "7KQ2-M4TX-09BD"},
        _FILE | {"match": "lain", "paper": None},
    ],
    "check/failed": [
        {"filename": "Surat_Undangan.pdf", "size": 3_000_000, "reason": reason}
        for reason in ("too_big", "empty", "gone", "unavailable", "unexpected")
    ],
    "refusals/too_many_checks": [{"until": AT}],
}
