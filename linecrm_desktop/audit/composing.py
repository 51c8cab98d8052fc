"""Puts words together that mean one thing in any order: "men's clothes" is menswear, "not paid" is unpaid.

Also leaves out what another word of the same name says already: the cart of an abandoned cart, the year of 2025年.
The lists are resources/audit/composed.json.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from linecrm_desktop.audit.vocabulary import NOT, Token, kind_of, listed

SIZES = frozenset({"xs", "xl", "xxl", "xxxl", "ss", "ll"})
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NEAR = 1
"""So many words may stand between "not" and what it denies."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The lists, ready to be looked up."""

    wholes: tuple[tuple[tuple[str, ...], str], ...]
    """Words that together are another word."""
    absorbed: dict[str, frozenset[str]]
    """What a word says already."""


def composed(words: Sequence[Token]) -> tuple[Token, ...]:
    """Return the words of a name with those put together that mean one thing."""
    found = _without_units(words)
    signs = {token.sign for token in found}
    for parts, whole in _lists().wholes:
        places = _places(found, parts) if signs.issuperset(parts) else None
        if places:
            signs.add(whole)
            written = "".join(found[at].written for at in sorted(places))
            left = [token for at, token in enumerate(found) if at not in places]
            left.insert(min(places), Token(whole, written, kind_of(whole)))
            found = left
    said = {sign for token in found for sign in _lists().absorbed.get(token.sign, ())}
    return tuple(token for token in found if token.sign not in said)


def is_letter(token: Token) -> bool:
    """Say whether a word is a single letter, a size or the plus sign."""
    return token.kind in ("latin", "sign") and (len(token.sign) == 1 or token.sign in SIZES)


def _places(words: Sequence[Token], parts: tuple[str, ...]) -> set[int]:
    """Return where the parts stand; "not" counts only beside the word that it denies."""
    signs = [token.sign for token in words]
    if not set(parts) <= set(signs):  # an earlier whole may have taken one
        return set()
    places = [signs.index(part) for part in parts]
    if NOT in parts and (signs.count(NOT) > 1 or max(places) - min(places) > 1 + _NEAR):
        return set()
    return set(places)


def _without_units(words: Sequence[Token]) -> list[Token]:
    """Leave out the year of 2025年 and the size of size L; the month before a number is the month behind it."""
    found: list[Token] = []
    has_size = any(is_letter(token) for token in words)
    for at, token in enumerate(words):
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        is_year = token.sign == "year" and (_is_year(before) or _is_year(after))
        is_number = token.written in ("号", "號") and before is not None and is_letter(before)
        if is_year or is_number or (token.sign == "size" and has_size):
            continue
        if token.sign == "~เดือน" and after is not None and after.kind == "number" and len(after.sign) < 3:
            behind = words[at + 2] if at + 2 < len(words) else None
            if behind is None or behind.sign != "month":
                found += [Token("month", token.written, "known")]
            continue
        found.append(token)
    return found


def _is_year(token: Token | None) -> bool:
    return token is not None and token.kind == "number" and bool(_YEAR.fullmatch(token.sign))


@cache
def _lists() -> Composed:
    told = listed("composed.json")
    return Composed(
        tuple((tuple(parts), whole) for *parts, whole in told["wholes"]),
        {sign: frozenset(words) for sign, words in told["absorbed"].items()},
    )
