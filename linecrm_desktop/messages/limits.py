"""What LINE takes: five bubbles, and 5,000 UTF-16 units a text (Messaging API reference, text message).

A text is counted as it leaves: with the longest value that a friend of the segment has in place of each variable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linecrm_desktop.messages.blocks import Bubble
from linecrm_desktop.messages.variables import Variable, parts
from linecrm_desktop.text import _, ngettext, number

TEXT_MAX = 5000
BUBBLES_MAX = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Why LINE would not take a message. `bubble` counts from 0; None means the message as a whole."""

    bubble: int | None
    sentence: str


def utf16(text: str) -> int:
    """Count a text as LINE counts it; an emoji is two or more units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def longest(text: str, values: Mapping[str, str]) -> int:
    """Count a text filled with the longest values there are, or with a fallback where that is longer."""
    return sum(utf16(part) if isinstance(part, str) else _longest(part, values) for part in parts(text))


def problems(bubbles: Sequence[Bubble], values: Mapping[str, str] | None = None) -> list[Problem]:
    """List what breaks a limit. `values` are the longest values in the segment (messages.people finds them)."""
    found: list[Problem] = []
    if not bubbles:
        found.append(Problem(None, _("The message has no bubble yet.")))
    if len(bubbles) > BUBBLES_MAX:
        found.append(Problem(None, _("LINE takes at most {n} bubbles in one message.").format(n=BUBBLES_MAX)))
    for position, bubble in enumerate(bubbles):
        over = longest(bubble.text, values or {}) - TEXT_MAX
        if not bubble.text.strip():
            found.append(Problem(position, _("Bubble {n} is empty.").format(n=position + 1)))
        elif over > 0:
            found.append(Problem(position, _too_long(position + 1, over)))
    return found


def _too_long(bubble: int, over: int) -> str:
    sentence = ngettext(
        "Bubble {bubble} is {n} character too long for the friend with the longest values.",
        "Bubble {bubble} is {n} characters too long for the friend with the longest values.",
        over,
    )
    return sentence.format(bubble=bubble, n=number(over))


def _longest(variable: Variable, values: Mapping[str, str]) -> int:
    return max(utf16(values.get(variable.name, "")), utf16(variable.fallback))
