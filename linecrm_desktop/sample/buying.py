"""What the made-up friends bought, and since when they have been friends."""

from random import Random

from linecrm_desktop.sample.goods import GOODS, LINEN, OTHER, SERUM
from linecrm_desktop.sample.people import (
    CORE_NEW,
    NEVER_ORDERED,
    RECENTLY,
    RIPE,
    SERUM_BUYERS,
    Cell,
    Known,
    Person,
    Purchase,
    of,
    pick,
)
from linecrm_desktop.sample.sends import Sends

REPEAT_BUYERS = 903
OTHER_SERUM_BUYERS = 140
"""Bought serum without being interested in anti-ageing."""
_QUIET = {Cell.SILENT: 60, Cell.COLD: 560, Cell.LAPSED: 430, Cell.RECENT: 327}
_AFTER = {"serum": (3, 8), "welcome": (1, 6), "compare": (1, 4), "early": (1, 1), "linen": (1, 1)}
"""Days ago on which friends ordered after a send, from and to."""
REVENUE = {"serum": 61_090, "welcome": 22_610, "compare": 33_360}
"""What all orders after a send came to, NT$."""
PER_ORDER = {"early": 1_680, "linen": 2_080}
"""The same by order, of sends after which more orders come (week_after)."""
_FIRST_NUMBER = 10492
_KNOWN_NUMBERS = {71: "MM-10492", 84: "MM-10377", 89: "MM-10311"}


def invent(rng: Random, people: list[Person], sends: Sends) -> None:
    """Give buyers their orders and everybody the day on which they became a friend."""
    for cell, count in _QUIET.items():
        for person in pick(rng, of(people, cell), count, lambda one: not one.ordered_after):
            person.quiet = True
    buyers = [person for person in people if person.cell not in NEVER_ORDERED]
    _order(rng, buyers, sends)
    for name, sent in sends.named().items():
        followed = [person.orders[0] for person in sent.accepted if person.ordered_after == name]
        bring(followed, REVENUE.get(name) or PER_ORDER[name] * len(followed))
    _send_back(rng, people)
    _number(buyers)
    written_to = {person.place for person in (*sends.welcome.accepted, *sends.welcome.kept, *sends.welcome.left_out)}
    for person in people:
        person.joined = _joined(rng, person, person.place in written_to)


def _order(rng: Random, buyers: list[Person], sends: Sends) -> None:
    again = [person for person in buyers if person.ordered_after == "serum" or (person.known and _times(person) > 1)]
    chosen = {person.place for person in again}
    may = [person for person in buyers if person.place not in chosen and person.known is None]
    may = [person for person in may if person.ordered_after not in ("welcome", "compare")]
    chosen |= {person.place for person in pick(rng, may, REPEAT_BUYERS - len(again))}
    plain = [person for person in of(buyers, Cell.RECENT) if not person.ordered_after]
    serum = {person.place for person in rng.sample(plain, OTHER_SERUM_BUYERS)}
    early = {person.place for person in (*sends.serum.accepted, *sends.serum.kept)}
    for person in buyers:
        if person.known is not None:
            _order_known(person, person.known)
            continue
        days = _days(rng, person, person.place in chosen, person.place in early)
        with_serum = len(days) - 1 if person.cell in SERUM_BUYERS or person.place in serum else None
        person.orders = [purchase(rng, day, serum=place == with_serum) for place, day in enumerate(days)]


def bring(orders: list[Purchase], revenue: int) -> None:
    """Set the prices of orders so that they bring a sum: shops sell in sets, and give and take NT$10."""
    shares = _parted([order.total for order in orders], revenue)
    for order, share in zip(orders, shares, strict=True):
        prices = _parted([price for *_what, price in order.lines], share)
        order.lines = [(*line[:3], price) for line, price in zip(order.lines, prices, strict=True)]


def _parted(amounts: list[int], whole: int) -> list[int]:
    """Divide a sum in the proportion of amounts, in tens; what is left goes to the largest."""
    parts = [max(10, round(amount * whole / sum(amounts) / 10) * 10) for amount in amounts]
    parts[parts.index(max(parts))] += whole - sum(parts)
    return parts


def _times(person: Person) -> int:
    return person.known.orders if person.known else 0


def _days(rng: Random, person: Person, again: bool, early: bool) -> list[int]:
    """Return the days of a buyer's orders, newest first."""
    days = [_last_day(rng, person, early)]
    if again:
        gap = (64, 200) if person.ordered_after == "serum" else (15, 160)
        for _time in range(rng.choices((1, 2, 3, 5), (60, 25, 10, 5))[0]):
            days.append(days[-1] + rng.randint(*gap))
    return days


def _last_day(rng: Random, person: Person, early: bool) -> int:
    if person.ordered_after:
        return rng.randint(*_AFTER[person.ordered_after])
    if person.cell is Cell.SERUM or early:
        return rng.randint(115, 330)
    if person.cell in RIPE:
        return rng.randint(62, 330)
    if person.cell is Cell.LAPSED:
        return rng.randint(61, 420)
    return rng.randint(31, 60) if person.quiet else rng.randint(12, 60)


def purchase(rng: Random, day: int, *, serum: bool) -> Purchase:
    """Invent one order so many days ago."""
    categories = [SERUM] if serum else [rng.choice(OTHER)]
    if rng.random() < 0.35:
        categories.append(rng.choice(OTHER))
    lines: list[tuple[str, str, int, int]] = []
    for category in categories:
        product, price = rng.choice(GOODS[category])
        pieces = 2 if rng.random() < 0.15 else 1
        lines.append((product, category, pieces, price * pieces))
    clock = f"{rng.randint(14, 22)}:{rng.randrange(60):02d}"
    return Purchase(day, clock, lines)


def _order_known(person: Person, known: Known) -> None:
    """Divide the known sum over the known number of orders; the newest one is a serum."""
    product, price = GOODS[SERUM][0]
    if known.orders == 1:
        person.orders = [Purchase(known.last_order, "20:14", [(product, SERUM, 1, known.spent)])]
        return
    newest = 1680 if known.spent == 5420 else price
    rest = known.spent - newest
    older = known.orders - 1
    shares = [2250, 1490] if known.spent == 5420 else [rest // older // 10 * 10] * older
    shares[-1] += rest - sum(shares)
    days = (84, 89) if known.spent == 5420 else tuple(known.last_order + 45 * (n + 1) for n in range(older))
    person.orders = [Purchase(known.last_order, "20:14", [(product, SERUM, 1, newest)])]
    names = ("Night cream 晚霜", "Rice toner 米萃化妝水", "Linen shirt 亞麻襯衫")
    kinds = ("Night cream", "Toner", LINEN)
    for place, (day, share) in enumerate(zip(days, shares, strict=True)):
        person.orders.append(Purchase(day, "19:30", [(names[place % 3], kinds[place % 3], 1, share)]))


def _send_back(rng: Random, people: list[Person]) -> None:
    """Add orders that do not count: sent back by those who often do, and some cancelled ones."""
    for person in of(people, Cell.RETURNS):
        for _time in range(2):
            order = purchase(rng, rng.randint(70, 300), serum=True)
            order.status = "已退款"
            person.orders.append(order)
    for person in pick(rng, of(people, *RECENTLY, Cell.LAPSED), 70, lambda one: not one.ordered_after):
        order = purchase(rng, rng.randint(65, 300), serum=False)
        order.status = "已取消"
        person.orders.append(order)


def _number(buyers: list[Person]) -> None:
    """Number all orders by time, so that the known ones have the numbers that people see."""
    orders = [order for person in buyers for order in person.orders]
    orders.sort(key=lambda order: (-order.day, order.clock))
    known = {order.day: order for order in next(one for one in buyers if one.known).orders}
    rank = orders.index(known[71])
    for place, order in enumerate(orders):
        order.number = f"MM-{_FIRST_NUMBER + place - rank}"
    by_number = {order.number: order for order in orders}
    for day, number in _KNOWN_NUMBERS.items():
        other, mine = by_number[number], known[day]
        other.number, mine.number = mine.number, number
        by_number[other.number] = other


def _joined(rng: Random, person: Person, written_to: bool) -> int:
    """Return how many days ago a friend joined; nobody orders before."""
    if person.cell in CORE_NEW:
        return rng.randint(8, 30) if written_to else rng.randint(3, 30)
    if person.cell in NEVER_ORDERED:
        return rng.randint(31, 400 if person.cell is Cell.WARM else 900)
    first = max(order.day for order in person.orders)
    if person.known is not None and person.known.last_order == 71:
        return 90
    if person.ordered_after == "welcome":
        return rng.randint(max(9, first), 36)
    if person.ordered_after == "compare":
        return rng.randint(40, 300)
    return first + rng.randint(1, 380)
