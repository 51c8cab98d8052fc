"""The one door for CSV files that leave the program: opened right by every spreadsheet, and never run by one."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet compute a cell (OWASP, CSV injection), also in full width."""


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows as UTF-8 with a byte order mark, whole or not at all, and return how many there were.

    Raises OutsideError when the folder or the disk does not let us; a file of that name is then as it was.
    """
    written = 0
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([safe(name) for name in header])
            for row in rows:
                writer.writerow([safe(cell) for cell in row])
                written += 1
        unfinished.replace(path)
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet computes: what would begin a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
