"""Trouble on purpose: what a test or a training can let happen to one request of the bot."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal


class Gate:
    """Holds a request until `open()`. Safe across threads; `reached` is set when one stands there."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._lock = threading.Lock()
        self._open = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def open(self) -> None:
        """Let the held requests go on, and every later one."""
        with self._lock:
            self._open = True
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    async def passed(self) -> None:
        """Return once the gate is open."""
        event = asyncio.Event()
        with self._lock:
            if self._open:
                event.set()
            else:
                self._waiting.append((asyncio.get_running_loop(), event))
        self.reached.set()
        await event.wait()


@dataclass(frozen=True)
class Fault:
    """One trouble; build it with the class methods."""

    kind: Literal["error", "drop", "lose", "hold", "late"]
    status: int = 0
    description: str = ""
    parameters: Mapping[str, Any] | None = None
    html: bool = False
    gate: Gate | None = None

    @classmethod
    def error(cls, status: int, description: str, html: bool = False, **parameters: Any) -> Fault:
        """Answer with an error, without executing; `html` answers like a proxy, not with JSON."""
        return cls("error", status, description, parameters or None, html)

    @classmethod
    def retry_after(cls, seconds: int) -> Fault:
        """A 429 out of the blue."""
        return cls.error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    @classmethod
    def drop(cls) -> Fault:
        """Close the connection before executing."""
        return cls("drop")

    @classmethod
    def lose_answer(cls) -> Fault:
        """Execute, then close the connection: done, but the bot does not know."""
        return cls("lose")

    @classmethod
    def hold(cls, gate: Gate) -> Fault:
        """Wait for the gate before executing."""
        return cls("hold", gate=gate)

    @classmethod
    def hold_answer(cls, gate: Gate) -> Fault:
        """Execute, then wait for the gate before answering."""
        return cls("late", gate=gate)


RequestHook = Callable[[str, dict[str, Any]], Fault | None]
"""Called in the server's thread before a request is executed. It must not wait for the server."""
