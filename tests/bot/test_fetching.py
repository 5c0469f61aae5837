"""Files from Telegram to the disk, over real HTTP."""

import asyncio
import contextlib
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from bot.fetching import IN_FLIGHT, Fetching, FetchingHooks
from bot.inspecting import inspect
from bot.worker import Worker
from latihan.faults import Fault
from latihan.model import Message
from latihan.people import Person
from sop.ports import Incoming, StoredFile
from storage import changes
from tests.bot.post_office import Post, played

LIMIT = 20 * 1024 * 1024


def pdf(pages: int = 2, script: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if script:
        writer.add_open_action(JavaScript(script))
    writer.write(out)
    return out.getvalue()


class Mail:
    """The fetcher beside a post office."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.arrived: list[tuple[Incoming, StoredFile]] = []
        self.failed: list[tuple[str, str]] = []
        self.breaks = 0

    def _arrive(self, incoming: Incoming, stored: StoredFile) -> None:
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("a mistake of ours")
        self.arrived.append((incoming, stored))

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[Worker[Incoming]]:
        hooks = FetchingHooks(
            file_arrived=lambda uow, incoming, stored, now: self._arrive(incoming, stored),
            file_failed=lambda uow, incoming, reason, now: self.failed.append((incoming.id, reason)),
        )
        post = self.post
        fetching = Fetching(post.database, post.clock, post.bot, post.content, hooks, LIMIT)
        worker = Worker("fetching", fetching, post.clock, reads=changes.FILES, limit=IN_FLIGHT)
        await fetching.start()
        running = post.employs(worker)
        await asyncio.sleep(0)
        yield worker
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await fetching.close()

    async def expects(self, sent: Message, id: str, **more: Any) -> None:
        assert sent.document is not None
        document = sent.document
        incoming = Incoming(
            id=id,
            telegram_file_id=more.get("file_id", document.file_id),
            filename=document.name or "",
            mime=document.mime,
            size=more.get("size", document.size),
            purpose="evidence",
            target="i1",
            by_person="p",
            chat=1,
        )
        await self.post.database.run(lambda uow: uow.files.expect(incoming))

    async def state(self, id: str) -> str:
        found = await self.post.database.run(lambda uow: uow.files.incoming(id))
        assert found is not None
        return found.state


def on_disk(post: Post) -> list[bytes]:
    return sorted(p.read_bytes() for p in (post.folder / "data" / "files").rglob("*") if p.is_file())


def sender(post: Post) -> Person:
    return post.joins("Rina Marlina")[0]


@played
async def test_a_file_is_kept_byte_for_byte_and_the_same_bytes_once(post: Post) -> None:
    rina, mail, data = sender(post), Mail(post), pdf(3)
    await mail.expects(rina.sends("SK_Tim.pdf", data), "f1")
    await mail.expects(rina.sends("salinan.pdf", data), "f2")
    async with mail.working() as worker:
        await worker.idle()
    assert on_disk(post) == [data]
    assert [stored.pages for _, stored in mail.arrived] == [3, 3]
    assert {stored.mime for _, stored in mail.arrived} == {"application/pdf"}
    assert [incoming.facts["agrees"] for incoming, _ in mail.arrived] == [True, True]
    assert await post.database.run(lambda uow: uow.files.waiting_for("evidence", "i1")) == ()


@played
async def test_twenty_megabytes_fit_and_one_byte_more_does_not(post: Post) -> None:
    rina, mail = sender(post), Mail(post)
    await mail.expects(rina.sends("penuh.bin", b"x" * LIMIT), "f1")
    await mail.expects(rina.sends("lebih.bin", b"x", claimed_size=LIMIT + 1), "f2")
    await mail.expects(rina.sends("bohong.bin", b"y" * (LIMIT + 1), claimed_size=100), "f3")
    async with mail.working() as worker:
        await worker.idle()
    assert [stored.size for _, stored in mail.arrived] == [LIMIT]
    assert sorted(mail.failed) == [("f2", "too_big"), ("f3", "too_big")]
    assert list((post.folder / "data" / "arriving").iterdir()) == []


@played
async def test_a_file_that_telegram_does_not_know_fails_once_and_for_all(post: Post) -> None:
    rina, mail = sender(post), Mail(post)
    await mail.expects(rina.sends("a.pdf", pdf()), "f1", file_id="BQACtidakAdaSamaSekali")
    async with mail.working() as worker:
        await worker.idle()
    assert mail.failed == [("f1", "gone")]
    assert await mail.state("f1") == "failed"


@played
async def test_an_empty_file_is_refused(post: Post) -> None:
    rina, mail = sender(post), Mail(post)
    await mail.expects(rina.sends("kosong.pdf", b""), "f1")
    async with mail.working() as worker:
        await worker.idle()
    assert mail.failed == [("f1", "empty")]


@played
async def test_passing_trouble_is_tried_again_and_given_up_after_six_times(post: Post) -> None:
    rina, mail = sender(post), Mail(post)
    await mail.expects(rina.sends("a.pdf", pdf()), "f1")
    troubles = 2
    post.server.on_request(lambda m, p: Fault.error(500, "Internal Server Error: restart") if troubles > 0 else None)
    async with mail.working() as worker:
        await worker.idle()
        assert await mail.state("f1") == "waiting"
        troubles = 0
        post.clock.advance(timedelta(minutes=3))
        await worker.idle()
        assert await mail.state("f1") == "stored"
        troubles = 1
        await mail.expects(rina.sends("b.pdf", pdf(1)), "f2")
        for _ in range(8):
            post.clock.advance(timedelta(minutes=3))
            await worker.idle()
    assert mail.failed == [("f2", "unavailable")]


@played
async def test_a_kill_between_disk_and_commit_loses_nothing(post: Post) -> None:
    rina, mail, data = sender(post), Mail(post), pdf()
    await mail.expects(rina.sends("a.pdf", data), "f1")
    claimed = await post.database.run(lambda uow: uow.files.claim(post.clock.now()))
    assert claimed is not None
    post.content.put(data)  # on the disk, and then the process died; so did one that was half written
    (post.folder / "data" / "arriving" / "halffile").write_bytes(b"%PDF")
    async with mail.working() as worker:
        await worker.idle()
    assert await mail.state("f1") == "stored"
    assert on_disk(post) == [data]
    assert list((post.folder / "data" / "arriving").iterdir()) == []


@played
async def test_a_mistake_of_ours_is_told_and_stops_no_other_file(post: Post) -> None:
    admin, _ = post.administrator()
    rina, mail = sender(post), Mail(post)
    mail.breaks = 1
    async with mail.working() as worker:
        await mail.expects(rina.sends("a.pdf", pdf(1)), "f1")
        await worker.idle()
        await mail.expects(rina.sends("b.pdf", pdf(2)), "f2")
        await worker.idle()
    assert mail.failed == [("f1", "unexpected")]
    assert [incoming.id for incoming, _ in mail.arrived] == ["f2"]
    await post.worker.idle()
    assert "berkas unggahan" in post.texts(admin.id)[0]


def office_file(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr(f"{kind}/document.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "agrees"),
    [
        ("sk.pdf", pdf(), True),
        ("SK.PDF", pdf(), True),
        ("sk.pdf", b"MZ" + b"\0" * 60 + pdf(), False),
        ("sk.pdf", b"\n" * 500 + pdf(), False),
        ("sk.pdf", b"<html><script>alert(1)</script></html>", False),
        ("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", False),
        ("surat.docx", office_file("word"), True),
        ("surat.docx", pdf(), False),
        ("data.csv", b"a,b\n1,2\n", True),
        ("apa.xyz", pdf(), None),
    ],
)
def test_name_and_bytes_must_tell_the_same(tmp_path: Path, name: str, data: bytes, agrees: bool | None) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(data)
    assert inspect(path, name).agrees is agrees


def test_active_content_of_a_pdf_is_named_and_a_damaged_one_is_kept_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(pdf(1, script="app.alert('x');"))
    found = inspect(path, "a.pdf")
    assert found.pages == 1
    assert "JavaScript" in found.active
    path.write_bytes(pdf()[:300])
    damaged = inspect(path, "a.pdf")
    assert (damaged.mime, damaged.active) == ("application/pdf", ())
