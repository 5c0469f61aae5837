"""What the builders make of the shipped office: to whom letters go, what goes along, links, the SOP's own sheet."""

from dataclasses import replace
from datetime import UTC, datetime

from sop.evidence import EvidenceFile, ItemState
from sop.letters import Letter, LetterState
from sop.meeting import Sitting
from sop.paperwork import others, tanda_terima
from sop.paperwork_meeting import undangan_rapat
from sop.paperwork_sheets import sop_sheet
from tests.offices import shipped
from tests.sop.test_cycle import BY_TIM, Office
from tests.sop.test_recap import item

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BEGINS = datetime(2026, 12, 8, 2, 0, tzinfo=UTC)  # 09.00 WIB


def invitation(*agenda: str, roles=("tim_kota", "kabid", "opd"), opds=None):
    office = Office()
    cycle = office.cycle if opds is None else replace(office.cycle, opds=opds)
    letter = Letter("l", cycle.id, "undangan_rapat", LetterState.DRAFT, "SETDA", NOW)
    sitting = Sitting(1, "t", BEGINS, "Smart Room", agenda)
    return undangan_rapat(shipped(), cycle, letter, sitting, BEGINS.replace(hour=5), roles, NOW)


def test_whoever_signs_the_invitation_is_not_invited_by_it():
    made = invitation("Pembukaan", opds=("dinas_kesehatan", "dishub", "setda"))
    assert made.signature.title == "Sekretaris Daerah Kota Pangkalpinang"
    assert "Sekretaris Daerah" not in made.recipients.titles
    assert "Kepala Bidang Penyelenggaraan E-Government" in made.recipients.titles  # in full, as a letter names it
    assert others(None, ["Kepala Dinas"], "Kota") == ("Kepala Dinas",)


def test_the_head_of_an_invitation_counts_what_goes_along():
    seven = tuple(f"Pokok {n}" for n in range(7))
    assert invitation("Pembukaan", roles=("tim_kota",)).head.lampiran == "-"
    assert invitation(*seven, roles=("tim_kota",)).head.lampiran == "1 (satu) lembar"
    assert invitation("Pembukaan").head.lampiran == "1 (satu) lembar"
    assert invitation(*seven).head.lampiran == "2 (dua) berkas"
    assert invitation("Pembukaan").recipients.collective == "Peserta Rapat Koordinasi"


def test_an_agenda_with_times_becomes_a_programme():
    first, second = invitation("09.00 Pembukaan - Sekretaris Daerah", "9.30 Pembahasan nilai").agenda
    assert (first.activity, first.lead, first.starts_at) == ("Pembukaan", "Sekretaris Daerah", BEGINS)
    assert (second.activity, second.lead, second.starts_at) == ("Pembahasan nilai", None, BEGINS.replace(minute=30))
    mixed = invitation("09.00 Pembukaan", "Pembahasan nilai").agenda
    assert [point.activity for point in mixed] == ["09.00 Pembukaan", "Pembahasan nilai"]
    assert [point.starts_at for point in mixed] == [None, None]


def test_a_link_has_no_fingerprint_because_what_it_leads_to_is_not_kept():
    link = EvidenceFile(
        "f", "https://contoh.go.id/a", 0, NOW, "x", "Rina", link="https://contoh.go.id/a", sha256="0" * 64
    )
    sent = replace(item("dishub", "U1", ItemState.UPLOADED), files=(replace(link, state="tersimpan"),))
    made = tanda_terima(
        shipped(), Office().cycle, "dishub", (sent,), code="TT-1", by=BY_TIM, account="akun", receiver="Tim",
        late=None, now=NOW,
    )  # fmt: skip
    (file,) = made.items[0].files
    assert (file.name, file.sha256) == ("https://contoh.go.id/a", None)


def test_the_sop_sheet_names_nobody_who_has_not_approved_it_and_says_what_is_our_reading():
    made = sop_sheet(shipped(), NOW)
    assert made.approved_by.name is None
    assert made.unit == "Bidang Penyelenggaraan E-Government"
    assert not made.confirmed
    assert [s.returns_to for s in made.steps if s.returns_to] == [1, 2, 5, 6]
