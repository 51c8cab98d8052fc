"""Makes one value of what a file writes into several columns: names, phone numbers, days and their times."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from linecrm_desktop.imports import values
from linecrm_desktop.imports.columns import Target

_PHONE_PART = 5
"""Most digits that one part of a phone number in several columns has."""
_TIME = re.compile(r"\D{0,4}\d{1,2}[:：時时点點]\d{2}.*")
"""A time of day alone, in a column beside the day's."""
_BARE_TIME = re.compile(r"(\d{1,2})([0-5]\d)([0-5]\d)")
"""The same without colons, the zero before a morning's hour perhaps lost in a spreadsheet."""
_GIVEN = re.compile(r"first|given|fore|^名字?$|[(（]名[)）]$")
"""What the name of a column of given names has."""


def joiner(target: Target, headers: Sequence[str], country: str) -> Callable[[Sequence[str]], str]:
    """Return what makes one value of the cells of several columns."""
    if target is Target.NAME and len(headers) == 2:
        given_first = bool(_GIVEN.search(headers[0].strip().casefold()))
        return lambda parts: values.full_name(_filled(parts), country, given_first=given_first)
    return lambda parts: _joined(target, _filled(parts))


def _filled(parts: Sequence[str]) -> list[str]:
    return [part.strip() for part in parts if values.name(part) is not None]


def _joined(target: Target, filled: list[str]) -> str:
    if target is Target.PHONE:
        return _whole_phone(filled)
    if target in (Target.AT, Target.JOINED):
        if len(filled) == 2 and (bare := _BARE_TIME.fullmatch(filled[1])):
            return f"{filled[0]} {bare[1]}:{bare[2]}:{bare[3]}"
        return " ".join(filled if len(filled) == 2 and _TIME.fullmatch(filled[1]) else filled[:1])
    return " ".join(filled)


def _whole_phone(filled: list[str]) -> str:
    """Return the phone number of several cells: its parts, one after its country's code, or the first whole one."""
    whole = [part for part in filled if len(part) > _PHONE_PART]
    for code, part in pairwise(filled):
        if part in whole and re.fullmatch(r"\+?\d{1,3}", code):
            return f"+{code.removeprefix('+')} {part}"
    return whole[0] if whole else "-".join(filled)
