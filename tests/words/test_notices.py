"""What people are told without having asked: each notice, also with hostile values, as Telegram reads it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.wording import Wording
from tests.handlers.desk import TEMPLATES, office
from tests.latihan.tdlib import parse_html

WORDING = Wording(TEMPLATES, office().names)
AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)  # Jumat, 11 Desember 2026 pukul 16.30 WIB
CYCLE = {"cycle": "Evaluasi Mandiri SPBE 2026", "reason": "Menunggu penetapan", "at": AT}
LEND = {
    "kind": "Plh.",
    "role": "Kabid",
    "absent": "Budi",
    "substitute": "Sari",
    "starts_on": date(2026, 11, 24),
    "ends_on": date(2026, 11, 27),
}
STEP = {"step": "Pengumpulan data dukung", "number": 4}
REMINDER = STEP | {
    "rung": "half",
    "steps": 8,
    "cycle": CYCLE["cycle"],
    "opd": "Dinas Kesehatan",
    "target_at": None,
    "due_at": AT,
    "late": False,
    "days": 3,
    "minutes": 900,
    "missing": ["I33", "I42"],
    "total": 5,
    "to_begin": False,
    "scheduled": False,
}
ASKED = STEP | {"question": "Pasti?", "by": "Kabid", "cycle": CYCLE["cycle"]}
LINE = STEP | {"output": "Surat", "by": "Kabid", "at": AT, "cycle": CYCLE["cycle"], "opd": "", "done": 0, "total": 0}
NOTICES = {
    "paper": {"title": "Lembar Disposisi", "cycle": ""},
    "task_without_holder": {"step": "Rapat", "role": "Tim SPBE Kota", "opd": ""},
    "question_asked": ASKED,
    "question_waits": ASKED | {"asked_at": AT},
    "question_answered": ASKED | {"answer": "Ya"},
    **{f"cycle_{what}": CYCLE for what in ("suspended", "resumed", "cancelled", "reopened", "completed")},
    **{f"group/cycle_{what}": CYCLE for what in ("suspended", "resumed", "cancelled", "reopened", "completed")},
    "role_revoked": {"role": "OPD", "opd": "Dinas Kesehatan"},
    "delegation_set": LEND,
    "delegation_of_you": LEND,
    "delegation_ended": LEND | {"yours": True},
    "person_unreachable": {"name": "Dewi", "reason": "blocked"},
    "group_lost": {"team": "Tim SPBE Diskominfo", "reason": "kicked"},
    "reminder": REMINDER,
    "digest": {
        "tasks": [STEP | {"cycle": CYCLE["cycle"], "due_at": AT, "late": True, "to_answer": False, "signature": False}]
    },
    "file_stored": {"filename": "scan.pdf", "size": 12345, "purpose": "official", "at": AT},
    "file_failed": {"filename": "scan.pdf", "size": 0, "reason": "gone"},
    "paper_failed": {"title": "Surat Undangan"},
    "group/cycle_opened": STEP | {"cycle": CYCLE["cycle"], "opds": 26, "actor": "Tim SPBE Diskominfo", "at": AT},
    "group/clock_stopped": STEP | {"cycle": CYCLE["cycle"], "by": "Kabid", "due_at": AT},
    "group/clock_runs": STEP | {"cycle": CYCLE["cycle"], "by": "Tim SPBE Diskominfo", "due_at": AT},
    "group/letter_numbered": {
        "cycle": CYCLE["cycle"],
        "title": "Surat Undangan",
        "number": "500.12/001/DISKOMINFO/XI/2026",
        "dated": date(2026, 11, 24),
        "again": False,
    },
    "group/letters_sent": STEP | {"cycle": CYCLE["cycle"], "by": "Sekretariat", "by_bot": 20, "by_hand": 6, "at": AT},
    "group/letter_replaced": {
        "cycle": CYCLE["cycle"],
        "title": "Surat Undangan",
        "before": "500.12/001/DISKOMINFO/XI/2026",
        "number": "500.12/003/DISKOMINFO/XI/2026",
        "by_bot": 20,
        "by_hand": 6,
        "at": AT,
    },
    "group/letter_revoked": {
        "cycle": CYCLE["cycle"],
        "title": "Surat Undangan",
        "number": "500.12/001/DISKOMINFO/XI/2026",
        "at": AT,
    },
    "group/bound": {"team": "Tim SPBE Diskominfo"},
    "group/task_returned": STEP | {"by": "Sekda", "recorded_by": "Kabid", "opd": "", "cycle": CYCLE["cycle"]},
    "group/task_handed_over": LINE | {"due": None},
    "group/task_closed_without": {"opd": "Dinas Kesehatan", "cycle": CYCLE["cycle"], "by": "Tim"},
}


def hostile(value, length=60):
    """What a person could type: markup, half characters; names in lists of up to 80 letters (a cycle's limit)."""
    if isinstance(value, str):
        return ('<b>&"\u202e\ud83d{{ x }}</i> ' * length)[: length * 4]
    if isinstance(value, dict):
        return {k: v if k in ("rung", "state", "purpose") else hostile(v, length) for k, v in value.items()}
    return [hostile(v, 20) for v in value * 40] if isinstance(value, list) else value


def read(template, params):
    parsed = parse_html(WORDING.message(template, params))
    assert not isinstance(parsed, str), f"{template}: {parsed}"
    assert len(parsed[0]) <= 4096, template
    return parsed[0]


@pytest.mark.parametrize("template", sorted(NOTICES))
def test_a_notice_can_be_read_with_usual_and_with_hostile_values(template):
    text = read(template, NOTICES[template])
    assert len(text.splitlines()) <= 12
    assert ".Berikutnya" not in text
    read(template, hostile(NOTICES[template]))
    emptied = {k: "" if isinstance(v, str) and k != "rung" else v for k, v in NOTICES[template].items()}
    read(template, emptied)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rung": "half"}, "Separuh waktu"),
        ({"rung": "target", "target_at": AT}, "Target tugas ini jatuh pada Jumat, 11 Desember 2026 pukul 16.30 WIB"),
        ({"rung": "before_1", "days": 1}, "Tinggal satu hari kerja: batas waktu Jumat, 11 Desember 2026"),
        ({"rung": "before_3"}, "sisa 3 hari kerja"),
        ({"rung": "due", "days": 0, "minutes": 0}, "jatuh sekarang"),
        ({"rung": "signature", "since": AT, "days": 0}, "dibawa ke Sekda sejak Jumat, 11 Desember 2026"),
        ({"rung": "each_after", "late": True, "days": 2}, "terlambat 2 hari kerja"),
        ({"rung": "each_after", "late": True, "days": 0, "minutes": 25}, "terlambat 25 menit kerja"),
        ({"missing": []}, "tinggal diserahkan"),
        ({"missing": [f"I{n}" for n in range(20)], "total": 30}, "… dan 14 lainnya"),
        ({"missing": [], "total": 0, "opd": ""}, "Separuh waktu"),
    ],
)
def test_a_reminder_says_which_moment_it_is_and_what_is_still_owed(changes, says):
    assert says in read("reminder", REMINDER | changes)


@pytest.mark.parametrize("reason", ["blocked", "never_started", "deactivated", "forbidden"])
def test_who_cannot_be_reached_is_told_with_what_helps(reason):
    assert "Mohon" in read("person_unreachable", {"name": "Dewi", "reason": reason})


@pytest.mark.parametrize("reason", ["too_big", "empty", "gone", "unavailable", "unexpected"])
def test_a_file_that_could_not_be_fetched_says_what_to_do(reason):
    words = read("file_failed", {"filename": "scan.pdf", "size": 34 * 1024 * 1024, "reason": reason})
    assert "kirim ulang" in words
    assert "34,0 MB" in words


def test_the_group_hears_how_many_agencies_have_handed_over():
    words = read("group/task_handed_over", LINE | {"opd": "Dinas Kesehatan", "done": 19, "total": 26, "due": AT})
    assert "19 dari 26 perangkat daerah sudah menyerahkan data. Terbaru: Dinas Kesehatan." in words
    assert "Batas waktu Jumat, 11 Desember 2026 pukul 16.30 WIB." in words


def test_the_days_of_a_substitution_read_as_one_day_when_it_is_one():
    one = LEND | {"starts_on": LEND["starts_on"], "ends_on": LEND["starts_on"]}
    assert "pada Selasa, 24 November 2026." in read("delegation_of_you", one)
    assert "24 November 2026 sampai Rabu" in read(
        "delegation_of_you", one | {"ends_on": LEND["starts_on"] + timedelta(days=1)}
    )


def test_whoever_was_absent_is_addressed_when_the_substitution_ends():
    assert "kembali ditangani Bapak/Ibu" in read("delegation_ended", LEND | {"yours": True})
    assert f"kembali ditangani {LEND['absent']}" in read("delegation_ended", LEND | {"yours": False})


def test_a_decided_card_keeps_its_lines_apart():
    params = {
        "number": 2,
        "steps": 8,
        "step": "Disposisi",
        "opd": "",
        "cycle": "Evaluasi",
        "by": "Kabid",
        "by_name": "Budi",
        "recorded_by": "",
        "at": AT,
        "note": "Tanggal",
        "output": "Surat",
        "next_step": "Surat",
        "next_actor": "Sekretariat",
    }
    for outcome in ("diserahkan", "dikembalikan", "ditutup"):
        lines = read("card/decided", params | {"outcome": outcome, "disposed": True}).splitlines()
        assert lines[-1] == "Tidak ada lagi yang perlu Bapak/Ibu lakukan di sini."
    for state in ("ditangguhkan", "dibatalkan", "selesai"):
        read("card/halted", params | {"cycle_state": state, "cycle_reason": "Libur"})
