"""What the made-up friends did: clicks, menu taps, surveys, replies, coupons and visits."""

from random import Random

from linecrm_desktop.sample.goods import COUPONS, LINKS, MENU, PAGES, REPLIES, SERUM, SURVEY
from linecrm_desktop.sample.people import CORE_WARM, Cell, Deed, Fate, Person, of, pick

CLICK, TAP = "點擊", "圖文選單"
_SOFT = (
    (TAP, MENU),
    ("問卷", SURVEY),
    ("回覆", REPLIES),
    ("優惠券", COUPONS),
    ("瀏覽", PAGES),
)
"""What is no click."""
OFTEN_BUYERS = (289, 44)
"""Buyers who click often: how many can be reached, and how many not."""


def invent(rng: Random, people: list[Person]) -> list[Person]:
    """Give everybody their deeds; return the buyers who clicked twice or more in 30 days."""
    often = _ripe(rng, people)
    for person in of(people, *CORE_WARM):
        for _time in range(rng.randint(2, 5)):
            person.deeds.append(_click(rng, rng.randint(1, min(person.joined, 29))))
    for person in people:
        if person.cell in (Cell.NEW, Cell.NEW_WARM):
            _greet(rng, person)
        elif not person.quiet and not person.deeds and not _ordered_lately(person):
            person.deeds.append(_anything(rng, rng.randint(1, 29)))
        if person.joined > 45:
            days = (rng.randint(31, person.joined - 1) for _time in range(rng.choice((0, 0, 1, 1, 2))))
            person.deeds += [_anything(rng, day) for day in days]
    return often


def _ripe(rng: Random, people: list[Person]) -> list[Person]:
    """Let 588 of the active serum buyers click and 207 tap the menu, 154 of them both."""
    ripe = of(people, Cell.SERUM, Cell.RETURNS)
    seats = of(ripe, Cell.SERUM)
    known = [person for person in seats if person.known and "Clicks often" in person.known.tags]
    free = len([person for person in known if person.is_free])
    others = [person for person in seats if person.known is None]
    often = [
        *known,
        *pick(rng, others, OFTEN_BUYERS[0] - free, lambda one: one.fate is Fate.REACHED),
        *pick(rng, others, OFTEN_BUYERS[1] - len(known) + free, lambda one: one.fate is not Fate.REACHED),
    ]
    chosen = {person.place for person in often}
    rest = pick(rng, ripe, len(ripe) - len(often), lambda one: one.place not in chosen)
    clicking = [*often, *rest[: 588 - len(often)]]
    tapping = [*rest[588 - len(often) :], *rng.sample(clicking, 154)]
    for person in clicking:
        for _time in range(rng.randint(2, 4) if person.place in chosen else 1):
            person.deeds.append(_click(rng, rng.randint(2, 29), SERUM if rng.random() < 0.5 else ""))
    for person in tapping:
        person.deeds.append(Deed(TAP, rng.randint(1, 29), _clock(rng), "", rng.choice(MENU)))
    _known_click(people)
    return often


def _known_click(people: list[Person]) -> None:
    tina = next(person for person in people if person.known)
    days = (8, 17, 26)
    clicks = [Deed(CLICK, day, "21:05", SERUM, LINKS[SERUM][place]) for place, day in enumerate(days)]
    tina.deeds = [*clicks, *[deed for deed in tina.deeds if deed.kind != CLICK]]


def _greet(rng: Random, person: Person) -> None:
    """A new friend looks around once or twice, clicking at most once."""
    day = rng.randint(1, person.joined)
    if person.cell is Cell.NEW and rng.random() < 0.4:
        person.deeds.append(_click(rng, day))
    if rng.random() < 0.5:
        person.deeds.append(_soft(rng, day))


def _ordered_lately(person: Person) -> bool:
    return any(order.day <= 30 for order in person.orders)


def _anything(rng: Random, day: int) -> Deed:
    return _click(rng, day) if rng.random() < 0.45 else _soft(rng, day)


def _click(rng: Random, day: int, category: str = "") -> Deed:
    about = category or rng.choice(list(LINKS))
    return Deed(CLICK, day, _clock(rng), about, rng.choice(LINKS[about]))


def _soft(rng: Random, day: int) -> Deed:
    kind, details = rng.choice(_SOFT)
    return Deed(kind, day, _clock(rng), "", rng.choice(details))


def _clock(rng: Random) -> str:
    return f"{rng.randint(8, 22):02d}:{rng.randrange(60):02d}"


def clicks_lately(person: Person) -> int:
    """Return how often a friend clicked in the last 30 days."""
    return sum(deed.kind == CLICK and deed.day <= 30 for deed in person.deeds)
