"""What LINE's message plans cost, by country and date. Prices are data with a source, never code: LINE changes them."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from linecrm_desktop.resources import resource
from linecrm_desktop.text import to_minor


@dataclass(frozen=True, slots=True)
class Step:
    """Price of one extra message, up to the `up_to`-th extra message of the month (None: all further ones)."""

    up_to: int | None
    price: Decimal
    """In the currency as people write it, such as 0.2 TWD."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One message plan of one country, as it was from a date on."""

    key: str
    name: str
    """LINE's own name in the country, never translated."""
    country: str
    currency: str
    fee_minor: int
    """A month, without tax."""
    included: int
    steps: tuple[Step, ...]
    """Empty: LINE sells no extra messages with this plan."""
    valid_from: date | None
    """None: the source names no date."""
    tax: str
    source: str
    checked: date
    note: str = ""

    @property
    def sells_extra(self) -> bool:
        return bool(self.steps)


def plans(country: str, on: date) -> list[Plan]:
    """Return the plans that a country has on a day, the cheapest first; none for a country without a price list."""
    newest: dict[str, Plan] = {}
    for plan_ in _all(country):
        if plan_.valid_from is None or plan_.valid_from <= on:
            known = newest.get(plan_.key)
            if known is None or (plan_.valid_from or date.min) >= (known.valid_from or date.min):
                newest[plan_.key] = plan_
    return sorted(newest.values(), key=lambda found: found.fee_minor)


def plan(country: str, key: str | None, on: date) -> Plan | None:
    """Return one plan as it is on a day, or None when no such plan is known."""
    return next((found for found in plans(country, on) if found.key == key), None)


@cache
def _all(country: str) -> tuple[Plan, ...]:
    file = resource("prices", f"{country}.json")
    if not country.isalpha() or not file.is_file():
        return ()
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(_plan(row, table) for row in table["plans"])


def _plan(row: dict[str, Any], table: dict[str, Any]) -> Plan:
    currency = table["currency"]
    return Plan(
        key=row["key"],
        name=row["name"],
        country=table["country"],
        currency=currency,
        fee_minor=to_minor(Decimal(row["fee"]), currency),
        included=int(row["included"]),
        steps=tuple(Step(step["up_to"], Decimal(step["price"])) for step in row["steps"]),
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        tax=table["tax"],
        source=row["source"],
        checked=date.fromisoformat(table["checked"]),
        note=row.get("note", ""),
    )
