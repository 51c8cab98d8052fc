"""What a tap does: open an address, send words into the chat, or copy a text.

Nothing here needs a server of the shop's own: LINE's postback would, because somebody has to receive it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

Say = Callable[[str], str]
"""Gives a text as one friend reads it: messages.variables.fill with that friend's values."""
_KEPT = "%:/?#[]@!$&'()*+,;="
"""Signs that have a meaning of their own in an address, and the mark of those that are encoded already."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Opens an address: https, http, tel or line."""

    label: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SendWords:
    """Writes words into the chat as if the friend had typed them; they lie in the official account's inbox."""

    label: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CopyText:
    """Copies a text, such as a coupon's code, on the friend's phone."""

    label: str = ""
    text: str = ""


Action = OpenLink | SendWords | CopyText


def to_line(action: Action, say: Say) -> dict[str, Any]:
    """Return LINE's action object; a label that is left empty is left out."""
    label = {"label": say(action.label)} if action.label else {}
    match action:
        case OpenLink():
            return {"type": "uri", **label, "uri": encoded(action.address)}
        case SendWords():
            return {"type": "message", **label, "text": say(action.words)}
        case CopyText():
            return {"type": "clipboard", **label, "clipboardText": say(action.text)}


def encoded(address: str) -> str:
    """Return an address as LINE wants it: other signs than ASCII percent-encoded in UTF-8, such a host in punycode.

    What is no address comes back as it was; messages.limits says so to the person.
    """
    bare = address.strip()
    try:
        parts = urlsplit(bare)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except ValueError:
        return bare
    return urlunsplit((parts.scheme, host, *(quote(part, _KEPT) for part in parts[2:])))
