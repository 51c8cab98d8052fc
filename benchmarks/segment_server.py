"""Puts the made-up shop on a PostgreSQL server, by the same way on which a shop owner moves one."""

import shutil
import time
from pathlib import Path

from linecrm_desktop.jobs import Task
from linecrm_desktop.store import address, moving


def server_shop(file: Path, url: str) -> Path:
    """Move a copy of a shop file into the empty database that the address names; return the file that leads there.

    The server has to let the address's user in without a password, as one on this computer can be told to.
    """
    leading = file.with_name("on-server.tagwell")
    if leading.exists():
        return leading
    moved = file.with_name("moved.tagwell")
    shutil.copy(file, moved)
    where, _password = address.parse(url)
    begun = time.perf_counter()
    done = moving.to_server(moved, None, where, None, Task())
    seconds = time.perf_counter() - begun
    print(f"  moved to the server, each table compared: {done.rows:,} rows in {seconds:.1f} s", flush=True)
    moved.rename(leading)
    if done.before is not None:
        done.before.unlink()
    return leading
