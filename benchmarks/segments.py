"""How long does it take to count a segment, the first time and while it is being built, beside other ways to count?

A made-up shop (1,000,000 friends, 10,000,000 tag links, 10,000,000 events, 3,000,000 order lines; fewer with --friends)
goes into a shop file and into each other engine's own store. Twelve questions are counted by all of them, and every
count must be equal before any time is taken:

- ours: the sets of the builder, nothing counted before (what was read from the file is thrown away each time);
- one SELECT: what gate, send, export and command line ask;
- EXISTS over JSON: a correlated EXISTS a condition on a peer's layout (a key in each row, text dates, answers in JSON);
- LEFT JOINs: one a condition, GROUP BY and HAVING, on the same layout;
- DuckDB on its own copy, where the package duckdb is there (it is no part of Tagwell);
- with --postgresql, our two ways on a server as well: the same shop, moved into the empty database that it names.

    python benchmarks/segments.py --friends 100000 1000000 --data /tmp/segments
    python benchmarks/segments.py --friends 1000000 --data /tmp/segments --postgresql postgresql://me@localhost/empty
"""

import argparse
import itertools
import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from segment_editing import edit
from segment_ours import Ours
from segment_peers import DuckSql, Exists, Joins, TooSlow, duck, peer
from segment_questions import Question, questions
from segment_server import server_shop
from segment_shop import shop
from segment_stores import duck_file, packed_file, peer_file, shop_file
from segment_targets import Target, of_growth, of_sums, show

Count = Callable[[Question], int]
_LONG = 5.0
"""Seconds from which on a question is asked once only."""


def duckdb_if_there() -> Any:
    try:
        import duckdb  # pyright: ignore[reportMissingImports]
    except ImportError:
        print("DuckDB is not installed here, so it is not compared; put it on PYTHONPATH to have it.")
        return None
    return duckdb


def timed(count: Count, question: Question, repeats: int) -> tuple[float, int | None]:
    """Return the middle time in seconds and the count; None: it was broken off. The first try only warms up."""
    times: list[float] = []
    found: int | None = None
    for _try in range(repeats + 1):
        begun = time.perf_counter()
        try:
            found = count(question)
        except TooSlow:
            return time.perf_counter() - begun, None
        times.append(time.perf_counter() - begun)
        if sum(times) > _LONG:
            break
    return statistics.median(times[1:] or times), found


def stores(friends: int, folder: Path, duckdb: Any, *, peers: bool) -> None:
    """Make what is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = shop(friends, folder)
    shop_file(columns, folder / "shop.tagwell")
    if peers:
        peer_file(columns, folder / "peer.db")
    if duckdb:
        duck_file(columns, folder / "duck.db", duckdb)


def measure(friends: int, folder: Path, options: argparse.Namespace) -> list[float]:
    """Print one size; return our seconds for each question."""
    repeats, without = options.repeats, options.without
    duckdb = duckdb_if_there() if "DuckDB" not in without else None
    stores(friends, folder, duckdb, peers=not {"EXISTS + JSON", "LEFT JOINs"} <= set(without))
    packed_file(folder / "shop.tagwell")
    ours = Ours(folder / "shop.tagwell")
    engines: dict[str, Count] = {"ours": ours.count, "one SELECT": ours.by_select}
    there = Ours(server_shop(folder / "shop.tagwell", options.postgresql)) if options.postgresql else None
    if there is not None:
        engines |= {"server: ours": there.count, "server: SELECT": there.by_select}
    if duckdb:
        engines["DuckDB"] = duck(folder / "duck.db", DuckSql(friends), duckdb)
    engines["EXISTS + JSON"] = peer(folder / "peer.db", Exists(friends))
    engines["LEFT JOINs"] = peer(folder / "peer.db", Joins(friends))
    engines = {name: count for name, count in engines.items() if name not in without}
    print(f"\n{friends:,} friends, milliseconds{'':<22}{'friends':>9}" + "".join(f"{name:>15}" for name in engines))
    sums = dict.fromkeys(engines, 0.0)
    worst = (0.0, "")
    mine: list[float] = []
    for question in questions(friends):
        found = {name: timed(count, question, repeats) for name, count in engines.items()}
        counts = {count for _seconds, count in found.values() if count is not None}
        assert len(counts) == 1, (question.name, found)
        for name, (seconds, _count) in found.items():
            sums[name] += seconds
        mine.append(found["ours"][0])
        if "DuckDB" in found:
            worst = max(worst, (found["ours"][0] / found["DuckDB"][0], question.name))
        cells = (f"{'>' if n is None else ''}{seconds * 1000:,.1f}" for seconds, n in found.values())
        print(f"{question.name:<48}{counts.pop():>9,}" + "".join(f"{cell:>15}" for cell in cells), flush=True)
    print(f"{'sum':<57}" + "".join(f"{seconds * 1000:>15,.1f}" for seconds in sums.values()))
    print(f"{'times ours':<57}" + "".join(f"{seconds / sums['ours']:>15.1f}" for seconds in sums.values()))
    targets: list[Target] = of_sums(sums, worst)
    targets += edit(ours, friends, engines.get("EXISTS + JSON"))
    show(targets, f"{friends:,} friends (they are meant for 1,000,000)")
    for opened in (ours, there):
        if opened is not None:
            opened.close()
    return mine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--friends", type=int, nargs="+", default=[100_000])
    parser.add_argument("--data", type=Path, required=True, help="a folder that keeps what was made")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--without", nargs="*", default=[], help='engines to leave out, such as "LEFT JOINs"')
    parser.add_argument("--postgresql", default="", help="the address of an empty database, to count there too")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}; > means broken off after 90 s")
    sizes = [(friends, measure(friends, options.data / str(friends), options)) for friends in options.friends]
    for (few, before), (many, after) in itertools.pairwise(sizes):
        grown = [math.log(b / a) / math.log(many / few) for a, b in zip(before, after, strict=True)]
        print(f"\ngrowth from {few:,} to {many:,}: exponents {', '.join(f'{power:.2f}' for power in grown)}")
        show([of_growth(before, after, grown)], f"{few:,} to {many:,} friends")


if __name__ == "__main__":
    main()
