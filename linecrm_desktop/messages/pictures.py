"""Which pictures a message shows, by their addresses, and what LINE takes of each: at most so heavy, at most so wide.

Messaging API reference (2026-08): pictures up to 10 MB, small ones for the chat up to 1 MB, on cards 1,024 points wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linecrm_desktop.line.pictures import ORIGINAL_BYTES, PREVIEW_BYTES, TEMPLATE_WIDTH
from linecrm_desktop.messages import bubbles as b
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


def wanted(bubble: Bubble) -> list[tuple[str, Limits]]:
    """Return each picture of a bubble by the address at which LINE will ask for it, with what LINE takes there."""
    match bubble:
        case b.ImageBubble():
            fields = [(bubble, "address", bubble.address), (bubble, "preview", bubble.preview)]
        case b.VideoBubble():
            fields = [(bubble, "preview", bubble.preview)]
        case b.RichImageBubble():
            fields = [(bubble, "address", bubble.address)]
        case b.ButtonsBubble():
            fields = [(bubble, "image", bubble.image)]
        case b.CarouselBubble():
            fields = [(card, "image", card.image) for card in bubble.cards]
        case b.ProductBubble():
            fields = [(product, "image", product.image) for product in bubble.products]
        case _:
            fields = []
    found = [(address, limits(part, field)) for part, field, address in fields if address]
    return [(address + taken.ending, taken) for address, taken in found]


def addresses(bubbles: Iterable[Bubble]) -> list[str]:
    """Return the address of every picture of a message, each once."""
    return list(dict.fromkeys(address for bubble in bubbles for address, _taken in wanted(bubble)))


def _is_small(bubble: b.ImageBubble) -> bool:
    """Whether the picture itself stands in the chat, because there is no smaller one."""
    return bubble.tap is None and not bubble.preview
