"""Dialogs of the tour: nobody is there to answer, so every question is a fault that ends it."""

from pathlib import Path

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _


class SilentDialogs:
    """Answers nothing; an error that would be shown is raised."""

    def open_file(self, purpose: str, caption: str, filter: str) -> Path | None:
        raise _asked(caption)

    def save_table(self, purpose: str, caption: str, name: str) -> Path | None:
        raise _asked(caption)

    def save_pdf(self, purpose: str, caption: str, name: str) -> Path | None:
        raise _asked(caption)

    def save_zip(self, purpose: str, caption: str, name: str) -> Path | None:
        raise _asked(caption)

    def folder(self, purpose: str, caption: str, start: Path) -> Path | None:
        raise _asked(caption)

    def ask(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        raise _asked(title)

    def ask_with_tick(self, title: str, texts: tuple[str, str], yes: str, tick: str) -> bool | None:
        raise _asked(title)

    def ask_to_save(self, title: str, text: str) -> bool | None:
        raise _asked(title)

    def ask_whose(self, title: str, text: str) -> bool | None:
        raise _asked(title)

    def text(self, title: str, label: str, value: str = "") -> str | None:
        raise _asked(title)

    def purpose(self, title: str, label: str, known: list[str]) -> str | None:
        return None

    def choose(self, title: str, label: str, options: list[str]) -> int | None:
        raise _asked(title)

    def tell(self, title: str, text: str) -> None:
        raise _asked(title)

    def show_error(self, error: Exception) -> None:
        raise error


class GoingOnDialogs(SilentDialogs):
    """Leaves whatever was only looked at: the answer to every question whether to go is yes, and nothing is saved."""

    def ask(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        return True

    def ask_to_save(self, title: str, text: str) -> bool | None:
        return False


def _asked(what: str) -> OutsideError:
    return OutsideError(_("The tour was asked “{what}” and cannot answer.").format(what=what))
