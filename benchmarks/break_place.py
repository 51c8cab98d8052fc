"""What becomes of a shop on a read-only drive, on one that is pulled out, in two programs, and by a wrong clock?

Each trial (seeded) takes a fresh copy of the sample shop, plain or encrypted, and does some work of the command line or
the window's own at the wrong moment. Each must end done or in a sentence, never in a bug, and afterwards the shop must
have all it had and what was said to be done. Read-only drives are mounted (Linux, as root); others are told as untried.

    python benchmarks/break_place.py --trials 20
"""

import argparse
import contextlib
import io
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from benchmarks.break_shop import PASSWORD, contents, two_shops  # noqa: E402
from linecrm_desktop.cli.main import main as tagwell  # noqa: E402
from linecrm_desktop.cli.world import World  # noqa: E402
from linecrm_desktop.consent import ledger  # noqa: E402
from linecrm_desktop.erasing import kept_apart  # noqa: E402
from linecrm_desktop.errors import TagwellError  # noqa: E402
from linecrm_desktop.jobs import Task  # noqa: E402
from linecrm_desktop.models.friend import Friend, Marketing  # noqa: E402
from linecrm_desktop.models.tag import Tag, TagType  # noqa: E402
from linecrm_desktop.settings.secrets import SessionTokens  # noqa: E402
from linecrm_desktop.store.backup import back_up, backups, put_back, restore_beside  # noqa: E402
from linecrm_desktop.store.database import Database  # noqa: E402
from linecrm_desktop.store.driver import Key  # noqa: E402
from linecrm_desktop.store.opening import open_shop  # noqa: E402

VALUE = ("--type", "value", "--helps-decide", "Who waits")
WORK = (
    ("friends",),
    ("backup",),
    ("tags", "new", "Later", *VALUE),
    ("home",),
    ("restore",),
)
NEEDS_THE_SHOP = WORK[:-1]
"""Backups can be listed without a shop."""
BUG = 1


def command(path: Path, arguments: tuple[str, ...], key: Key | None, now: datetime | None = None) -> int:
    """Run a command and return its exit code."""
    sys.stdin = io.StringIO(f"{PASSWORD}\n")
    world = World(lambda: now or datetime.now(UTC), SessionTokens())
    given = ["--shop", str(path), *(["--password-stdin"] if key else []), *arguments]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return tagwell(given, world)


def add_tag(database: Database, name: str) -> None:
    """Write something that can be found again."""
    with database.write() as session:
        tag = {"type": TagType.VALUE, "created_at": datetime.now(UTC)}
        session.add(Tag(name=name, name_key=name.casefold(), **tag))


def has_tag(path: Path, name: str, key: Key | None) -> bool:
    with closing(open_shop(path, key)) as database, database.read() as session:
        return bool(session.scalar(select(func.count()).where(Tag.name == name)))


@contextlib.contextmanager
def drive(work: Path) -> Generator[Path]:
    """Mount a small drive of its own."""
    place = work / "drive"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def remount(place: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)


def try_read_only(shop: Path, key: Key | None, dice: random.Random, work: Path) -> str:
    """Work on a drive that takes no writing."""
    with drive(work) as place:
        path = Path(shutil.copy(shop, place / "shop.tagwell"))
        whole = contents(path, key)
        remount(place, "ro")
        code = command(path, dice.choice(WORK), key)
        remount(place, "rw")
        if code == BUG:
            return "NO SENTENCE"
        return ("done, " if code == 0 else "a sentence, ") + whether(contents(path, key) == whole)


def try_removed(shop: Path, key: Key | None, dice: random.Random, work: Path) -> str:
    """Take the shop's folder away before, within or after writing, work on, and give it back."""
    folder, gone = work / "stick", work / "pulled out"
    folder.mkdir()
    path = Path(shutil.copy(shop, folder / "shop.tagwell"))
    moment = dice.choice(("before", "within", "after"))
    said_done = False
    database = open_shop(path, key)
    try:
        if moment == "before":
            folder.rename(gone)
        with database.write() as session:
            told = {"type": TagType.VALUE, "created_at": datetime.now(UTC)}
            session.add(Tag(name="Pulled", name_key="pulled", **told))
            session.flush()
            if moment == "within":
                folder.rename(gone)
        said_done = True
    except TagwellError:
        pass
    if moment == "after":
        folder.rename(gone)
    with contextlib.suppress(TagwellError):
        database.close()
    code = command(path, dice.choice(NEEDS_THE_SHOP), key)
    if code in (0, BUG):
        return f"NO SENTENCE: {code}"
    if folder.exists():
        return "ANOTHER FOLDER WAS MADE"
    gone.rename(folder)
    kept = has_tag(path, "Pulled", key) or not said_done
    shutil.rmtree(folder)
    return "a sentence, " + whether(kept)


def hold(path: str, key: Key | None, seconds: float) -> None:
    """Be the first program: have the shop open, write into it all the time, and die."""
    database = open_shop(Path(path), key)
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        add_tag(database, f"Prog1 {number}")
        number += 1
    os.kill(os.getpid(), 9)


def try_second(shop: Path, key: Key | None, dice: random.Random, work: Path) -> str:
    """Work in a second program while the first one writes, and again when the first one is dead."""
    path = Path(shutil.copy(shop, work / "two.tagwell"))
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__"])
    first = context.Process(target=hold, args=(str(path), key, dice.uniform(1, 3)))
    first.start()
    while first.is_alive() and not Path(f"{path}-wal").exists():
        time.sleep(0.02)
    codes = Counter[int]()
    while first.is_alive():
        codes[command(path, ("tags", "new", f"Prog2 {sum(codes.values())}", *VALUE), key)] += 1
    first.join()
    done = codes[0]
    if codes[BUG]:
        return "NO SENTENCE"
    with closing(open_shop(path, key)) as database, database.read() as session:
        names = set(session.scalars(select(Tag.name)))
        second = sum(name.startswith("Prog2 ") for name in names)
        numbers = sorted(int(name.split()[1]) for name in names if name.startswith("Prog1 "))
    for extra in ("", "-wal", "-shm", "-lock"):
        Path(f"{path}{extra}").unlink(missing_ok=True)
    whole = second == done and numbers == list(range(len(numbers)))
    return f"turned away with a sentence, {whether(whole)}" if codes[2] else f"came too late, {whether(whole)}"


def try_clock(shop: Path, key: Key | None, dice: random.Random, work: Path) -> str:
    """Set the clock back by minutes or years between a backup, a refusal and the backup's return."""
    folder = work / "clock"
    (folder / "Backups").mkdir(parents=True)
    path = Path(shutil.copy(shop, folder / "shop.tagwell"))
    now = datetime.now(UTC)
    back = now - timedelta(minutes=dice.choice((5, 600, 50_000, 5_000_000)))
    for turn in range(2):
        back_up(path, folder / "Backups", now.replace(tzinfo=None) + timedelta(minutes=turn), 2, Task(), key)
    with closing(open_shop(path, key)) as database:
        kept_apart.watch(database, now)
        with database.write() as session:
            free = session.scalars(select(Friend.id).where(Friend.marketing != Marketing.REFUSED)).all()
            friend = dice.choice(free)
            ledger.refuse(session, [friend], "chat", back)
    made = back_up(path, folder / "Backups", back.replace(tzinfo=None), 2, Task(), key)
    if made.path not in {one.path for one in backups(folder / "Backups", path.stem)}:
        return "THE BACKUP JUST MADE WENT"
    code = command(path, dice.choice(WORK), key, back)
    before = min(backups(folder / "Backups", path.stem), key=lambda one: one.path == made.path)
    put_back(restore_beside(before.path, path, key), path, "replaced")
    with closing(open_shop(path, key)) as database:
        kept_apart.watch(database, back)
        with database.read() as session:
            holds = session.get_one(Friend, friend).marketing is Marketing.REFUSED
    shutil.rmtree(folder)
    return "NO SENTENCE" if code == BUG else "the refusal held, " + whether(holds)


def whether(is_whole: bool) -> str:
    return "nothing lost" if is_whole else "LOST"


def main() -> int:
    parser = argparse.ArgumentParser(description="Work on a shop at the wrong moment and look what is left.")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261112)
    options = parser.parse_args()
    dice, began = random.Random(options.seed), time.monotonic()
    found: Counter[tuple[str, str]] = Counter()
    kinds: dict[str, Callable[[Path, Key | None, random.Random, Path], str]] = {
        "read-only drive": try_read_only,
        "folder taken away": try_removed,
        "second program": try_second,
        "clock set back": try_clock,
    }
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        plain, locked, key = two_shops(work)
        for trial in range(options.trials):
            for what, work_wrongly in kinds.items():
                os.environ["TAGWELL_HOME"] = str(work / f"home {what} {trial}")
                shop, with_key = (plain, None) if trial % 2 else (locked, key)
                try:
                    end = work_wrongly(shop, with_key, dice, work)
                except (subprocess.CalledProcessError, FileNotFoundError) as error:
                    if what != "read-only drive":
                        raise
                    end = f"untried: {type(error).__name__}"
                found[what, end] += 1
    for (what, end), times in sorted(found.items()):
        print(f"{what:<20} {end:<52} {times:>6,}")
    print(f"seed {options.seed}, {time.monotonic() - began:.0f} s")
    return 1 if any(word.isupper() and len(word) > 2 for _what, end in found for word in end.split()) else 0


if __name__ == "__main__":
    sys.exit(main())
