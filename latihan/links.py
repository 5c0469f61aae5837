"""Link targets of texts and buttons, completed and refused as TDLib does."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


class BadLink(ValueError):
    """Why a target cannot be a link, in the words of the server."""


def checked_url(target: str) -> str:
    """Complete a link target like TDLib; raises BadLink with the server's reason if it cannot be one."""
    if re.match(r"(?i)(tg|ton):", target):
        return target
    full = target if re.match(r"(?i)[a-z][a-z0-9+.\-]*://", target) else f"http://{target}"
    parts = urlsplit(full)
    if parts.scheme.lower() not in ("http", "https"):
        raise BadLink("Unsupported URL protocol")
    try:
        valid_port = parts.port != 0
    except ValueError:
        valid_port = False
    if not valid_port:
        raise BadLink("Wrong port number specified in the URL")
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    if not host:
        raise BadLink("URL host is empty")
    if "." not in host or re.search(r"\s", full):
        raise BadLink("Wrong HTTP URL")
    return full if parts.path or parts.query or parts.fragment else full + "/"
