"""A place of the program's own, for work that must not touch what the person keeps on this computer."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_home() -> Generator[Path, None, None]:
    """Put preferences, log and shops into a folder that is thrown away at the end."""
    before = os.environ.get("TAGWELL_HOME")
    with tempfile.TemporaryDirectory(prefix="tagwell-") as folder:
        os.environ["TAGWELL_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop("TAGWELL_HOME")
            if before is not None:
                os.environ["TAGWELL_HOME"] = before
