"""The process is killed at every step between Telegram and the rows: nothing is lost, nothing happens twice."""

import json
import os
import signal
import sqlite3
import time
from collections import Counter

import pytest

from latihan.botapi import BotApi
from storage.database import Database
from tests.crashes.program import run
from tests.forking import processes
from tests.turns.toy import fresh_tables

PATIENCE = 15.0  # seconds until a test gives up
STEPS = ["/mulai", "Rapat Koordinasi", "Smart Room Center"]
AFTER = {0: None, 1: "toy.title", 2: "toy.place", 3: None}  # answers handled → the question that stands open
SAID = ["toy/ask_title", "toy/ask_place", "toy/written"]


@pytest.fixture
def world(tmp_path):
    with BotApi(repeat_hold=0.0) as server:
        yield World(server, tmp_path / "bot.db")


class World:
    """Telegram with two people who write, and the bot's process beside it."""

    def __init__(self, server, path):
        self.server = server
        self.path = path
        database = Database(f"sqlite:///{path}")
        fresh_tables(database)
        database.close()
        self.people = [server.person("Rina Marlina"), server.person("Budi Santoso")]
        self.process = None

    def everybody_writes(self):
        for words in STEPS:
            for person in self.people:
                person.says(words)

    def starts(self, place="", number=1):
        arguments = (f"sqlite:///{self.path}", self.server.base_url, self.server.token, place, number)
        self.process = processes.Process(target=run, args=arguments, daemon=True)
        self.process.start()

    def dies(self):
        self.process.join(PATIENCE)
        assert self.process.exitcode == -signal.SIGKILL

    def finishes(self):
        """Let the process live until every update is handled and confirmed, then kill it all the same."""
        deadline = time.monotonic() + PATIENCE
        total = len(STEPS) * len(self.people)
        while self.rows("SELECT count(*) FROM inbox WHERE state = 'done'") != [(total,)]:
            assert time.monotonic() < deadline, self.rows("SELECT * FROM inbox")
            assert self.process.is_alive()
            self.process.join(0.02)  # returns at once should it die
        assert self.server.wait_confirmed(PATIENCE)
        self.kill()

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.dies()

    def rows(self, query):
        with sqlite3.connect(self.path) as connection:
            return connection.execute(query).fetchall()

    def handled(self):
        return Counter(dict(self.rows("SELECT person, count(*) FROM inbox WHERE state = 'done' GROUP BY person")))

    def stands_where_it_stood(self):
        """The open question, the answers and what was said all agree with how many updates are done."""
        handled, questions = self.handled(), dict(self.rows("SELECT person, state FROM dialogue"))
        drafts = {p: json.loads(c) for p, c in self.rows("SELECT person, content FROM draft")}
        for person in self.people:
            done = handled[person.id]
            assert questions.get(person.id) == AFTER[done]
            assert drafts.get(person.id) == ({"title": STEPS[1]} if done == 2 else None)
            assert self.said_to(person) == SAID[:done]

    def said_to(self, person):
        return [t for (t,) in self.rows(f"SELECT template FROM outbox WHERE lane = 'chat:{person.id}' ORDER BY id")]

    def everything_happened_once(self):
        facts = [(who, json.loads(facts)) for who, facts in self.rows("SELECT who, facts FROM journal ORDER BY who")]
        wanted = {"cycle": "", "title": STEPS[1], "place": STEPS[2]}
        assert facts == [(str(p.id), wanted) for p in sorted(self.people, key=lambda p: p.id)]
        assert self.rows("SELECT count(*) FROM outbox") == [(len(SAID) * len(self.people),)]
        self.stands_where_it_stood()
        database = Database(f"sqlite:///{self.path}")
        assert database.call(lambda uow: uow.journal.verify()) is None
        database.close()


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("before inbox", 1),
        ("after inbox", 1),
        ("before turn", 1),
        ("after turn", 1),
        ("before turn", 3),
        ("after turn", 3),
        ("before turn", 6),
        ("after turn", 6),
    ],
)
def test_killed_around_a_commit_nothing_is_lost_and_nothing_happens_twice(world, place, number):
    world.everybody_writes()
    world.starts(place, number)
    world.dies()
    world.stands_where_it_stood()

    world.starts()
    world.finishes()
    world.everything_happened_once()


def test_killed_again_and_again_the_work_still_goes_on(world):
    world.everybody_writes()
    for place in ("before inbox", "after inbox", "before turn", *["after turn"] * 5, "before turn"):
        world.starts(place, 1)
        world.dies()
        world.stands_where_it_stood()

    world.starts()
    world.finishes()
    world.everything_happened_once()


@pytest.mark.parametrize("request_number", [1, 2])
def test_killed_while_asking_for_updates_they_come_again_or_are_there_already(world, request_number):
    asked = []

    def hook(method, params):
        if method == "getUpdates":
            asked.append(params)
            if len(asked) == request_number:
                os.kill(world.process.pid, signal.SIGKILL)

    world.everybody_writes()
    world.server.on_request(hook)
    world.starts()
    world.dies()
    world.stands_where_it_stood()

    world.starts()
    world.finishes()
    world.everything_happened_once()


def test_words_written_between_two_lives_reach_the_question_that_stood_open(world):
    rina = world.people[0]
    for person in world.people:
        person.says(STEPS[0])
        person.says(STEPS[1])
    world.starts("after turn", 4)
    world.dies()
    assert world.handled()[rina.id] == 2

    for person in world.people:
        person.says(STEPS[2])
    world.starts()
    world.finishes()
    world.everything_happened_once()
