"""Logging: one line an event, with what it belongs to, and never a token, a code or a link to join.

The redaction sits in the formatter of the root handler: whatever reaches an output passes it, tracebacks included.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TextIO

import structlog

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
CODE = re.compile(r"((?:/start(?:@\w+)?(?:\s|%20|\+)+|\bstart(?:group)?=))[A-Za-z0-9_-]+")
_BELONGS: ContextVar[str] = ContextVar("belongs", default="")
_LOUD = ("httpx", "httpcore", "apscheduler", "fontTools", "weasyprint", "aiohttp.access", "alembic")


def redact(text: str) -> str:
    """The text without bot tokens and without the codes of deep links and of /start."""
    return CODE.sub(r"\1[kode]", TOKEN.sub("[token]", text))


@contextmanager
def belonging(to: str) -> Iterator[None]:
    """Log lines inside carry *to* (``update 123``, ``outbox 45``); tasks that are started inside, too."""
    token = _BELONGS.set(to)
    try:
        yield
    finally:
        _BELONGS.reset(token)


class _Redacting(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def configure(level: str = "INFO", form: Literal["console", "json"] = "console", stream: TextIO | None = None) -> None:
    """Set up the root logger, once, in place of what was there. *stream*: standard error if not given."""
    out = stream or sys.stderr
    renderer: structlog.types.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)
    processors: list[structlog.types.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        *([structlog.processors.format_exc_info] if form == "json" else []),
        renderer,
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        _Redacting(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=False),
                _add_belonging,
            ],
            processors=processors,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _LOUD:  # httpx tells the whole address of each request, token included, at INFO
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # It logs the page of a proxy with a traceback, and raises as well: whoever catches says it in a sentence.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)


def _add_belonging(logger: object, method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    if to := _BELONGS.get():
        event["to"] = to
    return event
