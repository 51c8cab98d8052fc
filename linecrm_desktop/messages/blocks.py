"""The bubbles of a message: what a person writes, how the shop file keeps it, and the objects that LINE gets.

One module decides what leaves (messages.leaving), so that preview, counter and request can never differ by a byte.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from linecrm_desktop.messages.bubbles import Bubble, TextBubble
from linecrm_desktop.messages.codec import from_json, to_json
from linecrm_desktop.messages.leaving import to_line

__all__ = ["Bubble", "TextBubble", "from_json", "has_opt_out", "to_json", "to_line"]


def has_opt_out(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether bubbles, as the shop file keeps them, tell the reader how to stop."""
    return any(row.get("kind") == "opt_out" for row in rows)
