"""What a file of the corpus is: its bytes, and what must become of each of its rows.

The truths come from the specification of imports and from what a shop owner would want, never from the program.
"""

from dataclasses import dataclass, field
from typing import Any

from linecrm_desktop.imports.columns import Kind

Facts = dict[str, dict[str, Any]]
LINE = "U{:032x}".format
"""The LINE user id with this number."""


@dataclass(frozen=True)
class Entry:
    """One file and its truth.

    `rows` names each row of the table by its line: new, updated, unchanged, or the reason why it is rejected.
    `friends` and `orders` are all that the shop holds afterwards, by a key or number, with some of their facts.
    """

    name: str
    content: bytes
    rows: dict[int, str]
    country: str = "TW"
    kind: Kind | None = None
    before: tuple[bytes, ...] = ()
    """Files of customers that were imported earlier."""
    preset: str = ""
    skipped: dict[str, int] = field(default_factory=dict[str, int])
    """Lines that are no data, by reason."""
    flagged: dict[int, str] = field(default_factory=dict[int, str])
    """Rows that are taken without one of their cells, by reason."""
    friends: Facts | None = None
    orders: Facts | None = None
    events: int | None = None
    refusal: str = ""
    """What the sentence says with which the whole file is refused."""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Return (new, updated, unchanged, rejected)."""
        said = list(self.rows.values())
        new, updated, same = (said.count(verdict) for verdict in ("new", "updated", "unchanged"))
        return new, updated, same, len(said) - new - updated - same

    @property
    def rejected(self) -> dict[int, str]:
        return {line: why for line, why in self.rows.items() if why not in ("new", "updated", "unchanged")}


def new(first: int, last: int) -> dict[int, str]:
    """Return rows on these lines, all new."""
    return dict.fromkeys(range(first, last + 1), "new")


def text(*lines: str, end: str = "\r\n") -> str:
    """Return lines as the text of a file."""
    return end.join(lines) + end


def csv(name: str, *lines: str, rows: dict[int, str] | None = None, encoding: str = "utf-8", **truth: Any) -> Entry:
    """Return an entry of a text file whose lines, all but the first, are new if nothing else is said."""
    told = new(2, len(lines)) if rows is None else rows
    return Entry(f"{name}.csv", text(*lines).encode(encoding), told, **truth)


def quoted(*cells: str) -> str:
    """Return a line whose cells are all quoted."""
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def numbered(head: str, cells: list[str]) -> list[str]:
    """Return a table of two columns whose rows are numbered from 1."""
    return [head, *(f"{number},{quoted(cell)}" for number, cell in enumerate(cells, start=1))]
