"""Files that leave the program are written whole or not at all: beside their place first, then under their name."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _


@contextmanager
def written_whole(path: Path) -> Generator[Path]:
    """Give a place to write to; at the end it takes the name, and with any error nothing of it stays.

    Raises OutsideError when the folder or the disk does not let us; a file of that name is then as it was.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
