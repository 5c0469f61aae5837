"""Files with messages, messages that wait for papers, hostile values, and templates that are broken."""

from pathlib import Path

import pytest

from bot.wording import Wording, WordingError
from handlers.registry import CardView
from sop.outgoing import Attachment, Choice, Message, Priority, ToPerson
from sop.ports import StoredFile
from tests.bot.post_office import Post, played, say

PDF = b"%PDF-1.4\n" + b"x" * 200_000


def kept(post: Post, data: bytes = PDF) -> StoredFile:
    sha256, size = post.content.put(data)
    return StoredFile(sha256, size, "application/pdf", 1)


async def requested(post: Post, title: str) -> str:
    return await post.database.run(
        lambda uow: uow.papers.request(
            "surat", {}, title=title, filename=f"{title}.pdf", audience="all", cycle="c", now=post.clock.now()
        )
    )


@played
async def test_a_letter_for_thirty_agencies_is_uploaded_once_and_then_sent_by_its_number(post: Post) -> None:
    people = [post.joins(f"Petugas {n}") for n in range(30)]
    stored = kept(post)
    uploads: list[bool] = []

    def watch(method: str, params: dict[str, object]) -> None:
        if method == "sendDocument":
            uploads.append(str(params.get("document", "attach://")).startswith("attach://"))

    post.server.on_request(watch)
    attachment = Attachment("Undangan.pdf", stored.sha256)
    await post.sends(*(say(id, "Surat Undangan", attachment=attachment) for _, id in people))
    assert sum(uploads) == 1
    assert len(uploads) == 30
    assert post.server.floods == []
    for person, _ in people:
        (message,) = post.server.messages_to(person.id)
        assert message.document is not None
        assert (message.document.name, message.document.data, message.text) == ("Undangan.pdf", PDF, "Surat Undangan")


@played
async def test_a_file_that_telegram_has_forgotten_is_uploaded_again(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    stored = kept(post)
    await post.database.run(
        lambda uow: uow.files.remember_copy(post.bot.id, stored.sha256, "a.pdf", "BQACtidakAdaSamaSekali")
    )
    await post.sends(say(id, "ini", attachment=Attachment("a.pdf", stored.sha256)))
    (message,) = post.server.messages_to(rina.id)
    assert message.document is not None
    assert message.document.data == PDF


@played
async def test_a_long_text_with_a_file_follows_the_file(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    stored = kept(post)
    await post.sends(say(id, "kata " * 300, attachment=Attachment("a.pdf", stored.sha256)))
    first, second = post.server.messages_to(rina.id)
    assert (first.document is not None, first.text) == (True, "")
    assert second.text == ("kata " * 300).strip()


@played
async def test_messages_wait_for_their_papers_in_order_and_hold_up_nobody_else(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    undangan, data = await requested(post, "Undangan"), await requested(post, "Data")
    post.heard.cards["t1"] = CardView("card", {"title": "Disposisi"})
    for paper in (undangan, data):
        await post.enqueues(say(id, paper and "surat", attachment=Attachment(paper=paper), after=(paper,)))
    await post.database.run(lambda uow: uow.outbox.refresh_card("t1", [id], after=[undangan, data]))
    await post.sends(say(id, "sela"))
    assert post.texts(rina.id) == ["sela"]
    stored = kept(post)
    await post.database.run(lambda uow: uow.papers.printed(data, stored))
    await post.worker.idle()
    await post.database.run(lambda uow: uow.papers.printed(undangan, stored))
    await post.worker.idle()
    got = [(m.text, m.document.name if m.document else "") for m in post.server.messages_to(rina.id)]
    assert got == [("sela", ""), ("surat", "Data.pdf"), ("surat", "Undangan.pdf"), ("📋 Disposisi", "")]


@played
async def test_a_later_message_about_a_paper_does_not_overtake_an_earlier_one(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    first, second = await requested(post, "Satu"), await requested(post, "Dua")
    await post.enqueues(say(id, "keduanya", after=(first, second)), say(id, "yang pertama", after=(first,)))
    stored = kept(post)
    await post.database.run(lambda uow: uow.papers.printed(first, stored))
    await post.worker.idle()
    assert post.texts(rina.id) == []
    await post.database.run(lambda uow: uow.papers.printed(second, stored))
    await post.worker.idle()
    assert post.texts(rina.id) == ["keduanya", "yang pertama"]


@played
async def test_hostile_words_arrive_as_they_were_typed(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    hostile = "<b>a & b</b> <script>alert(1)</script> {{ 7*7 }} \"'&lt; a<b \u202e"
    await post.sends(Message(ToPerson(id), "quoted", {"text": hostile}), say(id, "setengah \ud83d"))
    first, second = post.server.messages_to(rina.id)
    assert first.text == hostile.strip()
    assert [e.type for e in first.entities] == ["bold"]
    assert second.text.startswith("setengah")


@played
async def test_a_broken_template_is_set_aside_and_stops_nobody(post: Post) -> None:
    admin, _ = post.administrator()
    rina, id = post.joins("Rina Marlina")
    broken = [Message(ToPerson(id), name, {"text": "x"}) for name in ("broken", "absent", "open_tag")]
    no_label = say(id, "tanpa label", choices=((Choice("no.label", "1"),),))
    await post.sends(*broken, no_label, say(id, "yang ini sampai"))
    assert (await post.states())[:5] == ["failed"] * 4 + ["sent"]
    told = post.texts(rina.id)
    assert "yang ini sampai" in told
    assert sum("ada gangguan di pihak kami" in text for text in told) == 4
    assert all("tidak dapat dikirim" in text for text in post.texts(admin.id))
    assert "templates/messages/broken.html" in post.texts(admin.id)[0]


@played
async def test_a_card_whose_builder_breaks_is_set_aside_and_stops_nobody(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    post.heard.cards["t1"] = CardView("card", {"title": object()})  # renders; the next one does not
    post.heard.cards["t2"] = CardView("card", {})
    for task in ("t2", "t1"):
        await post.database.run(lambda uow, t=task: uow.outbox.refresh_card(t, [id]))  # type: ignore[misc]  # the default binds it
    await post.sends(say(id, "sampai", priority=Priority.BULK))
    assert post.texts(rina.id)[-1] == "sampai"
    assert "failed" in await post.states()


@played
async def test_bytes_that_are_missing_from_the_disk_are_reported(post: Post) -> None:
    admin, _ = post.administrator()
    _, id = post.joins("Rina Marlina")
    await post.sends(say(id, "ini", attachment=Attachment("a.pdf", "0" * 64)))
    assert (await post.states())[0] == "failed"
    assert "tidak dapat dikirim" in post.texts(admin.id)[0]


@played
async def test_a_label_that_is_long_gets_a_row_of_its_own(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    (post.templates / "buttons" / "uji.yaml").write_text('{"a.b": "Ya", "c.d": "Setujui & {{ what }}"}')
    await post.restart()
    row = (Choice("a.b"), Choice("c.d", label={"what": "disposisikan"}))
    await post.sends(say(id, "pilih", choices=(row, (Choice("a.b"), Choice("a.b", url="?start=t1")))))
    (message,) = post.server.messages_to(rina.id)
    assert message.markup is not None
    assert [[b.text for b in row] for row in message.markup.rows] == [["Ya"], ["Setujui & disposisikan"], ["Ya", "Ya"]]


def test_the_words_say_where_a_file_of_words_is_wrong(tmp_path: Path) -> None:
    for name in ("messages", "commands", "buttons"):
        (tmp_path / name).mkdir()
    (tmp_path / "buttons" / "umum.yaml").write_text("- satu\n")
    with pytest.raises(WordingError, match=r"umum\.yaml"):
        Wording(tmp_path)
