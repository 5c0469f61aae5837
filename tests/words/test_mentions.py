"""Every sentence that the code asks for is there: templates, labels, descriptions, and a sentence for each reason."""

from datetime import UTC, datetime

import pytest

from bot.wording import TOAST_LIMIT, Wording
from tests.handlers.desk import TEMPLATES, office
from tests.words import mentions

WORDING = Wording(TEMPLATES, office().names)
AT = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)
KEYS = [opd.key for opd in office().opd_list.opds]
OTHER = WORDING.message("refusals/input/_other", {})


def sentence(template, **facts):
    words = WORDING.toast(f"refusals/{template}", facts)
    assert len(words) <= TOAST_LIMIT
    assert not words.endswith("…"), f"does not fit into an alert: {words}"
    return words


def test_every_message_that_the_code_mentions_has_a_template():
    there = set(WORDING.templates)
    missing = [f"{place}: {name}" for place, name in mentions.templates() if name and name not in there]
    assert not missing, "\n".join(missing)


def test_every_button_has_a_label():
    missing = [f"{place}: {key}" for place, key in mentions.labels() if key not in WORDING._labels]
    assert not missing, "\n".join(missing)


def test_every_refusal_has_a_sentence():
    from sop import refusals

    kinds = [k for k in vars(refusals).values() if isinstance(k, type) and issubclass(k, refusals.Refused)]
    named = {k.__new__(k).template for k in kinds if k is not refusals.Refused}
    assert {f"refusals/{name}" for name in named} <= set(WORDING.templates)


@pytest.mark.parametrize(("field", "problem"), sorted(mentions.refusals("BadInput", "field", "problem")))
def test_every_input_that_cannot_be_used_is_explained_in_its_own_words(field, problem):
    value = "rekaman-rapat.mp4|35651584" if (field, problem) == ("file", "large") else "3 Desembre " * 20
    words = sentence("bad_input", field=field, problem=problem, value=value)
    assert words != OTHER
    unexplained = sentence("bad_input", field=field, problem="never heard of", value=value)
    assert words != unexplained, f"{field}/{problem} has no sentence of its own"


@pytest.mark.parametrize("what", sorted(w for (w,) in mentions.refusals("NothingThere", "what")))
def test_everything_that_may_be_missing_is_named(what):
    assert sentence("nothing_there", what=what) != sentence("nothing_there", what="never heard of")


STATES = {state for (state,) in mentions.refusals("NotNow", "state")}
STATES |= {"ditangguhkan", "dibatalkan", "selesai", "berjalan"}  # of a cycle
STATES |= {"butir_none", "butir_accepted", "butir_rejected"}  # of an item
STATES |= {"surat_rancangan", "surat_terkirim", "surat_diganti"}  # of a letter


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_in_which_something_cannot_be_done_is_explained(state):
    unexplained = sentence("not_now", state="never heard of", reason="")
    assert sentence("not_now", state=state, reason="") != unexplained
    sentence("not_now", state=state, reason="Menunggu penetapan anggaran perubahan tahun ini oleh DPRD " * 9)


@pytest.mark.parametrize("act", sorted(a for (a,) in mentions.refusals("SameEyes", "act")))
def test_four_eyes_say_who_may_do_it(act):
    assert sentence("same_eyes", act=act) != sentence("same_eyes", act="never heard of")


@pytest.mark.parametrize(
    ("act", "missing", "says"),
    [
        ("hand_over", ["jawaban"], "belum dijawab"),
        ("ask", ["jawaban"], "masih menunggu jawaban"),
        ("close_without", [KEYS[0], KEYS[1]], "Alasan belum diisi untuk: Sekretariat"),
        ("hand_over_evidence", ["berkas_diproses"], "sedang disimpan"),
        ("hand_over_evidence", ["I12", "I33", "I42", "U1", "U2", "U3"], "I12, I33, I42, U1 dan 2 lainnya"),
        ("preview", ["tim", "kesiapan", "rapat"], "anggota tim, kesiapan, rincian rapat"),
        ("submit", ["pratinjau", "formulir_evaluasi"], "Formulir Evaluasi SPBE"),
        ("declare_absent", ["berkas_masih_ada"], "Tarik dulu"),
        ("send_letters", ["surat_undangan"], "Surat Undangan"),
        ("send_letters", ["surat"], "surat"),
        ("never heard of", ["sesuatu"], "sesuatu"),
    ],
)
def test_what_is_missing_is_put_into_words(act, missing, says):
    assert says in sentence("incomplete", act=act, missing=missing)


@pytest.mark.parametrize("outcome", ["diserahkan", "dikembalikan", "ditutup", "dijawab", "diterima", "lain"])
def test_somebody_who_comes_second_hears_who_was_first(outcome):
    words = sentence("already_decided", by="Plh. Kabid Penyelenggaraan E-Government", at=AT, outcome=outcome)
    assert "Plh. Kabid" in words
    assert "10.22 WIB" in words
    assert "Tidak ada lagi" in sentence("already_decided", by="", at=None, outcome=outcome)


def test_an_act_of_another_role_names_the_role():
    assert "Kabid Penyelenggaraan E-Government" in sentence("not_yours", role="kabid", roles=())
    several = sentence("not_yours", role="administrator", roles=("administrator", "kabid", "sekretariat"))
    assert "untuk Administrator, Kabid Penyelenggaraan E-Government atau Sekretariat Dinas." in several


@pytest.mark.parametrize("template", ["not_member", "invitation_useless", "dialogue_closed"])
def test_refusals_without_facts_have_their_sentence(template):
    assert sentence(template)


def test_nothing_forbidden_stands_in_the_words():
    for path in sorted((TEMPLATES / "messages").rglob("*.html")):
        words = path.read_text(encoding="utf-8")
        for never in (" Anda", " kamu", "Terjadi kesalahan", "Invalid", "Sukses"):
            assert never not in words, f"{path.name}: {never}"
        if path.parent.name in ("refusals", "input"):
            assert "! " not in words, path.name
