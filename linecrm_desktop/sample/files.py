"""Writes the sample shop's files as another shop system exports them: customers with LINE user ids, orders, events.

Dates count back from the day that is asked for; everything else is the same for every day. Tags, goods and what friends
clicked are written in the language of the moment: a file fits the shop that is made in the same language.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.sample.people import Fate, Person
from linecrm_desktop.sample.tag_table import TAGS
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import World, world

CUSTOMERS, ORDERS, EVENTS = "customers.csv", "orders.csv", "events.csv"
CUSTOMER_COLUMNS = ("會員編號", "姓名", "手機", "Email", "LINE UID", "註冊日期", "接受行銷", "來源", "標籤")
ORDER_COLUMNS = (
    *("訂單編號", "訂單日期", "訂單狀態", "付款總金額"),
    *("商品名稱", "商品分類", "數量", "小計", "會員編號"),
)
EVENT_COLUMNS = ("事件", "日期", "分類", "內容", "LINE UID")
SOURCE_TAGS = frozenset(tag.name for tag in TAGS if tag.type is TagType.SOURCE)
_BETWEEN = "、"


def write_sample(folder: Path, today: date) -> tuple[Path, Path, Path]:
    """Write the three files that the sample shop is made of; return customers, orders, events."""
    made = world()
    customers = [_customer(person, today) for person in made.people]
    return (
        write(folder / CUSTOMERS, CUSTOMER_COLUMNS, customers),
        write(folder / ORDERS, ORDER_COLUMNS, _orders(made, today)),
        write(folder / EVENTS, EVENT_COLUMNS, _events(made, today)),
    )


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write one CSV file in UTF-8 with a mark, as shop systems do; return its path."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def written(today: date, days: int) -> str:
    """Write a day as shop systems in Taiwan do."""
    return f"{today - timedelta(days=days):%Y/%m/%d}"


def accepts(person: Person) -> str:
    """Say whether a friend accepts marketing: Y, N, or nothing when nobody asked."""
    if person.fate is Fate.REFUSED:
        return "N"
    return "Y" if person.allows else ""


def sources(person: Person) -> str:
    """Return a friend's source tags as one cell."""
    return _BETWEEN.join(said(name) for name in person.tags if name in SOURCE_TAGS)


def _customer(person: Person, today: date) -> tuple[str, ...]:
    tags = _BETWEEN.join(said(name) for name in person.tags if name not in SOURCE_TAGS)
    joined = written(today, person.joined)
    keys = (person.member, person.name, person.phone, person.email, person.line_id)
    return (*keys, joined, accepts(person), sources(person), tags)


def _orders(made: World, today: date) -> Iterator[tuple[object, ...]]:
    found = [(int(order.number[3:]), order, person) for person in made.people for order in person.orders]
    for _number, order, person in sorted(found, key=lambda one: one[0]):
        when = f"{written(today, order.day)} {order.clock}"
        for product, category, pieces, price in order.lines:
            head = (order.number, when, order.status, order.total)
            yield (*head, said(product), said(category), pieces, price, person.member)


def _events(made: World, today: date) -> Iterator[tuple[str, ...]]:
    found = [(-deed.day, deed.clock, place) for place, one in enumerate(made.people) for deed in one.deeds]
    deeds = [(deed, person) for person in made.people for deed in person.deeds]
    for _order, (deed, person) in sorted(zip(found, deeds, strict=True), key=lambda pair: pair[0]):
        when = f"{written(today, deed.day)} {deed.clock}"
        yield deed.kind, when, said(deed.category), said(deed.detail), person.line_id
