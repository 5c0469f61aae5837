"""After a time without Telegram the open cards are sent afresh: taps of that time are lost (issue 3, section 4)."""

import threading
from datetime import timedelta

import pytest

from latihan.faults import Fault
from tests.city import City
from tests.journeys.test_whole_cycles import opened


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path)
    yield made
    made.close()


def cards(person):
    return [m for m in person.chat if m.from_bot and "Langkah 1/8" in m.text]


@pytest.mark.parametrize(("minutes", "fresh"), [(1, 0), (3, 1)])
def test_a_start_after_minutes_of_standstill_sends_the_open_cards_afresh(city, minutes, fresh):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    opened(city, rina)
    before = len(cards(rina))
    city.stop()
    city.clock.move_to(city.clock.now() + timedelta(minutes=minutes))
    city.start()
    assert len(cards(rina)) == before + fresh


@pytest.mark.parametrize(("minutes", "fresh"), [(1, 0), (3, 1)])
def test_minutes_without_an_answer_of_telegram_send_the_open_cards_afresh(city, minutes, fresh):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    opened(city, rina)
    before = len(cards(rina))
    failed = threading.Event()

    def cut_off(method, params):
        if method.lower() != "getupdates":
            return None
        failed.set()
        return Fault.error(502, "Bad Gateway", html=True)

    city.api.on_request(cut_off)
    assert failed.wait(20)
    city.clock.move_to(city.clock.now() + timedelta(minutes=minutes))
    city.api.on_request(None)
    rina.says("/bantuan")
    city.settle()
    assert len(cards(rina)) == before + fresh
