"""How LINE counts characters (Messaging API, "Character counting in a text"), and the only door to the library for it.

Most texts are counted in UTF-16 units; labels, titles and texts of templates in grapheme clusters: what a person sees
as one sign. The clusters are Unicode's extended ones; the `regex` library keeps up with its tables.
"""

from enum import StrEnum
from functools import cache
from typing import Any


class Count(StrEnum):
    """How a text is counted."""

    UNITS = "units"
    SIGNS = "signs"


def utf16(text: str) -> int:
    """Count UTF-16 units; an emoji is two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def signs(text: str) -> int:
    """Count grapheme clusters; a family emoji, a flag or a Thai consonant with its marks is one."""
    if text.isascii() and "\r" not in text:
        return len(text)
    return len(_cluster().findall(text))


def count(text: str, by: Count) -> int:
    """Count a text in one of LINE's two ways."""
    return utf16(text) if by is Count.UNITS else signs(text)


def cut(text: str, most: int) -> str:
    """Return as many whole signs of a text as fit into so many UTF-16 units."""
    if utf16(text) <= most:
        return text
    kept, units = "", 0
    for sign in _cluster().findall(text):
        units += utf16(sign)
        if units > most:
            break
        kept += sign
    return kept


@cache
def _cluster() -> Any:
    import regex  # only texts beyond ASCII in counted fields need it, so a start need not load it

    return regex.compile(r"\X")
