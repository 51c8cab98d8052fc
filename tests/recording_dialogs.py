"""Dialogs that answer beforehand and remember what was asked: what the window's questions become in tests."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class RecordingDialogs:
    """Set the answers, use the window, then read `asked` (title, text, button), `told` and `errors`."""

    yes: bool = True
    tick: bool = False
    saves: bool | None = None
    mine: bool | None = None
    path: Path | None = None
    written: str | None = None
    choice: int | None = 0
    what_for: str | None = "Parcels of the week"
    asked: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    told: list[str] = field(default_factory=list[str])
    errors: list[Exception] = field(default_factory=list[Exception])
    offered: list[str] = field(default_factory=list[str])
    """Names of files that were offered for saving."""

    def open_file(self, purpose: str, caption: str, filter: str) -> Path | None:
        self.asked.append((caption, filter, purpose))
        return self.path

    def save_table(self, purpose: str, caption: str, name: str) -> Path | None:
        self.asked.append((caption, name, purpose))
        self.offered.append(name)
        return self.path

    def save_pdf(self, purpose: str, caption: str, name: str) -> Path | None:
        return self.save_table(purpose, caption, name)

    def save_zip(self, purpose: str, caption: str, name: str) -> Path | None:
        return self.save_table(purpose, caption, name)

    def folder(self, purpose: str, caption: str, start: Path) -> Path | None:
        self.asked.append((caption, str(start), purpose))
        return self.path

    def ask(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        self.asked.append((title, text, yes))
        return self.yes

    def ask_with_tick(self, title: str, texts: tuple[str, str], yes: str, tick: str) -> bool | None:
        self.asked.append((title, texts[self.tick], tick))
        return self.tick if self.yes else None

    def ask_to_save(self, title: str, text: str) -> bool | None:
        self.asked.append((title, text, ""))
        return self.saves

    def ask_whose(self, title: str, text: str) -> bool | None:
        self.asked.append((title, text, ""))
        return self.mine

    def text(self, title: str, label: str, value: str = "") -> str | None:
        self.asked.append((title, label, value))
        return self.written

    def purpose(self, title: str, label: str, known: list[str]) -> str | None:
        self.asked.append((title, label, "\n".join(known)))
        return self.what_for

    def choose(self, title: str, label: str, options: list[str]) -> int | None:
        self.asked.append((title, label, "\n".join(options)))
        return self.choice

    def tell(self, title: str, text: str) -> None:
        self.told.append(text)

    def show_error(self, error: Exception) -> None:
        self.errors.append(error)
