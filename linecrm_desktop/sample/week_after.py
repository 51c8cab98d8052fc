"""What happened in the sample shop in the eight days after: two files, for looking at finished results.

The sale's window and linen's are still open on the day the sample shop is made for. Imported eight days later, these
orders and blocks bring the five sends to the numbers that pictures and documentation show.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from linecrm_desktop.sample.buying import PER_ORDER, bring, purchase
from linecrm_desktop.sample.files import EVENT_COLUMNS, ORDER_COLUMNS, write, written
from linecrm_desktop.sample.people import Fate, Person, Purchase
from linecrm_desktop.sample.sends import Sends
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import SEED, world

DAYS = 8
_ORDERS = {"early": (127, 7, 5), "linen": (12, 2, 6), "compare": (0, 1, 2), "welcome": (0, 1, 0)}
"""Orders by send: of friends who got it, of those kept back, and up to how many days later."""
_BLOCKS = {"early": 21, "linen": 5}
_Ordered = tuple[Person, Purchase]


def write_week_after(folder: Path, today: date) -> tuple[Path, Path]:
    """Write the orders and events from `today` on; return both paths."""
    rng = Random(SEED + 4)
    sends = world().sends
    taken: set[int] = set()
    orders: list[_Ordered] = []
    for name, (got, kept, last) in _ORDERS.items():
        sent = sends.named()[name]
        mine = [(person, _purchase(rng, last)) for person in _free(rng, sent.accepted, taken, sends, got)]
        if mine:
            bring([order for _person, order in mine], PER_ORDER[name] * got)
        others = [(person, _purchase(rng, last)) for person in _free(rng, sent.kept, taken, sends, kept)]
        orders += [*mine, *others]
    blocks = {name: _free(rng, sends.named()[name].accepted, taken, sends, count) for name, count in _BLOCKS.items()}
    return (
        write(folder / f"orders_{today + timedelta(days=DAYS):%Y%m%d}.csv", ORDER_COLUMNS, _order_rows(orders, today)),
        write(folder / f"events_{today + timedelta(days=DAYS):%Y%m%d}.csv", EVENT_COLUMNS, _blocks(blocks, today)),
    )


def _free(rng: Random, people: list[Person], taken: set[int], sends: Sends, count: int) -> list[Person]:
    """Draw people who have ordered nothing lately and are in no other window that is still open."""
    open_sends = (sends.early, sends.linen, sends.compare, sends.welcome)
    often = [person.place for sent in open_sends for person in (*sent.accepted, *sent.kept)]
    once = {place for place in often if often.count(place) == 1} if count else set[int]()
    fits = [one for one in people if one.place in once and one.place not in taken and _plain(one)]
    drawn = rng.sample(fits, count)
    taken.update(person.place for person in drawn)
    return drawn


def _plain(person: Person) -> bool:
    return person.fate is Fate.REACHED and not person.ordered_after and person.known is None


def _purchase(rng: Random, last: int) -> Purchase:
    return purchase(rng, -rng.randint(0, last), serum=False)


def _order_rows(orders: list[_Ordered], today: date) -> Iterator[tuple[object, ...]]:
    last = max(int(order.number[3:]) for person in world().people for order in person.orders)
    orders = sorted(orders, key=lambda one: (-one[1].day, one[1].clock))
    for number, (person, order) in enumerate(orders, start=last + 1):
        head = (f"MM-{number}", f"{written(today, order.day)} {order.clock}", order.status, order.total)
        for product, category, pieces, price in order.lines:
            yield (*head, said(product), said(category), pieces, price, person.member)


def _blocks(blocks: dict[str, list[Person]], today: date) -> Iterator[tuple[str, ...]]:
    for people in blocks.values():
        for place, person in enumerate(people):
            yield "block", f"{written(today, -(place % 2))} {18 + place % 4}:{place:02d}", "", "", person.line_id
