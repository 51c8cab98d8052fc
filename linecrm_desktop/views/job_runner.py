"""The only threading code of the window: reads, writes and long tasks leave the GUI thread here and come back as calls.

Callbacks are given to the verb, never connected afterwards: a quick job may be over before a connection is made.
A callback that belongs to a widget which has gone in the meantime is dropped.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import ALL_WORDS, Changes, Stopped, Task
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.interrupting import Reading

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]
Progress = Callable[[int, int, str], None]
_Back = Callable[[Any, Exception | None], None]

_READERS = 4
_LONG_TASKS = 4
"""Apart from the readers, so that a long send never keeps a list waiting."""
_LOOKERS = 2


class _Errand(QRunnable):
    """One piece of work on its way; it only calls back, the runner owns the signals."""

    def __init__(self, work: Callable[[], Any], back: _Back) -> None:
        super().__init__()
        self._work = work
        self._back = back

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # every error goes to the one place that shows errors
            self._back(None, error)
        else:
            self._back(result, None)


class Workers(QObject):
    """Runs tasks that need no open shop. Lives in the GUI thread; all callbacks happen there."""

    _back = Signal(object)

    def __init__(self, show_error: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show_error = show_error
        self._pool = _pool(self, _LONG_TASKS)
        self._tasks: dict[int, Task] = {}
        self._numbers = 0
        self._under_way = 0
        self._is_closed = False
        self._back.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def work(
        self,
        fn: Callable[[Task], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Task:
        """Run fn(task); return the task, so that it can be stopped. A stopped task calls nothing back."""

        def finish(result: Any, error: Exception | None) -> None:
            if not isinstance(error, Stopped):
                self._finish(result, error, done, failed)

        return self._start_task(fn, finish, lambda *moved: _call_if_there(progress, *moved))

    @property
    def is_busy(self) -> bool:
        """Whether a long task is under way."""
        return bool(self._tasks)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all is under way: no read, no write, no answer on its way back; looks do not count."""
        return self._under_way == 0

    def stop(self) -> None:
        """Ask every long task to end at its next safe point."""
        for task in list(self._tasks.values()):
            task.stop()

    def finish(self) -> None:
        """Ask every task to stop, then wait for all work."""
        self.stop()
        self._pool.waitForDone()

    def close(self) -> None:
        """Finish for good: answers that are still on their way are dropped, and nothing new begins."""
        self.finish()
        self._is_closed = True

    @Slot(object)
    def _call(self, back: Callable[[], None]) -> None:
        """Run in the GUI thread, where this object lives: a bare lambda would run wherever it was emitted."""
        if not self._is_closed:
            back()

    def _start(self, pool: QThreadPool, work: Callable[[], Any], back: _Back, *, is_awaited: bool = True) -> None:
        if self._is_closed:
            return

        def end(result: Any, error: Exception | None) -> None:
            self._under_way -= is_awaited
            back(result, error)

        self._under_way += is_awaited
        pool.start(_Errand(work, lambda result, error: self._back.emit(lambda: end(result, error))))

    def _start_task(self, fn: Callable[[Task], Any], finish: _Back, moved: Progress) -> Task:
        number = self._next()
        task = Task(lambda ready, total, what: self._back.emit(lambda: moved(ready, total, what)))
        if not self._is_closed:
            self._tasks[number] = task

        def back(result: Any, error: Exception | None) -> None:
            self._tasks.pop(number, None)
            finish(result, error)

        self._start(self._pool, lambda: fn(task), back)
        return task

    def _finish(self, result: Any, error: Exception | None, done: Done | None, failed: Failed | None) -> None:
        if error is not None:
            _call_if_there(failed or self._show_error, error)
        else:
            _call_if_there(done, result)

    def _next(self) -> int:
        self._numbers += 1
        return self._numbers


class JobRunner(Workers):
    """Runs work on one open shop for its screens."""

    changed = Signal(object)
    """Which words a finished write touched (a set of Word)."""
    started = Signal(str)
    moved = Signal(str, int, int)
    """A long task's name, units done, units in all."""
    ended = Signal(str)

    def __init__(self, database: Database, show_error: Failed, parent: QObject | None = None) -> None:
        super().__init__(show_error, parent)
        self._database = database
        self._readers = _pool(self, _READERS)
        self._writers = _pool(self, 1)
        self._lookers = _pool(self, _LOOKERS)
        self._looking: set[Task] = set()
        self._newest: dict[str, tuple[int, Reading]] = {}

    def read(
        self, fn: Callable[[Session], Any], done: Done, failed: Failed | None = None, key: str | None = None
    ) -> None:
        """Run fn(session) on a reading session; a newer read with the same key interrupts it, and it calls nothing."""
        mine = (self._next(), Reading())
        if key is not None:
            if key in self._newest:
                self._newest[key][1].interrupt()
            self._newest[key] = mine

        def work() -> Any:
            with self._database.read(mine[1]) as session:
                return fn(session)

        def back(result: Any, error: Exception | None) -> None:
            if key is None or self._newest.get(key) == mine:
                self._finish(result, error, done, failed)

        self._start(self._readers, work, back)

    def write(
        self,
        fn: Callable[[Session], tuple[Any, Changes]],
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run fn(session) -> (result, changed words) in the one writing lane; commit, tell the screens, then done."""

        def work() -> tuple[Any, Changes]:
            with self._database.write() as session:
                return fn(session)

        def back(result: tuple[Any, Changes] | None, error: Exception | None) -> None:
            if result is not None:
                self.changed.emit(result[1])
            self._finish(result[0] if result else None, error, done, failed)

        self._start(self._writers, work, back)

    def rehearse(self, fn: Callable[[Session], Any], done: Done, failed: Failed | None = None, *, key: str) -> None:
        """Run fn(session) in the writing lane and take all of it back: what would happen, without its happening.

        A newer one with the same key interrupts it, and it calls nothing; nor does it begin when it still waits.
        """
        mine = (self._next(), Reading())
        if key in self._newest:
            self._newest[key][1].interrupt()
        self._newest[key] = mine

        def work() -> Any:
            if self._newest.get(key) != mine:
                return None
            with self._database.rehearse() as session, mine[1].of(session):
                return fn(session)

        def back(result: Any, error: Exception | None) -> None:
            if self._newest.get(key) == mine:
                self._finish(result, error, done, failed)

        self._start(self._writers, work, back)

    def look(self, fn: Callable[[Task], Any], done: Done, failed: Failed | None = None) -> None:
        """Run fn(task) for what nobody waits for, such as a picture on the web: it never makes the program busy."""
        task = Task()
        self._looking.add(task)

        def back(result: Any, error: Exception | None) -> None:
            self._looking.discard(task)
            if not isinstance(error, Stopped):
                self._finish(result, error, done, failed)

        self._start(self._lookers, lambda: fn(task), back, is_awaited=False)

    def look_at_shop(self, fn: Callable[[Database], Any], done: Done, failed: Failed | None = None) -> None:
        """Run fn(database) as `look` does."""
        self.look(lambda _task: fn(self._database), done, failed)

    def run(
        self,
        name: str,
        fn: Callable[[Database, Task], tuple[Any, Changes]],
        done: Done,
        failed: Failed | None = None,
        progress: Progress | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task:
        """Run a long task with short transactions of its own; return it, so that it can be stopped."""

        def finish(result: tuple[Any, Changes] | None, error: Exception | None) -> None:
            self.ended.emit(name)
            if isinstance(error, Stopped):
                self.changed.emit(ALL_WORDS)
                _call_if_there(stopped)
                return
            if result is not None:
                self.changed.emit(result[1])
            self._finish(result[0] if result else None, error, done, failed)

        def move(ready: int, total: int, what: str) -> None:
            self.moved.emit(name, ready, total)
            _call_if_there(progress, ready, total, what)

        self.started.emit(name)
        return self._start_task(lambda task: fn(self._database, task), finish, move)

    def close(self) -> None:
        """Finish for good, and do not wait for counts and pictures that nobody will see."""
        for _number, reading in self._newest.values():
            reading.interrupt()
        self._lookers.clear()
        for task in self._looking:
            task.stop()
        super().close()

    def finish(self) -> None:
        """Ask every task to stop, then wait for all work."""
        self.stop()
        for pool in (self._pool, self._writers, self._readers, self._lookers):
            pool.waitForDone()


def _pool(parent: QObject, threads: int) -> QThreadPool:
    made = QThreadPool(parent)
    made.setMaxThreadCount(threads)
    return made


def _call_if_there(callback: Callable[..., None] | None, *values: Any) -> None:
    """Call back, unless the screen that asked is gone: whose method it is, or who is named in a lambda."""
    if callback is None:
        return
    named = (cell.cell_contents for cell in getattr(callback, "__closure__", None) or ())
    owners = (one for one in (getattr(callback, "__self__", None), *named) if isinstance(one, QObject))
    if all(isValid(one) for one in owners):
        callback(*values)
