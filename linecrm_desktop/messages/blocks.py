"""The bubbles of a message: what a person writes, how the shop file keeps it, and the objects that LINE gets.

One module decides what leaves (messages.leaving), so that preview, counter and request can never differ by a byte.
"""

from linecrm_desktop.messages.bubbles import Bubble, TextBubble
from linecrm_desktop.messages.codec import from_json, to_json
from linecrm_desktop.messages.leaving import to_line

__all__ = ["Bubble", "TextBubble", "from_json", "to_json", "to_line"]
