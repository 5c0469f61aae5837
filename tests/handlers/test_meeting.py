"""The meeting of step 6 as its people do it: date, invitation, sittings, attendance; and what must not happen."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from sop import events
from sop.actions.cycles import change_whole
from sop.cycle import Standing
from sop.letters import LetterState
from sop.telling import tell
from tests.handlers.desk import MORNING
from tests.handlers.meeting_desk import AHMAD, BAGUS, BUDI, DEWI, RANI, SARI, Sixth

MEETS = datetime(2026, 12, 3, 2, tzinfo=UTC)  # Kamis, 3 Desember 2026 pukul 09.00 WIB


@pytest.fixture
def desk(tmp_path) -> Sixth:
    return Sixth(tmp_path)


def entry(desk: Sixth, said) -> dict:
    """The event of the .ics that goes with a message."""
    (event,) = Calendar.from_ical(desk.content.read(said.attachment["sha256"])).walk("VEVENT")
    return event


def test_a_date_must_be_set_within_five_working_days_and_no_clock_runs_before(desk):
    card = desk.card()
    assert card.labels == ["Jadwalkan rapat", "Lihat rekap", "Kembalikan", "Kenapa tanggal ini?"]
    assert "Mohon menjadwalkan rapat" in card.words
    assert desk.task.clock_started_at is None
    assert desk.task.due_at == datetime(2026, 12, 1, 9, tzinfo=UTC)  # end of office hours


def test_a_date_is_asked_part_by_part_and_confirmed_before_it_holds(desk):
    said = desk.at_card("Jadwalkan rapat")
    assert "Hari apa rapat diadakan?" in said[-1].words
    assert "Pukul berapa" in desk.says(AHMAD, "3/12/2026")[-1].words
    assert "Di mana" in desk.says(AHMAD, "9")[-1].words
    asked = desk.only(desk.says(AHMAD, "Ruang Rapat"), "meeting/ask_agenda")
    assert "1. Rapat koordinasi evaluasi mandiri" in asked.words
    confirm = desk.only(desk.press(AHMAD, asked, "Pakai pokok ini"), "meeting/confirm_date")
    assert "Kamis, 3 Desember 2026 pukul 09.00 WIB" in confirm.words
    assert desk.meeting.sitting is None
    done = desk.press(AHMAD, confirm, "Ya, tetapkan")
    assert "Rapat dijadwalkan." in desk.only(done, "meeting/date_set").words
    assert desk.meeting.sitting.starts_at == MEETS
    assert desk.task.due_at == MEETS
    assert "dijadwalkan Kamis, 3 Desember" in desk.only(done, "group/meeting_scheduled").words
    assert desk.letter.state is LetterState.DRAFT


@pytest.mark.parametrize(
    ("answers", "template"),
    [
        (("20 November 2026",), "refusals/bad_input"),
        (("besok lusa",), "refusals/bad_input"),
        (("24/11/2026", "07.00"), "refusals/bad_input"),
        (("3/12/2026", "25.00"), "refusals/bad_input"),
        (("3/12/2026", "9", "x" * 151), "refusals/bad_input"),
        (("3/12/2026", "9", "Ruang", "\n".join(["a"] * 11)), "refusals/bad_input"),
    ],
)
def test_what_cannot_be_a_date_is_said_and_the_question_stays(desk, answers, template):
    desk.at_card("Jadwalkan rapat")
    said = [desk.says(AHMAD, a) for a in answers][-1]
    assert said[-1].template == template
    assert desk.look(lambda uow: uow.dialogues.open(AHMAD, AHMAD))[0].startswith("meeting.")


def test_the_invitation_is_numbered_signed_and_sent_with_a_calendar_entry(desk):
    desk.dated()
    numbered = desk.numbers()
    assert "penanda tangan Sekretaris Daerah" in desk.only(numbered, "letters/numbered").words
    stored = desk.signs()
    assert [c.action for c in desk.only(stored, "file_stored").choices] == ["step.card"]
    asked = desk.only(desk.at_card("Kirim undangan"), "meeting/ask_invite")
    assert "ke 5 orang" in asked.words
    assert "1 perangkat daerah belum terhubung; mohon suratnya diantar langsung" in asked.words
    said = desk.press(AHMAD, asked, "Ya, kirim")
    invitations = desk.all(said, "meeting_invitation")
    assert {s.to for s in invitations} == {desk.ids[n] for n in (AHMAD, BUDI, RANI, BAGUS, DEWI)}
    assert {s.to for s in desk.all(said, "letter")} == {s.to for s in invitations}
    event = entry(desk, invitations[0])
    assert event["DTSTART"].dt == MEETS
    assert event["SEQUENCE"] == 0
    assert event["LOCATION"] == "Smart Room Center"
    assert desk.letter.state is LetterState.SENT
    assert "terkirim ke 5 orang" in desk.card().words


def test_an_unsigned_invitation_is_not_sent(desk):
    desk.dated()
    desk.numbers()
    said = desk.taps(AHMAD, f"meeting.invite:{desk.task.id}:")
    assert "Belum ditandatangani: Undangan Rapat Koordinasi" in said[-1].words
    assert desk.letter.state is LetterState.NUMBERED


def test_sending_twice_is_refused(desk):
    desk.dated()
    desk.invites()
    said = desk.taps(BUDI, f"meeting.invite_yes:{desk.task.id}:")
    assert "sudah dikirim" in said[-1].words
    assert not desk.all(said, "meeting_invitation")


def test_a_date_that_moves_reaches_everybody_with_a_higher_sequence(desk):
    desk.dated()
    desk.invites()
    said = desk.dated(day="4 Desember 2026", start="Ubah jadwal")
    moved = desk.all(said, "meeting_invitation")
    assert len(moved) == 5
    assert "Semula Kamis, 3 Desember 2026 pukul 09.00 WIB" in moved[0].words
    first, second = 0, entry(desk, moved[0])
    assert second["SEQUENCE"] > first
    assert second["DTSTART"].dt == MEETS + timedelta(days=1)
    card = desk.card()
    assert "Tanggal pada surat itu bukan lagi tanggal rapat" in card.words
    drafted = desk.press(AHMAD, card, "Buat undangan")
    assert "Undangan Rapat Koordinasi" in desk.only(drafted, "meeting/letter_drafted").words
    old = desk.look(lambda uow: [x for x in uow.letters.of_cycle(desk.cycle) if x.state is LetterState.SENT])
    desk.invites()
    assert desk.look(lambda uow: uow.letters.get(old[0].id)).state is LetterState.REPLACED
    asked = desk.only(desk.dated(day="5 Desember 2026", start="Ubah jadwal"), "meeting/date_set")
    assert "dipindahkan" in asked.words


def test_a_date_that_moves_before_the_sending_keeps_the_number_and_needs_a_new_signature(desk):
    desk.dated()
    desk.numbers()
    desk.signs()
    number = desk.letter.number
    said = desk.dated(day="4 Desember 2026", start="Ubah jadwal")
    assert "nomornya tetap" in desk.only(said, "meeting/date_set").words
    assert not desk.all(said, "meeting_invitation")
    assert (desk.letter.number, desk.letter.state) == (number, LetterState.NUMBERED)


def test_a_meeting_begins_with_its_clock_and_asks_everybody_for_hadir(desk):
    desk.dated()
    desk.invites()
    desk.now = MEETS
    said = desk.begins()
    assert desk.task.clock_started_at == MEETS
    assert desk.task.due_at == datetime(2026, 12, 3, 5, tzinfo=UTC)
    asked = desk.all(said, "meeting_began")
    assert {s.to for s in asked} == {desk.ids[n] for n in (AHMAD, BUDI, RANI, BAGUS, DEWI)}
    assert asked[0].labels == ["Hadir"]
    assert "dimulai" in desk.only(said, "group/meeting_began").words
    assert desk.taps(BUDI, f"meeting.begin_yes:{desk.task.id}:")[-1].template == "refusals/not_now"


def test_beginning_early_or_uninvited_is_pointed_out(desk):
    desk.dated()
    words = desk.at_card("Mulai rapat")[-1].words
    assert "Jadwalnya Kamis, 3 Desember 2026" in words
    assert "belum dikirim" in words
    assert "Waktu 180 menit kerja mulai dihitung" in words


def test_hadir_counts_once_and_only_for_the_invited(desk):
    desk.dated()
    desk.begins()
    button = f"meeting.attend:{desk.cycle}:1"
    assert "Kehadiran Dewi tercatat" in desk.only(desk.taps(DEWI, button), "meeting/attended").words
    assert "sudah tercatat" in desk.taps(DEWI, button)[-1].words
    assert desk.taps(SARI, button)[-1].template == "refusals/not_yours"
    asked = desk.only(desk.says(RANI, "/hadir"), "meeting_began")  # the button again, for who has lost the message
    desk.press(RANI, asked, "Hadir")
    assert "Kehadiran Rani" in desk.only(desk.says(RANI, "/hadir"), "meeting/attended").words
    people = desk.meeting.at(1)
    assert [(a.name, a.agency) for a in people] == [
        ("Dewi", "Dinas Kesehatan"),
        ("Rani", "Dinas Komunikasi dan Informatika Kota Pangkalpinang"),
    ]


def test_hadir_is_over_when_the_sitting_is(desk):
    desk.held()
    said = desk.taps(BAGUS, f"meeting.attend:{desk.cycle}:1")
    assert "sudah ditutup" in said[-1].words
    assert "belum dimulai" in desk.says(BAGUS, "/hadir")[-1].words


def test_the_list_takes_guests_and_those_without_a_phone_and_lets_slips_go(desk):
    desk.dated()
    desk.begins()
    shown = desk.says(AHMAD, "/hadir")
    desk.press(AHMAD, shown, "Catat tamu")
    wrong = desk.says(AHMAD, "Siti Aminah - BPS")
    assert "Siti Aminah - BPS" in wrong[-1].words
    kept = desk.only(desk.says(AHMAD, "Siti Aminah - Statistisi - BPS Kota\nTono - Staf - DLH"), "meeting/guests_kept")
    assert "2 tamu dicatat" in kept.words
    shown = desk.press(AHMAD, kept, "Daftar hadir")
    absent = desk.press(AHMAD, shown, "Belum hadir (5)")
    after = desk.press(AHMAD, absent, "Bagus")
    assert "Bagus · Kabid" not in desk.only(after, "meeting/absent").labels
    slips = desk.press(AHMAD, desk.press(AHMAD, after, "Daftar hadir"), "Hapus nama")
    desk.press(AHMAD, slips, "Tono")
    assert [a.name for a in desk.meeting.at(1)] == ["Siti Aminah", "Bagus"]
    assert desk.taps(DEWI, f"meeting.guests:{desk.task.id}:")[-1].template == "refusals/not_yours"


def test_who_was_forgotten_is_written_down_after_the_end(desk):
    desk.held()
    desk.press(AHMAD, desk.says(AHMAD, "/hadir"), "Catat tamu")
    desk.says(AHMAD, "Siti Aminah - Statistisi - BPS Kota")
    assert len(desk.meeting.at(1)) == 3


def test_the_clock_stands_during_a_break(desk):
    desk.dated()
    desk.now = MEETS
    desk.begins()
    due = desk.task.due_at
    desk.at_card("Skors")
    assert desk.task.standing is Standing.BREAK
    assert "Lanjutkan rapat" in desk.labels()
    assert "diskors sejak pukul 09.00" in desk.card().words
    desk.passes(minutes=30)
    desk.at_card("Lanjutkan rapat")
    assert desk.task.standing is Standing.NO
    assert desk.task.due_at == due + timedelta(hours=1, minutes=30)  # 180 minutes reach into the noon break now
    assert desk.taps(AHMAD, f"meeting.take_up:{desk.task.id}:")[-1].template == "refusals/not_now"


def test_a_further_sitting_ends_this_one_and_lets_the_clock_stand_until_it_begins(desk):
    desk.dated()
    desk.invites()
    desk.now = MEETS
    desk.begins()
    desk.passes(minutes=60)
    said = desk.dated(day="7 Desember 2026", start="Sidang lanjutan")
    invited = desk.all(said, "meeting_invitation")
    assert "Rapat lanjutan" in invited[0].words
    assert entry(desk, invited[0])["UID"].endswith("-rapat-2@monev-spbe")
    assert desk.task.standing is Standing.ADJOURNED
    assert desk.meeting.sittings[0].ended_at == desk.now
    assert "Mulai pertemuan ke-2" in desk.labels()
    assert "pertemuan lanjutan" in desk.taps(AHMAD, f"meeting.confirm:{desk.task.id}:")[-1].words
    desk.now = datetime(2026, 12, 7, 2, tzinfo=UTC)
    desk.begins()
    assert desk.task.standing is Standing.NO
    assert desk.task.due_at == datetime(2026, 12, 7, 4, tzinfo=UTC)  # 120 of the 180 minutes are left


def test_a_further_sitting_can_be_called_off(desk):
    desk.held()
    desk.dated(day="7 Desember 2026", start="Sidang lanjutan")
    assert desk.task.standing is Standing.ADJOURNED
    said = desk.press(AHMAD, desk.at_card("Batalkan sidang"), "Ya, batalkan")
    off = desk.all(said, "meeting_called_off")
    assert len(off) == 5
    assert entry(desk, off[0])["STATUS"] == "CANCELLED"
    assert desk.task.standing is Standing.NO
    assert len(desk.meeting.sittings) == 1
    assert "Isi notula" in desk.labels()


def test_a_return_before_the_meeting_takes_its_date_back(desk):
    desk.dated()
    desk.invites()
    said = desk.press(AHMAD, desk.at_card("Kembalikan"), "Rekapitulasi belum lengkap")
    off = desk.all(said, "meeting_called_off")
    assert len(off) == 5
    assert "Rapat ditunda" in off[0].words
    assert "ditunda" in desk.only(said, "group/meeting_called_off").words
    desk.look(desk.reopens)
    assert "Jadwalkan rapat" in desk.labels()
    moved = desk.all(desk.dated(day="10 Desember 2026"), "meeting_invitation")
    assert entry(desk, moved[0])["SEQUENCE"] == 2
    assert len(desk.meeting.sittings) == 1


def test_a_return_during_the_meeting_ends_the_sitting_and_the_next_pass_has_a_further_one(desk):
    desk.dated()
    desk.begins()
    desk.press(AHMAD, desk.at_card("Kembalikan"), "Rekapitulasi belum lengkap")
    assert not desk.meeting.sittings[0].running
    desk.look(desk.reopens)
    desk.dated(day="10 Desember 2026")
    assert [s.number for s in desk.meeting.sittings] == [1, 2]
    assert desk.letter.state is LetterState.DRAFT


def test_after_a_return_to_the_meeting_a_further_sitting_is_held_or_called_off_before_the_notula_is_confirmed(desk):
    desk.held()
    desk.scores()
    desk.writes_minutes()
    desk.look(desk.reopens)
    desk.dated(day="10 Desember 2026")
    desk.numbers()
    number = desk.letter.number
    task = desk.task
    refused = desk.taps(AHMAD, f"meeting.confirm_yes:{task.id}:")
    assert "Masih ada pertemuan lanjutan" in refused[-1].words
    said = desk.press(AHMAD, desk.at_card("Batalkan sidang"), "Ya, batalkan")
    assert number in desk.only(said, "letters_void").words
    assert [s.number for s in desk.meeting.sittings] == [1]
    assert desk.task.clock_started_at is None
    desk.press(AHMAD, desk.at_card("Sahkan notula"), "Ya, sahkan")
    assert not desk.look(lambda uow: uow.cycles.get(desk.cycle).task(task.id)).open


def changed(desk: Sixth, act: str, reason: str = "Audit internal.") -> list:
    """The administrator's act on the whole cycle, and what is said after it."""

    def work(uow):
        change_whole(uow, uow.people.acting(BAGUS, desk.now), act, desk.cycle, reason, now=desk.now)

    desk.look(work)
    return desk.heard()


def test_the_days_in_which_a_meeting_must_be_scheduled_stand_while_the_cycle_is_suspended(desk):
    before = desk.task.due_at
    changed(desk, "suspend")
    desk.passes(days=7)
    changed(desk, "resume")
    assert desk.task.due_at == before + timedelta(days=7)


@pytest.mark.parametrize(
    ("stop", "go_on", "words"), [("suspend", "resume", "ditunda"), ("cancel", "reopen", "dibatalkan")]
)
def test_a_cycle_that_stands_takes_the_meeting_out_of_the_calendars_and_puts_it_back_when_it_runs(
    desk, stop, go_on, words
):
    desk.dated()
    desk.invites()
    off = desk.all(changed(desk, stop), "meeting_called_off")
    assert len(off) == 5
    assert f"Rapat {words}" in off[0].words
    gone = entry(desk, off[0])
    assert gone["STATUS"] == "CANCELLED"
    desk.passes(days=1)
    again = desk.all(changed(desk, go_on), "meeting_invitation")
    assert len(again) == 5
    assert "jadwal semula berlaku" in again[0].words
    assert entry(desk, again[0])["SEQUENCE"] > gone["SEQUENCE"]
    assert desk.task.due_at == MEETS


def test_a_date_that_passed_while_the_cycle_stood_is_set_anew_and_told_to_everybody(desk):
    desk.dated()
    desk.invites()
    gone = entry(desk, desk.all(changed(desk, "suspend"), "meeting_called_off")[0])
    desk.passes(days=14)
    assert not desk.all(changed(desk, "resume"), "meeting_invitation")
    assert desk.task.due_at > desk.now
    moved = desk.all(desk.dated(day="17 Desember 2026", start="Ubah jadwal"), "meeting_invitation")
    assert len(moved) == 5
    assert entry(desk, moved[0])["SEQUENCE"] > gone["SEQUENCE"]


def test_a_date_that_nobody_was_told_is_not_called_off(desk):
    desk.dated()
    assert not desk.all(changed(desk, "suspend"), "meeting_called_off")
    assert not desk.all(changed(desk, "cancel"), "meeting_called_off")
    assert not desk.all(changed(desk, "reopen"), "meeting_invitation")


def joins(desk: Sixth, number: int, name: str, role: str, opd: str | None = None) -> list:
    """Somebody takes up a role now, and what they are told."""

    def work(uow):
        person = uow.people.join(number, name, desk.now)
        uow.people.hold(person.id, role, opd, "", desk.now)
        tell(uow, None, desk.now, events.RoleGranted(person=person.id, name=name, role=role, opd=opd))

    desk.look(work)
    return desk.heard()


def test_whoever_joins_an_invited_role_later_gets_date_letter_and_hadir(desk):
    desk.dated()
    assert not desk.all(joins(desk, 201, "Joko", "opd", "dlh"), "meeting_invitation")  # nothing was sent yet
    desk.invites()
    said = joins(desk, 202, "Wati", "opd", "dlh")
    invited = desk.only(said, "meeting_invitation")
    assert entry(desk, invited)["DTSTART"].dt == MEETS
    assert desk.only(said, "letter").attachment["paper"] == desk.letter.signed_paper
    moved = desk.all(desk.dated(day="4 Desember 2026", start="Ubah jadwal"), "meeting_invitation")
    assert len(moved) == 7
    desk.begins()
    said = joins(desk, 203, "Tono", "tim_kota")
    began = desk.only(said, "meeting_began")
    assert "tercatat" in desk.press(203, began, "Hadir")[-1].words
    assert not desk.all(joins(desk, 204, "Umar", "opd", "setda"), "meeting_began")  # not of this cycle


def test_whoever_could_not_be_reached_gets_the_date_once_they_can(desk):
    desk.dated()
    desk.invites()
    desk.passes(minutes=5)
    back = events.ReachableAgain(person=desk.ids[DEWI], name="Dewi")
    desk.look(lambda uow: tell(uow, None, desk.now, back))
    assert desk.only(desk.heard(), "meeting_invitation")


def test_the_meeting_is_nobody_elses(desk):
    task = desk.task.id
    for action in ("schedule", "begin", "begin_yes", "rest", "finish", "minutes", "confirm", "people", "print"):
        assert desk.taps(RANI, f"meeting.{action}:{task}:")[-1].template == "refusals/not_yours", action
    assert desk.says(RANI, "/rapat")[-1].template == "refusals/not_yours"


def test_buttons_that_are_late_are_told_so(desk):
    task = desk.task.id
    for action in ("begin", "rest", "take_up", "finish", "people", "print", "call_off", "invite", "letter", "preview"):
        said = desk.taps(AHMAD, f"meeting.{action}:{task}:")
        assert said[-1].template.startswith("refusals/"), (action, said[-1].template)
    assert desk.now == MORNING
