"""Keeps many requests on their way at once. One thread writes the shop file; the others only wait for LINE.

Threads that wait cost little, but each time one hands Python over to another costs much; so answers are taken in heaps.
Each turn writes down the answers that have come in one transaction, and hands the next requests over in another. A
request leaves only after the commit that holds its key, so what is true of one request after a crash is true of all.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from queue import Empty, SimpleQueue
from time import monotonic, sleep

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.flow import MULTICASTS_OPEN, PUSHES_OPEN, Flow
from linecrm_desktop.campaigns.outbox import Handed, Part, hand_over, waiting_parts
from linecrm_desktop.campaigns.quieting import pause_if_quiet
from linecrm_desktop.campaigns.settling import Next, Told, halt, settle
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import AnswerKind, Line
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.store.database import Database

Clock = Callable[[], datetime]
_GATHER, _GLANCE = 0.02, 0.005
"""Seconds in which answers are collected for one transaction, and between two looks at them."""
_PAGE = 500


@dataclass(slots=True)
class Turns:
    """How often requests of a send were handed over, in the file and, after each commit, on this computer."""

    send: str
    count: int
    marks: SendMarks | None

    def made(self) -> None:
        """Count one that was committed."""
        self.count += 1
        if self.marks is not None:
            self.marks.note(self.send, self.count)


class Pipeline:
    """One run of one send."""

    def __init__(
        self,
        database: Database,
        campaign_id: int,
        line: Line,
        task: Task,
        clock: Clock,
        waits: Sequence[float],
        turns: Turns,
    ) -> None:
        self._database, self._campaign_id, self._line = database, campaign_id, line
        self._task, self._clock = task, clock
        self._flow, self._turns = Flow(waits), turns
        self._ready: deque[Part] = deque()
        self._after = -1
        self._open = 0
        self._told: list[Told] = []
        self._answers: SimpleQueue[Told | BaseException] = SimpleQueue()
        self._leaving: SimpleQueue[Handed | None] = SimpleQueue()
        self._askers = 0
        self._is_over = self._took = False
        self._left: int | None = None
        self._waiting = self._total = 0

    def run(self, again: Sequence[Part], total: int, waiting: int) -> None:
        """Send until nothing is left or it must halt; every request that left is answered and written down."""
        self._ready.extend(again)
        self._total, self._waiting = total, waiting
        self._left = _messages_left(self._line)
        with ThreadPoolExecutor(PUSHES_OPEN, "send") as pool:
            try:
                while self._turn(pool):
                    pass
            finally:
                for _asker in range(self._askers):
                    self._leaving.put(None)

    def _turn(self, pool: ThreadPoolExecutor) -> bool:
        self._write_answers()
        for one in self._hand_over():
            self._open += 1
            if self._askers < self._open:
                self._askers += 1
                pool.submit(self._ask_each)
            self._leaving.put(one)
        if self._open:
            self._gather()
            return True
        if self._must_end:
            return False
        if self._flow.waiting:
            self._task.wait(self._flow.seconds())
        return bool(self._flow.waiting or self._ready or self._took)

    @property
    def _must_end(self) -> bool:
        return self._is_over or self._task.is_stopping

    def _ask_each(self) -> None:
        """Ask LINE one request after the other, until there are no more; runs beside the others."""
        while (handed := self._leaving.get()) is not None:
            self._ask(handed)

    def _ask(self, handed: Handed) -> None:
        """Ask LINE. What breaks here ends the send after the others have been answered."""
        try:
            ask = self._line.push if handed.is_push else self._line.multicast
            answer = ask(handed.body, handed.retry_key)
            is_too_many = answer.kind is AnswerKind.MONTHLY_LIMIT and not handed.is_push
            self._answers.put(Told(handed, answer, _messages_left(self._line) if is_too_many else None))
        except BaseException as broken:
            self._answers.put(broken)

    def _gather(self) -> None:
        """Wait for an answer, and a moment longer for those that come with it."""
        self._take(self._answers.get())
        until = monotonic() + _GATHER
        while self._take_all() and monotonic() < until:
            sleep(_GLANCE)

    def _take_all(self) -> bool:
        """Take the answers that have come; return whether others are still on their way."""
        while self._open:
            try:
                self._take(self._answers.get_nowait())
            except Empty:
                return True
        return False

    def _take(self, told: Told | BaseException) -> None:
        self._open -= 1
        if isinstance(told, BaseException):
            raise told
        self._told.append(told)

    def _write_answers(self) -> None:
        if not self._told:
            return
        with self._database.write() as session:
            steps = settle(session, self._campaign_id, self._told, self._clock())
            for one, step in zip(self._told, steps, strict=True):
                self._follow(session, one, step)
        if Next.LATER in steps:
            self._flow.narrow()
        self._told = []
        self._task.progress(self._total - self._waiting, self._total)

    def _follow(self, session: Session, one: Told, step: Next) -> None:
        part = one.handed.part
        match step:
            case Next.GO_ON:
                self._flow.went_well(part)
                self._waiting -= part.copies
            case Next.AT_ONCE:
                self._ready.appendleft(part)
            case Next.SMALLER:
                self._left = one.left
                self._ready.appendleft(part)
            case Next.LATER:
                if not self._flow.try_later(part):
                    halt(session, session.get_one(Campaign, self._campaign_id), one.answer)
                    self._is_over = True
            case Next.HALT:
                self._is_over = True

    def _hand_over(self) -> list[Handed]:
        self._took = False
        due = self._flow.due(self._open)
        room = self._flow.room(self._open + len(due))
        if self._must_end or not (due or room):
            return []
        with self._database.write() as session:
            handed = self._next(session, due, room)
        if self._took and not self._is_over:
            self._turns.made()
        return handed

    def _next(self, session: Session, parts: list[Part], room: int) -> list[Handed]:
        if pause_if_quiet(session, self._campaign_id, self._clock()):
            self._is_over = True
            return []
        if len(self._ready) < room:
            page = waiting_parts(session, self._campaign_id, self._after, _PAGE)
            self._ready.extend(page)
            self._after = page[-1].number if page else self._after
        parts += [self._ready.popleft() for _place in range(min(room, len(self._ready)))]
        parts, most = self._fitting(parts)
        self._took = bool(parts)
        if not parts:
            return []
        handed = hand_over(session, self._campaign_id, parts, self._clock(), most)
        if handed is None:
            self._is_over = True
            return []
        self._count(parts, handed)
        return handed

    def _fitting(self, parts: list[Part]) -> tuple[list[Part], int | None]:
        """Keep what the messages left of the month allow; the last request is made smaller, the rest goes back.

        LINE's number is approximate. When it says none, one request asks for the truth.
        """
        if self._left is None or not parts:
            return parts, None
        fitting = sum(people <= self._left for people in accumulate(part.copies for part in parts))
        if fitting == len(parts):
            return parts, None
        if fitting == 0 and self._open:
            self._put_back(parts)
            return [], None
        self._put_back(parts[max(1, fitting) :])
        return parts[: max(1, fitting)], (self._left or None) if fitting == 0 else None

    def _put_back(self, parts: Sequence[Part]) -> None:
        self._ready.extendleft(reversed(parts))

    def _count(self, parts: Sequence[Part], handed: Sequence[Handed]) -> None:
        """Keep account of what this turn took, and of chunks in which nobody was left."""
        gone = {part.number for part in parts} - {one.part.number for one in handed}
        self._waiting -= sum(part.copies for part in parts if part.number in gone)
        if self._left is not None:
            self._left = max(0, self._left - sum(len(one.to) for one in handed))
        if handed:
            self._flow.most = PUSHES_OPEN if handed[0].is_push else MULTICASTS_OPEN


def _messages_left(line: Line) -> int | None:
    """Ask how many messages are left of the month; None without a limit, or where LINE does not say."""
    try:
        return line.quota().left
    except OutsideError:
        return None
