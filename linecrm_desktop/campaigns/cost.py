"""What a send costs: messages inside the plan, extra messages by price steps, and what is left of the month."""

from dataclasses import dataclass
from decimal import Decimal

from linecrm_desktop.settings.prices import Plan, Step
from linecrm_desktop.text import to_minor


@dataclass(frozen=True, slots=True)
class Cost:
    """One send, counted."""

    messages: int
    inside: int
    """Paid with the plan's fee."""
    extra: int
    extra_minor: int
    """Price of the extra messages, in smallest units of the plan's currency."""
    left_after: int | None
    """Messages of LINE's limit that remain; below 0 where the limit is too small, None without a limit."""
    month_minor: int = 0
    """Price of all extra messages of the month with these, in smallest units."""


def cost(plan: Plan | None, used: int, limit: int | None, count: int) -> Cost:
    """Count a send of `count` messages after `used` ones this month.

    Without a known plan, everything up to LINE's limit counts as inside: LINE tells neither plan nor price.
    """
    left_after = None if limit is None else limit - used - count
    included = limit if plan is None else plan.included
    inside = count if included is None else max(0, min(count, included - used))
    extra = count - inside
    if plan is None:
        return Cost(count, inside, extra, 0, left_after)
    bought = max(0, used - plan.included)
    month = _price_to(plan.steps, bought + extra)
    price = to_minor(month - _price_to(plan.steps, bought), plan.currency)
    return Cost(count, inside, extra, price, left_after, to_minor(month, plan.currency))


def _price_to(steps: tuple[Step, ...], extra: int) -> Decimal:
    """Add up the price of the first `extra` extra messages of a month."""
    total, begin = Decimal(0), 0
    for step in steps:
        end = extra if step.up_to is None else min(extra, step.up_to)
        total += max(0, end - begin) * step.price
        begin = max(begin, end)
    return total
