"""What Tagwell proposes for a file before anybody chose: the preset, what the rows are, where columns go, date order.

The window and the command line begin with the same proposal.
"""

from dataclasses import dataclass
from pathlib import Path

from linecrm_desktop.imports import dates, detect, presets, values
from linecrm_desktop.imports.columns import Kind, Matching, Target, guess, guess_kind
from linecrm_desktop.imports.detect import Choice, Found
from linecrm_desktop.imports.plan import DATE_ORDERS
from linecrm_desktop.imports.presets import Preset


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file would be imported if nobody changed anything."""

    found: Found
    kind: Kind
    preset: str
    matching: Matching
    date_order: str


def look(path: Path, country: str, choice: Choice = Choice()) -> Found:  # noqa: B008 - frozen
    """Look at a file; of two plausible encodings, take the one that was chosen for such a file before."""
    found = detect.look(path, country, choice)
    for other in found.others if not choice.encoding else ():
        second = detect.look(path, country, choice.then(Choice(encoding=other)))
        known = presets.best(second.header)
        if known is not None and known.encoding == other:
            return second
    return found


def propose(path: Path, found: Found, *, preset: Preset | None = None, kind: Kind | None = None) -> Proposal:
    """Propose how to import a file, as a preset or a kind if one is given."""
    known = preset or (presets.best(found.header, found.first_rows) if kind is None else None)
    if preset is None and kind is not None:
        fitting = presets.best(found.header, found.first_rows)
        known = fitting if fitting is not None and fitting.kind is kind else None
    taken = known.kind if known else kind or guess_kind(found.header)
    matching = guess(
        taken,
        found.header,
        found.first_rows,
        known.columns if known else None,
        marks_are_tags=known is None or known.marks_are_tags,
        named=found.layout.names_line is not None,
        no_marks=found.no_marks,
    )
    order = (known.date_order if known else "") or date_order(path, found, matching)
    return Proposal(found, taken, known.id if known else "", matching, order)


def date_order(path: Path, found: Found, matching: Matching) -> str:
    """Return how the file's dates are written, by all of them: year, day or month first.

    A file in which no date says whether the day or the month comes first is left as year first; such dates are then
    refused with the question, not guessed.
    """
    places = [place for target in (Target.AT, Target.JOINED, Target.FIELD_DATE) for place in matching.places(target)]
    first = [values.clean(row[place]) for row in found.first_rows for place in places if place < len(row)]
    if not any(dates.is_open(cell) or dates.order_of([cell]) for cell in first):
        return DATE_ORDERS[0]
    cells = (
        values.clean(line.cells[place])
        for line in detect.rows(path, found)
        for place in places
        if place < len(line.cells)
    )
    return dates.order_of(cells) or DATE_ORDERS[0]
