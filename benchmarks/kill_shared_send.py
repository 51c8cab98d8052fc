"""Does each friend get exactly one copy when two computers share a shop and the one that sends is killed at any moment?

A PostgreSQL server of the benchmark's own holds the shop. Two programs with a connection each want to send the same
campaign: one holds it, the other waits. The holder gets SIGKILL at random moments, the waiting one takes over, and a
new program waits in the killed one's place. With --cut the server also drops the holder's lease now and then while its
program lives on, as after a broken network, so that for a while two of them send. Counted as in kill_send.py.

    python benchmarks/kill_shared_send.py --kills 200 --friends 3000 --chunk 5 --faults --cut
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import kill_send  # noqa: E402
from linecrm_desktop.campaigns import copies, sending  # noqa: E402
from linecrm_desktop.errors import ShopError  # noqa: E402
from linecrm_desktop.jobs import Task  # noqa: E402
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN  # noqa: E402
from linecrm_desktop.models.campaign import CampaignState  # noqa: E402
from linecrm_desktop.settings.send_marks import SendMarks  # noqa: E402
from linecrm_desktop.store.opening import open_shop  # noqa: E402
from tests import postgres  # noqa: E402

GLANCE = 0.005
AGAIN = 0.02
"""Seconds after which a waiting program asks for the send anew."""
CUT = 0.3
"""Share of the holders that lose their lease before they are killed."""
WAITED_FOR = 0.5
"""Share of the holders that are not killed before the other program waits for the send; it needs seconds to start."""
CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"


@dataclass
class SharedFigures(kill_send.Figures):
    """What is counted besides: `turned_away` are the tries of the waiting program."""

    cuts: int = 0
    together: int = 0
    """Moments of killing at which two programs were sending."""
    taken_over: list[float] = field(default_factory=list[float])
    """Seconds from a kill until the other program held the send, where that one was waiting for it."""


def stand_by(place: int, shop: str, campaign: int, host: str, holds: Any, turned_away: Any) -> None:
    """Be the program on one computer: send as soon as nobody else does. Runs in a child; ends when the send is over."""
    from linecrm_desktop.line.sdk import SdkLine

    def clock() -> datetime:
        holds[place] = 1  # a send asks the time as soon as it holds its lease
        return datetime.now(UTC)

    path = Path(shop)
    marks = SendMarks(path.parent / f"computer {place}")
    with closing(open_shop(path)) as database, closing(SdkLine(host, PRACTICE_TOKEN)) as line:
        while kill_send.look(path, campaign)[0] is not CampaignState.DONE:
            try:
                sending.send(database, campaign, line, Task(), clock, kill_send.WAITS, marks=marks)
            except copies.OldCopy:
                raise
            except ShopError:
                turned_away[place] += 1
                time.sleep(AGAIN)
            holds[place] = 0


class Two:
    """The programs on the two computers."""

    def __init__(self, paths: list[Path], campaign: int, host: str) -> None:
        self._context = kill_send.children()
        self._paths, self._campaign, self._host = paths, campaign, host
        self._holds = self._context.Array("i", 2)
        self.turned_away = self._context.Array("i", 2)
        self._turned_away_before = [0, 0]
        self._programs = [self._start(place) for place in range(2)]

    def _start(self, place: int) -> Any:
        arguments = (place, str(self._paths[place]), self._campaign, self._host, self._holds, self.turned_away)
        program = self._context.Process(target=stand_by, args=arguments)
        program.start()
        return program

    def senders(self) -> list[int]:
        """Return which of the two are sending now."""
        return [place for place, program in enumerate(self._programs) if self._holds[place] and program.is_alive()]

    def is_waiting(self, place: int) -> bool:
        """Return whether one is there and was turned away; a program that starts is not there yet."""
        return self.turned_away[place] > self._turned_away_before[place] and not self._holds[place]

    def are_over(self) -> bool:
        return not any(program.is_alive() for program in self._programs)

    def wait(self) -> list[int]:
        """Wait until one sends; return nobody when the send is over."""
        while not (found := self.senders()) and not self.are_over():
            time.sleep(GLANCE)
        return found

    def wait_for_both(self, sender: int) -> None:
        """Wait until the other program is there too, sending or waiting for its turn, or the send is over."""
        other = 1 - sender
        while not (self.is_waiting(other) or self._holds[other]) and self._programs[sender].is_alive():
            time.sleep(GLANCE)

    def kill(self, place: int) -> bool:
        """Kill one; return False when it had ended already."""
        program = self._programs[place]
        if not program.is_alive():
            return False
        program.kill()
        program.join()
        self._holds[place] = 0
        return True

    def restart(self, place: int) -> None:
        self._turned_away_before[place] = self.turned_away[place]
        self._programs[place] = self._start(place)

    def broken(self) -> list[int]:
        """Return the exit codes of programs that ended otherwise than by a kill or with the send."""
        return [program.exitcode for program in self._programs if program.exitcode not in (None, 0)]


def take_turns(
    two: Two,
    path: Path,
    campaign: int,
    server: postgres.Server,
    dice: random.Random,
    options: argparse.Namespace,
    figures: SharedFigures,
) -> None:
    """Kill whoever sends, and let the other take over, until the send is over."""
    while senders := two.wait():
        if figures.kills >= options.kills or time.monotonic() > options.until:
            options.kills = figures.kills
            time.sleep(GLANCE)
            continue
        if dice.random() < WAITED_FOR:
            two.wait_for_both(senders[0])
        time.sleep(dice.uniform(0, options.span))
        if options.cut and dice.random() < CUT:
            server.run(CUT_OFF)
            figures.cuts += 1
            two.wait_for_both(senders[0])
            time.sleep(dice.uniform(0, options.span))
        figures.together += len(two.senders()) > 1
        victim = dice.choice(senders)
        was_waited_for = two.is_waiting(1 - victim)
        if not two.kill(victim):
            continue
        began = time.monotonic()
        figures.kills += 1
        if two.wait() and was_waited_for:
            figures.taken_over.append(time.monotonic() - began)
        figures.under_way += kill_send.look(path, campaign)[1]
        two.restart(victim)
        if figures.kills % 10 == 0:
            print(f"{figures.kills} kills", file=sys.stderr, flush=True)


def main() -> int:
    parser = kill_send.arguments("Kill the computer that sends from a shared shop and count the copies.")
    parser.add_argument("--cut", action="store_true", help="also take the lease from a program that lives on")
    options = parser.parse_args()
    if lack := postgres.missing():
        print(lack, file=sys.stderr)
        return 1
    figures = SharedFigures()
    with postgres.running(trusts=True) as server, tempfile.TemporaryDirectory() as folder:
        where = server.address(server.new())
        paths = [Path(folder) / f"computer {place}.tagwell" for place in range(2)]
        segment = kill_send.make_shop(paths[0], options.friends, datetime.now(UTC), where=where)
        where.write(paths[1])

        def run(path: Path, campaign: int, host: str, dice: random.Random, *_others: Any) -> None:
            two = Two(paths, campaign, host)
            take_turns(two, path, campaign, server, dice, options, figures)
            figures.turned_away += sum(two.turned_away)
            assert not two.broken(), f"a program ended with {two.broken()}"

        code = kill_send.measure(paths[0], segment, options, run, figures)
    show(figures)
    return code


def show(figures: SharedFigures) -> None:
    print(f"leases cut off           {figures.cuts:>7,}")
    print(f"killed while two sent    {figures.together:>7,}")
    if len(figures.taken_over) > 1:
        middle, late = median(figures.taken_over), quantiles(figures.taken_over, n=20)[-1]
        print(f"taken over after         {middle * 1000:>5,.0f} ms (95 % within {late * 1000:,.0f} ms)")


if __name__ == "__main__":
    sys.exit(main())
