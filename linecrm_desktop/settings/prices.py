"""What LINE's message plans cost, by country and date. Prices are data with a source, never code: LINE changes them.

A shop may write down prices of its own (settings.own_prices); they are rows of the same list, from their day on.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
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
    is_own: bool = False
    """Whether a person of the shop wrote it down."""

    @property
    def sells_extra(self) -> bool:
        return bool(self.steps)


def plans(country: str, on: date, own: Iterable[Plan] = ()) -> list[Plan]:
    """Return the plans that a country has on a day, the cheapest first; none for a country without a price list.

    Of prices that begin on one day, the shop's `own` count.
    """
    newest: dict[str, Plan] = {}
    for plan_ in (*_all(country), *own):
        if plan_.valid_from is None or plan_.valid_from <= on:
            known = newest.get(plan_.key)
            if known is None or (plan_.valid_from or date.min) >= (known.valid_from or date.min):
                newest[plan_.key] = plan_
    return sorted(newest.values(), key=lambda found: (found.fee_minor, found.included))


def plan(country: str, key: str | None, on: date, own: Iterable[Plan] = ()) -> Plan | None:
    """Return one plan as it is on a day, or None when no such plan is known."""
    return next((found for found in plans(country, on, own) if found.key == key), None)


def to_json(plan_: Plan) -> dict[str, Any]:
    """Write a plan down whole."""
    return {
        **asdict(plan_),
        "steps": [{"up_to": step.up_to, "price": str(step.price)} for step in plan_.steps],
        "valid_from": plan_.valid_from.isoformat() if plan_.valid_from else None,
        "checked": plan_.checked.isoformat(),
    }


def from_json(data: dict[str, Any]) -> Plan:
    """Read a plan that `to_json` wrote."""
    read: dict[str, Any] = {
        "steps": steps_of(data["steps"]),
        "valid_from": _day(data["valid_from"]),
        "checked": date.fromisoformat(data["checked"]),
    }
    return Plan(**data | read)


def steps_of(rows: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    """Read price steps as they stand in a file."""
    return tuple(Step(row["up_to"], Decimal(row["price"])) for row in rows)


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
        steps=steps_of(row["steps"]),
        valid_from=_day(row["valid_from"]),
        tax=table["tax"],
        source=row["source"],
        checked=date.fromisoformat(table["checked"]),
        note=row.get("note", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
