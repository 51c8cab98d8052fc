"""A real purchase log that nobody here made (lifetimes' example_transactions.csv, MIT), and what pandas says of it."""

import csv
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database


def log_file() -> Path:
    """Return the log as it lies in the package; the package itself is never imported."""
    spec = find_spec("lifetimes")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "datasets" / "example_transactions.csv"


def lapsed_regulars() -> tuple[set[str], date]:
    """Return who bought at least 3 times and last over 90 days before the log's end, and that last day."""
    log = pd.read_csv(log_file(), dtype=str)
    days = pd.to_datetime(log["date"]).dt.date
    last = days.max()
    by_member = days.groupby(log["id"]).agg(["count", "max"])
    found = by_member[(by_member["count"] >= 3) & (by_member["max"] < last - timedelta(days=90))]
    return set(found.index), last


def friends_file(folder: Path) -> Path:
    """Write the LINE ids that the log's members would have: the log itself knows only member numbers."""
    members = sorted(set(pd.read_csv(log_file(), dtype=str)["id"]), key=int)
    path = folder / "line_friends.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["member number", "name", "LINE user ID"])
        writer.writerows([member, f"Member {member}", f"U{int(member) + 1:032x}"] for member in members)
    return path


def without_quiet_hours(shop: Database) -> None:
    """Let a shop send at every hour, because these tests run by the clock of the world."""
    with shop.write() as session:
        row = session.get_one(Shop, 1)
        row.quiet_from = row.quiet_to = 0
