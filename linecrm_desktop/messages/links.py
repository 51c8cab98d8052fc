"""Links in a message: each must be https and whole, because LINE and phones warn of all others."""

import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

from linecrm_desktop.text import _

_LINK = re.compile(r"\bhttps?://[^\s<>\"“”「」]+", re.IGNORECASE)
_TAIL = ".,;:!?)]}。，、！？）」"
_RICH_BASE, _RICH_SIZE = "baseUrl", "/1040"
"""LINE adds a size to the address of a rich image; what stands at the address itself nobody ever fetches."""


def links(sent: Any) -> list[str]:
    """Return the web addresses in LINE's message objects, each once, in their order."""
    return list(dict.fromkeys(found for text in _texts(sent) for found in _found(text)))


def fetched(sent: Any) -> list[str]:
    """Return the https addresses that phones open or fetch for these message objects, as they fetch them."""
    return [link for link in links(_with_size(sent)) if link.lower().startswith("https:")]


def trouble(link: str) -> str:
    """Say what is wrong with an address; nothing when it is https and whole."""
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", None
    if parts is None or "." not in host.strip("."):
        return _("This link is not whole: {link}").format(link=link)
    if parts.scheme.lower() != "https":
        return _("This link is not https: {link}").format(link=link)
    return ""


def _found(text: str) -> list[str]:
    return [found.rstrip(_TAIL) for found in _LINK.findall(text)]


def _with_size(sent: Any) -> Any:
    if isinstance(sent, list):
        return [_with_size(one) for one in cast("list[Any]", sent)]
    if not isinstance(sent, dict):
        return sent
    rows = cast("dict[str, Any]", sent).items()
    return {key: f"{value}{_RICH_SIZE}" if key == _RICH_BASE else _with_size(value) for key, value in rows}


def _texts(sent: Any) -> Iterator[str]:
    if isinstance(sent, str):
        yield sent
    elif isinstance(sent, dict):
        for value in cast("dict[str, Any]", sent).values():
            yield from _texts(value)
    elif isinstance(sent, list):
        for value in cast("list[Any]", sent):
            yield from _texts(value)
