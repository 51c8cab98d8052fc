"""Who got which of the five past sends, chosen so that the frequency cap takes out exactly the friends it should."""

from dataclasses import dataclass, field
from random import Random

from linecrm_desktop.sample.people import (
    CORE_AGAIN,
    RECENTLY,
    RIPE,
    Cell,
    Fate,
    Person,
    of,
    pick,
)

_PLAIN = (*RIPE, Cell.NEW, Cell.WARM)
"""Cells of whom nothing depends on who got a send."""


@dataclass(slots=True)
class Sent:
    """One past send by people: who got it, who was kept back, who was left out."""

    accepted: list[Person] = field(default_factory=list[Person])
    kept: list[Person] = field(default_factory=list[Person])
    left_out: list[Person] = field(default_factory=list[Person])
    blocked: list[Person] = field(default_factory=list[Person])
    """Some who got it and blocked the account soon after."""


@dataclass(slots=True)
class Sends:
    """The five past sends, and the friends who came to the sale's segment only after it."""

    serum: Sent = field(default_factory=Sent)
    welcome: Sent = field(default_factory=Sent)
    compare: Sent = field(default_factory=Sent)
    early: Sent = field(default_factory=Sent)
    linen: Sent = field(default_factory=Sent)
    late: list[Person] = field(default_factory=list[Person])

    def named(self) -> dict[str, Sent]:
        """Return the sends by the name that `Person.ordered_after` has for them, the oldest first."""
        names = ("serum", "welcome", "compare", "early", "linen")
        return {name: getattr(self, name) for name in names}


def draw(rng: Random, people: list[Person]) -> Sends:
    """Choose the people of all sends. Whoever the cap holds back got two of them in seven days, nobody else did."""
    sends = Sends()
    _serum(rng, people, sends.serum)
    _new_and_warm(rng, people, sends)
    _sale_and_linen(rng, people, sends)
    _block(sends.serum, of(people, *RIPE), 2)
    _block(sends.welcome, of(people, Cell.NEW), 6)
    _block(sends.compare, of(people, Cell.WARM), 3)
    return sends


def _block(sent: Sent, segment: list[Person], count: int) -> None:
    """Let some who block the account today have got a send, in the places of as many others."""
    out = {person.place for person in sent.left_out}
    sent.blocked = [one for one in segment if one.fate is Fate.BLOCKED and not one.known and one.place not in out]
    sent.blocked = sent.blocked[:count]
    spare = [one for one in sent.accepted if _reached(one) and one.known is None and one.cell in _PLAIN]
    gone = {person.place for person in spare[-count:]}
    sent.accepted = [*(one for one in sent.accepted if one.place not in gone), *sent.blocked]


def _reached(person: Person) -> bool:
    return person.fate is Fate.REACHED and not person.ordered_after


def _capped(people: list[Person], *cells: Cell) -> list[Person]:
    return [person for person in of(people, *cells) if person.fate is Fate.CAPPED]


def _convert(people: list[Person], send: str) -> list[Person]:
    for person in people:
        person.ordered_after = send
    return people


def _out(rng: Random, people: list[Person], blocked: int, refused: int) -> list[Person]:
    return [
        *pick(rng, people, blocked, lambda one: one.fate is Fate.BLOCKED),
        *pick(rng, people, refused, lambda one: one.fate is Fate.REFUSED),
    ]


def _serum(rng: Random, people: list[Person], sent: Sent) -> None:
    """474 of the buyers whose serum ran out; 41 of them (and 2 of those kept back) ordered since."""
    converts = _convert(pick(rng, of(people, Cell.RECENT_SERUM), 43, _reached), "serum")
    ripe = of(people, *RIPE)
    known = [person for person in ripe if person.known and person.is_free]
    others = pick(rng, ripe, 483 - len(known), lambda one: one.is_free and one.known is None)
    sent.accepted = [*converts[:41], *known, *others[: 433 - len(known)]]
    sent.kept = [*converts[41:], *others[433 - len(known) :]]
    sent.left_out = _out(rng, ripe, 70, 22)


def _new_and_warm(rng: Random, people: list[Person], sends: Sends) -> None:
    """312 new friends and 274 friends who click; only six got both."""
    recent = pick(rng, of(people, Cell.RECENT), 43, _reached)
    new, warm = of(people, Cell.NEW), of(people, Cell.WARM)
    both = pick(rng, of(people, Cell.NEW_WARM), 60, _reached)
    capped = _capped(people, Cell.NEW_WARM)
    first = pick(rng, new, 264, _reached)
    second = pick(rng, warm, 230, _reached)
    welcome, compare = sends.welcome, sends.compare
    welcome.accepted = [*_convert(recent[:19], "welcome"), *capped, *_capped(people, Cell.NEW), *first[:230]]
    welcome.accepted += both[:30]
    welcome.kept = first[230:]
    welcome.left_out = _out(rng, new, 30, 10)
    compare.accepted = [*_convert(recent[19:], "compare"), *capped, *_capped(people, Cell.WARM), *second[:200]]
    compare.accepted += both[30:]
    compare.kept = second[200:]
    compare.left_out = _out(rng, warm, 15, 6)


def _sale_and_linen(rng: Random, people: list[Person], sends: Sends) -> None:
    """1,860 got the sale a day early and 492 heard about linen; the 96 lapsed buyers under the cap got both."""
    taken = {person.place for person in (*sends.welcome.accepted, *sends.welcome.kept, *sends.compare.accepted)}
    capped = _capped(people, *CORE_AGAIN)
    serum = pick(rng, of(people, Cell.SERUM), 150, lambda one: _reached(one) and one.known is None)
    pool = pick(rng, of(people, *RECENTLY, Cell.LAPSED, Cell.COLD), 1955 + 352, _reached)
    fresh = pick(rng, of(people, Cell.NEW), 20, lambda one: _reached(one) and one.place not in taken)
    sale = [*serum[:112], *pool[:1955]]
    rng.shuffle(sale)
    early, linen = sends.early, sends.linen
    early.accepted, early.kept, sends.late = [*capped, *sale[:1764]], sale[1764:1971], sale[1971:]
    early.left_out = _out(rng, of(people, *RECENTLY, Cell.LAPSED, Cell.COLD), 40, 11)
    rest = [*serum[112:], *pool[1955:], *fresh]
    rng.shuffle(rest)
    linen.accepted = [*capped, *_capped(people, Cell.NEW, Cell.WARM), *rest[:355]]
    linen.kept = rest[355:]
    out = {person.place for person in early.left_out}
    linen.left_out = _out(rng, [one for one in of(people, *RECENTLY, Cell.COLD) if one.place not in out], 50, 14)
    _convert(pick(rng, of(early.accepted, *RECENTLY), 96), "early")
    _convert(pick(rng, of(early.kept, *RECENTLY), 5), "early")
    _convert(pick(rng, of(linen.accepted, *RECENTLY), 5, _reached), "linen")
