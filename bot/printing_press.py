"""The press: contexts in, PDFs out, printed by a process of its own so that nobody waits for a long table."""

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
LINE_LIMIT: Final = 16 * 1024 * 1024  # bytes of one answer's head; errors can be long, PDFs come after it
MEMORY: Final = 3 * 1024**3  # bytes of address space; the largest recap measured needs 0.5 GB
SECRETS: Final = frozenset({"TELEGRAM_TOKEN", "DATABASE_URL"})  # the press prints the words of strangers

log = logging.getLogger(__name__)


class PressError(Exception):
    """A document did not come out of the press."""


class PaperUnfit(PressError):
    """Context, template or style is at fault: trying again gives the same. Final."""


class PressTimeout(PressError):
    """The document took longer than the limit; its process was killed. The next job gets a new one."""


class PressBroke(PressError):
    """The process ended in the middle of a document (killed, out of memory). The next job gets a new one."""


class Press:
    """One warm printing process, one document at a time; later jobs queue.

    *limit* seconds of wall clock for one document, start of the process included. *memory* bytes of address
    space for the process: a document that needs more is unfit. *strict* makes every warning of the layout
    engine an error (tests and ``check``); otherwise it is logged.
    """

    def __init__(self, *, limit: float = 120.0, memory: int = MEMORY, strict: bool = False) -> None:
        self._limit = limit
        self._memory = memory
        self._strict = strict
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    async def warm_up(self) -> None:
        """Start the process now, so that the first document need not wait for it."""
        async with self._turn:
            await self._running()

    async def render(self, kind: str, context: dict[str, Any]) -> bytes:
        """Print the context (see `sop.papers.to_json`) of a kind of paper.

        Raises:
            PaperUnfit: context, template or style is at fault.
            PressTimeout: longer than the limit.
            PressBroke: the process ended underneath.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._limit):
                    return await self._print(kind, context)
            except TimeoutError as error:
                await self._kill()
                raise PressTimeout(f"{kind}: not printed within {self._limit:g} seconds") from error
            except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
                await self._kill()
                raise PressBroke(f"{kind}: the printing process ended") from error
            except asyncio.CancelledError:
                await self._kill()  # an unread answer would be taken for the next document
                raise

    async def close(self) -> None:
        """End the process, after the document that is being printed."""
        async with self._turn:
            await self._kill()

    async def _print(self, kind: str, context: dict[str, Any]) -> bytes:
        process = await self._running()
        if process.stdin is None or process.stdout is None:
            raise ConnectionError("the printing process has no pipes")
        job = {"kind": kind, "context": context, "strict": self._strict}
        process.stdin.write(json.dumps(job).encode() + b"\n")
        await process.stdin.drain()
        head = json.loads(await process.stdout.readuntil(b"\n"))
        pdf = await process.stdout.readexactly(head["size"]) if head["ok"] else b""
        if head["last"]:
            await self._kill()
        if not head["ok"]:
            raise PaperUnfit(head["error"])
        for warning in head["warnings"]:
            log.warning("%s: %s", kind, warning)
        return pdf

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.paper_process",
                str(self._memory),
                stdin=PIPE,
                stdout=PIPE,
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if name not in SECRETS},
                limit=LINE_LIMIT,
                start_new_session=True,  # Ctrl-C in the terminal is for the bot, which then closes the press
            )
        return self._process

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.communicate()
