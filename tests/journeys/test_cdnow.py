"""The purchase log of CDNOW, imported as orders, gives the totals that others have published.

Both files come with lifetimes (MIT). Fader and Hardie, "Notes on the CDNOW Master Data Set" (2013): 23,570 customers
with 69,659 transactions; every tenth of them, 2,357 customers with 6,919 transactions, is the usual sample. How often
those bought again in the first 39 weeks is a figure of Fader, Hardie and Lee, "Counting Your Customers the Easy Way",
Marketing Science 24 (2005).
"""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.segments import library
from linecrm_desktop.segments.rules import AllOf, Compare, LastOrder, Orders, Rfm, Rule
from linecrm_desktop.store.database import Database
from tests.imports.conftest import plan_for
from tests.journeys.purchase_log import log_file

ZONE = "Asia/Taipei"
END = datetime(1998, 6, 30, 12, tzinfo=UTC)
CALIBRATION_ENDS = date(1997, 9, 30)
PUBLISHED = {0: 1411, 1: 439, 2: 214, 3: 100, 4: 62, 5: 38, 6: 29, 7: 64}
"""Customers of the sample by how often they bought again in 39 weeks; 7 is seven times and more."""
RECENT = ((-1, 90), (90, 180), (180, 365), (365, 600))
"""Days since the last order: more than, up to."""
OFTEN = ((1, 1), (2, 3), (4, 999))


def _log(name: str, member: int, day: int, dollars: int) -> pd.DataFrame:
    """Read one of the files: which of its columns are member, day and sum."""
    table = pd.read_csv(log_file().parent / name, sep=r"\s+", header=None, dtype=str, skiprows=int("master" in name))
    found = pd.DataFrame({"member": table[member], "day": table[day], "total": table[dollars]})
    found["day"] = pd.to_datetime(found["day"], format="%Y%m%d").dt.date
    return found


def _bring_in(database: Database, log: pd.DataFrame, path: Path) -> Report:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["order number", "date", "member number", "total"])
        writer.writerows(
            [f"C{place}", row.day, row.member, row.total] for place, row in enumerate(log.itertuples(), start=1)
        )
    return importing.run(database, plan_for(path, Kind.ORDERS), Task(), END)


def test_the_whole_log_has_the_published_totals(database: Database, tmp_path: Path) -> None:
    log = _log("CDNOW_master.txt", 0, 1, 3)
    report = _bring_in(database, log, tmp_path / "cdnow.csv")
    assert (report.new, report.rejected, report.new_friends) == (69_659, 0, 23_570)
    with database.read() as session:
        customers = session.scalar(select(func.count()).select_from(Friend))
        orders, money = session.execute(select(func.count(), func.sum(Order.total)).select_from(Order)).one()
        again = library.count(session, Orders(Compare.AT_LEAST, 2), ShopDay.of(END, ZONE))
    assert (customers, orders) == (23_570, 69_659)
    assert money == sum(round(float(total) * 100) for total in log["total"])
    assert again == int((log.groupby("member").size() >= 2).sum())


@pytest.fixture
def sample(database: Database, tmp_path: Path) -> pd.DataFrame:
    log = _log("CDNOW_sample.txt", 0, 2, 4)
    report = _bring_in(database, log, tmp_path / "sample.csv")
    assert (report.new, report.new_friends) == (6_919, 2_357)
    return log


def test_the_sample_bought_again_as_often_as_published(database: Database, sample: pd.DataFrame) -> None:
    """Orders of one day are one purchase there, as in the paper."""
    with database.read() as session:
        rows = session.execute(select(Order.friend_id, Order.at)).all()
    day = ShopDay.of(END, ZONE)
    days: dict[int, set[date]] = {}
    for friend, at in rows:
        if (bought := day.local(at).date()) <= CALIBRATION_ENDS:
            days.setdefault(friend, set()).add(bought)
    assert dict(sorted(Counter(min(7, len(bought) - 1) for bought in days.values()).items())) == PUBLISHED


def test_segments_by_recency_and_frequency_stay_when_the_log_comes_again(
    database: Database, sample: pd.DataFrame, tmp_path: Path
) -> None:
    day = ShopDay.of(END, ZONE)
    first, scores = _table(database, day), _scores(database, day)
    again = _bring_in(database, sample, tmp_path / "again.csv")
    assert (again.new, again.updated, again.unchanged) == (0, 0, 6_919)
    assert _table(database, day) == first == _by_pandas(sample, day.today)
    assert sum(first.values()) == sum(scores.values()) == 2_357
    assert _scores(database, day) == scores


def _cell(recent: tuple[int, int], often: tuple[int, int]) -> Rule:
    from_, to = recent
    last = [LastOrder(to, older=False)] + ([LastOrder(from_)] if from_ > 0 else [])
    return AllOf((*last, Orders(Compare.BETWEEN, *often)))


def _table(database: Database, day: ShopDay) -> dict[tuple[int, int], int]:
    with database.read() as session:
        return {
            (recent[1], often[0]): library.count(session, _cell(recent, often), day)
            for recent in RECENT
            for often in OFTEN
        }


def _scores(database: Database, day: ShopDay) -> dict[tuple[int, int], int]:
    """Count the friends of each pair of scores for recency and frequency."""
    with database.read() as session:
        return {
            (r, f): library.count(session, Rfm((r, r), (f, f), (1, 5)), day) for r in range(1, 6) for f in range(1, 6)
        }


def _by_pandas(log: pd.DataFrame, today: date) -> dict[tuple[int, int], int]:
    people = log.groupby("member")["day"].agg(["max", "count"])
    age = [(today - last).days for last in people["max"]]
    found = {(recent[1], often[0]): 0 for recent in RECENT for often in OFTEN}
    for days, orders in zip(age, people["count"], strict=True):
        recent = next(to for from_, to in RECENT if from_ < days <= to)
        often = next(low for low, high in OFTEN if low <= orders <= high)
        found[recent, often] += 1
    return found
