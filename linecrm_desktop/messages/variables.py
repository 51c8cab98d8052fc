"""Variables in a text: {name|there} stands for the friend's name, or for "there" where the shop knows none.

A field of the shop's own is named by its folded name: {field:skin type|your skin}. Anything else in braces is plain
text and leaves as it was written. A value is put in once and never read again, so a friend who is called
"{last_product|x}" gets just that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from linecrm_desktop.messages import fields
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.counting import Count, count
from linecrm_desktop.text import N_, _

VARIABLES = {
    "name": N_("Name"),
    "last_product": N_("Last product"),
    "tier": N_("Customer tier"),
    "points": N_("Points"),
}
FIELD = "field:"
"""What stands before the folded name of a field of the shop's own."""
_FORM = re.compile(r"\{(" + "|".join(VARIABLES) + "|" + FIELD + r"[^{}|\n]+)(?:\|([^{}\n]*))?\}")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable at its place in a text."""

    name: str
    fallback: str


def label(name: str) -> str:
    """Return what a variable is called on the screen."""
    return name.removeprefix(FIELD) if name.startswith(FIELD) else _(VARIABLES[name])


def can_name(key: str) -> bool:
    """Tell whether a field with this folded name can be a variable; braces, bars and line ends have other meanings."""
    return bool(key) and not re.search(r"[{}|\n]", key)


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


def used(bubbles: Iterable[Bubble]) -> set[str]:
    """Return the names of the variables that stand in these bubbles."""
    return {variable.name for _position, variable in _all(bubbles)}


def without_fallback(bubbles: Iterable[Bubble]) -> list[tuple[int, str]]:
    """Return (position of the bubble from 0, variable) for each variable that has nothing to fall back on."""
    return [(position, one.name) for position, one in _all(bubbles) if not one.fallback.strip()]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text for one friend; a missing or blank value gives the fallback."""
    return "".join(part if isinstance(part, str) else _value(part, values) for part in parts(text))


def widest(text: str, values: Mapping[str, str], by: Count) -> str:
    """Return the text as long as it gets: each variable as its longest value, or its fallback where that is longer."""
    return "".join(part if isinstance(part, str) else _wider(part, values, by) for part in parts(text))


def _all(bubbles: Iterable[Bubble]) -> Iterator[tuple[int, Variable]]:
    for position, bubble in enumerate(bubbles):
        for words in fields.words(bubble):
            yield from ((position, part) for part in parts(words.text) if isinstance(part, Variable))


def _value(variable: Variable, values: Mapping[str, str]) -> str:
    value = values.get(variable.name, "")
    return value if value.strip() else variable.fallback


def _wider(variable: Variable, values: Mapping[str, str], by: Count) -> str:
    return max(values.get(variable.name, ""), variable.fallback, key=lambda text: count(text, by))
