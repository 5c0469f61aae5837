"""What every step shares, and the plain dialogue: hand over, return, ask, answer, why this date."""

import pytest

from sop.actions import cycles
from sop.people import Delegation
from sop.worktime import WIB
from tests.handlers.desk import Desk, office
from tests.handlers.test_everyone import BUDI, DEWI, RINA, SARI, STRANGER, hands_over, only, opds, opens, task_of

AYU = 15


@pytest.fixture
def desk():
    desk = Desk()
    desk.member(RINA, "Rina Marlina", "tim_diskominfo")
    desk.member(AYU, "Ayu Lestari", "tim_diskominfo")
    desk.member(BUDI, "Budi Santoso", "kabid")
    desk.member(SARI, "Sari Wulandari", "sekretariat")
    desk.member(DEWI, "Dewi Anggraini", "opd", opds(desk)[0])
    opens(desk)
    return desk


def at_disposition(desk):
    hands_over(desk, RINA, "persiapan")
    return task_of(desk, "disposisi")


def test_handing_over_asks_once_and_then_tells_what_comes_next(desk):
    task = task_of(desk, "persiapan")
    asked = only(desk.taps(RINA, f"step.hand_over:{task}:"))
    assert "tidak dapat ditarik kembali" in asked.words
    assert not desk.look(lambda u: u.cycles.current()[0].task(task).decided_at)
    said = desk.taps(RINA, asked.choices[0])
    done = only(said)
    assert "Berikutnya: Langkah 2, Disposisi, oleh Kabid" in done.words
    assert [s.template for s in said if s.kind == "card"][-1] == "card/plain"


def test_thinking_better_of_it_changes_nothing(desk):
    task = task_of(desk, "persiapan")
    asked = only(desk.taps(RINA, f"step.hand_over:{task}:"))
    assert only(desk.taps(RINA, asked.choices[1])).template == "step/kept"
    assert task_of(desk, "persiapan") == task


def test_of_two_colleagues_the_second_is_told_who_was_first(desk):
    task = task_of(desk, "persiapan")
    desk.taps(AYU, f"step.hand_over_yes:{task}:")
    refused = only(desk.taps(RINA, f"step.hand_over_yes:{task}:"), "toast")
    assert "sudah diserahkan oleh Tim SPBE Diskominfo" in refused.words


def test_another_role_and_a_stranger_cannot_hand_over(desk):
    task = task_of(desk, "persiapan")
    for action in ("step.hand_over", "step.hand_over_yes", "step.return", "plain.note", "step.ask"):
        assert only(desk.taps(BUDI, f"{action}:{task}:"), "toast").template == "refusals/not_yours"
        assert only(desk.taps(STRANGER, f"{action}:{task}:"), "toast").template == "refusals/not_member"


def test_a_step_with_a_dialogue_of_its_own_is_not_handed_over_by_the_plain_button():
    desk = Desk(office())
    desk.member(RINA, "Rina Marlina", "tim_diskominfo")
    opens(desk)
    refused = only(desk.taps(RINA, f"step.hand_over_yes:{task_of(desk, 'persiapan')}:"), "toast")
    assert refused.template == "refusals/nothing_there"


def test_a_note_goes_along_with_the_task(desk):
    task = task_of(desk, "persiapan")
    desk.taps(RINA, f"plain.note:{task}:")
    said = desk.says(RINA, "Mohon didahulukan")
    assert "Mohon didahulukan" in only(said).words
    assert "Mohon didahulukan" in only(said, "card").words
    desk.taps(RINA, f"step.hand_over_yes:{task}:")
    assert desk.look(lambda u: u.cycles.current()[0].task(task).note) == "Mohon didahulukan"
    assert not desk.look(lambda u: u.dialogues.drafts(RINA))


def test_too_long_a_note_is_refused_and_asked_again(desk):
    desk.taps(RINA, f"plain.note:{task_of(desk, 'persiapan')}:")
    assert only(desk.says(RINA, "x" * 601)).template == "refusals/bad_input"
    assert only(desk.says(RINA, "Singkat saja")).template == "plain/note_kept"


def test_a_usual_reason_returns_the_task_at_once(desk):
    task = at_disposition(desk)
    asked = only(desk.taps(BUDI, f"step.return:{task}:"))
    assert "Langkah 1, Persiapan" in asked.words
    said = desk.taps(BUDI, asked.choices[0])
    done = next(s for s in said if s.template == "step/returned")
    assert "Tanggal atau waktu rapat perlu diubah" in done.words
    assert "Batas waktu perbaikan Jumat, 27 November 2026" in done.words
    again = only(desk.taps(BUDI, asked.choices[0]), "toast")
    assert "sudah dikembalikan" in again.words


def test_a_reason_of_ones_own_is_typed(desk):
    task = at_disposition(desk)
    asked = only(desk.taps(BUDI, f"step.return:{task}:"))
    own = next(c for c in asked.choices if c.action == "step.return_own")
    desk.taps(BUDI, own)
    assert only(desk.says(BUDI, "   ")).template == "refusals/bad_input"
    said = [s for s in desk.says(BUDI, "Tanggal rapat bentrok dengan <paripurna>.") if s.template == "step/returned"]
    assert "&lt;paripurna&gt;" in said[0].words
    back = desk.look(lambda u: u.cycles.current()[0].latest("persiapan"))
    assert back.came_back == "Tanggal rapat bentrok dengan <paripurna>."
    assert desk.look(lambda u: u.dialogues.open(BUDI, BUDI)) is None


def test_where_the_sop_names_several_steps_the_person_chooses(desk):
    at_disposition(desk)
    hands_over(desk, BUDI, "disposisi")
    task = task_of(desk, "surat")
    where = only(desk.taps(SARI, f"step.return:{task}:"))
    assert [c.arg for c in where.choices if c.action == "step.return_to"] == ["disposisi", "persiapan"]
    why = only(desk.taps(SARI, where.choices[1]))
    assert "Langkah 1, Persiapan" in why.words
    desk.taps(SARI, why.choices[0])
    assert [t.step for t in desk.look(lambda u: u.cycles.current()[0].open_tasks())] == ["persiapan"]


def test_a_forged_reason_does_nothing(desk):
    task = at_disposition(desk)
    for arg in ("99.persiapan", "x", ""):
        assert only(desk.taps(BUDI, f"step.return_reason:{task}:{arg}"), "toast").template == "refusals/nothing_there"


def test_a_step_that_cannot_be_returned_says_so(desk):
    refused = only(desk.taps(RINA, f"step.return:{task_of(desk, 'persiapan')}:"), "toast")
    assert "tidak dapat dikembalikan" in refused.words


def test_a_question_stops_the_clock_until_it_is_answered(desk):
    task = at_disposition(desk)
    desk.taps(BUDI, f"step.ask:{task}:")
    said = desk.says(BUDI, "Apakah tanggalnya pasti?")
    asked = [s for s in said if s.template == "question_asked"]
    assert [s.choices[0].action for s in asked] == ["step.answer"]
    card = [s for s in said if s.kind == "card"][-1]
    assert "Menunggu jawaban" in card.words
    assert "step.hand_over" not in [c.action for c in card.choices]
    assert "belum dijawab" in only(desk.taps(BUDI, f"step.hand_over:{task}:"), "toast").words
    assert "Pertanyaan sebelumnya" in only(desk.taps(BUDI, f"step.ask:{task}:"), "toast").words
    desk.passes(minutes=45)
    desk.taps(RINA, f"step.answer:{task}:")
    answered = desk.says(RINA, "Sudah pasti")
    assert "batas waktu Selasa, 24 November 2026 pukul 09.15 WIB" in only_template(answered, "step/answered").words
    assert "Sudah pasti" in only_template(answered, "question_answered").words


def only_template(said, template):
    (found,) = [s for s in said if s.template == template]
    return found


def test_of_two_who_answer_the_second_is_told_and_is_not_asked_any_more(desk):
    task = at_disposition(desk)
    desk.taps(BUDI, f"step.ask:{task}:")
    desk.says(BUDI, "Pasti?")
    desk.taps(RINA, f"step.answer:{task}:")
    desk.taps(AYU, f"step.answer:{task}:")
    desk.says(RINA, "Ya")
    assert "sudah dijawab oleh Tim SPBE Diskominfo" in only(desk.says(AYU, "Ya, pasti")).words
    assert desk.look(lambda u: u.dialogues.open(AYU, AYU)) is None
    assert "sudah dijawab" in only(desk.taps(AYU, f"step.answer:{task}:"), "toast").words


def test_a_decision_closes_the_open_question_about_it(desk):
    task = at_disposition(desk)
    desk.member(AYU, "Ayu Lestari", "kabid")
    desk.taps(BUDI, f"plain.note:{task}:")
    desk.taps(AYU, f"step.hand_over_yes:{task}:")
    assert desk.look(lambda u: u.dialogues.open(BUDI, BUDI)) is None
    assert only(desk.taps(BUDI, f"plain.note:{task}:"), "toast").template == "refusals/already_decided"


def test_why_this_date_counts_the_minutes_over_the_weekend(desk):
    desk.now = desk.now.replace(month=11, day=27, hour=9, minute=20)  # Jumat pukul 16.20 WIB
    task = at_disposition(desk)
    desk.heard()
    said = only(desk.taps(BUDI, f"step.why:{task}:"))
    assert "10 menit pada Jumat, 27 November 2026 pukul 16.20–16.30" in said.words
    assert "Senin, 30 November 2026" in said.words
    assert "2 hari akhir pekan" in said.words


def test_why_this_date_names_the_days_off(desk):
    desk.now = desk.now.replace(month=12, day=18)
    for who, step in ((RINA, "persiapan"), (BUDI, "disposisi"), (SARI, "surat")):
        hands_over(desk, who, step)
    said = only(desk.taps(DEWI, f"step.why:{task_of(desk, 'pengumpulan_data', opds(desk)[0])}:"))
    assert "2 minggu dihitung sejak" in said.words
    assert "Natal" in said.words
    assert "Target lebih dulu, 1 minggu" in said.words


def test_a_tenggat_that_was_moved_says_so(desk):
    task = at_disposition(desk)
    desk.taps(BUDI, f"step.ask:{task}:")
    desk.says(BUDI, "Pasti?")
    desk.passes(minutes=15)
    desk.taps(RINA, f"step.answer:{task}:")
    desk.says(RINA, "Ya")
    assert "Kemudian disesuaikan menjadi" in only(desk.taps(BUDI, f"step.why:{task}:")).words
    assert only(desk.taps(SARI, f"step.why:{task}:"), "toast").template == "refusals/not_yours"


def test_the_substitute_acts_and_the_record_says_so(desk):
    task = at_disposition(desk)
    today = desk.now.astimezone(WIB).date()

    def lend(uow):
        budi, sari = uow.people.acting(BUDI, desk.now), uow.people.acting(SARI, desk.now)
        uow.people.delegate(
            Delegation("d1", "kabid", None, budi.id, budi.name, sari.id, "Plh.", today, today), desk.now
        )

    desk.look(lend)
    desk.taps(SARI, f"step.hand_over_yes:{task}:")
    by = desk.look(lambda u: u.cycles.current()[0].task(task).decided_by)
    assert by.title == "Plh. Kabid Penyelenggaraan E-Government"


def test_a_suspended_cycle_holds_every_button(desk):
    task = at_disposition(desk)
    cycle = desk.look(lambda u: u.cycles.current()[0].id)
    suspend = lambda u: cycles.change_whole(u, u.people.acting(BUDI, desk.now), "suspend", cycle, "Libur", now=desk.now)  # noqa: E731
    desk.look(suspend)
    cards = [s for s in desk.heard() if s.kind == "card"]
    assert [s.template for s in cards] == ["card/halted"]
    assert not cards[0].choices
    assert "ditangguhkan" in only(desk.taps(BUDI, f"step.hand_over_yes:{task}:"), "toast").words


def test_the_whole_sop_can_be_played_with_plain_steps_only(desk):
    order = [(RINA, "persiapan"), (BUDI, "disposisi"), (SARI, "surat")]
    for who, step in order:
        desk.taps(who, f"step.hand_over_yes:{task_of(desk, step)}:")
    for opd in opds(desk):
        desk.member(DEWI, "Dewi Anggraini", "opd", opd)
        desk.taps(DEWI, f"step.hand_over_yes:{task_of(desk, 'pengumpulan_data', opd)}:")
    desk.member(AYU, "Ayu Lestari", "tim_kota")
    for who, step in ((RINA, "rekapitulasi"), (AYU, "rapat"), (RINA, "formulir")):
        desk.taps(who, f"step.hand_over_yes:{task_of(desk, step)}:")
    last = task_of(desk, "publikasi")
    assert "langkah terakhir" in only(desk.taps(RINA, f"step.hand_over:{last}:")).words
    assert "Siklus ditutup" in only_template(desk.taps(RINA, f"step.hand_over_yes:{last}:"), "plain/handed_over").words
    assert "Siklus sudah selesai" in only(desk.says(RINA, "/status")).words
