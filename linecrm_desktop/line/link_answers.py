"""Tries a link as a friend's phone will: does anybody answer there, and with what."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from urllib.parse import urljoin

from linecrm_desktop.line import web as ways
from linecrm_desktop.line.web import Web

_REDIRECTS = 5
_AT_ONCE = 8
_TIMEOUTS = (4.0, 6.0)
_HEAD = ways.Wish("HEAD", timeouts=_TIMEOUTS, any_port=True)
_GET = ways.Wish("GET", timeouts=_TIMEOUTS, any_port=True)


class LinkKind(StrEnum):
    """How a link answered."""

    ANSWERS = "answers"
    ERROR = "error"
    """With a status that says that something is wrong."""
    SILENT = "silent"
    """Nobody is there, or the certificate is not the right one."""
    INSIDE = "inside"
    """It leads into this computer's own network, where no friend comes."""
    UNASKED = "unasked"
    """It could not be tried: this computer has no way out."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What became of one link."""

    kind: LinkKind
    status: int = 0


def look(address: str, web: Web) -> LinkAnswer:
    """Ask one https address, first for its head only; many servers answer that with an error and the whole well."""
    try:
        told = _followed(address, web, _HEAD)
        if told.status >= 400:
            told = _followed(address, web, _GET)
    except ways.NotReached as error:
        return LinkAnswer(LinkKind.UNASKED if error.is_nameless else LinkKind.SILENT)
    except ways.Inside:
        return LinkAnswer(LinkKind.INSIDE)
    except ways.BadAddress:
        return LinkAnswer(LinkKind.SILENT)
    return LinkAnswer(LinkKind.ERROR if told.status >= 400 else LinkKind.ANSWERS, told.status)


def look_at_all(addresses: Iterable[str], web: Web, *, is_online: bool) -> dict[str, LinkAnswer]:
    """Ask several addresses, each once. Raises nothing.

    Names that nobody knows are silent links while `is_online` or another address answered; else there is no way out.
    """
    wanted = list(dict.fromkeys(addresses))
    with ThreadPoolExecutor(_AT_ONCE, "links") as pool:
        found = dict(zip(wanted, pool.map(partial(look, web=web), wanted), strict=True))
    answered = any(one.kind in (LinkKind.ANSWERS, LinkKind.ERROR) for one in found.values())
    if is_online or answered:
        nameless = LinkAnswer(LinkKind.SILENT)
        return {link: nameless if one.kind is LinkKind.UNASKED else one for link, one in found.items()}
    gone = LinkAnswer(LinkKind.UNASKED)
    return {link: gone if one.kind is LinkKind.SILENT else one for link, one in found.items()}


def _followed(address: str, web: Web, wish: ways.Wish) -> ways.Told:
    """Follow redirects from https to https; one to anywhere else is an answer, and is not followed."""
    told = ways.ask(address, web, wish)
    for _turn in range(_REDIRECTS):
        following = urljoin(address, told.headers.get("location", ""))
        if told.status not in ways.MOVED or not following.startswith("https://"):
            return told
        address = following
        told = ways.ask(address, web, wish)
    return told
