"""The two kinds of trouble a person can meet; anything else is our own bug.

Every error says what happened (title) and what is safe and what to do (advice), in the person's language.
"""

from collections.abc import Callable


class TagwellError(Exception):
    """What both kinds share: one sentence that says what happened, one that says what to do."""

    def __init__(self, title: str, advice: str = "", *, details: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice
        self.details = details

    def sentence(self) -> str:
        """Return title and advice as one line, for the command line and the log."""
        return f"{self.title} {self.advice}".strip()


class ShopError(TagwellError):
    """The person can put this right (a wrong file, an empty field, a count that does not fit)."""


class OutsideError(TagwellError):
    """The world failed: LINE refuses, the disk is full, the keyring is locked, a file is too new."""

    def __init__(self, title: str, advice: str = "", *, details: str = "", retry: bool = False) -> None:
        super().__init__(title, advice, details=details)
        self.retry = retry
        self.again: Callable[[], object] | None = None
        """Does once more what failed; set by who did it, so that whoever shows the error can offer it."""


class DamagedFile(OutsideError):
    """A file cannot be read any more, so that only a copy of it helps."""
