"""What the cells of a column mean, each different one worked out once; cells that nearly always come once are quicker.

Exports repeat themselves: days, products and answers come a million times. Names and numbers do not: where such a cell
is written as nearly all are, one look by a pattern is enough, and remembering it would only cost time.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from linecrm_desktop.imports.values import Doubtful, Unreadable

REMEMBERED = 50_000
"""Most different cells of a column whose meaning is kept."""


class Trouble(NamedTuple):
    """Why a cell cannot be used, and whether its row is taken without it."""

    code: str
    sentence: str
    is_doubtful: bool


class Usual(NamedTuple):
    """A way to write a cell whose meaning is known without looking closer: the cell itself, or what `make` says."""

    pattern: re.Pattern[str]
    make: Callable[[str], Any] | None = None


class Meanings(dict[str, Any]):
    """What the cells of one column mean, each worked out once; what cannot be read is kept as its trouble."""

    def __init__(self, read: Callable[[str], Any], usual: Usual | None = None) -> None:
        super().__init__({"": None})
        self.read = read
        self._usual = usual
        self.has_trouble = False

    def __missing__(self, cell: str) -> Any:
        try:
            meaning = self.read(cell)
        except Unreadable as trouble:  # kept without its traceback, which would keep all rows read so far
            meaning = Trouble(trouble.code, trouble.sentence, isinstance(trouble, Doubtful))
            self.has_trouble = True
        self[cell] = meaning
        return meaning

    def of(self, cells: Sequence[str]) -> list[Any]:
        """Return what each of these cells means."""
        if len(self) > REMEMBERED:
            self.clear()
            self[""] = None
        if self._usual is None:
            return list(map(self.__getitem__, cells))
        pattern, make = self._usual
        found = map(pattern.fullmatch, cells)
        if make is None:
            return [cell if is_usual else self[cell] for cell, is_usual in zip(cells, found, strict=True)]
        return [make(cell) if is_usual else self[cell] for cell, is_usual in zip(cells, found, strict=True)]
