"""Does every row of a large file get a verdict, and how long does an import take beside reading the same file?

Makes a file of customers and one of orders (seeded; some rows broken, some people twice, some phones shared), then runs
the command line's `import` on each three times: into an empty shop, again, and with a tenth of the rows changed. The
baseline of the same run is reading the file with the standard library's csv module and nothing else.

    python benchmarks/import_rows.py --rows 100000
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ORIGIN = ("--source", "shop checkout", "--purpose", "orders and news", "--informed", "yes")
CUSTOMERS = ("Member number", "Name", "Phone", "E-mail", "Joined on", "Accepts marketing", "Tags")
ORDERS = ("Order number", "Order date", "Member number", "Product", "Category", "Quantity", "Line amount", "Status")


def customers(rows: int, rng: random.Random, changed: float) -> Iterator[list[str]]:
    for number in range(rows):
        member = "" if number % 997 == 0 else f"M-{max(number - 1, 0) if number % 499 == 0 else number}"
        phone = "0912" if number % 331 == 0 else f"09{10_000_000 + number // 2:08d}"
        email = f"friend{number}@example.tw" if number % 3 else ""
        name = f"王小明 {number}" if rng.random() >= changed else f"林小華 {number}"
        yield [member, name, phone, email, f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}", "yes", "茶、Gift"]


def orders(rows: int, rng: random.Random, changed: float) -> Iterator[list[str]]:
    for number in range(rows):
        date = "2026-13-01" if number % 977 == 0 else f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d} 10:00"
        member = f"M-{number // 6}" if number % 991 else ""
        status = "paid" if rng.random() >= changed else "已退款"
        yield [f"A{number // 2}", date, member, f"Product {number % 40}", f"Kind {number % 8}", "1", "680", status]


def write(path: Path, header: tuple[str, ...], rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def read(path: Path) -> float:
    """Return the baseline: seconds to read the file and do nothing with it."""
    begun = time.perf_counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _row in csv.reader(file):
            pass
    return time.perf_counter() - begun


def tagwell(*arguments: str) -> dict[str, int]:
    command = [sys.executable, "-m", "linecrm_desktop", *arguments, "--json"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20261112)
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.rows:,} rows a file")
    print(f"{'file':<22}{'new':>9}{'updated':>9}{'same':>9}{'rejected':>9}{'rows':>9}{'seconds':>9}{'× reading':>10}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAGWELL_HOME"] = str(Path(folder) / "home")
        shop = str(Path(folder) / "Big.tagwell")
        tagwell("new", shop)
        for kind, header, make in (("customers", CUSTOMERS, customers), ("orders", ORDERS, orders)):
            for name, changed in (("first", 0.0), ("again", 0.0), ("a tenth new", 0.1)):
                path = Path(folder) / f"{kind}.csv"
                write(path, header, make(options.rows, random.Random(options.seed), changed))
                begun = time.perf_counter()
                said = tagwell("import", str(path), "--shop", shop, "--kind", kind, *ORIGIN)
                seconds = time.perf_counter() - begun
                counts = [said[word] for word in ("new", "updated", "unchanged", "rejected")]
                whole = sum(counts) == said["rows"] == options.rows
                figures = "".join(f"{count:>9,}" for count in (*counts, said["rows"]))
                ratio = seconds / read(path)
                ending = "" if whole else "  ROWS ARE MISSING"
                print(f"{kind + ', ' + name:<22}{figures}{seconds:>9.1f}{ratio:>10.0f}{ending}", flush=True)
                if not whole:
                    sys.exit(1)


if __name__ == "__main__":
    main()
