"""How long does the tag audit take to compare all tags, beside the barest ways to do the same?

A made-up shop with few tags on many friends and many on few (5,000 tags and ten links a friend at 1,000,000 friends).
Every comparison first asserts that both ways find the same.

- overlaps: ours (reading the links, and all pairs) beside reading the links once and one scipy sparse product A·Aᵀ;
- the SQL self-join, in a shop of 100,000 friends and 1,000 tags, beside ours on that shop;
- names: 5,000 names beside one rapidfuzz cdist of all of them;
- a whole audit of a shop of 50,000 friends and 500 tags.

    python benchmarks/audit_overlaps.py --friends 1000000 --data /tmp/audit
"""

import argparse
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from scipy import sparse
from segment_shop import NOW, TODAY, zipf
from segment_stores import FAST
from segment_targets import Target, show
from sqlalchemy import text

from linecrm_desktop.audit import run
from linecrm_desktop.audit.likeness import alike
from linecrm_desktop.audit.names import read
from linecrm_desktop.audit.overlaps import links, overlaps
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shop, open_shop

T = TypeVar("T")
OURS_TO_BARE = 3.0
JOIN_TO_OURS = 30.0
NAMES_TO_CDIST = 2.0
SELF_JOIN = (
    "SELECT a.tag_id, b.tag_id, COUNT(*) FROM friend_tag a JOIN friend_tag b"
    " ON b.friend_id = a.friend_id AND b.tag_id > a.tag_id GROUP BY 1, 2"
)
ONE_TEXT_A_TAG = "SELECT tag_id, group_concat(friend_id) FROM friend_tag GROUP BY tag_id"
WORDS = (
    "精華 面膜 保濕 防曬 會員 VIP 生日 回購 新客 折扣 母親節 雙11 IG FB廣告 門市 未購買 高消費 敏感肌 抗老 試用".split()
)


def timed(work: Callable[[], T], repeats: int = 5) -> tuple[float, T]:
    """Return the shortest time in seconds, and what the last run gave.

    Seconds of the processor, of one thread all of them: what else runs on the computer would be counted by a clock.
    """
    times: list[float] = []
    while True:
        begun = time.process_time()
        found = work()
        times.append(time.process_time() - begun)
        if len(times) >= repeats or sum(times) > 60:
            return min(times), found


def shop(folder: Path, friends: int, tags: int) -> Database:
    """Return a shop with ten links a friend, made now or before."""
    path = folder / f"audit-{friends}-{tags}.tagwell"
    if not path.exists():
        making = path.with_name("making.tagwell")
        making.unlink(missing_ok=True)
        create_shop(making, "Benchmark", "TW", NOW).close()
        with closing(sqlite3.connect(making, isolation_level=None)) as file:
            file.executescript(FAST)
            file.execute("BEGIN")
            _fill(file, friends, tags)
            file.execute("COMMIT")
            file.execute("ANALYZE")
            file.execute("PRAGMA journal_mode=WAL")
        making.rename(path)
    return open_shop(path)


def _fill(file: sqlite3.Connection, friends: int, tags: int) -> None:
    r, now = np.random.default_rng(7), int(NOW.timestamp())
    file.executemany(
        "INSERT INTO friend (id, line_user_id, name, is_blocked, marketing, informed, can_opt_out, created_at)"
        f" VALUES (?, ?, 'A', 0, 'allowed', 'yes', 'yes', {now})",
        ((n, f"U{n:032x}") for n in range(1, friends + 1)),
    )
    names = _names(tags)
    file.executemany(
        "INSERT INTO tag (id, name, name_key, type, helps_decide, owner, is_sensitive, created_at)"
        f" VALUES (?, ?, ?, 'interest', 'x', 'x', 0, {now})",
        ((n, names[n - 1], str(n)) for n in range(1, tags + 1)),
    )
    liking = r.lognormal(0, 0.8, friends)
    drawn = r.choice(tags, int(friends * 12.5), p=zipf(tags, 0.9)).astype(np.int64)
    who = np.searchsorted(np.cumsum(liking / liking.sum()), r.random(len(drawn))).clip(0, friends - 1)
    pairs = np.unique(drawn * friends + who)
    if len(pairs) > friends * 10:
        pairs = np.sort(r.choice(pairs, friends * 10, replace=False))
    file.executemany(
        f"INSERT INTO friend_tag (tag_id, friend_id, origin, since, evidence) VALUES (?, ?, 'rule', {now}, '')",
        zip((pairs // friends + 1).tolist(), (pairs % friends + 1).tolist(), strict=True),
    )


def _names(count: int) -> list[str]:
    """Return names of two or three words, and a third of them with a small fault."""
    r = random.Random(3)
    base = [
        "_".join(r.sample(WORDS, r.choice((2, 3)))) + r.choice(("", "2023", "2024", "A", "B")) for _n in range(count)
    ]
    faults = (str.lower, lambda name: name.replace("_", " "), lambda name: name + "客", lambda name: name[:-1])
    return [name if n < 0.7 * count else r.choice(faults)(r.choice(base)) for n, name in enumerate(base)]


def bare_overlaps(database: Database, tags: int) -> tuple[float, float, Any]:
    """Read the links once and multiply; return both times and the product."""
    with database.read() as session:
        connection = session.connection()

        def reading() -> list[Any]:
            rows = connection.exec_driver_sql(ONE_TEXT_A_TAG)
            return [(tag, np.fromstring(ids, dtype=np.int32, sep=",")) for tag, ids in rows]

        seconds, rows = timed(reading)
    cuts = np.cumsum([0, *(len(ids) for _tag, ids in rows)])
    ids = np.concatenate([ids for _tag, ids in rows])

    def multiply() -> Any:
        matrix = sparse.csr_matrix((np.ones(len(ids), np.int32), ids, cuts), shape=(len(rows), int(ids.max()) + 1))
        return matrix @ matrix.T

    product_seconds, product = timed(multiply)
    full = np.zeros((tags, tags), dtype=np.int32)
    at = np.array([tag - 1 for tag, _ids in rows])
    full[np.ix_(at, at)] = product.toarray()
    return seconds, product_seconds, full


def ours(database: Database, tags: int) -> tuple[float, float, Any]:
    """Return our times for reading and for counting, and all shared friends as a square by tag."""
    with database.read() as session:
        reading, who = timed(lambda: links(session, range(1, tags + 1)))
    counting, found = timed(lambda: overlaps(who))
    place = {tag: at for at, tag in enumerate(found.tags)}
    order = np.array([place[tag] for tag in range(1, tags + 1)])
    both = found.shared + found.shared.T
    return reading, counting, both[np.ix_(order, order)]


def against_product(database: Database, tags: int) -> Target:
    read_once, product, bare = bare_overlaps(database, tags)
    reading, counting, found = ours(database, tags)
    np.fill_diagonal(bare, 0)
    assert (bare == found).all(), "the two ways disagree"
    print(f"  reading once {read_once:.2f} s, sparse product {product:.2f} s")
    sharing = int((found > 0).sum()) // 2
    print(f"  ours: reading {reading:.2f} s, all pairs {counting:.2f} s; {sharing:,} pairs share anybody")
    ratio = (reading + counting) / (read_once + product)
    return Target("overlaps: ours, times reading once and A·Aᵀ", ratio, OURS_TO_BARE, at_most=True)


def against_join(database: Database, tags: int) -> Target:
    with database.read() as session:
        join, rows = timed(lambda: session.execute(text(SELF_JOIN)).all(), 1)
    reading, counting, found = ours(database, tags)
    assert len(rows) == int((found > 0).sum()) // 2
    assert all(found[one - 1, other - 1] == both for one, other, both in rows), "the two ways disagree"
    print(f"  self-join {join:.2f} s, ours {reading + counting:.2f} s; they agree on {len(rows):,} pairs")
    return Target("overlaps: the SQL self-join, times ours", join / (reading + counting), JOIN_TO_OURS, at_most=False)


def against_cdist(count: int) -> Target:
    written = _names(count)
    matrix, _found = timed(lambda: cdist(written, written, scorer=fuzz.ratio, score_cutoff=80, dtype=np.uint8))
    seconds, found = timed(lambda: alike([read(name) for name in written]))
    print(f"  cdist {matrix:.2f} s, ours {seconds:.2f} s with reading the names; {len(found):,} pairs say the same")
    return Target("names: ours, times one cdist", seconds / matrix, NAMES_TO_CDIST, at_most=True)


def whole_audit(database: Database) -> None:
    def audit() -> tuple[int, int]:
        with database.read() as session:
            facts, found = run.audit(session, TODAY)
        return len(facts.tags), len(found)

    seconds, (tags, found) = timed(audit)
    print(f"  a whole audit of {tags} tags: {seconds:.2f} s, {found:,} findings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--friends", type=int, default=1_000_000)
    parser.add_argument("--tags", type=int, default=5_000)
    parser.add_argument("--data", type=Path, required=True, help="folder for the shops, kept for the next run")
    args = parser.parse_args()
    args.data.mkdir(parents=True, exist_ok=True)
    targets = [against_cdist(5_000)]
    whole_audit(shop(args.data, 50_000, 500))
    targets.append(against_join(shop(args.data, 100_000, 1_000), 1_000))
    targets.append(against_product(shop(args.data, args.friends, args.tags), args.tags))
    show(targets, f"{args.friends:,} friends, {args.tags:,} tags")


if __name__ == "__main__":
    main()
