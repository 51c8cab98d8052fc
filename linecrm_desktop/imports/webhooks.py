"""Reads logs of LINE webhooks: whole bodies or single events, one a line, or all in one JSON text.

Each event becomes a row of a fixed table, so that all that comes after treats it as any other file. Plain json, because
LINE adds types and fields without notice (Messaging API reference, webhook events); what Tagwell does not know is left
out and counted.
"""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.imports.layout import Layout, Skip
from linecrm_desktop.imports.text_rows import Line

HEADER = ("event", "time", "line user id", "category", "detail", "event id")
_KINDS = {"message": "reply", "postback": "menu", "follow": "follow", "unfollow": "block", "accountLink": "visit"}
"""The events that say something about one friend, and what they are here."""
_HEAD = 4_096
_LONGEST = 200
"""Letters of a message or of a button's data that are kept."""


@dataclass(frozen=True, slots=True)
class LogLayout(Layout):
    """The table of a log: what a row is no data for was said when it was read."""

    def skip(self, line: Line) -> Skip | None:
        """Return why an event is no row."""
        return Skip(line.mended) if line.mended else None


def layout() -> LogLayout:
    """Return the table that every log becomes."""
    return LogLayout(HEADER, tuple(range(len(HEADER))), 1, HEADER)


def is_log(head: bytes) -> bool:
    """Say whether a file that begins so is a log of webhooks."""
    text = head[:_HEAD]
    if text.startswith(codecs.BOM_UTF16_LE):
        text = text.decode("utf-16", errors="ignore").encode()
    text = text.lstrip(b"\xef\xbb\xbf \r\n\t")
    return text[:1] in (b"{", b"[") and (b'"events"' in text or (b'"source"' in text and b'"type"' in text))


def rows(path: Path) -> Iterator[Line]:
    """Yield the events of a log, numbered as they stand in it; `mended` holds why one is no row.

    A message that was taken back is a row without its words.
    """
    taken_back = (event for event in _events(path) if isinstance(event, dict) and event.get("type") == "unsend")
    unsent = {str(_part(event, "unsend").get("messageId")) for event in taken_back}
    for number, event in enumerate(_events(path), start=1):
        if isinstance(event, str):
            yield Line(number, ["", "", "", "", event[:_LONGEST], ""])
            continue
        yield _row(number, event, unsent)


def _row(number: int, event: dict[str, Any], unsent: set[str]) -> Line:
    kind = _KINDS.get(str(event.get("type")))
    if kind is None:
        return Line(number, [str(event.get("type"))], str(Skip.OTHER_EVENT))
    source = _part(event, "source")
    user = source.get("userId") if source.get("type", "user") == "user" else None
    if not user:
        return Line(number, [str(event.get("type"))], str(Skip.NO_PERSON))
    about = _about(event, kind, unsent)
    at = event.get("timestamp", "")
    at = str(int(at)) if isinstance(at, float) and abs(at) < 2**53 else str(at)
    cells = [kind, at, str(user), "", about, str(event.get("webhookEventId") or "")]
    return Line(number, cells)


def _about(event: dict[str, Any], kind: str, unsent: set[str]) -> str:
    if kind == "reply":
        message = _part(event, "message")
        if str(message.get("id", "")) in unsent:
            return ""
        return " ".join(str(message.get("text") or message.get("type") or "").split())[:_LONGEST]
    return str(_part(event, "postback").get("data", ""))[:_LONGEST]


def _part(event: dict[str, Any], name: str) -> dict[str, Any]:
    part = event.get(name)
    return cast("dict[str, Any]", part) if isinstance(part, dict) else {}


def _events(path: Path) -> Iterator[dict[str, Any] | str]:
    """Yield the events of a file; a line that is no JSON comes as it stands."""
    if _is_one_text(path):
        yield from _of(json.loads(path.read_text(encoding=_encoding(path), errors="replace")))
        return
    with path.open(encoding=_encoding(path), errors="replace") as file:
        for line in file:
            if line.strip():
                try:
                    found = json.loads(line)
                except (ValueError, RecursionError):
                    yield line.strip()
                else:
                    yield from _of(found)


def _of(found: Any) -> Iterator[dict[str, Any] | str]:
    if isinstance(found, list):
        for one in cast("list[Any]", found):
            yield from _of(one)
    elif isinstance(found, dict):
        event = cast("dict[str, Any]", found)
        if isinstance(event.get("events"), list):
            yield from _of(event["events"])
        elif "type" not in event and event.get("body"):  # a server that keeps the whole request
            yield from _of(_read(event["body"]))
        else:
            yield event
    else:
        yield str(found)


def _read(body: Any) -> Any:
    try:
        return json.loads(body) if isinstance(body, str) else body
    except (ValueError, RecursionError):
        return body


def _encoding(path: Path) -> str:
    """Return how a log is written: in UTF-8, or as a terminal of Windows writes what is sent to a file."""
    with path.open("rb") as file:
        return "utf-16" if file.read(2) == codecs.BOM_UTF16_LE else "utf-8-sig"


def _is_one_text(path: Path) -> bool:
    """Say whether a file is one JSON text over several lines, not one text a line."""
    text = path.read_text(encoding=_encoding(path), errors="replace") if path.stat().st_size < 200_000_000 else ""
    first = text.lstrip().partition("\n")[0]
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        pass
    else:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
