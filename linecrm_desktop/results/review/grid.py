"""The heat grid: revenue by message where an interest meets a buying stage, in the sends of the last 90 days."""

from collections.abc import Sequence
from dataclasses import dataclass

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.results.review.evidence import Counted
from linecrm_desktop.tags.library import TagChip, TagRow

DAYS = 90
FEW = 20
"""Fewer messages make no number: one large order would colour the cell."""
CROSSED = (TagType.INTEREST, TagType.STAGE)
_MOST_ROWS, _MOST_COLUMNS = 6, 4


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one interest meets one stage."""

    delivered: int
    per_message: int | None
    """Smallest units of the shop's currency; None: too few messages."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Interests down, stages across, those with most messages first."""

    interests: tuple[TagChip, ...] = ()
    stages: tuple[TagChip, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()


def grid(tags: Sequence[TagRow], counted: Counted) -> Grid:
    """Return the grid of the tags that got most messages; empty where no interest met a stage."""
    rows = {row.id: row for row in tags}
    met = [key for key in counted.subjects if len(key) == 2 and counted.subjects[key].delivered]
    used = {tag for key in met for tag in key}
    order = sorted(used, key=lambda tag: (-counted.subjects[tag,].delivered, tag))
    interests, stages = ([tag for tag in order if rows[tag].type is kind] for kind in CROSSED)
    interests, stages = interests[:_MOST_ROWS], stages[:_MOST_COLUMNS]
    cells = tuple(tuple(_cell(counted, interest, stage) for stage in stages) for interest in interests)
    if not cells or not stages:
        return Grid()
    return Grid(tuple(rows[tag].chip for tag in interests), tuple(rows[tag].chip for tag in stages), cells)


def _cell(counted: Counted, one: int, other: int) -> Cell:
    subject = counted.subjects.get((min(one, other), max(one, other)))
    delivered = subject.delivered if subject else 0
    return Cell(delivered, round(subject.per_message) if subject and delivered >= FEW else None)
