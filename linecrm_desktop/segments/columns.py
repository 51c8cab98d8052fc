"""Sets of friends as columns of yes and no, one byte a friend id: joining a million of them takes moments.

numpy has this one door, and is loaded with the first count.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.bool_]


def of_text(ids: str) -> Column:
    """Return the column of ids written with commas between them."""
    found = np.fromstring(ids, dtype=np.int64, sep=",")
    column = np.zeros(int(found.max()) + 1 if found.size else 0, dtype=np.bool_)
    column[found] = True
    return column


def both(parts: Sequence[Column]) -> Column:
    """Return who is in all of the columns; they may be of different length."""
    first, *rest = parts
    if not rest:
        return first
    short = min(map(len, parts))
    found = np.logical_and(first[:short], rest[0][:short])
    for part in rest[1:]:
        found &= part[:short]
    return found


def either(parts: Sequence[Column]) -> Column:
    """Return who is in any of the columns; they may be of different length."""
    first, *rest = sorted(parts, key=len, reverse=True)
    if not rest:
        return first
    found = _joined(np.logical_or, first, rest[0])
    for part in rest[1:]:
        found[: len(part)] |= part
    return found


def others(column: Column, everybody: Column) -> Column:
    """Return everybody, or who else is given, who is not in a column."""
    return _joined(np.greater, everybody, column[: len(everybody)])


def _joined(join: np.ufunc, longer: Column, shorter: Column) -> Column:
    """Join two columns in one pass; what only the longer one has stays as it is."""
    found = np.empty_like(longer)
    join(longer[: len(shorter)], shorter, out=found[: len(shorter)])
    found[len(shorter) :] = longer[len(shorter) :]
    return found


def count(column: Column) -> int:
    """Return how many friends are in a column."""
    return int(np.count_nonzero(column))


def ids(column: Column, most: int | None = None) -> list[int]:
    """Return the ids of the friends in a column in order, the first `most` of them if said."""
    found = np.flatnonzero(column)
    return found[:most].tolist()
