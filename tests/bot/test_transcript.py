"""What the rehearsal shows on the terminal."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console

from bot.clock import MovableClock
from bot.transcript import Transcript
from latihan.botapi import BotApi
from latihan.model import Button, Markup

TOKEN = "100000001:gladi-" + "x" * 30
BEGINS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def heard():
    """The world's people, what is printed, and the clock."""
    clock, screen = MovableClock(BEGINS), StringIO()
    api = BotApi(token=TOKEN, username="monev_spbe_bot", clock=lambda: clock.now().timestamp())
    transcript = Transcript(Console(file=screen, width=100, highlight=False), clock)
    api.observe(transcript.hear)
    return api, clock, transcript, screen


def test_a_file_that_a_person_sends_is_shown_by_its_name(heard):
    api, _, _, screen = heard
    rina = api.person("Rina Kartika")
    rina.start()
    rina.sends("Formulir.pdf", b"%PDF-1.7", caption="Ini formulirnya")

    assert "Rina Kartika 📎 Formulir.pdf\nIni formulirnya" in screen.getvalue()


def test_a_new_day_is_announced_before_the_first_thing_said_on_it(heard):
    api, clock, transcript, screen = heard
    rina = api.person("Rina Kartika")
    rina.start()
    transcript.scene("Pengingat")
    rina.says("pagi")
    clock.move_to(BEGINS + timedelta(days=15))
    rina.says("siang")

    lines = [line.strip("─ ") for line in screen.getvalue().splitlines()]
    assert lines[-4:] == [
        "1. Pengingat · Selasa, 24 November 2026",
        "08.00 Rina Kartika pagi",
        "Rabu, 9 Desember 2026",
        "08.00 Rina Kartika siang",
    ]


def test_a_card_that_changes_by_itself_is_one_line_and_the_answer_to_a_tap_is_whole(heard):
    api, _, _, screen = heard
    rina, world = api.person("Rina Kartika"), api.world
    rina.start()
    button = Button("Buka", data="x")
    with world.lock:
        card = world.bot_posts(world.chats[rina.user.id], text="Kartu", markup=Markup("inline", ((button,),)))
        world.bot_edits(card, "Kartu baru\nrincian", "", [], card.markup)
    rina.taps("Buka")
    with world.lock:
        world.bot_edits(card, "Jawaban\nselengkapnya", "", [], None)

    printed = screen.getvalue()
    assert "Bot → Rina Kartika kartu diperbarui: Kartu baru\n" in printed
    assert "rincian" not in printed
    assert "Bot → Rina Kartika ✎ Jawaban\n      selengkapnya\n" in printed
