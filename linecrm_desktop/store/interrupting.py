"""Breaking off a reader in the middle of a question: an answer that nobody waits for any more costs nothing further."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Stopped

_STEPS = 100_000
"""SQLite's steps between two looks: a thousandth of a second."""


class Reading:
    """One reader's handle; whoever holds it may interrupt, from any thread and at any time."""

    def __init__(self) -> None:
        self._is_over = False
        self._server: Any = None
        """The connection to a server, which is asked to break off."""
        self._lock = Lock()

    @contextmanager
    def of(self, session: Session) -> Generator[None, None, None]:
        """Let the session be interrupted inside this; what was interrupted raises Stopped."""
        # SQLite asks between its steps. An interrupt() from outside is lost when it comes just before a question.
        driver: Any = session.connection().connection.driver_connection
        self._listen(driver, is_over=False)
        session.info[_READING] = self
        try:
            self.raise_if_over()
            yield
        except OperationalError as error:
            if not self._is_over:
                raise
            raise Stopped from error
        finally:
            self._listen(driver, is_over=True)  # never the connection's next user

    def interrupt(self) -> None:
        """End the question that runs now inside the database, and let no other begin."""
        with self._lock:
            self._is_over = True
            if self._server is not None:
                self._server.cancel()

    def _listen(self, driver: Any, *, is_over: bool) -> None:
        if hasattr(driver, "set_progress_handler"):
            driver.set_progress_handler(None if is_over else lambda: self._is_over, _STEPS)
            return
        with self._lock:
            self._server = None if is_over else driver

    def raise_if_over(self) -> None:
        """Raise Stopped when somebody interrupted; between two questions the database does not notice it."""
        if self._is_over:
            raise Stopped


_READING = "tagwell_reading"


def raise_if_interrupted(session: Session) -> None:
    """Raise Stopped when the session's reader was interrupted; call it between questions."""
    reading = session.info.get(_READING)
    if isinstance(reading, Reading):
        reading.raise_if_over()
