"""Whether a saved segment still earns its place: can it be counted, is it large enough, is it one of a kind?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linecrm_desktop.days import ShopDay
from linecrm_desktop.settings.limits import LIMITS

ALIKE = 0.85
"""Two segments that share so much of both are nearly the same."""
NEW_DAYS = 7
NOT_COUNTED_DAYS = 7


class Health(StrEnum):
    """One thing to say about a segment."""

    NOT_COMPLETE = "not_complete"
    RETIRED_TAG = "retired_tag"
    NO_DECISION = "no_decision"
    NOT_COUNTED = "not_counted"
    TOO_SMALL = "too_small"
    DUPLICATE = "duplicate"
    NEW = "new"
    HEALTHY = "healthy"


@dataclass(frozen=True, slots=True)
class Patient:
    """What the health of a segment hangs on."""

    created_at: datetime
    helps_decide: str
    trouble: str = ""
    """Why its rules cannot be counted."""
    reachable: int | None = None
    counted_at: datetime | None = None
    retired_tags: tuple[str, ...] = ()
    twin: str = ""
    """The segment that it is nearly the same as."""
    sent_at: datetime | None = None
    very_small: int = LIMITS.very_small
    """The shop's own limit, in friends."""


def signs(patient: Patient, day: ShopDay) -> tuple[Health, ...]:
    """Return all there is to say about a segment, the worst first; one without a fault is new or healthy."""
    counted = patient.counted_at
    found = [
        health
        for health, holds in (
            (Health.NOT_COMPLETE, bool(patient.trouble)),
            (Health.RETIRED_TAG, bool(patient.retired_tags)),
            (Health.NO_DECISION, not patient.helps_decide.strip()),
            (Health.NOT_COUNTED, not patient.trouble and (counted is None or day.age(counted) > NOT_COUNTED_DAYS)),
            (Health.TOO_SMALL, patient.reachable is not None and patient.reachable < patient.very_small),
            (Health.DUPLICATE, bool(patient.twin)),
            (Health.NEW, patient.sent_at is None and day.age(patient.created_at) <= NEW_DAYS),
        )
        if holds
    ]
    return tuple(found) or (Health.HEALTHY,)


def is_twin(both: int, one: int, other: int) -> bool:
    """Say whether two segments of these sizes are nearly the same: both hold 85 % of each in common."""
    return min(one, other) > 0 and both >= ALIKE * one and both >= ALIKE * other


def may_be_twins(one: int, other: int) -> bool:
    """Say whether two sizes allow so much in common at all, so that only few pairs have to be counted."""
    return min(one, other) > 0 and min(one, other) >= ALIKE * max(one, other)
