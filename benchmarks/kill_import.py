"""Is a shop whole when the importing program is killed at any moment?

A child process imports a file; it gets SIGKILL at random moments (seeded) and is started again until the file is in.
Files of customers and of orders take turns; each differs from the one before, so that rows are new, changed and the
same. Before each file an undisturbed import into a copy says what the shop must hold afterwards. After each kill the
shop is opened and must hold either what it held before or all of that, never something between.

    python benchmarks/kill_import.py --kills 200 --rows 20000
"""

import argparse
import contextlib
import hashlib
import io
import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from import_rows import CUSTOMERS, ORDERS, ORIGIN, customers, orders, write  # noqa: E402

from linecrm_desktop.cli.main import main as tagwell  # noqa: E402
from linecrm_desktop.errors import TagwellError  # noqa: E402
from linecrm_desktop.store.opening import create_shop, open_shop  # noqa: E402

WHOLE = {
    "friend": "id, line_user_id, member_number, phone, email, name, joined_at, is_blocked, informed, marketing",
    "friend_tag": "tag_id, friend_id",
    "tag": "name_key, type",
    "orders": "number, friend_id, at, total, state",
    "order_line JOIN goods ON goods.id = goods_id": (
        "order_id, friend_id, product, category, quantity, amount, is_counted"
    ),
    "goods": "product, category",
    "consent_entry": "friend_id",
    "import_batch": "id, file_name, rows, new, updated, unchanged, rejected",
    "rejected_row": "batch_id, line, why",
    "change": "action, entity, entity_id, field",
}
"""What an import writes, without the moments at which it did."""


@dataclass
class Figures:
    kills: int = 0
    as_before: int = 0
    as_after: int = 0
    """Kills that came after the last page was written, but before the program could say so."""
    log_written: int = 0
    """Kills while the log beside the shop held pages that were not yet part of it."""
    between: int = 0
    damaged: int = 0
    imports: int = 0


def bring_in(file: str, shop: str) -> None:
    """Be the program: open the shop, import, close. Runs in the child that is killed."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = tagwell(["--shop", shop, "import", file, *ORIGIN])
    sys.exit(code)


def contents(shop: Path) -> str:
    """Open the shop as the program does, then return what it holds in one word. Raises TagwellError when damaged."""
    open_shop(shop).close()
    said = hashlib.sha256()
    with closing(sqlite3.connect(shop)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise TagwellError("integrity")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise TagwellError("foreign keys")
        for table, columns in WHOLE.items():
            for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}"):
                said.update(repr(row).encode())
    return said.hexdigest()


def child(file: Path, shop: Path) -> Any:
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["linecrm_desktop.cli.imports", "phonenumbers", "__main__"])
    process = context.Process(target=bring_in, args=(str(file), str(shop)))
    process.start()
    return process


def undisturbed(file: Path, shop: Path) -> tuple[str, float]:
    """Import into a copy; return what it holds then, and how many seconds that took."""
    copy = shop.with_name("copy.tagwell")
    shutil.copy(shop, copy)
    began = time.monotonic()
    process = child(file, copy)
    process.join()
    seconds = time.monotonic() - began
    if process.exitcode:
        raise SystemExit(f"{file.name} cannot be imported: exit code {process.exitcode}")
    return contents(copy), seconds


def import_and_kill(file: Path, shop: Path, dice: random.Random, figures: Figures) -> None:
    """Start the child again and again, killing it, until the file is in; half of the kills wait for the last part."""
    before, (after, seconds) = contents(shop), undisturbed(file, shop)
    log = shop.with_name(shop.name + "-wal")
    for number in range(1_000_000):
        process = child(file, shop)
        if number % 2:
            process.join(dice.uniform(0, seconds))
        else:
            wait_for_pages(process, log, dice.uniform(0, 0.012))
        killed = process.is_alive()
        if killed:
            process.kill()
            process.join()
            figures.kills += 1
            figures.log_written += log.exists() and log.stat().st_size > 0
        try:
            now = contents(shop)
        except TagwellError:
            figures.damaged += 1
            return
        figures.as_before += killed and now == before
        figures.as_after += killed and now == after
        figures.between += now not in (before, after)
        if now != before:
            return


def wait_for_pages(process: Any, log: Path, longer: float) -> None:
    """Wait until a running import begins to write its pages, and a little longer."""
    while process.is_alive() and not (log.exists() and log.stat().st_size):
        time.sleep(0.0005)
    process.join(longer)


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill the importer at random moments and look at the shop.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20261112)
    options = parser.parse_args()
    dice, figures, began = random.Random(options.seed), Figures(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAGWELL_HOME"] = str(Path(folder) / "home")
        shop, file = Path(folder) / "kill.tagwell", Path(folder) / "file.csv"
        create_shop(shop, "Kill", "TW", datetime.now(UTC), practice=True).close()
        while figures.kills < options.kills and not figures.damaged:
            changed = 0.1 if figures.imports > 1 else 0.0
            if figures.imports % 2:
                write(file, ORDERS, orders(options.rows, dice, changed))
            else:
                write(file, CUSTOMERS, customers(options.rows, dice, changed))
            import_and_kill(file, shop, dice, figures)
            figures.imports += 1
    show(figures, options, time.monotonic() - began)
    return 1 if figures.between or figures.damaged else 0


def show(figures: Figures, options: argparse.Namespace, seconds: float) -> None:
    print(f"seed {options.seed}, {options.rows:,} rows a file, {seconds:.0f} s")
    print(f"files imported           {figures.imports:>7,}")
    print(f"kills                    {figures.kills:>7,}")
    print(f"  while pages were logged{figures.log_written:>7,}")
    print(f"shop as before           {figures.as_before:>7,}")
    print(f"shop as after            {figures.as_after:>7,}")
    print(f"something between        {figures.between:>7,}")
    print(f"damaged                  {figures.damaged:>7,}")


if __name__ == "__main__":
    sys.exit(main())
