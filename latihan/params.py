"""The parameters of one request: form fields, JSON values and files, read as leniently as the server does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from latihan.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request."""

    name: str
    data: bytes
    mime: str | None


class Params:
    """Fields by name. `fields` holds strings as sent, or JSON values when the body was JSON."""

    def __init__(self, fields: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.fields = dict(fields)
        self.files = dict(files or {})

    def text(self, name: str) -> str:
        """The field as text; empty when it is missing. JSON objects come back as JSON."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def number(self, name: str, default: int = 0) -> int:
        """The field as a whole number; what is not a number counts as missing."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def clamped(self, name: str, default: int, low: int, high: int) -> int:
        """A number pulled into its range instead of refused."""
        return max(low, min(high, self.number(name, default)))

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, what: str) -> Any:
        """The field parsed as JSON, None when missing; raises 400 ``can't parse <what> JSON object``."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError as error:
            raise bad_request(f"can't parse {what} JSON object") from error

    def upload(self, name: str) -> Upload | None:
        """The uploaded file of this field, direct or as ``attach://other``; None if it is no upload."""
        return self.files.get(name) or self.attached(self.text(name))

    def attached(self, value: str) -> Upload | None:
        """The file behind ``attach://name``, or None."""
        return self.files.get(value.removeprefix("attach://")) if value.startswith("attach://") else None
