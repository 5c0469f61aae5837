"""Open questions: the row is the truth, a command always wins, and nobody is left without a sentence."""

import pytest

from handlers.registry import Command, Dialogue, Registry, RegistryMistake, State
from latihan.wire import message_json
from tests.turns.conftest import NOW, Running
from tests.turns.toy import begin, take_title, toy


def test_a_command_wins_over_an_open_question(office, rina):
    rina.says("/mulai")
    rina.says("/di_mana sekarang juga")
    rina.says("Rapat")
    office.settle()
    assert office.said_to(rina.id) == ["toy/ask_title", "toy/here", "toy/ask_place"]
    assert office.rows("SELECT json_extract(params, '$.arguments') FROM outbox WHERE template = 'toy/here'") == [
        ("sekarang juga",)
    ]


def test_the_same_command_again_asks_again_and_keeps_the_draft(office, rina):
    for words in ("/mulai", "Rapat", "/mulai"):
        rina.says(words)
    office.settle()
    assert office.rows("SELECT state, subject FROM dialogue") == [("toy.title", "minutes")]
    assert office.rows("SELECT json_extract(content, '$.title') FROM draft") == [("Rapat",)]


def test_an_unknown_command_is_not_taken_for_an_answer(office, rina):
    rina.says("/mulai")
    rina.says("/salah_ketik")
    office.settle()
    assert office.said_to(rina.id) == ["toy/ask_title", "toy/unknown"]
    assert office.rows("SELECT state FROM dialogue") == [("toy.title",)]


def test_a_question_that_somebody_else_has_closed_is_answered_with_a_sentence(office, rina, budi):
    rina.says("/mulai")
    office.settle()
    budi.says("/tarik")
    office.settle()
    rina.says("Rapat")
    rina.says("Ruang A")
    office.settle()
    assert office.said_to(rina.id) == ["toy/ask_title", "refusals/dialogue_closed", "toy/unknown"]


def test_a_question_that_this_version_no_longer_asks_is_closed_with_a_sentence_at_start(server, database, rina):
    database.call(lambda uow: uow.dialogues.move(rina.id, rina.id, "old.question", "x", NOW))
    database.call(lambda uow: uow.dialogues.move(7, 7, "toy.title", "minutes", NOW))
    office = Running(server, database)
    office.start()
    rina.says("jawaban lama")
    office.settle()
    office.stop()
    assert office.said_to(rina.id) == ["refusals/dialogue_closed", "toy/unknown"]
    assert office.rows("SELECT person, state FROM dialogue") == [(7, "toy.title")]


def test_a_file_answers_the_question_that_asks_for_one(office, rina):
    rina.says("/mulai")
    rina.sends("SK Tim.pdf", b"%PDF-1.7 isi", caption="ini dia")
    rina.sends_photo(b"gambar")
    office.settle()
    files = office.rows("SELECT json_extract(params, '$.filename') FROM outbox WHERE template = 'toy/file' ORDER BY id")
    assert files[0] == ("SK Tim.pdf",)
    assert files[1][0].startswith("photo-")
    rina.says("Rapat")
    rina.sends("lagi.pdf", b"%PDF")  # this question wants words
    office.settle()
    assert office.said_to(rina.id)[-2:] == ["toy/ask_place", "toy/unknown"]


def test_an_edited_message_is_not_an_answer(office, server, rina):
    rina.says("/mulai")
    office.settle()
    said = rina.chat[0]
    with server.world.lock:
        server.world.updates.add("edited_message", message_json(said) | {"edit_date": server.world.date()}, rina.id)
        server.world.notify()
    office.settle()
    assert office.said_to(rina.id) == ["toy/ask_title", "toy/edited"]


def test_a_stranger_reaches_public_commands_only(office, rina):
    rina.says("/dalam")
    rina.says("/lokasi")
    office.settle()
    assert office.said_to(rina.id) == ["refusals/not_member", "toy/here"]


def test_a_command_of_another_role_is_refused_by_name(office, rina):
    def work(uow):
        person = uow.people.join(rina.id, rina.name, NOW)
        uow.people.hold(person.id, "sekretariat", None, "", NOW)

    office.database.call(work)
    rina.says("/kabid")
    rina.says("/dalam")
    office.settle()
    assert office.said_to(rina.id) == ["refusals/not_yours", "toy/inside"]
    assert office.rows("SELECT json_extract(params, '$.role') FROM outbox WHERE template = 'refusals/not_yours'") == [
        ("kabid",)
    ]


def test_in_a_group_commands_answer_there_and_private_ones_say_so(office, server, rina):
    group = server.group("Tim Kota", [rina], forum=True)
    rina.says_in(group, "/di_mana@monev_latihan_bot")
    rina.says_in(group, "/mulai@monev_latihan_bot")
    office.settle()
    assert office.said_to(group.chat.id) == ["toy/membership", "toy/here", "toy/wrong_place"]
    assert office.rows("SELECT reply_to IS NOT NULL FROM outbox WHERE template = 'toy/here'") == [(1,)]
    assert office.rows("SELECT * FROM dialogue") == []


def test_a_question_asked_in_a_group_is_a_mistake_of_ours_and_is_set_aside(server, database, rina):
    table = Dialogue(
        "toy",
        commands=(Command("mulai", begin, where="both", public=True),),
        states=(State("toy.title", take_title),),
    )
    office = Running(server, database, Registry([table]))
    office.start()
    group = server.group("Tim", [rina])
    rina.says_in(group, "/mulai@monev_latihan_bot")
    office.settle()
    office.stop()
    assert office.said_to(group.chat.id) == ["errors/unexpected"]
    assert ("failed", 1) in office.inbox()


def test_blocking_and_migration_reach_their_callbacks(office, server, rina):
    rina.start()
    rina.blocks_bot()
    group = server.group("Tim", [rina])
    office.settle()
    group.migrates()
    office.settle()
    assert office.said_to(rina.id) == ["toy/unknown", "toy/membership"]
    migrated = [c for (c,) in office.rows("SELECT chat FROM outbox WHERE template = 'toy/migration' ORDER BY id")]
    assert len(migrated) == 2


def test_the_table_refuses_two_entries_of_one_name():
    with pytest.raises(RegistryMistake):
        Registry([*toy().dialogues, *toy().dialogues])
