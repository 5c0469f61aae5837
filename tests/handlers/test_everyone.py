"""What everybody can do: the way in, tasks, status, papers, settings, help, and messages that nobody asked for."""

import pytest

from sop.actions import cycles, people
from sop.people import ADMINISTRATOR, Delegation
from sop.ports import StoredFile
from sop.worktime import WIB
from tests.handlers.desk import GROUP, Desk

RINA, BUDI, SARI, DEWI, STRANGER = 11, 12, 13, 14, 99
ADMIN = 10


@pytest.fixture
def desk():
    desk = Desk()
    desk.member(ADMIN, "Hadi Pranoto", ADMINISTRATOR)
    desk.member(RINA, "Rina Marlina", "tim_diskominfo")
    desk.member(BUDI, "Budi Santoso", "kabid")
    desk.member(SARI, "Sari Wulandari", "sekretariat")
    desk.member(DEWI, "Dewi Anggraini", "opd", opds(desk)[0])
    return desk


def opds(desk, many=3):
    return tuple(o.key for o in desk.office.opd_list.opds[:many])


def opens(desk, name="Evaluasi Mandiri SPBE 2026", many=3):
    asked = dict.fromkeys(opds(desk, many), (desk.office.opd_list.general_items[0].code,))
    command = cycles.OpenCycle(name, 2026, next(iter(desk.office.instruments)), tuple(asked), asked)
    cycle = desk.look(lambda u: cycles.open_cycle(u, u.people.acting(RINA, desk.now), command, now=desk.now))
    desk.heard()
    return cycle.id


def hands_over(desk, who, step, opd=None):
    task = task_of(desk, step, opd)
    desk.look(lambda u: cycles.hand_over(u, u.people.acting(who, desk.now), task, now=desk.now))
    desk.heard()


def task_of(desk, step, opd=None):
    return desk.look(lambda u: u.cycles.current()[0].latest(step, opd).id)


def up_to_collection(desk):
    for who, step in ((RINA, "persiapan"), (BUDI, "disposisi"), (SARI, "surat")):
        hands_over(desk, who, step)


def only(said, kind="message"):
    (found,) = [s for s in said if s.kind == kind]
    return found


def invites(desk, role, opd=None):
    return desk.look(lambda u: people.invite(u, u.people.acting(ADMIN, desk.now), role, opd, "", now=desk.now))


# --- the way in


def test_a_stranger_learns_nothing_but_how_to_get_in(desk):
    for words in ("/start", "halo", "/start c-tugas"):
        said = only(desk.says(STRANGER, words))
        assert said.template == "start/stranger"
        assert not said.choices
    assert only(desk.says(STRANGER, "/tugas")).template == "refusals/not_member"
    assert "/tugas" not in only(desk.says(STRANGER, "/bantuan")).words
    assert "Berapa lama" in only(desk.says(STRANGER, "/privasi")).words
    assert only(desk.says(STRANGER, "/batal")).template == "cancel/nothing_open"
    assert not desk.edits(STRANGER, "halo lagi")


def test_an_invitation_is_bound_only_after_it_is_confirmed(desk):
    opd = opds(desk)[1]
    code = invites(desk, "opd", opd)
    asked = only(desk.says(STRANGER, f"/start {code}"))
    assert "OPD" in asked.words
    assert desk.office.opd(opd).name in asked.words
    assert desk.look(lambda u: u.people.acting(STRANGER, desk.now)) is None
    welcome = [s for s in desk.taps(STRANGER, asked.choices[0]) if s.template == "start/welcome"]
    assert "Pengumpulan data dukung" in welcome[0].words
    who = desk.look(lambda u: u.people.acting(STRANGER, desk.now))
    assert who.opds("opd") == (opd,)


def test_the_code_itself_is_not_kept_while_the_person_thinks(desk):
    code = invites(desk, "kabid")
    desk.says(STRANGER, f"/start {code}")
    kept = desk.look(lambda u: u.dialogues.draft(STRANGER, "invitation").values)
    assert kept
    assert code not in str(kept)


def test_a_second_tap_on_yes_does_no_harm(desk):
    asked = only(desk.says(STRANGER, f"/start {invites(desk, 'kabid')}"))
    desk.taps(STRANGER, asked.choices[0])
    again = only(desk.taps(STRANGER, asked.choices[0]), "toast")
    assert again.template == "start/joined_already"


def test_a_declined_invitation_still_works_for_somebody_else(desk):
    code = invites(desk, "kabid")
    asked = only(desk.says(STRANGER, f"/start {code}"))
    assert only(desk.taps(STRANGER, asked.choices[1])).template == "start/declined"
    assert only(desk.taps(STRANGER, asked.choices[0]), "toast").template == "refusals/invitation_useless"
    assert only(desk.says(98, f"/start {code}")).template == "start/invitation"


def test_of_two_people_with_one_link_the_second_to_confirm_is_told_that_it_is_useless(desk):
    code = invites(desk, "kabid")
    first, second = only(desk.says(97, f"/start {code}")), only(desk.says(98, f"/start {code}"))
    desk.taps(97, first.choices[0])
    assert only(desk.taps(98, second.choices[0]), "toast").template == "refusals/invitation_useless"
    assert desk.look(lambda u: u.people.acting(98, desk.now)) is None


def test_wrong_expired_and_used_codes_get_the_same_sentence(desk):
    expired = invites(desk, "kabid")
    desk.passes(days=40)
    sentences = {only(desk.says(STRANGER, f"/start {c}")).words for c in ("salah", expired)}
    assert len(sentences) == 1


def test_a_role_that_is_held_already_does_not_use_up_the_link(desk):
    code = invites(desk, "kabid")
    assert only(desk.says(BUDI, f"/start {code}")).template == "start/held_already"
    assert only(desk.says(STRANGER, f"/start {code}")).template == "start/invitation"


def test_a_newcomer_gets_the_cards_of_the_role(desk):
    opens(desk)
    hands_over(desk, RINA, "persiapan")
    asked = only(desk.says(STRANGER, f"/start {invites(desk, 'kabid')}"))
    said = desk.taps(STRANGER, asked.choices[0])
    assert [s.template for s in said if s.kind == "card"] == ["card/plain"]


def test_a_member_is_greeted_with_what_waits(desk):
    opens(desk)
    said = only(desk.says(RINA, "/start"))
    assert "1 tugas menunggu" in said.words
    assert "Jumat, 27 November 2026 pukul 16.30 WIB" in said.words


def test_the_link_from_a_group_leads_to_the_command(desk):
    said = only(desk.says(BUDI, "/tugas@monev_spbe_bot", chat=GROUP))
    assert said.template == "unknown/in_group"
    (link,) = said.choices
    assert link.url == "?start=c-tugas"
    assert "/tugas" in only(desk.says(BUDI, "/start c-tugas")).words


# --- tasks


def test_tasks_are_listed_with_their_tenggat_the_most_urgent_first(desk):
    opens(desk, many=10)
    for opd in opds(desk, 10)[1:]:
        desk.member(DEWI, "Dewi Anggraini", "opd", opd)
    up_to_collection(desk)
    first = only(desk.says(DEWI, "/tugas"))
    assert "10 tugas menunggu" in first.words
    assert "halaman 1/2" in first.words
    assert first.words.count("batas waktu") == 8
    following = next(c for c in first.choices if c.label_key == "page.next")
    second = only(desk.taps(DEWI, following))
    assert "halaman 2/2" in second.words


def test_nothing_to_do_says_who_is_awaited(desk):
    assert "Belum ada siklus" in only(desk.says(SARI, "/tugas")).words
    opens(desk)
    said = only(desk.says(SARI, "/tugas"))
    assert "Langkah 1, Persiapan, sedang di Tim SPBE Diskominfo" in said.words


def test_the_button_of_a_task_sends_its_card(desk):
    opens(desk)
    listed = only(desk.says(RINA, "/tugas"))
    card = only(desk.taps(RINA, listed.choices[0]), "card")
    assert "Langkah 1/8 · Persiapan" in card.words


def test_the_card_of_a_decided_task_tells_what_has_happened(desk):
    opens(desk)
    task = task_of(desk, "persiapan")
    hands_over(desk, RINA, "persiapan")
    said = only(desk.taps(RINA, f"step.card:{task}:"))
    assert said.template == "card/decided"
    assert "Berikutnya: Disposisi oleh Kabid" in said.words


def test_what_was_begun_can_be_found_again(desk):
    opens(desk)
    task = task_of(desk, "persiapan")
    desk.taps(RINA, f"plain.note:{task}:")
    desk.says(RINA, "Mohon didahulukan")
    desk.says(RINA, "/batal")
    listed = only(desk.says(RINA, "/tugas"))
    begun = next(c for c in listed.choices if c.action == "drafts.open")
    found = only(desk.taps(RINA, begun))
    assert "Langkah 1 · Persiapan" in found.words
    card = only(desk.taps(RINA, found.choices[0]), "card")
    assert "Mohon didahulukan" in card.words
    hands_over(desk, RINA, "persiapan")
    assert only(desk.taps(RINA, begun)).template == "drafts/none"


# --- status


def test_status_tells_the_steps_who_is_awaited_and_how_late(desk):
    opens(desk)
    hands_over(desk, RINA, "persiapan")
    desk.passes(days=2)
    said = only(desk.says(SARI, "/status"))
    assert "✅ 1. Persiapan, 24 Nov" in said.words
    assert "⚠️ 2. Disposisi — menunggu Kabid Penyelenggaraan E-Government, terlambat 2 hari kerja" in said.words
    plan = only(desk.taps(SARI, next(c for c in said.choices if c.action == "status.plan")))
    assert "1. Persiapan: rencana 27 Nov, selesai 24 Nov" in plan.words
    assert "2. Disposisi: rencana 30 Nov, berjalan sejak 24 Nov" in plan.words


def test_status_counts_the_agencies_and_names_those_that_owe(desk):
    cycle = opens(desk)
    up_to_collection(desk)
    hands_over(desk, DEWI, "pengumpulan_data", opds(desk)[0])
    said = only(desk.says(RINA, "/status"))
    assert "1 dari 3 perangkat daerah sudah" in said.words
    owing = only(desk.taps(RINA, f"status.owing:{cycle}:"))
    assert "2 perangkat daerah belum menyerahkan" in owing.words
    assert desk.office.opd(opds(desk)[1]).name in owing.words
    assert desk.office.opd(opds(desk)[0]).name not in owing.words


def test_an_agency_sees_where_the_cycle_stands_and_its_own_task_only(desk):
    cycle = opens(desk)
    up_to_collection(desk)
    said = only(desk.says(DEWI, "/status"))
    assert "sedang berjalan" in said.words
    assert "Tugas Bapak/Ibu" in said.words
    assert "dari 3" not in said.words
    assert not [c for c in said.choices if c.action in ("status.plan", "status.owing")]
    for action in ("status.plan", "status.owing"):
        refused = only(desk.taps(DEWI, f"{action}:{cycle}:"), "toast")
        assert refused.template == "refusals/nothing_there"


def test_in_a_group_the_status_is_short_and_names_no_agency(desk):
    opens(desk)
    up_to_collection(desk)
    said = only(desk.says(RINA, "/status", chat=GROUP))
    assert said.template == "status/group"
    assert "0 dari 3 sudah" in said.words
    assert all(desk.office.opd(o).name not in said.words for o in opds(desk))
    assert only(desk.says(STRANGER, "/status", chat=GROUP)).template == "refusals/not_member"


def test_a_suspended_cycle_says_why(desk):
    cycle = opens(desk)
    reason = "Menunggu penetapan instrumen"
    suspend = lambda u: cycles.change_whole(u, u.people.acting(BUDI, desk.now), "suspend", cycle, reason, now=desk.now)  # noqa: E731
    desk.look(suspend)
    told = [s for s in desk.heard() if s.template == "cycle_suspended"]
    assert reason in told[0].words
    assert reason in only(desk.says(RINA, "/status")).words
    assert "waktu sedang dihentikan" in only(desk.says(RINA, "/tugas")).words


def test_an_older_cycle_can_be_looked_at(desk):
    first = opens(desk, "Evaluasi Mandiri SPBE 2025")
    cancel = lambda u: cycles.change_whole(u, u.people.acting(BUDI, desk.now), "cancel", first, "Salah", now=desk.now)  # noqa: E731
    desk.look(cancel)
    desk.passes(hours=1)
    opens(desk, "Evaluasi Mandiri SPBE 2026")
    said = only(desk.says(RINA, "/status"))
    older = next(c for c in said.choices if c.action == "status.cycle")
    assert "Siklus dibatalkan" in only(desk.taps(RINA, older)).words


# --- papers


def keeps(desk, cycle, kind, audience, opd=None, sha="a"):
    stored = StoredFile(sha * 64, 100, "application/pdf", 1)
    register = lambda u: u.papers.register_upload(  # noqa: E731
        kind, stored, title=kind.title(), filename=f"{kind}.pdf", audience=audience, cycle=cycle, opd=opd, now=desk.now
    )
    return desk.look(register)


def test_everybody_sees_the_papers_that_the_sop_lets_them_see(desk):
    cycle = opens(desk)
    mine, other = opds(desk)[:2]
    keeps(desk, cycle, "disposisi", "internal")
    own = keeps(desk, cycle, "tanda_terima", "own_evidence", mine)
    theirs = keeps(desk, cycle, "tanda_terima", "own_evidence", other)
    seen = only(desk.says(DEWI, "/dokumen"))
    assert [c.id for c in seen.choices if c.action == "docs.send"] == [own]
    sent = only(desk.taps(DEWI, f"docs.send:{own}:"))
    assert sent.attachment["paper"] == own
    for forbidden in (theirs, "tidak-ada"):
        refused = only(desk.taps(DEWI, f"docs.send:{forbidden}:"), "toast")
        assert refused.template == "refusals/nothing_there"
    assert len(only(desk.says(BUDI, "/dokumen")).choices) == 3 + 1


def test_a_paper_sent_on_request_stands_in_the_journal(desk):
    cycle = opens(desk)
    paper = keeps(desk, cycle, "tanda_terima", "own_evidence", opds(desk)[0])
    desk.taps(BUDI, f"docs.send:{paper}:")
    line = desk.look(lambda u: u.journal.page()[0])
    assert (line.event, line.name) == ("PaperSeen", "Budi Santoso")
    assert line.capacity == "Kabid Penyelenggaraan E-Government"


def test_long_lists_of_papers_are_turned_in_place_and_old_versions_can_be_seen(desk):
    cycle = opens(desk)
    made = [keeps(desk, cycle, f"surat_{n}", "letters", sha=f"{n:x}") for n in range(10)]
    desk.look(lambda u: u.papers.replace(made[0]))
    listed = only(desk.says(BUDI, "/dokumen"))
    assert "9 dokumen, halaman 1/2" in listed.words
    following = only(desk.taps(BUDI, next(c for c in listed.choices if c.label_key == "page.next")))
    assert len([c for c in following.choices if c.action == "docs.send"]) == 1
    old = only(desk.taps(BUDI, next(c for c in listed.choices if c.label_key == "docs.old")))
    assert [c.id for c in old.choices if c.action == "docs.send"] == made[:1]


def test_of_several_cycles_one_is_chosen_first(desk):
    opens(desk, "Evaluasi Mandiri SPBE 2025")
    second = opens(desk, "Evaluasi Mandiri SPBE 2026")
    asked = only(desk.says(BUDI, "/dokumen"))
    assert asked.template == "documents/which_cycle"
    chosen = next(c for c in asked.choices if c.id == second)
    assert only(desk.taps(BUDI, chosen)).template == "documents/none"


def test_the_sop_sheet_is_printed_once_for_everybody(desk):
    first, second = only(desk.says(DEWI, "/sop")), only(desk.says(BUDI, "/sop"))
    assert first.attachment["paper"] == second.attachment["paper"]
    assert only(desk.says(STRANGER, "/sop")).template == "refusals/not_member"


# --- settings


def test_quiet_hours_are_chosen_by_button_or_typed_within_what_the_office_allows(desk):
    offered = only(desk.taps(BUDI, "settings.quiet::"))
    chosen = next(c for c in offered.choices if c.arg == "21.00-06.00")
    assert "Jam tenang: 21.00–06.00 WIB" in only(desk.taps(BUDI, chosen)).words
    desk.taps(BUDI, "settings.quiet::")
    assert only(desk.says(BUDI, "09.00-10.00")).template == "refusals/bad_input"
    assert "20.00-06.30" in only(desk.says(BUDI, "malam")).words
    assert "Jam tenang: 19.30–05.00 WIB" in only(desk.says(BUDI, "pukul 19:30 s.d. 5")).words
    desk.taps(BUDI, "settings.quiet::")
    assert "mengikuti kantor" in only(desk.taps(BUDI, "settings.hours::kantor")).words


def test_digest_and_quiet_hours_do_not_undo_each_other(desk):
    desk.taps(BUDI, "settings.digest::1")
    desk.taps(BUDI, "settings.hours::21.00-06.00")
    said = only(desk.says(BUDI, "/settings"))
    assert "diringkas" in said.words
    assert "21.00–06.00" in said.words


def test_settings_tell_roles_and_who_stands_in(desk):
    today = desk.now.astimezone(WIB).date()

    def lend(uow):
        budi, sari = uow.people.acting(BUDI, desk.now), uow.people.acting(SARI, desk.now)
        lent = Delegation("d1", "kabid", None, budi.id, budi.name, sari.id, "Plh.", today, today)
        uow.people.delegate(lent, desk.now)

    desk.look(lend)
    assert "Plh. Kabid Penyelenggaraan E-Government: Sari Wulandari" in only(desk.says(BUDI, "/pengaturan")).words
    assert "(menggantikan Budi Santoso)" in only(desk.says(SARI, "/pengaturan")).words


# --- help, and what nobody asked for


def test_help_lists_the_commands_of_the_person(desk):
    said = only(desk.says(BUDI, "/help"))
    assert "Kabid Penyelenggaraan E-Government" in said.words
    assert "/tugas — " in said.words


def test_cancel_closes_the_question_and_says_so(desk):
    opens(desk)
    task = task_of(desk, "persiapan")
    desk.taps(RINA, f"plain.note:{task}:")
    assert only(desk.says(RINA, "/cancel")).template == "cancel/ended"
    assert only(desk.says(RINA, "/batal")).template == "cancel/nothing_open"
    assert only(desk.says(RINA, "catatan")).template == "unknown/text"


def test_unknown_words_get_a_hint_and_buttons_that_fit(desk):
    said = only(desk.says(BUDI, "selamat pagi"))
    assert [c.action for c in said.choices] == ["tasks.mine", "help.open"]
    assert "/tugas" in only(desk.says(BUDI, "/tugs")).words
    assert "Mungkin" not in only(desk.says(BUDI, "/qqqqq")).words


def test_a_file_that_nobody_asked_for_is_not_swallowed(desk):
    assert only(desk.sends(BUDI, "rahasia.pdf")).template == "unknown/upload"
    assert only(desk.sends(DEWI)).template == "file_stored"  # an agency: the slice of step 4 takes it
    opens(desk)
    desk.taps(RINA, f"plain.note:{task_of(desk, 'persiapan')}:")
    assert only(desk.sends(RINA)).template == "unknown/question_open"


def test_a_changed_message_is_not_read_again(desk):
    assert only(desk.edits(BUDI, "lain")).template == "unknown/edited"


def test_an_old_button_says_that_things_have_moved_on(desk):
    said = only(desk.taps(BUDI, "lama.sekali:abc:"), "toast")
    assert "sudah tidak berlaku" in said.words


def test_somebody_without_any_role_is_told_how_to_get_one(desk):
    revoke = lambda u: people.revoke_role(  # noqa: E731
        u, u.people.acting(ADMIN, desk.now), u.people.acting(SARI, desk.now).id, "sekretariat", None, now=desk.now
    )
    desk.look(revoke)
    assert [s.template for s in desk.heard()] == ["role_revoked"]
    assert "tidak memegang peran" in only(desk.says(SARI, "/start")).words
    assert only(desk.says(SARI, "/bantuan")).template == "help/stranger"
    assert only(desk.says(SARI, "halo")).template == "start/stranger"
