"""Parameters of the words of the meeting (SOP step 6): its card, its dates, its list, its notula."""

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
LATER = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
DAY = date(2026, 12, 11)
WHOLE = "Evaluasi Mandiri SPBE 2026"
PAGE = {"page": 2, "pages": 3, "total": 20}
PLACE = "Smart Room Center, Kantor Wali Kota Pangkalpinang"
AGENDA = ["Penyampaian rekapitulasi", "Penilaian per indikator"]
LACKING = ["sidang", "hadir", "pimpinan", "notulis", "pembahasan", "keputusan"]
TASK = {
    "number": 6,
    "steps": 8,
    "step": "Rapat koordinasi",
    "activity": "Mengadakan rapat koordinasi",
    "cycle": WHOLE,
    "opd": "",
    "pass_no": 2,
    "target_at": None,
    "due_at": AT,
    "late": False,
    "days": 2,
    "minutes": 25,
    "paused": False,
    "cycle_state": "berjalan",
    "cycle_reason": "",
    "question": "",
    "came_back": "Nilai perlu dibahas ulang.",
    "came_back_from": "Kabid Penyelenggaraan E-Government",
    "came_back_recorded_by": "",
    "returnable": True,
}
SITTING = {"sitting": 2, "starts_at": AT, "place": PLACE, "agenda": AGENDA}
LETTER = {
    "title": "Undangan Rapat Koordinasi",
    "state": "bernomor",
    "number": "500.12/003/DISKOMINFO/XII/2026",
    "dated": DAY,
    "signatory": "Sekretaris Daerah Kota Pangkalpinang",
    "void": ["500.12/002/DISKOMINFO/XII/2026"],
    "arriving": False,
}
CARD = TASK | {
    "phase": "terjadwal",
    "sitting": SITTING | {"began_at": AT},
    "letter": LETTER,
    "told": 41,
    "outdated": True,
    "present": 23,
    "held_before": True,
    "limit": 180,
    "since": AT,
    "lacking": LACKING,
    "scored": 31,
    "indicators": 47,
    "unscored": 16,
}
_PEOPLE = {"cycle": WHOLE, "sitting": 2, "began_at": AT, "running": True, "absent": 18}
_LINE = {"name": "Siti Aminah", "post": "Statistisi", "agency": "BPS Kota", "at": AT, "by": "Ahmad Fauzi"}
_DATE = {"starts_at": AT, "place": PLACE, "agenda": AGENDA}
_INVITED = {
    "cycle": WHOLE,
    "starts_at": AT,
    "place": PLACE,
    "persons": 41,
    "by_hand": 3,
    "by_hand_names": ["Dinas Perikanan", "Dinas Pertanian"],
}
_NONE_BY_HAND = {"by_hand": 0, "by_hand_names": []}
_INVITATION = {"cycle": WHOLE, "before": LATER, "letter": True, "taken_up": False, **SITTING}
_MINUTES = {
    "cycle": WHOLE,
    "chair": "Maria Ulfa - Sekretaris Daerah",
    "minute_taker": "Rani - Pranata Komputer",
    "discussion": 4,
    "decisions": 3,
    "follow_ups": 2,
    "dissent": 1,
    "lacking": LACKING,
    "scored": 31,
    "indicators": 47,
    "unscored": 16,
}
_EMPTY = {"chair": "", "minute_taker": "", "discussion": 0, "decisions": 0, "follow_ups": 0, "dissent": 0}
_POINT = {"topic": "Peta rencana SPBE", "speaker": "Dinas Kesehatan", "words": "Masih rancangan.\nBulan depan."}
_PLAIN = {"topic": "", "speaker": "", "words": "Semua indikator dibahas satu per satu."}
_NEXT = {"next_number": 7, "next_step": "Formulir dan Berita Acara", "next_actor": "Tim SPBE Diskominfo"}
_LAST = {"next_number": 0, "next_step": "", "next_actor": ""}
_PROBLEMS = {
    "agenda": (("many", "10"),),
    "guest": (("form", "Siti - BPS"), ("long", "Siti - x - y"), ("many", "200"), ("empty", "")),
    "officer": (("form", "Siti"), ("long", "100")),
    "decision": (("long", "600"), ("many", "30"), ("empty", "")),
    "follow_up": (
        ("form", "Audit"),
        ("date", "Audit - Inspektorat - nanti"),
        ("past", "Audit - Inspektorat - 1 Januari"),
        ("long", "Audit - Inspektorat"),
        ("many", "30"),
        ("empty", ""),
    ),
    "dissent": (("form", "Nilai terlalu tinggi"), ("long", "Inspektorat: x"), ("many", "20"), ("empty", "")),
    "discussion": (
        ("long", "3000"),
        ("heading", "Peta rencana"),
        ("form", "Peta rencana"),
        ("many", "40"),
        ("empty", ""),
    ),
}

MESSAGES: dict[str, list[dict[str, Any]]] = {
    "card/meeting": [
        *(
            CARD | {"letter": LETTER | {"state": state, "arriving": arriving}}
            for state in ("rancangan", "bernomor", "ditandatangani", "terkirim")
            for arriving in (True, False)
        ),
        CARD | {"letter": LETTER | {"state": "rancangan", "void": []}, "late": True, "came_back": ""},
        *(CARD | {"phase": phase} for phase in ("jadwalkan", "berlangsung", "jeda", "lanjutan", "notula")),
        CARD | {"phase": "jadwalkan", "held_before": False, "sitting": None, "letter": None, "late": True},
        CARD | {"phase": "notula", "lacking": [], "unscored": 0},
        CARD | {"phase": "lanjutan", "paused": True, "letter": None},
    ],
    "meeting/none": [{}],
    "meeting/ask_day": [
        {"cycle": WHOLE, "further": further, "now_at": at, "place": PLACE if at else ""}
        for further in (True, False)
        for at in (AT, None)
    ],
    "meeting/ask_clock": [{"day": DAY, "off": off} for off in ("Hari Raya Natal", "")],
    "meeting/ask_place": [{}],
    "meeting/ask_agenda": [{"agenda": AGENDA}],
    "meeting/confirm_date": [
        _DATE | {"told": told, "phase": phase, "off": off}
        for told, phase, off in (
            (41, "terjadwal", "Hari Raya Natal"),
            (0, "jadwalkan", ""),
            (0, "berlangsung", ""),
            (0, "jeda", ""),
            (0, "notula", ""),
            (0, "lanjutan", ""),
        )
    ],
    "meeting/date_set": [
        _DATE | {"sitting": sitting, "told": told, "letter": letter, "before": before}
        for sitting, told, letter, before in (
            (1, 0, "rancangan", None),
            (1, 0, "bernomor", LATER),
            (1, 41, "terkirim", LATER),
            (2, 41, "", None),
        )
    ],
    "meeting/ask_call_off": [{"starts_at": AT, "told": 41}],
    "meeting/called_off": [{"starts_at": AT, "told": 41}],
    "meeting/letter_drafted": [{"title": "Undangan Rapat Koordinasi"}],
    "meeting/ask_invite": [_INVITED, _INVITED | _NONE_BY_HAND],
    "meeting/invited": [_INVITED, _INVITED | _NONE_BY_HAND],
    "meeting/ask_begin": [
        {"sitting": n, "starts_at": AT, "early": odd, "untold": odd, "persons": 41, "minutes": minutes, "first": first}
        for n, odd, minutes, first in ((1, True, 180, True), (1, False, 0, True), (2, False, 180, False))
    ],
    "meeting/begun": [{"sitting": n, "at": AT, "due_at": LATER} for n in (1, 2)],
    "meeting/resting": [{"at": AT}],
    "meeting/taken_up": [{"at": AT, "due_at": LATER}],
    "meeting/ask_finish": [{"present": 23}],
    "meeting/finished": [{"at": AT, "present": 23, "due_at": LATER}],
    "meeting/attended": [
        {"cycle": WHOLE, "sitting": n, "name": "Dewi", "post": "OPD", "agency": "Dinas Kesehatan", "at": AT}
        for n in (1, 2)
    ],
    "meeting/people": [
        _PEOPLE | PAGE | {"people": [_LINE, _LINE | {"by": ""}]},
        _PEOPLE | {"page": 1, "pages": 1, "total": 0, "running": False, "absent": 0, "sitting": 1, "people": []},
    ],
    "meeting/absent": [_PEOPLE | PAGE, _PEOPLE | {"page": 1, "pages": 1, "total": 0}],
    "meeting/slips": [_PEOPLE | PAGE, _PEOPLE | {"page": 1, "pages": 1, "total": 0}],
    "meeting/marked": [{"name": "Dewi"}],
    "meeting/struck": [{"name": "Dewi"}],
    "meeting/removed": [{}],
    "meeting/list_paper": [{"cycle": WHOLE, "at": AT}],
    "meeting/ask_guests": [{}],
    "meeting/guests_kept": [
        {"names": ["Siti Aminah", "Tono"], "count": 11, "present": 23},
        {"names": [], "count": 0, "present": 23},
    ],
    "meeting/minutes": [
        _MINUTES,
        _MINUTES | _EMPTY,
        _MINUTES | {"lacking": []},
        _MINUTES | {"lacking": [], "unscored": 0},
    ],
    "meeting/ask_officer": [
        {"chair": chair, "now": now, "offered": offered}
        for chair, now, offered in ((True, "Maria - Sekda", True), (False, "", False))
    ],
    "meeting/officer_kept": [{"chair": chair, "named": "Maria - Sekda"} for chair in (True, False)],
    "meeting/ask_discussion": [{"longest": 3000}],
    "meeting/ask_correction": [_POINT, _PLAIN],
    "meeting/discussion": [
        PAGE | {"points": [_POINT, _PLAIN], "first": 9},
        {"page": 1, "pages": 1, "total": 0, "points": [], "first": 1},
    ],
    "meeting/point": [_POINT, _PLAIN],
    "meeting/discussion_kept": [
        point | {"count": 4, "corrected": corrected} for point in (_POINT, _PLAIN) for corrected in (True, False)
    ],
    "meeting/decisions": [
        PAGE | {"decisions": ["Nilai diterima"], "first": 9},
        {"page": 1, "pages": 1, "total": 0, "decisions": [], "first": 1},
    ],
    "meeting/dissent": [
        PAGE | {"dissent": [{"who": "Inspektorat Daerah", "words": "Nilai I08 sebaiknya 2"}], "first": 9},
        {"page": 1, "pages": 1, "total": 0, "dissent": [], "first": 1},
    ],
    "meeting/ask_dissent": [{}],
    "meeting/dissent_kept": [{"count": 2, "who": "Inspektorat Daerah", "words": "Nilai I08 sebaiknya 2"}],
    "meeting/follow_ups": [
        PAGE
        | {
            "follow_ups": [
                {"what": "Melengkapi SK", "who": "Bagian Organisasi", "by_when": DAY},
                {"what": "Audit ulang", "who": "Inspektorat", "by_when": None},
            ],
            "first": 9,
        },
        {"page": 1, "pages": 1, "total": 0, "follow_ups": [], "first": 1},
    ],
    "meeting/ask_decision": [{}],
    "meeting/decision_kept": [{"count": 3, "last": "Nilai diterima"}],
    "meeting/ask_follow_up": [{}],
    "meeting/follow_up_kept": [
        {"count": 2, "what": "Audit ulang", "who": "Inspektorat", "by_when": day} for day in (DAY, None)
    ],
    "meeting/minutes_paper": [{"cycle": WHOLE, "at": AT}],
    "meeting/ask_confirm": [
        {"chair": "Maria - Sekda", "decisions": 3, "follow_ups": 2, "dissent": dissent, "attended": 23} | after
        for dissent, after in ((0, _NEXT), (1, _LAST))
    ],
    "meeting/confirmed": [
        {"cycle": WHOLE, "at": AT, "due_at": LATER} | _NEXT,
        {"cycle": WHOLE, "at": AT, "due_at": None} | _LAST,
    ],
    "meeting_invitation": [
        _INVITATION,
        _INVITATION | {"before": AT, "letter": False},
        _INVITATION | {"before": None},
        _INVITATION | {"before": None, "letter": False, "taken_up": True},
        _INVITATION | {"before": None, "sitting": 1, "letter": False},
    ],
    "meeting_called_off": [
        SITTING | {"cycle": WHOLE, "why": why, "reason": reason}
        for why, reason in (
            ("kembali", "Rekap belum lengkap."),
            ("kembali", ""),
            ("tidak_perlu", ""),
            ("ditangguhkan", "Audit."),
            ("dibatalkan", ""),
        )
    ],
    "meeting_began": [SITTING | {"cycle": WHOLE}, SITTING | {"cycle": WHOLE, "sitting": 1}],
    "group/meeting_scheduled": [
        {"cycle": WHOLE, "sitting": n, "starts_at": AT, "place": PLACE, "before": before}
        for n, before in ((1, None), (2, LATER))
    ],
    "group/meeting_called_off": [
        {"cycle": WHOLE, "sitting": 2, "starts_at": AT, "why": why} for why in ("kembali", "tidak_perlu")
    ],
    "group/work_stands": [
        {"cycle": WHOLE, "number": 7, "step": "Formulir", "why": why, "stands": stands, "at": AT, "due_at": due}
        for why, stands, due in (
            ("jeda", True, AT),
            ("jeda", False, AT),
            ("tanda_tangan", True, AT),
            ("tanda_tangan", False, AT),
            ("tanda_tangan", False, None),
        )
    ],
    "group/meeting_invited": [{"cycle": WHOLE, "persons": 41, "starts_at": AT}],
    "group/meeting_began": [{"cycle": WHOLE, "sitting": n, "at": AT, "place": PLACE} for n in (1, 2)],
    "group/meeting_ended": [
        {"cycle": WHOLE, "sitting": n, "at": AT, "present": 23, "goes_on": goes_on}
        for n, goes_on in ((1, True), (2, False))
    ],
    "refusals/incomplete": [
        {"act": "confirm_minutes", "missing": LACKING},
        {"act": "scores", "missing": ["I01", "I02", "I03"]},
    ],
    **{
        f"refusals/input/{field}": [{"field": field, "problem": p, "value": value} for p, value in problems]
        for field, problems in _PROBLEMS.items()
    },
}

LABELS: dict[str, list[dict[str, Any]]] = {
    "meeting.day": [{"at": AT}],
    "meeting.clock": [{"clock": "09.00"}],
    "meeting.place": [{"place": PLACE}],
    "meeting.begin": [{"number": 0}, {"number": 2}],
    "meeting.people": [{"count": 23}],
    "meeting.absent": [{"count": 18}],
    "meeting.mark": [{"name": "Dewi Anggraini", "of": "Dinkes"}],
    "meeting.strike": [{"name": "Dewi Anggraini", "of": "Dinas Kesehatan"}],
    "meeting.officer": [{"name": "Dewi Anggraini", "of": "Kepala Subbagian"}],
    "meeting.discussion": [{"count": 3}],
    "meeting.point": [{"number": 3, "topic": "Peta rencana SPBE"}],
    "meeting.decisions": [{"count": 3}],
    "meeting.dissent": [{"count": 3}],
    "meeting.follow_ups": [{"count": 2}],
    "meeting.remove": [{"number": 3}],
}
