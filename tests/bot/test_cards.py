"""The living message of a task: sent once, edited in place, closed without buttons."""

from handlers.registry import CardView
from latihan.people import Person
from tests.bot.post_office import BUTTONS, Post, played, say


def view(title: str, *, open: bool = True) -> CardView:
    return CardView("card", {"title": title}, BUTTONS, open)


def buttons(post: Post, person: Person) -> list[int]:
    return [len(m.markup.rows) if m.markup else 0 for m in post.server.messages_to(person.id)]


@played
async def test_a_card_is_sent_once_and_edited_from_then_on(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = view("Disposisi")
    await post.refreshes("t1", id, loud=True)
    post.heard.cards["t1"] = view("Disposisi, sisa 10 menit")
    await post.refreshes("t1", id)
    assert post.texts(rina.id) == ["📋 Disposisi, sisa 10 menit"]
    assert buttons(post, rina) == [1]
    assert post.heard.delivered == [("t1", id)]


@played
async def test_a_decided_task_closes_every_copy_without_buttons(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    budi, other = post.joins("Budi Santoso")
    post.heard.cards["t1"] = view("Disposisi")
    await post.database.run(lambda uow: uow.outbox.refresh_card("t1", [id, other], loud=True))
    await post.worker.idle()
    post.heard.cards["t1"] = view("Disetujui oleh Plh. Kabid", open=False)
    await post.database.run(lambda uow: uow.outbox.refresh_card("t1", [id, other]))
    await post.worker.idle()
    for person in (rina, budi):
        assert post.texts(person.id) == ["📋 Disetujui oleh Plh. Kabid"]
        assert buttons(post, person) == [0]


@played
async def test_a_refresh_that_changes_nothing_is_a_success(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = view("Disposisi")
    await post.refreshes("t1", id)
    await post.refreshes("t1", id)
    assert await post.states() == ["sent", "sent"]
    assert post.texts(rina.id) == ["📋 Disposisi"]


@played
async def test_a_card_that_the_person_deleted_is_sent_anew_while_open_and_left_when_closed(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = view("Disposisi")
    await post.refreshes("t1", id)
    post.server.messages_to(rina.id)[0].deleted = True
    post.heard.cards["t1"] = view("Disposisi lagi")
    await post.refreshes("t1", id)
    assert post.texts(rina.id) == ["📋 Disposisi lagi"]
    post.server.messages_to(rina.id)[0].deleted = True
    post.heard.cards["t1"] = view("Selesai", open=False)
    await post.refreshes("t1", id)
    assert post.texts(rina.id) == []
    assert await post.states() == ["sent", "sent", "dropped"]


@played
async def test_a_loud_refresh_rings_anew_and_takes_the_buttons_off_the_former_copy(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = view("Disposisi")
    await post.refreshes("t1", id, loud=True)
    await post.refreshes("t1", id, loud=True)
    assert post.texts(rina.id) == ["📋 Disposisi", "📋 Disposisi"]
    assert buttons(post, rina) == [0, 1]
    assert [m.silent for m in post.server.messages_to(rina.id)] == [False, False]
    assert post.heard.delivered == [("t1", id)]


@played
async def test_a_reopened_task_gets_a_new_card(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    for card in (view("Disposisi"), view("Dikembalikan", open=False), view("Disposisi, putaran 2")):
        post.heard.cards["t1"] = card
        await post.refreshes("t1", id)
    assert post.texts(rina.id) == ["📋 Dikembalikan", "📋 Disposisi, putaran 2"]
    assert post.heard.delivered == [("t1", id), ("t1", id)]


@played
async def test_who_lost_the_role_keeps_no_buttons(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = view("Disposisi")
    await post.refreshes("t1", id)
    post.heard.cards["t1"] = None
    await post.refreshes("t1", id)
    assert buttons(post, rina) == [0]
    await post.refreshes("t1", id)
    assert await post.states() == ["sent", "sent", "dropped"]


@played
async def test_several_refreshes_that_wait_become_one(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = view("Disposisi")
    await post.end()
    for _ in range(3):
        await post.database.run(lambda uow: uow.outbox.refresh_card("t1", [id]))
    await post.database.run(lambda uow: uow.outbox.refresh_card("t1", [id], loud=True))
    await post.begin()
    await post.worker.idle()
    assert post.server.requests["sendMessage"] == 1
    assert [m.silent for m in post.server.messages_to(rina.id)] == [False]


@played
async def test_an_edit_of_a_message_that_is_gone_becomes_a_new_message(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    await post.sends(say(id, "lama"))
    message = post.server.messages_to(rina.id)[0]
    message.deleted = True
    await post.sends(say(id, "baru", edit=message.id))
    assert post.texts(rina.id) == ["baru"]
    assert await post.states() == ["sent", "sent"]
