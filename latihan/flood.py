"""Flood limits, and the spacing of large uploads of one size (Bot API facts, sections 5 and 7)."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable

from latihan.clock import Clock
from latihan.errors import ApiError, too_many_requests

OVERALL = (30, 1.0)
"""Messages and seconds, over all chats."""
PER_CHAT = (3, 3.0)
"""One a second in one chat on average; a burst of three passes."""
PER_GROUP = (20, 60.0)
UPLOAD_LARGE = 100 * 1024
UPLOAD_SPACING = 0.5
"""Seconds between two uploads of the same total size; the real server takes 0.2 to 0.9."""
UPLOAD_QUEUE = 5.0


class Window:
    """At most `count` events within any `seconds`."""

    def __init__(self, limit: tuple[int, float]) -> None:
        self.count, self.seconds = limit
        self.times: deque[float] = deque()

    def wait(self, now: float, events: int) -> float:
        """Seconds until `events` more fit, 0 for now. More than the limit need an empty window."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        excess = len(self.times) + min(events, self.count) - self.count
        return self.times[excess - 1] + self.seconds - now if excess > 0 else 0.0

    def add(self, now: float, events: int) -> None:
        self.times.extend([now] * events)


class Flood:
    """Counts what the bot sends and edits; `refused` keeps (method, chat, seconds)."""

    def __init__(self, clock: Clock, enforce: bool) -> None:
        self.clock = clock
        self.enforce = enforce
        self.refused: list[tuple[str, int, int]] = []
        self._windows: dict[Hashable, Window] = {}
        self._uploads: dict[int, float] = {}

    def check(self, method: str, chat_id: int, is_group: bool, messages: int = 1) -> None:
        """Count `messages` to a chat; raises the 429 of the server instead when a limit is reached."""
        if not self.enforce:
            return
        now = self.clock()
        windows = [self._window("all", OVERALL), self._window(("chat", chat_id), PER_CHAT)]
        if is_group:
            windows.append(self._window(("group", chat_id), PER_GROUP))
        wait = max(window.wait(now, messages) for window in windows)
        if wait > 0:
            raise self._refuse(method, chat_id, max(1, math.ceil(wait)))
        for window in windows:
            window.add(now, messages)

    def check_upload(self, method: str, chat_id: int, size: int) -> None:
        """Space uploads of the same total `size` in bytes; raises 429 when more than 5 s of them wait."""
        if not self.enforce or size <= UPLOAD_LARGE:
            return
        now = self.clock()
        free = max(now, self._uploads.get(size, now))
        if free - now > UPLOAD_QUEUE:
            raise self._refuse(method, chat_id, 60)
        self._uploads[size] = free + UPLOAD_SPACING

    def _window(self, key: Hashable, limit: tuple[int, float]) -> Window:
        return self._windows.setdefault(key, Window(limit))

    def _refuse(self, method: str, chat_id: int, seconds: int) -> ApiError:
        self.refused.append((method, chat_id, seconds))
        return too_many_requests(seconds)
