"""Papers: printed once, retried, given up; and what waits for them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from bot.printing import Printing, Settled
from bot.progress import Progress
from bot.worker import Worker
from latihan.people import Person
from sop.actions import arrivals
from sop.outgoing import Attachment, Priority
from sop.ports import Paper
from storage import changes
from tests.bot.post_office import Post, played, say
from tests.bot.test_fetching import pdf

HOOKS = Settled(
    printed=lambda uow, paper, now: arrivals.paper_printed(uow, paper, now=now),
    failed=lambda uow, paper, now: arrivals.paper_failed(uow, paper, now=now),
)


class Machine:
    """A press that prints blank pages and can be jammed."""

    def __init__(self) -> None:
        self.jams = 0
        self.wait_for: asyncio.Event | None = None
        self.printed: list[dict[str, Any]] = []

    async def render(self, kind: str, context: dict[str, Any]) -> bytes:
        if self.jams:
            self.jams -= 1
            raise RuntimeError("kertas macet")
        if self.wait_for is not None:
            await self.wait_for.wait()
        self.printed.append(context)
        return pdf(len(self.printed))


@contextlib.asynccontextmanager
async def printing(post: Post, machine: Machine, long: float = 60.0) -> AsyncIterator[Worker[Paper]]:
    progress = Progress(post.database, post.bot, long=long, renewed=0.01)
    source = Printing(post.database, post.clock, machine, post.content, HOOKS, progress)
    worker = Worker("printing", source, post.clock, reads=changes.PAPERS)
    await source.start()
    running = post.employs(worker)
    await asyncio.sleep(0)
    yield worker
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def request(post: Post, title: str) -> str:
    return post.database.call(
        lambda uow: uow.papers.request(
            "surat", {"n": title}, title=title, filename=f"{title}.pdf", audience="all", cycle="c", now=post.clock.now()
        )
    )


async def state(post: Post, paper: str) -> str:
    found = await post.database.run(lambda uow: uow.papers.get(paper))
    assert found is not None
    return found.state


@played
async def test_a_paper_is_printed_and_then_sent_to_those_who_wait(post: Post) -> None:
    rina, id = post.joins("Rina Marlina")
    paper = request(post, "Undangan")
    await post.sends(say(id, "surat", attachment=Attachment(paper=paper)))
    assert post.texts(rina.id) == []
    async with printing(post, Machine()) as worker:
        await worker.idle()
        await post.worker.idle()
    assert post.texts(rina.id) == ["surat"]
    assert await state(post, paper) == "ready"


@played
async def test_a_jam_is_tried_again_and_the_third_one_is_reported(post: Post) -> None:
    admin, _ = post.administrator()
    machine = Machine()
    machine.jams = 3
    paper, other = request(post, "Undangan"), request(post, "Data")
    async with printing(post, machine) as worker:
        for _ in range(4):
            await worker.idle()
            post.clock.advance(timedelta(minutes=1))
        await post.worker.idle()
        states = sorted([await state(post, paper), await state(post, other)])
        assert states in (["ready", "ready"], ["failed", "ready"])
        machine.jams = 3
        third = request(post, "Ketiga")
        for _ in range(4):
            await worker.idle()
            post.clock.advance(timedelta(minutes=1))
        await post.worker.idle()
        assert await state(post, third) == "failed"
        assert "tidak dapat dicetak" in post.texts(admin.id)[-1]
        assert await post.database.run(lambda uow: uow.papers.retry())
        await worker.idle()
    assert await state(post, third) == "ready"


@played
async def test_a_process_killed_while_printing_prints_again(post: Post) -> None:
    paper = request(post, "Undangan")
    claimed = await post.database.run(lambda uow: uow.papers.claim(post.clock.now()))
    assert claimed is not None
    machine = Machine()
    async with printing(post, machine) as worker:
        await worker.idle()
    assert await state(post, paper) == "ready"
    assert machine.printed == [{"n": "Undangan"}]


@played
async def test_a_paper_that_was_replaced_before_it_was_printed_stays_replaced(post: Post) -> None:
    paper = request(post, "Undangan")
    await post.database.run(lambda uow: uow.papers.replace(paper))
    async with printing(post, Machine()) as worker:
        await worker.idle()
    assert await state(post, paper) == "replaced"
    found = await post.database.run(lambda uow: uow.papers.get(paper))
    assert found is not None
    assert found.sha256


def actions(person: Person) -> list[str]:
    """What the app shows above the input line, so far."""
    return list(person.private.actions)


@played
async def test_whoever_asked_for_a_long_paper_sees_that_it_is_under_way_and_nobody_else(post: Post) -> None:
    rina, hers = post.joins("Rina Marlina")
    budi, his = post.joins("Budi Santoso")
    sari, _ = post.joins("Sari Wulandari")
    paper = request(post, "Rekapitulasi")
    await post.sends(say(hers, "ini", attachment=Attachment(paper=paper), priority=Priority.ANSWER, after=(paper,)))
    await post.sends(say(his, "kabar", attachment=Attachment(paper=paper), after=(paper,)))  # only an announcement
    machine = Machine()
    machine.wait_for = asyncio.Event()
    async with printing(post, machine, long=0.0) as worker:
        assert await asyncio.to_thread(rina.world.wait_for, lambda: actions(rina)[1:] or None, 10.0)  # renewed
        machine.wait_for.set()
        await worker.idle()
        await post.worker.idle()
    assert set(actions(rina)) == {"upload_document"}
    assert actions(budi) == actions(sari) == []
    assert post.texts(rina.id) == ["ini"]
    assert post.texts(budi.id) == ["kabar"]
    assert await post.database.run(lambda uow: uow.outbox.awaiting_papers()) == ()


@played
async def test_a_short_paper_makes_no_stir(post: Post) -> None:
    rina, hers = post.joins("Rina Marlina")
    paper = request(post, "Undangan")
    await post.sends(say(hers, "ini", attachment=Attachment(paper=paper), priority=Priority.ANSWER, after=(paper,)))
    async with printing(post, Machine()) as worker:
        await worker.idle()
        await post.worker.idle()
    assert actions(rina) == []


@played
async def test_a_paper_is_printed_though_its_progress_cannot_be_shown(post: Post) -> None:
    rina, hers = post.joins("Rina Marlina")
    paper = request(post, "Undangan")
    await post.sends(say(hers, "ini", attachment=Attachment(paper=paper), priority=Priority.ANSWER, after=(paper,)))
    rina.blocks_bot()
    machine = Machine()
    machine.wait_for = asyncio.Event()
    async with printing(post, machine, long=0.0) as worker:
        await asyncio.sleep(0.05)
        machine.wait_for.set()
        await worker.idle()
    assert await state(post, paper) == "ready"
