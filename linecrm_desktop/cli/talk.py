"""What a command says: an answer on stdout (lines, or one JSON object), everything else on stderr."""

import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from linecrm_desktop.text import number


@dataclass(frozen=True, slots=True)
class Reply:
    """A command's answer, for a person and for a program. `code` is the exit code."""

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list[str])
    code: int = 0


def open_streams() -> None:
    """Write UTF-8 into files and pipes on every system, and never fail on a letter that a terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def write(reply: Reply, *, as_json: bool) -> None:
    """Print an answer: its lines, or its data as one JSON object."""
    text = json.dumps(reply.data, ensure_ascii=False, indent=2) if as_json else "\n".join(reply.lines)
    if text:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def tell(sentence: str) -> None:
    """Say something beside the answer, such as an error or a notice."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def show_progress(done: int, total: int, what: str) -> None:
    """Show on one line of a terminal how far a long task is; say nothing where nobody watches."""
    if not sys.stderr.isatty():
        return
    end = "\n" if done >= total else ""
    sys.stderr.write(f"\r\x1b[K{what} {number(done)} / {number(total)}{end}")
    sys.stderr.flush()


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay rows out in columns that line up in a terminal, also with Chinese and Thai in them."""
    widths = [max(width(row[column]) for row in (header, *rows)) for column in range(len(header))]
    return ["  ".join(_padded(cell, widths[at]) for at, cell in enumerate(row)).rstrip() for row in (header, *rows)]


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes: wide characters two, marks above and below none."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))
