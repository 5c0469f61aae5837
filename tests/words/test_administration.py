"""What people and cycles are managed with: every message with usual, empty and hostile values, as Telegram reads it."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import get_type_hints

import pytest

from sop import events
from tests.words.test_notices import WORDING, hostile, read

AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 11)
PAGE = {"page": 1, "pages": 2, "total": 9}
ROLE = {"role": "OPD", "opd": "Dinas Kesehatan"}
PERSON = {"name": "Siti Aminah", "opds": ["Dinkes"], "reachable": False, "reason": "blocked"}
LENT = ROLE | {
    "kind": "Plh.",
    "absent": "Budi Santoso",
    "substitute": "Siti Aminah",
    "starts_on": DAY,
    "ends_on": DAY,
    "running": True,
}
CYCLE = {"cycle": "Evaluasi Mandiri SPBE 2026", "reason": "Menunggu penetapan", "open": 3}
MISTAKE = {"row": 5, "problem": "unknown_opd", "value": "xx", "table": "petugas"}
PROBLEMS = ["unknown_opd", "opd_missing", "unknown_role", "twice", "name_long"]
PROBLEMS += ["opd_incomplete", "opd_code", "opd_long", "opd_taken"]
MESSAGES = {
    "people/ask_role": {"missing": 3},
    "people/ask_opd": ROLE | PAGE,
    "people/ask_label": ROLE,
    "people/invited": ROLE | {"label": "Siti", "link": "https://t.me/b?start=x", "expires_at": AT},
    "people/ask_all": {"fresh": 3, "invited": 2, "opds": 33},
    "people/slips_coming": {"count": 3},
    "people/slips": {"count": 3, "days": 14},
    "people/roster": {"members": 9, "unused": 1, "cut_off": 2, "opds": 33, "covered": 20},
    "people/of_role": ROLE | PAGE | {"people": [PERSON] * 2},
    "people/cut_off": PAGE | {"people": [PERSON]},
    "people/person": PERSON | {"roles": [ROLE | {"since": AT}], "started_at": AT, "substitutions": [LENT]},
    "people/ask_revoke": ROLE | {"name": "Siti", "left": 1, "last": True},
    "people/revoked": ROLE | {"name": "Siti"},
    "people/ask_give": {"name": "Siti"},
    "people/confirm_give": ROLE | {"name": "Siti"},
    "people/given": ROLE | {"name": "Siti"},
    "people/invitations": PAGE,
    "people/invitation": ROLE | {"label": "Siti", "created_at": AT, "expires_at": AT, "lapsed": False, "by": "Admin"},
    "people/uninvited": ROLE | {"label": "Siti"},
    "people/opds": PAGE | {"empty": 2},
    "people/opd": {
        "opd": "Dinas Kesehatan",
        "head": "Kepala Dinas Kesehatan",
        "key": "dinas_kesehatan",
        "people": [PERSON],
        "more": 1,
        "unused": [{"label": "Siti", "expires_at": AT}],
    },
    "people/ask_file": {"opds": 33},
    "people/file_coming": {"filename": "daftar.xlsx"},
    "people/import_summary": {
        "filename": "daftar.xlsx",
        "opds": 2,
        "total": 3,
        "roles": [{"role": "OPD", "count": 3}],
        "known": ["Siti"],
        "known_count": 2,
        "agencies": [{"name": "UPTD Metrologi", "head": "Kepala UPTD Metrologi"}],
        "agency_count": 2,
    },
    "people/agencies_added": {"agencies": 1, "count": 3},
    "people/import_mistakes": {"filename": "daftar.xlsx", "mistakes": [MISTAKE], "more": 2},
    "role_granted": ROLE,
    "delegation/list": PAGE | {"lines": [LENT]},
    "delegation/ask_end": LENT,
    "delegation/ended": {},
    "delegation/ask_absent": {"own": True, "manages": True},
    "delegation/ask_role": {},
    "delegation/ask_holder": ROLE | PAGE,
    "delegation/ask_substitute": ROLE | PAGE | {"absent": "Budi", "contact": "Sekretariat"},
    "delegation/ask_kind": ROLE | {"substitute": "Siti"},
    "delegation/ask_from": {"kind": "Plh."},
    "delegation/ask_until": {"starts_on": DAY},
    "delegation/confirm": LENT,
    "delegation/appointed": LENT,
    "delegation_begins": {"kind": "Plh.", "role": "Kabid", "absent": "Budi", "ends_on": DAY},
    "groups/how": {"bot": "monev_spbe_bot"},
    "groups/ask_purpose": {},
    "groups/hello": {"bot": "monev_spbe_bot"},
    "admin/cycles": PAGE,
    "admin/cycle": CYCLE
    | {"state": "berjalan", "opened_at": AT, "opened_by": "Tim", "steps": [{"number": 1, "step": "Persiapan"}]},
    "admin/confirm_cancel": CYCLE,
    "admin/history_cycles": PAGE,
}
KINDS = sorted(
    (e for e in vars(events).values() if isinstance(e, type) and issubclass(e, events.Event) and e is not events.Event),
    key=lambda e: e.__name__,
)
_EXAMPLES = {str: "Contoh", int: 3, datetime: AT, date: DAY, bool: True}


def fact(kind: type[events.Event], name: str):
    """Something of the type that the field has, as the journal gives it back."""
    hint = get_type_hints(kind)[name]
    value = next((v for t, v in _EXAMPLES.items() if hint in (t, t | None)), None)
    if value is None:
        return ["Contoh"] if "tuple" in str(hint) else {"title": "Kabid"}
    return value.isoformat() if isinstance(value, date) else value


def line(kind: type[events.Event], **more):
    facts = {f.name: fact(kind, f.name) for f in fields(kind)}
    known = {"at": AT, "name": "Rina", "capacity": "Tim SPBE Diskominfo", "event": kind.__name__, "cycle": ""}
    return known | {"facts": facts} | more


def nested(value) -> bool:
    return isinstance(value, list) and isinstance(value[0], dict) and value[0] is not MISTAKE


@pytest.mark.parametrize("template", sorted(MESSAGES))
def test_a_message_can_be_read_with_usual_empty_and_hostile_values(template):
    usual = MESSAGES[template]
    assert len(read(template, usual).splitlines()) <= 12
    short = ("problem", "state", "kind", "reachable")  # ours, not typed by anybody
    wild = {k: v if k in short else hostile(v, 20) for k, v in usual.items() if k != "mistakes"}
    wild |= {k: [w | {s: v[0][s] for s in short if s in v[0]} for w in wild[k]] for k, v in usual.items() if nested(v)}
    read(template, wild | {"mistakes": [MISTAKE | {"value": hostile("x")}] * 8})
    read(template, {k: [] if isinstance(v, list) else "" if isinstance(v, str) else v for k, v in usual.items()})


@pytest.mark.parametrize("act", ["suspend", "resume", "cancel", "reopen"])
def test_every_act_on_a_cycle_says_what_it_means_before_and_after(act):
    assert "alasan" in read("admin/ask_reason", CYCLE | {"act": act})
    assert CYCLE["reason"] in read("admin/changed", CYCLE | {"act": act})
    assert "Tidak ada tugas" in read("admin/changed", CYCLE | {"act": act, "open": 0})


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_mistake_in_a_list_has_its_sentence(problem):
    params = {"filename": "d.xlsx", "mistakes": [MISTAKE | {"problem": problem}], "more": 0}
    words = read("people/import_mistakes", params)
    assert "baris 5: " in words
    assert "belum dapat dibaca" not in words


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_every_kind_of_event_has_its_words_in_the_journal(kind):
    params = {"cycle": "", "several": False, "full": True, "lines": [line(kind)]}
    words = read("admin/history", params)
    assert "Tindakan lain" not in words
    assert len(words.splitlines()) == 3
    read("admin/history", params | {"lines": [line(kind, facts=hostile(line(kind)["facts"]))] * 8})
    read("admin/history", params | {"lines": [line(kind, facts={}, name="")], "full": False})


def test_a_kind_from_an_older_version_is_shown_as_some_act():
    params = {"cycle": "", "several": True, "full": True}
    words = read("admin/history", params | {"lines": [line(events.CycleOpened, event="Forgotten", cycle="Lama")]})
    assert "Tindakan lain — Tim SPBE Diskominfo (Rina) · Lama" in words
    assert WORDING.templates
