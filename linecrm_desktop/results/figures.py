"""Opens and clicks as LINE counts them: numbers of people, under 20 none, and never nought.

They are LINE's own count over all who got a message. What the shop's files say of single friends (counting.Reactions)
is another source and is never added to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.reading import Reading
from linecrm_desktop.text import _, number

FLOOR = 20
"""LINE names no number of fewer people (Messaging API reference, Insight)."""
FIRST_DAYS = 3
"""So long LINE may simply not have counted yet; afterwards no number means fewer than 20."""
LINE_ZONE = timezone(timedelta(hours=9))
"""LINE counts days in UTC+9 everywhere."""


class Told(StrEnum):
    """What kind of number it is."""

    NUMBER = "number"
    AT_LEAST = "at_least"
    """The sum of the variants that have a number; of another one LINE names none."""
    UNDER = "under"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of LINE's, or why there is none."""

    told: Told = Told.NOT_ASKED
    people: int | None = None
    limit: int = FLOOR
    """Where LINE tells none: there are fewer than this. Several sends may have more together than one."""

    @property
    def text(self) -> str:
        """Say it in a cell."""
        match self.told:
            case Told.NUMBER:
                return number(self.people or 0)
            case Told.AT_LEAST:
                return _("at least {n}").format(n=number(self.people or 0))
            case Told.UNDER:
                return _("under {n}").format(n=number(self.limit))
            case Told.NOT_YET:
                return _("not counted yet")
            case Told.NOT_ASKED:
                return "—"


@dataclass(frozen=True, slots=True)
class LineFigures:
    """Opens and clicks of a send, a variant, or several sends together."""

    seen: Figure = Figure()
    pressed: Figure = Figure()
    day: date | None = None
    """The oldest of the days on which LINE said it."""
    at: datetime | None = None


def of_send(session: Session, campaign: Campaign, accepted: int, by_variant: Mapping[int, int]) -> LineFigures:
    """Return the figures of a send; with variants, those of all of them together that anybody got."""
    rows = _rows(session, campaign.id)
    if not campaign.others:
        return _figures(rows.get(0), accepted)
    return together(_figures(rows.get(variant), people) for variant, people in by_variant.items() if people)


def of_variant(session: Session, campaign: Campaign, variant: int, accepted: int) -> LineFigures:
    """Return the figures of one variant."""
    return _figures(_rows(session, campaign.id).get(variant), accepted)


def together(several: Iterable[LineFigures]) -> LineFigures:
    """Add figures up: a number where all have one, "at least" where some have."""
    told = list(several)
    moments = [one.at for one in told if one.at is not None]
    days = [one.day for one in told if one.day is not None]
    return LineFigures(
        _sum(one.seen for one in told),
        _sum(one.pressed for one in told),
        min(days, default=None),
        min(moments, default=None),
    )


def _sum(figures: Iterable[Figure]) -> Figure:
    told = list(figures)
    known = [figure.people for figure in told if figure.people is not None]
    if known:
        whole = len(known) == len(told) and all(figure.told is Told.NUMBER for figure in told)
        return Figure(Told.NUMBER if whole else Told.AT_LEAST, sum(known))
    kinds = {figure.told for figure in told}
    kind = next((kind for kind in (Told.NOT_YET, Told.NOT_ASKED, Told.UNDER) if kind in kinds), Told.NOT_ASKED)
    return Figure(kind, limit=1 + sum(figure.limit - 1 for figure in told) if kind is Told.UNDER else FLOOR)


def _figures(row: Reading | None, accepted: int) -> LineFigures:
    if row is None:
        few = Figure(Told.UNDER) if 0 < accepted < FLOOR else Figure()
        return LineFigures(few, few)
    young = row.day < row.sent_on + timedelta(days=FIRST_DAYS)
    none = Figure(Told.NOT_YET if young and accepted >= FLOOR else Told.UNDER)
    seen, pressed = (none if people is None else Figure(Told.NUMBER, people) for people in (row.seen, row.pressed))
    # Who pressed has seen it, so a number of the one and none of the other can only mean few.
    if pressed.told is Told.NOT_YET and seen.told is Told.NUMBER:
        pressed = Figure(Told.UNDER)
    return LineFigures(seen, pressed, row.day, row.at)


def _rows(session: Session, campaign_id: int) -> dict[int, Reading]:
    return {row.variant: row for row in session.scalars(select(Reading).where(Reading.campaign_id == campaign_id))}
