"""Tells names that a shop system has masked, such as 王○明. No database.

A masked name is still better than none in a list of friends, but nobody could say who is meant by it.
"""

import re
import unicodedata
from collections.abc import Sequence

_MARKS = "*＊○◯〇●"
_DOTS = "••"
_HAN = "[\u3400-\u9fff\uf900-\ufaff]"
_CIRCLES = re.compile(rf"^{_HAN}{{1,2}}[OoXxＯＸｏｘ]{{1,3}}{_HAN}{{0,2}}$", re.MULTILINE)
"""Letters that stand for circles and crosses between Han letters: 王O明, 陳XX."""


def is_masked(name: str) -> bool:
    """Say whether letters of a name are hidden. The same signs around a whole name are an ornament."""
    text = unicodedata.normalize("NFKC", name).strip()
    whole = text.strip(_MARKS)
    if _DOTS in text or _CIRCLES.fullmatch(text):
        return True
    is_around = text[:1] in _MARKS and text[-1:] in _MARKS and len(whole) > 1
    return any(mark in (whole if is_around else text) for mark in _MARKS)


def marked(names: Sequence[str | None]) -> list[int | None] | None:
    """Return 1 for each name that is masked and None for the others, as rows are staged; None where none is."""
    text = "\n".join([name for name in names if name])
    if not any(sign in text for sign in (*_MARKS, _DOTS)) and (text.isascii() or not _CIRCLES.search(text)):
        return None
    return [1 if name and is_masked(name) else None for name in names]
