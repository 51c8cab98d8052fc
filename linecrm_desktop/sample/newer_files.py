"""Writes two newer exports for showing an import into the sample shop: customers with every kind of verdict, orders."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from linecrm_desktop.imports.presets import by_id
from linecrm_desktop.sample import names
from linecrm_desktop.sample.files import ORDER_COLUMNS, accepts, write, written
from linecrm_desktop.sample.goods import GOODS
from linecrm_desktop.sample.people import Fate, Person
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import SEED, world

NEW, UPDATED, UNCHANGED = 212, 638, 397
BAD_PHONES, NOBODY, TWICE, BAD_DATES = 14, 11, 8, 4
_NEW_PHONES, _NEW_REFUSALS, _TWO_TAGS = 46, 19, 76
_SHORT_PHONES = ("09", "0912555", "+66 81 234", "0921-44", "02-27")
_LEVELS = ("晨光會員", "月光會員")
"""The web shop has just begun to have member levels."""
_SECOND_TAG = "Gift sets"
_ORDERS = 78

Cells = dict[str, str]


def write_newer(folder: Path, today: date) -> tuple[Path, Path]:
    """Write the newer customers (two days old) and orders (three days old); return both paths."""
    rng = Random(SEED + 1)
    preset = by_id("shopline_customers")
    header = tuple(preset.columns) if preset is not None else ()
    customers = folder / f"shopline_customers_{today - timedelta(days=2):%Y%m%d}.csv"
    rows = [[row.get(column, "") for column in header] for row in _customers(rng, today)]
    write(customers, header, rows)
    orders = folder / f"shopline_orders_{today - timedelta(days=3):%Y%m%d}.csv"
    write(orders, ORDER_COLUMNS, _orders(rng, today))
    return customers, orders


def _customers(rng: Random, today: date) -> list[Cells]:
    """Return the rows in the file's order: rejected ones spread over it, twins before the row that counts."""
    people = list(world().people)
    drawn = rng.sample(people, UPDATED + UNCHANGED + BAD_PHONES + BAD_DATES)
    changing, same = drawn[:UPDATED], drawn[UPDATED : UPDATED + UNCHANGED]
    broken = drawn[UPDATED + UNCHANGED :]
    updated = _changed(rng, changing, today)
    good = [*_strangers(rng, today), *updated, *[_row(person, today) for person in same]]
    twins = [_row(person, today) for person in changing[:TWICE]]
    rng.shuffle(good)
    bad = [*_broken(rng, broken, today), *_nobodies(today)]
    rng.shuffle(bad)
    later = {row["顧客 ID"]: place for place, row in enumerate(good)}
    for twin in sorted(twins, key=lambda row: -later[row["顧客 ID"]]):
        good.insert(later[twin["顧客 ID"]], twin)
    step = len(good) // len(bad)
    for place, row in enumerate(bad):
        good.insert(1 + place * (step + 1), row)
    return good


def _row(person: Person, today: date) -> Cells:
    spent = sum(order.total for order in person.orders if order.status == "已完成")
    counted = sum(order.status == "已完成" for order in person.orders)
    return {
        "顧客 ID": person.member,
        "全名": person.name,
        "電郵": person.email,
        "加入日期": written(today, person.joined),
        "加入來源": said(person.source),
        "語言": "zh-hant",
        "訂單數": str(counted),
        "累積金額": str(spent),
        "會員": "Y",
        "LINE 註冊 ID": person.line_id if person.has_line else "",
        "接受 LINE 優惠宣傳": accepts(person),
        "會員綁定手機號碼": person.phone,
    }


def _changed(rng: Random, people: list[Person], today: date) -> list[Cells]:
    """Change one thing on each row: a phone, a refusal, or the new member level (some with one more tag)."""
    phones = iter(names.phones(rng, _NEW_PHONES, ""))
    refusing = [person.place for person in people if person.fate is not Fate.REFUSED][-_NEW_REFUSALS:]
    rows: list[Cells] = []
    second = 0
    for person in people:
        row = _row(person, today)
        rows.append(row)
        if person.place in refusing:
            row["接受 LINE 優惠宣傳"] = "N"
        elif phone := next(phones, ""):
            row["會員綁定手機號碼"] = phone
        else:
            row["會員級別"] = rng.choice(_LEVELS)
            if second < _TWO_TAGS and _SECOND_TAG not in person.tags:
                row["標籤"] = said(_SECOND_TAG)
                second += 1
    return rows


def _strangers(rng: Random, today: date) -> list[Cells]:
    """Return customers whom the shop does not know yet, each with a source and a level."""
    taken = {person.phone for person in world().people}
    phones = [phone for phone in names.phones(rng, NEW * 2, "") if phone not in taken]
    last = max(int(person.member[2:]) for person in world().people)
    rows: list[Cells] = []
    for place in range(NEW):
        name, nick = names.person(rng)
        number = last + 1 + place
        rows.append(
            {
                "顧客 ID": f"M-{number}",
                "全名": name,
                "電郵": f"{nick}{number}@example.tw",
                "加入日期": written(today, rng.randint(2, 9)),
                "加入來源": said(rng.choice(("Instagram ads", "Store QR code", "Package card", "Website"))),
                "語言": "zh-hant",
                "訂單數": "0",
                "累積金額": "0",
                "會員": "Y",
                "LINE 註冊 ID": names.line_id(rng),
                "接受 LINE 優惠宣傳": "",
                "會員綁定手機號碼": phones[place],
                "會員級別": _LEVELS[0],
            }
        )
    return rows


def _broken(rng: Random, people: list[Person], today: date) -> list[Cells]:
    rows = [_row(person, today) for person in people]
    for row in rows[:BAD_PHONES]:
        row["會員綁定手機號碼"] = rng.choice(_SHORT_PHONES)
    for row in rows[BAD_PHONES:]:
        row["加入日期"] = f"{today.year}/13/02"
    return rows


def _nobodies(today: date) -> list[Cells]:
    """Return rows that name nobody: guests of the web shop."""
    return [{"加入日期": written(today, 3), "語言": "zh-hant", "訂單數": "0", "會員": "N"} for _row in range(NOBODY)]


def _orders(rng: Random, today: date) -> list[tuple[object, ...]]:
    people = world().people
    last = max(int(order.number[3:]) for person in people for order in person.orders)
    rows: list[tuple[object, ...]] = []
    for place, person in enumerate(rng.sample(people, _ORDERS)):
        clock = f"{rng.randint(9, 21):02d}:{rng.randrange(60):02d}"
        head = (f"MM-{last + 1 + place}", f"{written(today, 5 - place * 3 // _ORDERS)} {clock}", "已完成")
        categories = rng.sample(list(GOODS), 2 if rng.random() < 0.28 else 1)
        goods = [(category, *GOODS[category][0]) for category in categories]
        lines = [(said(product), said(category), 1, price) for category, product, price in goods]
        total = sum(line[3] for line in lines)
        rows += [(*head, total, *line, person.member) for line in lines]
    return rows
