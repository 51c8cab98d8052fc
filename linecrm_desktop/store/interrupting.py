"""Breaking off a reader in the middle of a question: an answer that nobody waits for any more costs nothing further."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Stopped


class Reading:
    """One reader's handle; whoever holds it may interrupt, from any thread and at any time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._connection: Any = None
        self._is_over = False

    @contextmanager
    def of(self, session: Session) -> Generator[None, None, None]:
        """Let the session be interrupted inside this; what was interrupted raises Stopped."""
        driver = session.connection().connection.driver_connection
        with self._lock:
            self._connection = driver
        session.info[_READING] = self
        try:
            self.raise_if_over()
            yield
        except OperationalError as error:
            if not self._is_over:
                raise
            raise Stopped from error
        finally:
            with self._lock:  # never the connection's next user
                self._connection = None

    def interrupt(self) -> None:
        """End the question that runs now inside the database, and let no other begin."""
        with self._lock:
            self._is_over = True
            if self._connection is not None:
                self._connection.interrupt()

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
