"""The window in which nobody knows whether a message arrived: a lost answer, a killed process."""

import asyncio

from latihan.faults import Fault, Gate
from sop.outgoing import Message
from storage.dispatch import SEND
from tests.bot.post_office import BUTTONS, Post, played, say

AGAIN = "\n\n(kirim ulang)"


@played
async def test_a_lost_answer_leads_to_exactly_one_repeat_with_a_mark(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    faults = [Fault.lose_answer()]
    post.server.on_request(lambda method, params: faults.pop() if faults else None)
    await post.sends(say(id, "surat nomor 12"), say(id, "berikutnya"))
    assert post.texts(rina.id) == ["surat nomor 12", f"surat nomor 12{AGAIN}", "berikutnya"]
    assert await post.states() == ["sent", "sent"]


@played
async def test_a_repeat_that_is_lost_as_well_is_reported_and_not_repeated(post: Post) -> None:
    admin, _ = post.administrator()
    rina, id = post.joins("Rina Marlina")
    post.server.on_request(lambda m, p: Fault.lose_answer() if "surat" in str(p.get("text")) else None)
    await post.sends(say(id, "surat nomor 12"))
    assert post.texts(rina.id) == ["surat nomor 12", f"surat nomor 12{AGAIN}"]
    assert (await post.states())[0] == "uncertain"
    assert "belum pasti terkirim" in post.texts(admin.id)[0]


@played
async def test_what_must_not_be_repeated_is_reported_at_once(post: Post) -> None:
    admin, _ = post.administrator()
    rina, id = post.joins("Rina Marlina")
    post.server.on_request(lambda m, p: Fault.lose_answer() if p.get("text") == "penting" else None)
    await post.sends(say(id, "penting", repeatable=False))
    assert post.texts(rina.id) == ["penting"]
    assert (await post.states())[0] == "uncertain"
    assert "Rina Marlina" in post.texts(admin.id)[0]


@played
async def test_a_lost_answer_to_an_edit_is_simply_done_again(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    await post.sends(say(id, "lama", choices=BUTTONS))
    number = post.server.messages_to(rina.id)[0].id
    faults = [Fault.lose_answer()]
    post.server.on_request(lambda method, params: faults.pop() if faults else None)
    await post.sends(say(id, "baru", edit=number))
    assert post.texts(rina.id) == ["baru"]
    assert await post.states() == ["sent", "sent"]


@played
async def test_a_process_killed_before_its_answer_came_repeats_once_with_the_mark(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    gate = Gate()
    gates = [Fault.hold_answer(gate)]
    post.server.on_request(lambda method, params: gates.pop() if gates and method == "sendMessage" else None)
    await post.enqueues(say(id, "surat nomor 12"), say(id, "berikutnya"))
    await asyncio.to_thread(gate.reached.wait, 5)
    await post.end()  # in the middle of the call: the row stays in `sending`
    assert await post.states() == ["sending", "pending"]
    gate.open()
    await post.begin()
    await post.worker.idle()
    assert post.texts(rina.id) == ["surat nomor 12", f"surat nomor 12{AGAIN}", "berikutnya"]
    await post.restart()
    await post.worker.idle()
    assert len(post.texts(rina.id)) == 3


@played
async def test_a_process_killed_while_an_edit_was_in_the_air_edits_again_without_a_mark(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    await post.sends(say(id, "lama"))
    number = post.server.messages_to(rina.id)[0].id
    await post.end()
    await post.enqueues(say(id, "baru", edit=number))
    await post.database.run(lambda uow: uow.outbox.claim(2, "edit", post.clock.now()))
    await post.begin()
    await post.worker.idle()
    assert post.texts(rina.id) == ["baru"]


@played
async def test_a_row_is_claimed_by_one_hand_only(post: Post) -> None:
    _, id = post.joins("Rina Marlina")
    await post.end()
    await post.enqueues(say(id, "halo"))
    claims = [await post.database.run(lambda uow: uow.outbox.claim(1, SEND, post.clock.now())) for _ in range(2)]
    assert claims == [True, False]
    await post.begin()


@played
async def test_parts_of_a_long_message_that_have_arrived_are_not_sent_again(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    texts: list[str] = []

    def second_fails_once(method: str, params: dict[str, object]) -> Fault | None:
        if method != "sendMessage":
            return None
        texts.append(str(params["text"])[:8])
        return Fault.retry_after(5) if len(texts) == 2 else None

    post.server.on_request(second_fails_once)
    long = "\n\n".join(f"alinea {n:02} " + "kata " * 100 for n in range(12))
    await post.sends(say(id, long))
    assert texts == ["alinea 0", "alinea 0", "alinea 0"]
    got = post.texts(rina.id)
    assert len(got) == 2
    assert [f"alinea {n:02}" in "".join(got) for n in range(12)] == [True] * 12
    assert sum(part.count("alinea 00") for part in got) == 1


@played
async def test_a_long_message_is_split_between_paragraphs_with_its_buttons_on_the_last(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    paragraphs = [f"{n} " + "kata " * 150 for n in range(20)]
    text = "\n\n".join(p.strip() for p in paragraphs)
    await post.sends(Message(say(id, "").to, "quoted", {"text": text}, choices=BUTTONS))
    parts = post.server.messages_to(rina.id)
    assert len(parts) > 2
    assert "\n\n".join(part.text for part in parts) == text
    assert [part.markup is not None for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(part.entities and part.entities[0].type == "bold" for part in parts)
