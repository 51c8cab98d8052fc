"""What is in each column of a file: an example, how many cells are filled, which values come most often."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from linecrm_desktop.imports import detect
from linecrm_desktop.imports.detect import Found
from linecrm_desktop.tags.sensitive import topic_of_column

LOOKED_AT = 20_000
"""Rows that the profile is made of."""
MOST_FREQUENT = 8


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column."""

    name: str
    example: str
    filled: float
    """Share of rows with something in it, 0 to 1."""
    values: tuple[tuple[str, int], ...]
    """The most frequent values with their counts."""
    sensitive: str = ""
    """What it is about that is sensitive, as tags.sensitive says; empty: nothing."""


def columns(path: Path, found: Found) -> list[ColumnProfile]:
    """Return what is in each column, from the first rows of the file."""
    import pandas  # slow to load, and only imports need it

    width = len(found.header)
    rows = [(line.cells + [""] * width)[:width] for line in islice(detect.rows(path, found), LOOKED_AT)]
    profiles: list[ColumnProfile] = []
    for place, name in enumerate(found.header):
        cells = pandas.Series([row[place].strip() for row in rows], dtype=str)
        filled = cells[cells != ""]
        most = {str(value): int(count) for value, count in filled.value_counts().head(MOST_FREQUENT).items()}
        example = str(filled.iloc[0]) if len(filled) else ""
        about = topic_of_column(name, most) or ""
        profiles.append(ColumnProfile(name, example, len(filled) / max(1, len(rows)), tuple(most.items()), about))
    return profiles
