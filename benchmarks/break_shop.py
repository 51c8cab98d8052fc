"""What becomes of a shop whose file is flipped, cut, or whose program is killed while it encrypts, copies or restores?

Each trial (seeded) takes a fresh copy of the sample shop. A damaged file must open whole or be refused with a sentence;
what opens must be readable to its last row. A killed program must leave the shop with all it had, under the old key or
the new one, and never a second readable file beside an encrypted one.

    python benchmarks/break_shop.py --trials 200
"""

import argparse
import contextlib
import hashlib
import io
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linecrm_desktop.cli.main import main as tagwell  # noqa: E402
from linecrm_desktop.errors import TagwellError  # noqa: E402
from linecrm_desktop.jobs import Task  # noqa: E402
from linecrm_desktop.sample.shop import make_sample_shop  # noqa: E402
from linecrm_desktop.store import driver, opening, sealing  # noqa: E402
from linecrm_desktop.store.backup import back_up  # noqa: E402
from linecrm_desktop.store.driver import Key  # noqa: E402
from linecrm_desktop.store.troubles import explained  # noqa: E402

PASSWORD = "one long sentence"
_SECONDS: dict[str, float] = {}
"""How long each kind of work takes undisturbed."""
AT = datetime(2026, 11, 12, 9, 0)


def contents(path: Path, key: Key | None) -> str:
    """Open a shop as the program does and return all that it holds in one word. Raises TagwellError."""
    opening.open_shop(path, key).close()
    said = hashlib.sha256()
    with explained(path), closing(driver.connect(path, key, read_only=True)) as file:
        tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        for table in tables:
            if not table.startswith("sqlite_"):
                for row in file.execute(f'SELECT * FROM "{table}"'):
                    said.update(repr(row).encode())
    return said.hexdigest()


def damage(path: Path, how: str, dice: random.Random) -> None:
    """Flip one bit, or cut the file."""
    size = path.stat().st_size
    with path.open("rb+") as file:
        if how == "cut":
            file.truncate(dice.randrange(size))
            return
        place = dice.randrange(size)
        file.seek(place)
        byte = file.read(1)[0] ^ (1 << dice.randrange(8))
        file.seek(place)
        file.write(bytes([byte]))


def try_damaged(shop: Path, key: Key | None, how: str, dice: random.Random, work: Path) -> str:
    """Damage a copy and open it; return what happened."""
    copy = work / "copy.tagwell"
    opening.remove_shop(copy)
    shutil.copy(shop, copy)
    damage(copy, how, dice)
    try:
        contents(copy, key)
    except TagwellError:
        return "refused with a sentence"
    except Exception as error:
        return f"NO SENTENCE: {type(error).__name__} {error}"
    return "opened and read to the last row"


def run(arguments: list[str], password: str) -> None:
    """Be the program, in the child that is killed."""
    sys.stdin = io.StringIO(password)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        sys.exit(tagwell(arguments))


def killed_at(arguments: list[str], password: str, wait: float | None) -> bool:
    """Run the program and kill it after so many seconds, if any; return whether it still ran."""
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["linecrm_desktop.cli.safekeeping", "__main__"])
    process = context.Process(target=run, args=(arguments, password))
    process.start()
    process.join(wait)
    was_alive = process.is_alive()
    process.kill()
    process.join()
    return was_alive


def try_kill(shop: Path, key: Key, how: str, dice: random.Random, work: Path) -> str:
    """Kill the program while it changes a file as a whole; return what is left."""
    folder = work / "kill"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "Backups").mkdir(parents=True)
    path = folder / "shop.tagwell"
    shutil.copy(shop, path)
    whole = contents(path, key)
    made = back_up(path, folder / "Backups", AT, 30, Task(), key)
    arguments, password = {
        "encrypting anew": (["password"], f"{PASSWORD}\nanother sentence\nanother sentence\n"),
        "backing up": (["backup"], f"{PASSWORD}\n"),
        "restoring in place": (["restore", str(made.path), "--in-place"], f"{PASSWORD}\n"),
    }[how]
    if how not in _SECONDS:
        began = time.monotonic()
        killed_at(["--shop", str(path), *arguments], password, None)
        _SECONDS[how] = time.monotonic() - began
        return "not killed, to learn how long it takes"
    killed = killed_at(["--shop", str(path), *arguments], password, dice.uniform(0.2, 1.2) * _SECONDS[how])
    keys = [key]
    with contextlib.suppress(TagwellError):
        keys.append(opening.key_for(path, "another sentence"))
    readable = [one.name for one in folder.rglob("*") if one.is_file() and one.read_bytes()[:16] == driver.HEADER]
    if readable:
        return f"READABLE FILE LEFT: {readable}"
    for one in keys:
        with contextlib.suppress(TagwellError):
            if contents(path, one) == whole:
                return "whole (killed)" if killed else "whole (was through)"
    kept = [one for one in folder.glob("shop (*.tagwell")]
    return "in its kept copy" if any(contents(one, key) == whole for one in kept) else "LOST"


def two_shops(work: Path) -> tuple[Path, Path, Key]:
    """Make the sample shop in a folder, plain and encrypted; return both and the key."""
    os.environ["TAGWELL_HOME"] = str(work / "home")
    plain, locked = work / "plain.tagwell", work / "locked.tagwell"
    make_sample_shop(plain, datetime.now(UTC), Task())
    shutil.copy(plain, locked)
    key = Key.new(PASSWORD)
    sealing.seal(locked, None, key)
    return plain, locked, key


def main() -> int:
    parser = argparse.ArgumentParser(description="Break shop files and look what is left.")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261112)
    options = parser.parse_args()
    dice, began = random.Random(options.seed), time.monotonic()
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        plain, locked, key = two_shops(work)
        for _trial in range(options.trials):
            for how in ("flipped bit", "cut"):
                found[f"{how}, plain", try_damaged(plain, None, how, dice, work)] += 1
                found[f"{how}, encrypted", try_damaged(locked, key, how, dice, work)] += 1
        for _trial in range(options.trials):
            for how in ("encrypting anew", "backing up", "restoring in place"):
                found[f"killed while {how}", try_kill(locked, key, how, dice, work)] += 1
    for (what, end), times in sorted(found.items()):
        print(f"{what:<34} {end:<34} {times:>6,}")
    print(f"seed {options.seed}, {time.monotonic() - began:.0f} s")
    return 1 if any(end[:4].isupper() for _what, end in found) else 0


if __name__ == "__main__":
    sys.exit(main())
