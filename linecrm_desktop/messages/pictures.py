"""Which pictures a message shows, by their addresses, and what LINE takes of each: at most so heavy, at most so wide.

Messaging API reference (2026-08): pictures up to 10 MB, small ones for the chat up to 1 MB, on cards 1,024 points wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linecrm_desktop.line.pictures import ORIGINAL_BYTES, PREVIEW_BYTES, TEMPLATE_WIDTH
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages import fields
from linecrm_desktop.messages.bubbles import Bubble

RICH = "/1040"
"""What LINE adds to the address of a rich message for its largest picture."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What LINE takes at one place. `ending` is what it adds to the address."""

    most: int = ORIGINAL_BYTES
    width: int | None = None
    ending: str = ""


def limits(part: Any, field: str) -> Limits:
    """Return the limits of one field of a bubble, card or product."""
    match part:
        case b.ImageBubble():
            width = TEMPLATE_WIDTH if part.tap is not None else None
            return Limits(PREVIEW_BYTES if field == "preview" or _is_small(part) else ORIGINAL_BYTES, width)
        case b.VideoBubble():
            return Limits(PREVIEW_BYTES)
        case b.RichImageBubble():
            return Limits(ending=RICH)
        case _:
            return Limits(width=TEMPLATE_WIDTH)


def addresses(bubbles: Iterable[Bubble]) -> list[str]:
    """Return the address of every picture, each once, as LINE will ask for it; films are not among them."""
    found: dict[str, None] = {}
    for bubble in bubbles:
        for one in fields.addresses(bubble):
            is_film = isinstance(bubble, b.VideoBubble) and one.field == "address"
            if one.is_file and one.address and not is_film:
                found[one.address + (RICH if isinstance(bubble, b.RichImageBubble) else "")] = None
    return list(found)


def _is_small(bubble: b.ImageBubble) -> bool:
    """Whether the picture itself stands in the chat, because there is no smaller one."""
    return bubble.tap is None and not bubble.preview
