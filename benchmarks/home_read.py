"""How long does Home take to be read, the first time, again, and after one friend was changed?

The shop of the segment benchmark (1,000,000 friends; fewer with --friends), with the three core segments and a send
of this month to every third friend. Beside it, in the same run, what the Friends screen reads when it is opened: how
many friends each of its saved filters has. Everything is read off the GUI thread; this says how long a person waits
for the numbers, not for the window.

    python benchmarks/home_read.py --friends 100000 1000000 --data /tmp/home
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from segment_shop import NOW, TODAY, shop
from segment_stores import packed_file, shop_file
from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from linecrm_desktop.friends import directory
from linecrm_desktop.home import core, facts, month, numbers, reading, today
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import library
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop

_TRIES = 3
_EVERY = 3
"""Each so many-th friend got the month's send."""


def put_home(database: Database) -> None:
    """Give the shop what Home shows beside friends and tags; once."""
    with database.write() as session:
        if session.scalar(select(func.count()).select_from(Segment)):
            return
        library.make_core(session, NOW, days=60)
        session.add(ImportBatch(file_name="all.csv", kind="customers", at=TODAY.days_ago(24)))
        row = session.get_one(Shop, 1)
        row.plan, row.line_limit, row.line_used, row.line_read_at = "high", 60_000, 3_412, NOW
        began = TODAY.days_ago(3)
        told = {"segment_name": "Everybody", "segment_rule": {}, "brief": {}, "bubbles": [], "unit": "u"}
        send = Campaign(name="Send", state=CampaignState.DONE, recipients=0, reach_then=900_000, **told)
        send.created_at = send.started_at = send.ended_at = began
        send.is_practice = row.is_practice
        session.add(send)
        session.flush()
        copies = select(
            literal(send.id),
            Friend.id,
            literal(str(DeliveryState.ACCEPTED)),
            literal(""),
            literal(int(began.timestamp())),
        ).where(Friend.id % _EVERY == 0)
        session.execute(insert(Delivery).from_select(["campaign_id", "friend_id", "state", "why", "at"], copies))


def seconds(database: Database, work: Callable[[Session], object]) -> float:
    """Return the seconds of one piece of work in a new reader."""
    with database.read() as session:
        begun = time.perf_counter()
        work(session)
        return time.perf_counter() - begun


def median(take: Callable[[], float]) -> float:
    return statistics.median(take() for _try in range(_TRIES))


def parts(session: Session) -> None:
    """Print how long each part takes when nothing was read before."""
    begun = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal begun
        now = time.perf_counter()
        print(f"    {name:<34}{(now - begun) * 1000:>9,.0f} ms")
        begun = now

    counting = Counting(session, TODAY)
    sends = month.sends(session, TODAY)
    lap("sends of the month")
    counted = numbers.numbers(session, counting, sends, NOW)
    lap("five numbers")
    segments = core.core_numbers(session, counting, NOW)
    lap("core segments")
    facts.facts(session, facts.period_of(session, TODAY), counted, segments, TODAY)
    lap("facts of the plan")
    today.items(session, counted, TODAY, NOW)
    lap("what needs a person")
    core.moves(session, counting)
    lap("this week's moves, read by themselves")


def measure(friends: int, folder: Path) -> None:
    """Print what one shop takes."""
    path = folder / "shop.tagwell"
    shop_file(shop(friends, folder), path)
    packed_file(path)
    database = open_shop(path)
    put_home(database)

    def home() -> float:
        return seconds(database, lambda session: reading.read(session, TODAY, NOW))

    def first(work: Callable[[], float]) -> float:
        database.kept.forget()
        return work()

    def changed() -> float:
        with database.write() as session:
            row = session.get_one(Friend, 1)
            row.is_blocked = not row.is_blocked
        return home()

    home()
    lists = median(lambda: seconds(database, lambda session: directory.counts(session, TODAY)))
    begun, again, edited = median(lambda: first(home)), median(home), median(changed)
    print(f"  {friends:,} friends: first {begun:.3f} s, again {again:.4f} s, after one friend changed {edited:.3f} s")
    print(f"  the Friends screen's filters: {lists:.3f} s")
    print(f"  first, of the filters: {begun / lists:.2f}; again, of the first: 1/{begun / again:,.0f}")
    print(f"  after one friend changed, of the first: {edited / begun:.2f}")
    database.kept.forget()
    with database.read() as session:
        parts(session)
    database.close()


def main() -> None:
    """Measure each size that was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--friends", type=int, nargs="+", default=[100_000])
    asked.add_argument("--data", type=Path, required=True, help="where the shops are kept for a second run")
    told = asked.parse_args()
    for friends in told.friends:
        folder = told.data / str(friends)
        folder.mkdir(parents=True, exist_ok=True)
        measure(friends, folder)


if __name__ == "__main__":
    main()
