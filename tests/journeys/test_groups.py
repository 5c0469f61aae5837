"""Groups: bound in the group by somebody who may, followed when they move, given up when the bot is out."""

import pytest

from sop.people import ADMINISTRATOR
from tests.city import City


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path)
    yield made
    made.close()


def bound(city):
    return city.look(lambda uow: [(g.purpose, g.chat, g.thread) for g in uow.groups.all()])


def test_the_team_binds_its_group_and_only_the_authorised_tap_counts(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    budi = city.member("Budi Santoso", "opd", "dishub")
    group = city.api.group("Tim SPBE", [rina, budi], with_bot=False)
    group.adds_bot(rina)
    city.settle()
    group.sees("belum terhubung")
    rina.says_in(group, "/hubungkan_grup")
    city.settle()

    tap = budi.taps_in(group, "Tim SPBE Diskominfo")
    city.settle()
    assert "untuk" in tap.answer.text
    assert bound(city) == []

    rina.taps_in(group, "Tim SPBE Diskominfo")
    city.settle()
    group.sees("terhubung sebagai grup Tim SPBE Diskominfo")
    assert bound(city) == [("tim_diskominfo", group.id, None)]


def test_a_topic_is_bound_as_a_topic(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    group = city.api.group("Tim SPBE", [rina], with_bot=False, forum=True)
    group.adds_bot(rina)
    topic = group.topic("Monev")
    rina.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_diskominfo", thread=topic)
    city.settle()

    assert bound(city) == [("tim_diskominfo", group.id, topic)]


def test_a_group_that_becomes_a_supergroup_stays_bound_and_is_not_greeted_anew(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    group = city.api.group("Tim SPBE", [rina], with_bot=False)
    group.adds_bot(rina)
    rina.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_kota")
    city.settle()
    new = group.migrates()
    city.settle()

    assert bound(city) == [("tim_kota", new, None)]
    assert not [m for m in group.messages if m.from_bot]


def test_the_administrator_hears_that_the_bot_was_removed(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    group = city.api.group("Tim SPBE", [admin], with_bot=False)
    group.adds_bot(admin)
    admin.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_diskominfo")
    city.settle()
    group.kicks_bot()
    city.settle()

    admin.sees("tidak lagi terhubung")
    assert bound(city) == []


def test_added_by_its_link_the_bot_asks_at_once_for_the_team(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    group = city.api.group("Tim SPBE", [rina], with_bot=False)
    group.adds_bot(rina)
    rina.says_in(group, "/start@monev_spbe_bot hubungkan")
    city.settle()
    rina.taps_in(group, "Tim SPBE Kota")
    city.settle()

    assert bound(city) == [("tim_kota", group.id, None)]


def test_a_stranger_in_the_group_binds_nothing(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    stranger = city.api.person("Orang Lain")
    group = city.api.group("Tim SPBE", [rina, stranger], with_bot=False)
    group.adds_bot(rina)
    stranger.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_kota")
    city.settle()

    assert bound(city) == []


def test_in_private_the_command_explains_itself(city):
    rina = city.member("Rina Kartika", "tim_diskominfo")
    rina.says("/hubungkan_grup")
    city.settle()
    shown = rina.sees("Menghubungkan grup")

    assert shown.markup.rows[0][0].url == "https://t.me/monev_spbe_bot?startgroup=hubungkan"


def test_a_member_who_blocks_the_bot_cannot_be_reached_until_they_come_back(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    budi = city.member("Budi Santoso", "opd", "dishub")

    def reachable():
        return city.look(lambda uow: uow.people.acting(budi.id, city.clock.now()).person.reachable)

    budi.blocks_bot()
    city.settle()
    admin.sees("Budi Santoso tidak dapat dihubungi")
    assert not reachable()

    budi.unblocks_bot()
    city.settle()
    assert reachable()
