"""The dispatcher over real HTTP: order, limits, and what is final."""

from datetime import timedelta

from latihan.faults import Fault
from sop.outgoing import Message, Priority, ToChat, ToGroup, ToPerson
from sop.ports import GroupBinding
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.post_office import BUTTONS, Post, played, say


@played
async def test_messages_of_one_chat_arrive_in_their_order_and_answers_before_announcements(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    await post.sends(
        *(say(id, f"edaran {n}", priority=Priority.BULK) for n in range(5)),
        *(say(id, f"jawaban {n}", priority=Priority.ANSWER) for n in range(3)),
    )
    assert post.texts(rina.id) == [*(f"jawaban {n}" for n in range(3)), *(f"edaran {n}" for n in range(5))]
    assert await post.states() == ["sent"] * 8
    assert post.server.floods == []


@played
async def test_a_broadcast_keeps_within_thirty_a_second_and_one_a_second_in_a_chat(post: Post) -> None:
    people = [post.joins(f"Petugas {n}") for n in range(40)]
    began = post.clock.now()
    await post.sends(*(say(id, f"pesan {n}") for n in range(3) for _, id in people))
    assert post.server.floods == []
    for person, _ in people:
        assert post.texts(person.id) == ["pesan 0", "pesan 1", "pesan 2"]
    seconds = (post.clock.now() - began).total_seconds()
    assert 120 / 30 <= seconds <= 10


@played
async def test_a_group_gets_at_most_twenty_messages_a_minute(post: Post) -> None:
    rina, _ = post.joins("Rina Marlina")
    group = post.server.group("Tim SPBE", [rina])
    began = post.clock.now()
    await post.sends(*(Message(ToChat(group.id), "say", {"text": f"baris {n}"}) for n in range(45)))
    assert post.texts(group.id) == [f"baris {n}" for n in range(45)]
    assert post.server.floods == []
    assert (post.clock.now() - began).total_seconds() > 120


@played
async def test_a_429_is_waited_out_without_a_second_one_and_others_are_served_meanwhile(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    budi, other = post.joins("Budi Santoso")
    calls: list[tuple[str, float]] = []

    def flood(method: str, params: dict[str, object]) -> Fault | None:
        calls.append((str(params.get("text")), post.clock.now().timestamp()))
        first = [text for text, _ in calls].count("satu") == 1
        return Fault.retry_after(30) if params.get("text") == "satu" and first else None

    post.server.on_request(flood)
    await post.sends(say(id, "satu"), say(id, "dua"), say(other, "halo"))
    assert post.texts(rina.id) == ["satu", "dua"]
    assert [text for text, _ in calls] == ["satu", "halo", "satu", "dua"]
    assert calls[2][1] - calls[0][1] >= 30
    assert calls[1][1] - calls[0][1] < 2
    assert budi.sees("halo")


@played
async def test_somebody_who_blocked_the_bot_is_recorded_as_unreachable(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    rina.blocks_bot()
    await post.sends(say(id, "halo"))
    assert await post.states() == ["unreachable"]
    assert post.heard.unreachable == [(ToPerson(id), "blocked")]


@played
async def test_somebody_who_never_pressed_start_is_recorded_as_unreachable(post: Post) -> None:
    stranger = post.server.person("Dewi Lestari")
    id = post.known(stranger)
    await post.sends(say(id, "halo"))
    assert await post.states() == ["unreachable"]
    assert post.heard.unreachable[0][1] in ("never_started", "not_found")


@played
async def test_a_group_that_grew_gets_the_message_once_under_its_new_number(post: Post) -> None:
    rina, _ = post.joins("Rina Marlina")
    group = post.server.group("Tim SPBE", [rina])
    old = group.id

    def bind(uow: SqlUnitOfWork) -> None:
        uow.groups.bind(GroupBinding("tim_diskominfo", old, None, "Tim SPBE"), "", post.clock.now())

    await post.database.run(bind)
    new = group.migrates()
    await post.sends(Message(ToGroup("tim_diskominfo"), "say", {"text": "satu baris"}))
    assert post.heard.migrated == [(old, new)]
    assert post.texts(new) == ["satu baris"]
    assert await post.states() == ["sent"]


@played
async def test_a_message_for_a_purpose_without_a_group_is_dropped(post: Post) -> None:
    await post.sends(Message(ToGroup("tim_kota"), "say", {"text": "satu baris"}))
    assert await post.states() == ["dropped"]


@played
async def test_a_passing_error_of_the_server_keeps_the_order_of_the_chat(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    troubles = [Fault.error(500, "Internal Server Error: restart"), None]
    post.server.on_request(lambda method, params: troubles.pop(0) if troubles else None)
    await post.sends(say(id, "satu"), say(id, "dua"))
    assert post.texts(rina.id) == ["satu", "dua"]


@played
async def test_a_server_that_cannot_be_reached_delays_and_loses_nothing(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.server.stop()
    await post.enqueues(say(id, "satu"), say(id, "dua"))
    post.server.start()
    await post.worker.idle()
    assert post.texts(rina.id) == ["satu", "dua"]
    assert await post.states() == ["sent", "sent"]


@played
async def test_a_message_for_later_waits_for_its_moment_and_holds_up_nobody(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    later = post.clock.now() + timedelta(hours=2)
    await post.sends(say(id, "nanti", not_before=later), say(id, "sekarang"))
    assert post.texts(rina.id) == ["sekarang"]
    post.clock.move_to(later)
    await post.worker.idle()
    assert post.texts(rina.id) == ["sekarang", "nanti"]


@played
async def test_a_message_with_a_key_is_replaced_while_it_waits_and_sent_once(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    later = post.clock.now() + timedelta(seconds=5)
    await post.enqueues(say(id, "7 berkas", key="album:1", not_before=later))
    await post.enqueues(say(id, "8 berkas", key="album:1", not_before=later))
    post.clock.move_to(later)
    await post.worker.idle()
    await post.sends(say(id, "9 berkas", key="album:1"))
    assert post.texts(rina.id) == ["8 berkas"]


@played
async def test_a_tap_is_answered_and_a_late_answer_matters_to_nobody(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    await post.sends(say(id, "kartu", choices=BUTTONS))
    tap = rina.taps("Setujui")
    await post.database.run(lambda uow: uow.outbox.toast(tap.query_id, "say", {"text": "Disetujui < 1 menit"}))
    await post.worker.idle()
    await post.database.run(lambda uow: uow.outbox.toast("0", "", {}))
    await post.worker.idle()
    assert tap.answer is not None
    assert tap.answer.text == "Disetujui < 1 menit"
    assert await post.states() == ["sent", "sent", "dropped"]


@played
async def test_the_menu_follows_the_roles_at_the_time_of_sending(post: Post) -> None:
    rina, id = post.joins("Rina Marlina", "kabid")
    await post.database.run(lambda uow: uow.outbox.refresh_menu(id))
    await post.worker.idle()
    assert [c["command"] for c in rina.commands] == ["tugas", "disposisi"]
    await post.database.run(lambda uow: uow.people.revoke(id, "kabid", None, post.clock.now()))
    await post.database.run(lambda uow: uow.outbox.refresh_menu(id))
    await post.worker.idle()
    assert rina.commands == []
