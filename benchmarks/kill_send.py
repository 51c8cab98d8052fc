"""Does each friend get exactly one copy when the sending program is killed at any moment?

A practice LINE runs as its own process and writes each delivery to a ledger on the disk. A child process sends; it gets
SIGKILL at random moments (seeded) and is started again until the send is over. Three kinds of send take turns:
multicast (no variables, many small chunks so that there are many steps), push (one request a friend), and three
variants of which one goes by push. With --race a second program tries to send the same all the time.

    python benchmarks/kill_send.py --kills 200 --friends 3000 --chunk 5
"""

import argparse
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from linecrm_desktop.campaigns import freezing, gate, sending, variants  # noqa: E402
from linecrm_desktop.days import ShopDay  # noqa: E402
from linecrm_desktop.errors import TagwellError  # noqa: E402
from linecrm_desktop.jobs import Task  # noqa: E402
from linecrm_desktop.line.practice_ledger import read_ledger  # noqa: E402
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN  # noqa: E402
from linecrm_desktop.messages import library  # noqa: E402
from linecrm_desktop.messages.blocks import TextBubble  # noqa: E402
from linecrm_desktop.messages.brief import Brief  # noqa: E402
from linecrm_desktop.messages.draft import MessageDraft  # noqa: E402
from linecrm_desktop.models.campaign import Call, Campaign, CampaignState, Chunk, ChunkState  # noqa: E402
from linecrm_desktop.models.friend import Answer, Friend  # noqa: E402
from linecrm_desktop.models.shop import Shop  # noqa: E402
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType  # noqa: E402
from linecrm_desktop.segments import library as segments  # noqa: E402
from linecrm_desktop.segments.draft import SegmentDraft  # noqa: E402
from linecrm_desktop.segments.rules import AllOf, HasTag  # noqa: E402
from linecrm_desktop.store.address import Address  # noqa: E402
from linecrm_desktop.store.opening import create_shared_shop, create_shop, open_shop, read_shop  # noqa: E402

MALFORMED = 4
"""Friends of each shop whose LINE id is damaged: LINE refuses the whole request until they are taken out."""
FAULTS = {
    "rules": [
        {"when": {"endpoint": "send", "probability": chance, "seed": seed}, "then": {"fault": fault}}
        for seed, (fault, chance) in enumerate(
            {"drop_before": 0.02, "drop_after": 0.03, "error_before": 0.02, "error_after": 0.03, "busy": 0.02}.items()
        )
    ]
    + [{"when": {"endpoint": "send", "probability": 0.02}, "then": {"fault": "unparsable"}}]
    + [{"when": {"endpoint": "send"}, "then": {"seconds": 0.005}}]
}
TURNED_AWAY = 3
WAITS = (0.02, 0.05, 0.1, 0.2, 0.4)
TEXTS = {
    "multicast": ("Refill is here",),
    "push": ("Hi {name|there}, refill is here",),
    "variants": ("Refill is here", "Hi {name|there}, refill is here", "Time for a refill"),
}
KINDS = ("multicast", "push", "variants")


@dataclass
class Figures:
    kills: int = 0
    under_way: int = 0
    """Kills after which a request was handed over and its answer not written down."""
    turned_away: int = 0
    """Second programs that were refused because the first has the shop open."""
    known_before: int = 0
    """Requests that LINE answered with 409: it had them already."""
    campaigns: Counter[str] = field(default_factory=Counter)
    recipients: int = 0
    once: int = 0
    twice: int = 0
    missing: int = 0
    refused: int = 0
    calls: int = 0
    """Calls to LINE that were kept with how they ended."""
    unexplained: int = 0
    """Requests that LINE took and of which the shop file has no key."""
    wrong_state: int = 0
    """Copies whose state in the shop file does not say what the ledger says."""


def send(shop: str, campaign: int, host: str) -> None:
    """Be the program: open the shop, send, close. Runs in the child that is killed; ends with 3 when turned away."""
    from linecrm_desktop.line.sdk import SdkLine

    try:
        database = open_shop(Path(shop))
    except TagwellError:
        sys.exit(TURNED_AWAY)
    line = SdkLine(host, PRACTICE_TOKEN)
    sending.send(database, campaign, line, Task(), lambda: datetime.now(UTC), WAITS)
    line.close()
    database.close()


def make_shop(path: Path, friends: int, now: datetime, malformed: int = MALFORMED, where: Address | None = None) -> int:
    """Make a shop whose friends all carry one tag, in a file or in an empty database; return the segment."""
    if where is None:
        database = create_shop(path, "Kill", "TW", now, practice=True)
    else:
        database = create_shared_shop(path, where, "Kill", "TW", now, practice=True)
    with database.write() as session:
        session.get_one(Shop, 1).cap_messages = 0
        tag = Tag(name="All", name_key="all", type=TagType.INTEREST, created_at=now)
        session.add(tag)
        told = {"informed": Answer.YES, "can_opt_out": Answer.YES, "created_at": now}
        people = [
            Friend(line_user_id=f"U{n:032x}" if n >= malformed else f"damaged-{n}", name=f"Friend {n}", **told)
            for n in range(friends)
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            FriendTag(tag_id=tag.id, friend_id=friend.id, origin=TagOrigin.HAND, since=now) for friend in people
        )
        draft = SegmentDraft("Everybody", "Who gets the refill message", AllOf((HasTag((tag.id,)),)))
        segment = segments.save(session, draft, now)
    database.close()
    return segment


def freeze(path: Path, segment: int, kind: str, chunk: int, now: datetime) -> int:
    database = open_shop(path)
    answers = Brief(segment, "The bottle is empty now", "Refill costs less this week", keep_back=5)
    day = ShopDay.of(now, "Asia/Taipei")
    with database.write() as session:
        bubbles = [(TextBubble(text),) for text in TEXTS[kind]]
        message = library.save(session, MessageDraft(kind, answers, bubbles[0], tuple(bubbles[1:])), now)
        report = gate.inspect(session, message, day, now, None)
        read = {check.key for check in report.checks}
        campaign = freezing.freeze(session, message, report.recipients, day, now, read, None, chunk_size=chunk)
    database.close()
    return campaign


def look(path: Path, campaign: int) -> tuple[CampaignState, int]:
    """Return the state of the send, and how many requests are handed over without an answer."""
    database = read_shop(path)
    with database.read() as session:
        state = session.get_one(Campaign, campaign).state
        mine = (Chunk.campaign_id == campaign, Chunk.state == ChunkState.HANDED_OVER)
        open_ = session.scalars(select(func.count()).where(*mine).select_from(Chunk)).one()
    database.close()
    return state, open_


def children() -> Any:
    """Return what starts programs that have loaded the slow parts already."""
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["linecrm_desktop.campaigns.sending", "linebot.v3.messaging", "__main__"])
    return context


def run_and_kill(
    path: Path, campaign: int, host: str, dice: random.Random, options: argparse.Namespace, figures: Figures
) -> None:
    """Start the child again and again, killing it, until the send is over; with a race there are two of them."""
    context = children()
    while True:
        if time.monotonic() > options.until:
            options.kills = figures.kills
        racers = [context.Process(target=send, args=(str(path), campaign, host)) for _one in range(1 + options.race)]
        for child in racers:
            child.start()
        until = time.monotonic() + dice.uniform(0, options.span)
        for child in racers:
            child.join(max(0.0, until - time.monotonic()) if figures.kills < options.kills else None)
            figures.turned_away += child.exitcode == TURNED_AWAY
        if alive := [child for child in racers if child.is_alive()]:
            for child in alive:
                child.kill()
            for child in alive:
                child.join()
            figures.kills += 1
            figures.under_way += look(path, campaign)[1]
            if figures.kills % 10 == 0:
                print(f"{figures.kills} kills", file=sys.stderr, flush=True)
        if look(path, campaign)[0] is CampaignState.DONE:
            return


def count(path: Path, campaign: int, ledger: Path, figures: Figures) -> None:
    """Compare what the ledger says was delivered with whom the shop file says it was sent to."""
    database = read_shop(path)
    with database.read() as session:
        sent = session.get_one(Campaign, campaign)
        units = {variants.unit(sent, variant) for variant in range(1 + len(sent.others))}
        standing = sending.standing(session, campaign)
        said = Chunk.answer.contains("already accepted")
        known = select(func.count()).where(Chunk.campaign_id == campaign, said).select_from(Chunk)
        keys = set(session.scalars(select(Chunk.retry_key).where(Chunk.campaign_id == campaign)))
        figures.calls += session.scalars(select(func.count()).where(Call.campaign_id == campaign)).one()
        figures.known_before += session.scalars(known).one()
    database.close()
    copies: Counter[str] = Counter()
    for taken in read_ledger(ledger):
        if taken.unit in units:
            copies.update(taken.people)
            figures.unexplained += taken.key not in keys
    figures.recipients += standing.total
    figures.refused += standing.refused
    figures.once += sum(1 for number in copies.values() if number == 1)
    figures.twice += sum(1 for number in copies.values() if number > 1)
    figures.missing += standing.total - standing.refused - len(copies)
    figures.wrong_state += abs(standing.accepted - len(copies))


Run = Callable[[Path, int, str, random.Random, argparse.Namespace, Figures], None]
"""Sends one campaign to the practice LINE at an address, killing whoever sends, until it is over."""


def arguments(description: str) -> argparse.ArgumentParser:
    """Return what each benchmark that kills senders is asked."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--friends", type=int, default=3000)
    parser.add_argument("--chunk", type=int, default=5, help="friends in one multicast")
    parser.add_argument("--span", type=float, default=0.6, help="the child is killed within so many seconds")
    parser.add_argument("--seed", type=int, default=20261112)
    parser.add_argument("--faults", action="store_true", help="with scripted faults too")
    parser.add_argument("--minutes", type=float, default=600, help="after so long nothing more is killed")
    return parser


def measure(path: Path, segment: int, options: argparse.Namespace, run: Run, figures: Figures) -> int:
    """Send and kill until it was enough, show the figures; return 1 when a friend got a copy too many or none."""
    dice, began = random.Random(options.seed), time.monotonic()
    options.until = began + options.minutes * 60
    ledger, script = path.with_name("ledger.jsonl"), path.with_name("script.json")
    script.write_text(json.dumps(FAULTS if options.faults else {"rules": []}), encoding="utf-8")
    command = [sys.executable, "-m", "linecrm_desktop.line.practice", "--limit", "-1", "--ledger", str(ledger)]
    command += ["--script", str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        host = server.stdout.readline().strip()
        try:
            while figures.kills < options.kills or len(figures.campaigns) < len(KINDS):
                kind = KINDS[sum(figures.campaigns.values()) % len(KINDS)]
                campaign = freeze(path, segment, kind, options.chunk, datetime.now(UTC))
                run(path, campaign, host, dice, options, figures)
                figures.campaigns[kind] += 1
                count(path, campaign, ledger, figures)
        finally:
            server.kill()
    show(figures, options, time.monotonic() - began)
    return 1 if figures.twice or figures.missing or figures.wrong_state or figures.unexplained else 0


def main() -> int:
    parser = arguments("Kill the sender at random moments and count the copies.")
    parser.add_argument("--race", action="store_true", help="a second program tries to send the same")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kill.tagwell"
        segment = make_shop(path, options.friends, datetime.now(UTC))
        return measure(path, segment, options, run_and_kill, Figures())


def show(figures: Figures, options: argparse.Namespace, seconds: float) -> None:
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(figures.campaigns.items()))
    print(f"seed {options.seed}, {options.friends} friends, {options.chunk} a multicast, {seconds:.0f} s")
    print(f"sends                    {sum(figures.campaigns.values()):>7,} ({kinds})")
    print(f"kills                    {figures.kills:>7,}")
    print(f"  with a request open    {figures.under_way:>7,}")
    print(f"second program refused  {figures.turned_away:>7,}")
    print(f"LINE had it already      {figures.known_before:>7,}")
    print(f"recipients               {figures.recipients:>7,}")
    print(f"accepted exactly once    {figures.once:>7,}")
    print(f"accepted twice           {figures.twice:>7,}")
    print(f"missing                  {figures.missing:>7,}")
    print(f"unknown to LINE          {figures.refused:>7,}")
    print(f"not in the shop file     {figures.unexplained:>7,}")
    print(f"calls kept               {figures.calls:>7,}")
    print(f"shop file and ledger differ {figures.wrong_state:>4,}")


if __name__ == "__main__":
    sys.exit(main())
