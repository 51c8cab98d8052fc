"""Which of all names of a shop say the same. Equal forms meet in a table; wrong letters are found by comparing all.

numpy and rapidfuzz are loaded with this file, so it is imported where names are compared, never at a start.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from linecrm_desktop.audit.names import NEAR_FROM, Name, Reason, likeness
from linecrm_desktop.jobs import Task

MOST_LETTERS = 2
"""So many letters may be wrong in a long name."""
_BLOCK = 1_000


def alike(names: Sequence[Name], task: Task | None = None) -> dict[tuple[int, int], Reason]:
    """Return the pairs of names (by their places, the smaller first) that say the same, and why."""
    found: dict[tuple[int, int], Reason] = {}
    for one, other in sorted(_equal_forms(names) | _few_letters_apart(names, task)):
        reason = likeness(names[one], names[other])
        if reason is not None:
            found[one, other] = reason
    return found


def _equal_forms(names: Sequence[Name]) -> set[tuple[int, int]]:
    meeting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for form in _forms(name):
            meeting[form].append(at)
    return {
        (one, other)
        for places in meeting.values()
        for number, one in enumerate(places)
        for other in places[number + 1 :]
        if one != other
    }


def _forms(name: Name) -> Iterator[Hashable]:
    """Yield everything in which two names that say the same can be equal."""
    forms: set[Hashable] = {("plain", name.plain), ("meaning", name.meaning), ("joined", "".join(name.signs))}
    if name.roots:
        forms.add(("roots", name.roots))
    if name.skeleton:
        forms.add(("skeleton", name.skeleton))
    if len(name.plain) >= NEAR_FROM:
        forms |= {("letters", "".join(sorted(name.plain))), ("end", name.plain), ("end", name.plain[:-1])}
    yield from forms


def _few_letters_apart(names: Sequence[Name], task: Task | None) -> set[tuple[int, int]]:
    """Compare the names in which letters can be wrong with those that have the same numbers and begin alike.

    A block of rows at a time, so that it can be stopped.
    """
    comparable: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.can_have_typos:
            comparable[name.numbers, name.letters, name.is_negated, name.core[0]].append(at)
    found: set[tuple[int, int]] = set()
    for places in comparable.values():
        found |= _close([names[at].core for at in places], places, task)
    return found


def _close(cores: Sequence[str], places: Sequence[int], task: Task | None) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for start in range(0, len(cores), _BLOCK):
        if task is not None:
            task.raise_if_stopped()
        distances = cdist(
            cores[start : start + _BLOCK],
            cores[start:],
            scorer=Levenshtein.distance,
            score_cutoff=MOST_LETTERS,
            dtype=np.uint8,
        )
        for row, column in zip(*np.nonzero(distances <= MOST_LETTERS), strict=True):
            if row < column:
                found.add((places[start + int(row)], places[start + int(column)]))
    return found
