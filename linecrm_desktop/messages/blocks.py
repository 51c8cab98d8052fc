"""The bubbles of a message: what a person writes, how the shop file keeps it, and the objects that LINE gets.

One module decides the text that leaves, so that preview, counter and request can never differ by a byte.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages.variables import fill
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class TextBubble:
    """A bubble of text with variables such as {name|there} in it."""

    text: str = ""


Bubble = TextBubble


def to_json(bubbles: Iterable[Bubble]) -> list[dict[str, Any]]:
    """Write bubbles down for the shop file."""
    return [{"kind": "text", "text": bubble.text} for bubble in bubbles]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Bubble, ...]:
    """Read bubbles from the shop file; raise ShopError for a kind that this version does not know."""
    return tuple(_bubble(row) for row in rows)


def to_line(bubbles: Iterable[Bubble], values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return LINE's message objects with the variables filled for one friend."""
    return [{"type": "text", "text": fill(bubble.text, values)} for bubble in bubbles]


def has_opt_out(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether bubbles, as the shop file keeps them, tell the reader how to stop."""
    return any(row.get("kind") == "opt_out" for row in rows)


def _bubble(row: Mapping[str, Any]) -> Bubble:
    if row.get("kind") != "text":
        raise ShopError(
            _("This message has a bubble that this version of Tagwell does not know."),
            _("Nothing was changed. Open the shop with the version that made the message."),
        )
    text = row["text"]
    if not isinstance(text, str):
        raise TypeError("the text of a bubble is a text")
    return TextBubble(text)
