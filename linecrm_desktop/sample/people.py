"""The made-up people of the sample shop, and the cells that they are divided into before anything else is invented.

Every number that the shop promises is a sum of cells, so dates, tags and orders are filled in afterwards and cannot
change it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Cell(StrEnum):
    """What a friend has bought and done; each friend is in exactly one cell."""

    NEW = "new"
    """Joined in the last 30 days, never ordered."""
    NEW_WARM = "new_warm"
    """The same, and clicked twice or more in 30 days."""
    WARM = "warm"
    """Joined earlier, never ordered, clicked twice or more in 30 days."""
    COLD = "cold"
    """Joined earlier, never ordered, clicked once at most."""
    SERUM = "serum"
    """Bought serum, last order over 60 days ago, interested in anti-ageing, active in 30 days."""
    RETURNS = "returns"
    """The same, but often sends orders back."""
    SILENT = "silent"
    """Like SERUM, but did nothing in 30 days."""
    LAPSED = "lapsed"
    """Last order over 60 days ago, the rest."""
    RECENT_SERUM = "recent_serum"
    """Ordered within 60 days, bought serum before, interested in anti-ageing."""
    RECENT = "recent"
    """Ordered within 60 days, the rest."""


class Fate(StrEnum):
    """Why a friend gets nothing, if so."""

    REACHED = "reached"
    BLOCKED = "blocked"
    REFUSED = "refused"
    CAPPED = "capped"


SIZES: dict[Cell, tuple[int, int, int, int]] = {
    Cell.NEW: (688, 52, 17, 27),
    Cell.NEW_WARM: (118, 12, 5, 6),
    Cell.WARM: (280, 19, 7, 14),
    Cell.COLD: (918, 140, 47, 0),
    Cell.SERUM: (612, 71, 23, 32),
    Cell.RETURNS: (29, 4, 1, 2),
    Cell.SILENT: (60, 11, 3, 4),
    Cell.LAPSED: (711, 62, 14, 58),
    Cell.RECENT_SERUM: (217, 30, 10, 0),
    Cell.RECENT: (1229, 217, 60, 0),
}
"""How many friends a cell has, and how many of them blocked, refused, or have had enough messages this week."""

NEVER_ORDERED = (Cell.NEW, Cell.NEW_WARM, Cell.WARM, Cell.COLD)
CORE_NEW = (Cell.NEW, Cell.NEW_WARM)
CORE_WARM = (Cell.NEW_WARM, Cell.WARM)
RIPE = (Cell.SERUM, Cell.RETURNS, Cell.SILENT)
"""Bought serum, last order over 60 days ago, interested in anti-ageing."""
CORE_AGAIN = (*RIPE, Cell.LAPSED)
RECENTLY = (Cell.RECENT_SERUM, Cell.RECENT)
SERUM_BUYERS = (*RIPE, Cell.RECENT_SERUM)


@dataclass(slots=True)
class Purchase:
    """One order. Lines are (product, category, quantity, NT$)."""

    day: int
    """Days ago."""
    clock: str
    lines: list[tuple[str, str, int, int]]
    status: str = "已完成"
    number: str = ""

    @property
    def total(self) -> int:
        return sum(line[3] for line in self.lines)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a friend did: what, how many days ago, when, about which category, with which words."""

    kind: str
    day: int
    clock: str
    category: str = ""
    detail: str = ""


@dataclass(slots=True)
class Person:
    """One made-up friend, filled in step by step."""

    place: int
    cell: Cell
    fate: Fate = Fate.REACHED
    known: "Known | None" = None
    name: str = ""
    phone: str = ""
    email: str = ""
    line_id: str = ""
    member: str = ""
    joined: int = 0
    """Days ago."""
    source: str = ""
    has_line: bool = True
    """Whether the shop still knows the LINE user ID."""
    informed: bool = False
    can_opt_out: bool = True
    allows: bool = False
    quiet: bool = False
    tags: dict[str, int] = field(default_factory=dict[str, int])
    """Tag by name, with how many days ago the friend got it."""
    orders: list[Purchase] = field(default_factory=list[Purchase])
    deeds: list[Deed] = field(default_factory=list[Deed])
    ordered_after: str = ""
    """The send after which this friend ordered."""

    @property
    def is_free(self) -> bool:
        """Whether a message reaches this friend."""
        return self.fate in (Fate.REACHED, Fate.CAPPED)


@dataclass(frozen=True, slots=True)
class Known:
    """A friend whom pictures and documentation show."""

    name: str
    last_order: int
    spent: int
    orders: int
    source: str
    tags: tuple[str, ...]
    answers: int = 3
    fate: Fate = Fate.REACHED


KNOWN = (
    Known("林雅婷 Tina", 71, 5420, 3, "Instagram ads", ("Serum", "Free-shipping close", "Clicks often")),
    Known("陳怡君", 76, 18960, 6, "Website", ("VIP", "Serum", "Clicks often")),
    Known("王詩涵 Shihhan", 79, 8760, 4, "Store QR code", ("Clicks often", "Serum")),
    Known("張雅筑", 83, 4130, 2, "Package card", ("Serum",), answers=2),
    Known("Ploy S.", 85, 1460, 1, "Instagram ads", ("Serum",), answers=2),
    Known("黃柏翰", 87, 1290, 1, "Website", ("Serum",)),
    Known("吳佩珊", 89, 3720, 2, "Store QR code", ("Serum",)),
    Known("許家瑋", 92, 2310, 1, "Package card", ("Serum", "Waits for discount")),
    Known("佐藤美咲", 95, 6480, 3, "Referral", ("Serum",)),
    Known("鄭宇辰", 97, 2980, 2, "Website", ("Serum", "Clicks often"), fate=Fate.REFUSED),
    Known("周子晴", 100, 980, 1, "Instagram ads", ("Serum",)),
    Known("劉冠廷", 102, 1680, 1, "Livestream", ("Serum",), answers=2),
    Known("郭芷瑄 Zoe", 105, 22150, 7, "Store QR code", ("VIP", "Serum", "Clicks often")),
    Known("楊子萱", 107, 7940, 4, "Website", ("Serum",)),
    Known("蔡佳穎", 109, 3060, 2, "Package card", ("Serum",), fate=Fate.BLOCKED),
    Known("李承恩", 111, 5210, 3, "Instagram ads", ("Serum",)),
    Known("葉書妤", 112, 9480, 4, "Website", ("Serum", "Clicks often")),
    Known("林品妤", 114, 2640, 2, "Store QR code", ("Serum",), answers=2),
)
"""They open the cell SERUM. Their spending is NT$."""


def everybody(rng: Random) -> list[Person]:
    """Return all friends with their cells and fates."""
    people: list[Person] = []
    for cell, (size, *fates) in SIZES.items():
        drawn = [
            fate for fate, count in zip((Fate.BLOCKED, Fate.REFUSED, Fate.CAPPED), fates, strict=True)
            for _place in range(count)
        ]  # fmt: skip
        drawn += [Fate.REACHED] * (size - len(drawn))
        rng.shuffle(drawn)
        people += [Person(len(people) + place, cell, fate) for place, fate in enumerate(drawn)]
    _seat_known(people)
    return people


def of(people: Iterable[Person], *cells: Cell) -> list[Person]:
    """Return the people of these cells."""
    return [person for person in people if person.cell in cells]


def pick(
    rng: Random, people: Iterable[Person], count: int, fits: Callable[[Person], bool] = lambda _: True
) -> list[Person]:
    """Draw so many different people who fit."""
    return rng.sample([person for person in people if fits(person)], count)


def _seat_known(people: list[Person]) -> None:
    """Put the known friends on the first seats of SERUM, changing fates with others so that the sums stay."""
    seats = of(people, Cell.SERUM)
    for place, known in enumerate(KNOWN):
        seat = seats[place]
        if seat.fate is not known.fate:
            other = next(person for person in seats[len(KNOWN) :] if person.fate is known.fate)
            seat.fate, other.fate = other.fate, seat.fate
        seat.known = known
