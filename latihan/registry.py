"""The table of methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from latihan.chats import World
from latihan.params import Params

Method = Callable[[World, Params], Any]
METHODS: dict[str, Method] = {}
RECEIVING = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
NAMES: dict[str, str] = {name.lower(): name for name in RECEIVING}
"""Documented spelling by lower case; the server matches names without regard to case."""


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the Bot API method `name`."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        NAMES[name.lower()] = name
        return function

    return register
