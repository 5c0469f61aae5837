"""The press prints in a process of its own, survives its death, and keeps to its limit."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest

from bot.paper_samples import sample
from bot.printing_press import PaperUnfit, Press, PressBroke, PressError, PressTimeout
from sop.papers import to_json

RECEIPT = to_json(sample("tanda_terima"))
TIGHT = 280 * 1024 * 1024  # bytes: room for a receipt, and not for the book


def with_press(story: Callable[[Press], Awaitable[None]], limit: float = 60.0) -> None:
    async def play() -> None:
        press = Press(limit=limit, strict=True)
        try:
            await story(press)
        finally:
            await press.close()

    asyncio.run(play())


def process_id(press: Press) -> int:
    assert press._process is not None
    return press._process.pid


def test_many_papers_come_from_one_warm_process_and_are_the_same() -> None:
    async def story(press: Press) -> None:
        first = await press.render("tanda_terima", RECEIPT)
        worker = process_id(press)
        again = await asyncio.gather(*(press.render("tanda_terima", RECEIPT) for _ in range(3)))

        assert first.startswith(b"%PDF-")
        assert set(again) == {first}
        assert process_id(press) == worker

    with_press(story)


def test_an_unfit_context_is_told_and_the_press_goes_on() -> None:
    async def story(press: Press) -> None:
        with pytest.raises(PaperUnfit, match="code"):
            await press.render("tanda_terima", {name: RECEIPT[name] for name in RECEIPT if name != "code"})
        with pytest.raises(PaperUnfit, match="surat_cinta"):
            await press.render("surat_cinta", RECEIPT)

        assert await press.render("tanda_terima", RECEIPT)

    with_press(story)


def test_a_killed_process_is_told_and_replaced() -> None:
    async def story(press: Press) -> None:
        await press.render("tanda_terima", RECEIPT)
        long_job = asyncio.create_task(press.render("tanda_terima", RECEIPT))
        os.kill(process_id(press), signal.SIGSTOP)  # so that the kill comes in the middle of the job
        await asyncio.sleep(0)
        os.kill(process_id(press), signal.SIGKILL)

        with pytest.raises(PressBroke):
            await long_job
        assert await press.render("tanda_terima", RECEIPT)

    with_press(story)


def test_a_paper_beyond_the_limit_has_its_process_killed() -> None:
    async def story(press: Press) -> None:
        await press.warm_up()
        worker = process_id(press)
        os.kill(worker, signal.SIGSTOP)

        with pytest.raises(PressTimeout, match="seconds"):
            await press.render("tanda_terima", RECEIPT)
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)

    with_press(story, limit=0.3)


def test_a_cancelled_paper_is_not_taken_for_the_next_one() -> None:
    async def story(press: Press) -> None:
        await press.warm_up()
        forgotten = asyncio.create_task(press.render("surat_permohonan_data", to_json(sample("surat_permohonan_data"))))
        await asyncio.sleep(0)
        forgotten.cancel()
        with pytest.raises(asyncio.CancelledError):
            await forgotten

        assert await press.render("tanda_terima", RECEIPT) == await press.render("tanda_terima", RECEIPT)

    with_press(story)


def test_the_bot_process_never_imports_the_layout_engine() -> None:
    script = "import sys, bot.printing_press, bot.paper_check; sys.exit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_printing_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:secret")

    async def story(press: Press) -> None:
        await press.warm_up()
        with open(f"/proc/{process_id(press)}/environ", "rb") as environment:  # noqa: ASYNC230, PTH123
            assert b"1:secret" not in environment.read()

    with_press(story)


def test_a_document_that_needs_more_memory_than_it_may_have_is_refused_and_the_next_one_is_printed() -> None:
    async def story() -> None:
        press = Press(memory=TIGHT, strict=True)
        try:
            with pytest.raises(PressError):
                await press.render("dokumen_evaluasi", to_json(sample("dokumen_evaluasi")))
            assert (await press.render("tanda_terima", RECEIPT)).startswith(b"%PDF-")
        finally:
            await press.close()

    asyncio.run(story())
