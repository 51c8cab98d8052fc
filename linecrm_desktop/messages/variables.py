"""Variables in a text: {name|there} stands for the friend's name, or for "there" where the shop knows none.

Anything else in braces is plain text and leaves as it was written. A value is put in once and never read again, so a
friend who is called "{last_product|x}" gets just that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from linecrm_desktop.text import N_

VARIABLES = {"name": N_("Name"), "last_product": N_("Last product")}
_FORM = re.compile(r"\{(" + "|".join(VARIABLES) + r")(?:\|([^{}\n]*))?\}")


class HasText(Protocol):
    """Anything with a text in which variables may stand."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable at its place in a text."""

    name: str
    fallback: str


def write(variable: Variable) -> str:
    """Return the variable as it stands in a text; braces and line ends cannot be part of a fallback."""
    fallback = re.sub(r"[{}\n]", " ", variable.fallback)
    return f"{{{variable.name}|{fallback}}}" if fallback.strip() else f"{{{variable.name}}}"


def parts(text: str) -> Iterator[str | Variable]:
    """Cut a text into plain pieces and variables, in order; joined again they are the text."""
    end = 0
    for found in _FORM.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Variable(found[1], found[2] or "")
        end = found.end()
    if end < len(text):
        yield text[end:]


def used(bubbles: Iterable[HasText]) -> set[str]:
    """Return the names of the variables that stand in these bubbles."""
    return {part.name for bubble in bubbles for part in parts(bubble.text) if isinstance(part, Variable)}


def without_fallback(bubbles: Iterable[HasText]) -> list[tuple[int, str]]:
    """Return (position of the bubble from 0, variable) for each variable that has nothing to fall back on."""
    return [
        (number, part.name)
        for number, bubble in enumerate(bubbles)
        for part in parts(bubble.text)
        if isinstance(part, Variable) and not part.fallback.strip()
    ]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text for one friend; a missing or blank value gives the fallback."""
    return "".join(part if isinstance(part, str) else _value(part, values) for part in parts(text))


def _value(variable: Variable, values: Mapping[str, str]) -> str:
    value = values.get(variable.name, "")
    return value if value.strip() else variable.fallback
