"""How long does a large import take beside the tools that do less, does it grow with the file, and in how much memory?

A file of customers and one of order lines, three lines a customer (seeded; some rows broken, some people twice), go
into an empty shop by the command line's `import`, and the customers once more, unchanged. In the same run:

- `sqlite3 .import` of the same two files into bare text tables: nothing is read, checked or matched;
- the same, followed by a merge in sets into keyed tables with the look-up indexes of a shop;
- `sqlite-utils insert --csv --pk` of the same files, where that program is there (name it with --sqlite-utils);
- with --postgresql, Tagwell's own import of the same files into a shared shop in an empty database, which has to let
  the address's user in without a password; only what this program does itself counts as its work there.

Beside the seconds by the clock stand those that processors worked, Tagwell's second process among them: where other
work shares the machine, only these can be compared with another day's.

    python benchmarks/import_large.py --rows 100000 1000000
"""

import argparse
import itertools
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from import_rows import CUSTOMERS, ORDERS, ORIGIN, ROOT, customers, orders, write

MERGE = """
CREATE TABLE friend (id INTEGER PRIMARY KEY, member TEXT UNIQUE, name TEXT, phone TEXT, email TEXT, joined TEXT);
INSERT INTO friend (member, name, phone, email, joined)
  SELECT "Member number", "Name", "Phone", "E-mail", "Joined on" FROM c WHERE "Member number" != ''
  ON CONFLICT (member) DO UPDATE SET name = excluded.name, phone = excluded.phone, email = excluded.email;
CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT UNIQUE, friend_id INTEGER, at TEXT, total INTEGER, state TEXT);
INSERT INTO orders (number, friend_id, at, total, state)
  SELECT o."Order number", min(friend.id), min(o."Order date"), sum(o."Line amount"), max(o."Status")
  FROM o JOIN friend ON friend.member = o."Member number" GROUP BY o."Order number";
CREATE TABLE line (id INTEGER PRIMARY KEY, order_id INTEGER, friend_id INTEGER, at TEXT, product TEXT, category TEXT,
  quantity INTEGER, amount INTEGER);
INSERT INTO line (order_id, friend_id, at, product, category, quantity, amount)
  SELECT orders.id, orders.friend_id, orders.at, o."Product", o."Category", o."Quantity", o."Line amount"
  FROM o JOIN orders ON orders.number = o."Order number";
CREATE INDEX line_product ON line (product, at, friend_id);
CREATE INDEX line_category ON line (category, at, friend_id);
CREATE INDEX line_order ON line (order_id);
CREATE INDEX order_friend ON orders (friend_id, state, at, total);
DROP TABLE c; DROP TABLE o;
"""


class Took(NamedTuple):
    """Seconds by the clock, and seconds that processors worked."""

    clock: float = 0.0
    work: float = 0.0

    def plus(self, other: "Took") -> "Took":
        return Took(self.clock + other.clock, self.work + other.work)

    def times(self, other: "Took") -> str:
        return f"{self.clock / other.clock:.2f} times as long, {self.work / other.work:.2f} times the work"

    def __str__(self) -> str:
        return f"{self.clock:>8.1f} s {self.work:>7.1f} s of work"


def timed(*command: str, text: str | None = None) -> tuple[Took, "subprocess.CompletedProcess[str]"]:
    """Run a program to its end; return what it took and what it said."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, input=text)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.perf_counter() - begun, work), done


def tagwell(*arguments: str) -> tuple[Took, dict[str, int], int]:
    """Run the command line in a process of its own; return what it took, its counts and its peak memory in MiB."""
    # VmHWM is the peak of this program alone; the peak of getrusage is handed on by the program that starts it.
    program = (
        "import re, sys; from linecrm_desktop.cli.main import main; code = main(sys.argv[1:]);"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read());"
        "print(int(peak[1]) // 1024, file=sys.stderr); sys.exit(code)"
    )
    took, done = timed(sys.executable, "-c", program, *arguments, "--json")
    return took, json.loads(done.stdout), int(done.stderr.split()[-1])


def baselines(folder: Path, sqlite_utils: str) -> dict[str, Took]:
    """Return what each other tool that is there takes."""
    found: dict[str, Took] = {}
    script = ".mode csv\n.import {c} c\n.import {o} o\n".format(c=folder / "c.csv", o=folder / "o.csv")
    if shutil.which("sqlite3"):
        settings = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;\n"
        found[".import"], _said = timed("sqlite3", str(folder / "raw.db"), text=settings + script)
        merge = "PRAGMA journal_mode=WAL;\n" + script + MERGE
        found[".import + merge"], _said = timed("sqlite3", str(folder / "merged.db"), text=merge)
    if shutil.which(sqlite_utils):
        path = str(folder / "utils.db")
        first, _said = timed(sqlite_utils, "insert", path, "c", str(folder / "c.csv"), "--csv", "--pk", "No")
        second, _said = timed(sqlite_utils, "insert", path, "o", str(folder / "o.csv"), "--csv", "--pk", "No")
        found["sqlite-utils"] = first.plus(second)
    return found


def numbered(path: Path) -> None:
    """Give each row a number of its own in front, for a tool that wants a key in every row."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{'No' if number == 0 else number},{line}\n" for number, line in enumerate(lines))


def imports(folder: Path, shop: str, rows: int) -> tuple[dict[str, Took], list[list[int]]]:
    """Import both files into an empty shop, and the customers again; print each, return what it took and its counts."""
    steps: dict[str, Took] = {}
    told: list[list[int]] = []
    for step, file, kind in (
        ("customers", "c", "customers"),
        ("orders", "o", "orders"),
        ("again", "c", "customers"),
    ):
        took, said, memory = tagwell("import", str(folder / f"{file}.csv"), "--shop", shop, "--kind", kind, *ORIGIN)
        counts = [said[word] for word in ("new", "updated", "unchanged", "rejected")]
        assert sum(counts) == said["rows"] == (3 * rows if kind == "orders" else rows), said
        steps[step] = took
        told.append(counts)
        print(f"{rows:>10,}  {step:<16}{took}  {memory:>5} MiB  new {counts[0]:,} same {counts[2]:,}", flush=True)
    steps["both"] = steps["customers"].plus(steps["orders"])
    print(f"{rows:>10,}  {'both, first':<16}{steps['both']}")
    print(f"{rows:>10,}  again, beside first: {steps['again'].times(steps['customers'])}")
    return steps, told


def measure(rows: int, seed: int, sqlite_utils: str, server: str) -> float:
    """Print one size; return the seconds of Tagwell's two first imports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TAGWELL_HOME"] = str(folder / "home")
        write(folder / "c.csv", CUSTOMERS, customers(rows, random.Random(seed), 0.0))
        write(folder / "o.csv", ORDERS, orders(3 * rows, random.Random(seed), 0.0))
        shop = str(folder / "Big.tagwell")
        tagwell("new", shop)
        steps, told = imports(folder, shop, rows)
        whole = steps["both"]
        if server:
            shared = str(folder / "Shared.tagwell")
            tagwell("new", shared)
            timed(sys.executable, "-m", "linecrm_desktop", "move", shared, server)
            there, told_there = imports(folder, shared, rows)
            assert told_there == told, (told, told_there)
            for step, took in there.items():
                print(f"{rows:>10,}  server, {step}: {took.times(steps[step])}, beside the file")
        for path in (folder / "c.csv", folder / "o.csv"):
            numbered(path)
        for tool, took in baselines(folder, sqlite_utils).items():
            print(f"{rows:>10,}  {tool:<16}{took}  Tagwell takes {whole.times(took)}")
        return whole.clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000])
    parser.add_argument("--seed", type=int, default=20261112)
    parser.add_argument("--sqlite-utils", default="sqlite-utils", help="the program, where it is not on the path")
    parser.add_argument("--postgresql", default="", metavar="URL", help="an empty database, for one size only")
    options = parser.parse_args()
    print(f"seed {options.seed}; order lines are three times the rows")
    sizes = [(rows, measure(rows, options.seed, options.sqlite_utils, options.postgresql)) for rows in options.rows]
    for (few, before), (many, after) in itertools.pairwise(sizes):
        print(f"growth from {few:,} to {many:,} rows: exponent {math.log(after / before) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
