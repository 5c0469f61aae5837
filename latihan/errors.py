"""The refusals of the Bot API, as the server words them.

Descriptions are lower-cased in their first letter after the prefix, as the official server does,
unless the second character is a capital or an underscore (``BUTTON_DATA_INVALID``).
"""

from __future__ import annotations

from typing import Any

PREFIXES = {
    400: "Bad Request: ",
    401: "",
    403: "Forbidden: ",
    404: "Not Found: ",
    409: "Conflict: ",
    413: "",
    429: "Too Many Requests: ",
    500: "Internal Server Error: ",
}


class ApiError(Exception):
    """An answer with ``ok: false``. `description` with prefix; `parameters` as in the Bot API."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object of the answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def refusal(status: int, message: str, **parameters: Any) -> ApiError:
    """Build the error for `message`, prefixed and cased like the official server."""
    keeps_case = len(message) > 1 and (message[1].isupper() or message[1] == "_")
    cased = message if keeps_case else message[:1].lower() + message[1:]
    return ApiError(status, PREFIXES.get(status, "") + cased, parameters or None)


def bad_request(message: str, **parameters: Any) -> ApiError:
    """HTTP 400."""
    return refusal(400, message, **parameters)


def forbidden(message: str) -> ApiError:
    """HTTP 403."""
    return refusal(403, message)


def conflict(message: str) -> ApiError:
    """HTTP 409."""
    return refusal(409, message)


def too_many_requests(seconds: int) -> ApiError:
    """HTTP 429 with ``retry_after``, in whole seconds."""
    return refusal(429, f"retry after {seconds}", retry_after=seconds)
