"""Sets of friends as columns of yes and no, one bit a friend id: joining a million of them takes a moment.

numpy has this one door, and is loaded with the first count.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.uint64]
"""Friend ids from 0 up, 64 of them a word."""
_WORD = 8


def of_text(ids: str) -> Column:
    """Return the column of ids written with commas between them."""
    return _column(np.fromstring(ids, dtype=np.int64, sep=","))


def of_ids(ids: Iterable[int]) -> Column:
    """Return the column of ids in any order."""
    return _column(np.fromiter(ids, dtype=np.int64))


def _column(found: NDArray[np.int64]) -> Column:
    is_in = np.zeros(int(found.max()) + 1 if found.size else 0, dtype=np.bool_)
    is_in[found] = True
    return packed(is_in)


def packed(is_in: NDArray[np.bool_]) -> Column:
    """Return the column of a yes or no for each id."""
    bits = np.packbits(is_in, bitorder="little")
    words = np.zeros(-(-len(bits) // _WORD), dtype=np.uint64)
    words.view(np.uint8)[: len(bits)] = bits
    return words


def both(parts: Sequence[Column]) -> Column:
    """Return who is in all of the columns; they may be of different length."""
    first, *rest = parts
    if not rest:
        return first
    short = min(map(len, parts))
    found = first[:short] & rest[0][:short]
    for part in rest[1:]:
        found &= part[:short]
    return found


def either(parts: Sequence[Column]) -> Column:
    """Return who is in any of the columns; they may be of different length."""
    first, *rest = sorted(parts, key=len, reverse=True)
    if not rest:
        return first
    found = first.copy()
    for part in rest:
        found[: len(part)] |= part
    return found


def others(column: Column, everybody: Column) -> Column:
    """Return everybody, or who else is given, who is not in a column."""
    found = everybody.copy()
    known = column[: len(found)]
    found[: len(known)] &= ~known
    return found


def count(column: Column) -> int:
    """Return how many friends are in a column."""
    return int(np.bitwise_count(column).sum())


def ids(column: Column, most: int | None = None) -> list[int]:
    """Return the ids of the friends in a column in order, the first `most` of them if said."""
    found = np.flatnonzero(np.unpackbits(column.view(np.uint8), bitorder="little"))
    return found[:most].tolist()
