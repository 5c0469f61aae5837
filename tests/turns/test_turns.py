"""One update is one person's turn, in one transaction."""

import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from handlers.registry import STAY
from sop.people import ADMINISTRATOR
from tests.turns.conftest import NOW, Running
from tests.turns.toy import toy


def joins(office, person, role):
    def work(uow):
        joined = uow.people.join(person.id, person.name, NOW)
        uow.people.hold(joined.id, role, None, "", NOW)

    office.database.call(work)


def test_what_a_person_writes_quickly_is_handled_in_order(office, rina):
    for words in ("/mulai", "Rapat", "Ruang A", "/mulai", "Rapat 2", "Ruang B"):
        rina.says(words)
    office.settle()

    facts = office.rows("SELECT facts FROM journal ORDER BY id")
    assert [("Rapat 2" in f, "Ruang B" in f) for (f,) in facts] == [(False, False), (True, True)]
    assert office.said_to(rina.id) == ["toy/ask_title", "toy/ask_place", "toy/written"] * 2


def test_a_person_whose_turn_has_to_wait_does_not_delay_another(server, database, rina, budi):
    """Rina's turn meets a locked database until Budi's has been handled."""
    budi_done = threading.Event()

    def where(turn):
        if turn.user_id == rina.id and not budi_done.is_set():
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        if turn.user_id == budi.id:
            budi_done.set()
        turn.say("toy/unknown")
        return STAY

    office = Running(server, database, toy(unknown=where))
    rina.says("satu")
    rina.says("dua")
    budi.says("tiga")
    office.start()
    office.settle()
    office.stop()

    assert budi_done.is_set()
    assert office.said_to(budi.id) == ["toy/unknown"]
    assert office.said_to(rina.id) == ["toy/unknown"] * 2
    order = office.rows("SELECT chat FROM outbox ORDER BY id")
    assert order[0] == (budi.id,)


def test_a_refusal_undoes_what_the_callback_did_and_keeps_the_question_open(office, rina):
    rina.says("/mulai")
    rina.says("rusak")
    office.settle()
    assert office.said_to(rina.id) == ["toy/ask_title", "refusals/bad_input"]
    assert office.rows("SELECT state FROM dialogue") == [("toy.title",)]
    assert office.rows("SELECT * FROM draft") == []

    rina.says("Rapat")
    rina.says("Ruang A")
    office.settle()
    assert office.said_to(rina.id)[2:] == ["toy/ask_place", "toy/written"]


def test_a_refused_tap_gets_an_alert_and_every_tap_gets_an_answer(office, rina):
    rina.says("/mulai")
    office.settle()
    post = server_message(office, rina)
    rina.taps_data("toy.refused:x1:", post)
    rina.taps_data("toy.cancel:minutes:", post)
    rina.taps_data("lama.sekali:x:", post)
    rina.taps_data("bukan tombol kami", post)
    rina.taps_data("toy.inside::", post)
    office.settle()
    assert office.toasts() == [
        ("refusals/nothing_there", 1),
        ("", 0),
        ("refusals/nothing_there", 1),
        ("refusals/nothing_there", 1),
        ("refusals/not_member", 1),
    ]
    assert office.rows("SELECT edit FROM outbox WHERE template = 'toy/cancelled'") == [(post.id,)]


def test_a_tap_that_waited_too_long_is_refused_in_words_too(server, database, rina):
    office = Running(server, database)
    rina.start()
    rina.taps_data("toy.refused:x1:", server_message(office, rina))
    pending = [update.to_api() for update in server.updates_pending()]
    database.call(lambda uow: uow.inbox.store(pending, NOW - timedelta(seconds=11)))
    office.start()
    office.settle()
    office.stop()
    assert office.toasts() == [("refusals/nothing_there", 1)]
    assert "refusals/nothing_there" in office.said_to(rina.id)


def test_a_programming_error_undoes_everything_and_is_set_aside_with_a_code(office, rina, budi, caplog):
    joins(office, budi, ADMINISTRATOR)
    rina.says("/mulai")
    rina.says("jebol")
    rina.says("Rapat")
    office.settle()

    assert office.said_to(rina.id) == ["toy/ask_title", "errors/unexpected", "toy/ask_place"]
    assert office.inbox() == [("done", 0), ("failed", 1), ("done", 0)]
    ((code,),) = office.rows("SELECT code FROM inbox WHERE state = 'failed'")
    assert len(code) == 4
    assert f"code {code}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    told = office.rows("SELECT template, json_extract(params, '$.code') FROM outbox WHERE person <> ''")
    assert told == [("errors/set_aside", code)]


@pytest.mark.parametrize(("failures", "state", "attempts"), [(2, "done", 2), (3, "failed", 3)])
def test_a_passing_error_of_the_database_is_tried_three_times(server, database, rina, failures, state, attempts):
    left = [failures]

    def trouble(turn):
        if left[0]:
            left[0] -= 1
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        turn.say("toy/unknown")
        return STAY

    office = Running(server, database, toy(unknown=trouble))
    rina.says("halo")
    office.start()
    office.settle()
    office.stop()
    assert office.inbox() == [(state, attempts)]
    assert office.said_to(rina.id) == ["toy/unknown" if state == "done" else "errors/unexpected"]


def test_a_commit_that_fails_leaves_question_and_row_as_they_were(server, database, rina):
    """The error comes after the callback: memory must not run ahead of the rows."""
    failing = [True]

    def refuse_once(connection):
        if failing and "place" in str(connection.info.get("last", "")):
            failing.clear()
            raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    def remember(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith("UPDATE dialogue"):
            connection.info["last"] = "place"

    event.listen(database.engine, "after_cursor_execute", remember)
    event.listen(database.engine, "commit", refuse_once)
    office = Running(server, database)
    office.start()
    for words in ("/mulai", "Rapat", "Ruang A"):
        rina.says(words)
    office.settle()
    office.stop()
    assert not failing
    assert office.said_to(rina.id) == ["toy/ask_title", "toy/ask_place", "toy/written"]
    assert len(office.rows("SELECT * FROM journal")) == 1


def test_an_update_that_comes_again_changes_nothing(office, rina):
    rina.says("/mulai")
    office.settle()
    payload = office.database.call(
        lambda uow: uow.session.connection().exec_driver_sql("SELECT payload FROM inbox").scalar()
    )
    assert '"/mulai"' in payload

    again = json.loads(payload)
    assert office.database.call(lambda uow: uow.inbox.store([again, again], NOW)) == 0
    office.wake()
    rina.says("Rapat")
    office.settle()
    assert office.said_to(rina.id) == ["toy/ask_title", "toy/ask_place"]


def test_an_update_that_nobody_claims_does_not_come_for_ever(office, server, rina):
    group = server.group("Tim", [rina])
    group.hears(rina, "obrolan biasa", None, None)
    office.settle()
    assert all(state == "done" for state, _ in office.inbox())


def test_an_update_that_cannot_be_read_is_set_aside_and_the_next_one_is_handled(office, rina):
    broken = {"update_id": 1, "message": {"message_id": "?", "from": {"id": rina.id}, "chat": []}}
    office.database.call(lambda uow: uow.inbox.store([broken], NOW))
    office.wake()
    rina.says("/mulai")
    office.settle()
    assert office.inbox() == [("failed", 1), ("done", 0)]


def server_message(office, person):
    """A message of the bot in the chat, as the sender would have left it."""
    with office.server.world.lock:
        return office.server.world.bot_posts(person.private, text="Kartu", source="Kartu")
