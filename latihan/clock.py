"""A clock that a test or the rehearsal moves by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable

Clock = Callable[[], float]
"""Returns seconds that never go back. ``time.monotonic`` is one, a `HandClock` another."""


class HandClock:
    """Seconds that stand still until somebody moves them. Safe to use from several threads."""

    def __init__(self, start: float = 0.0) -> None:
        self._seconds = start
        self._lock = threading.Lock()

    def __call__(self) -> float:
        with self._lock:
            return self._seconds

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds`; raises ValueError for a negative number."""
        if seconds < 0:
            raise ValueError("time does not go back")
        with self._lock:
            self._seconds += seconds
