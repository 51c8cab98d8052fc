"""Reads chat downloads of LINE Official Account Manager: one friend a file, named only as the chat shows them.

The file has no id, so a person says whose chat it is. What the shop wrote is left out and counted; what the friend
wrote becomes replies. The clock is that of the time zone which the file names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.headings import fold
from linecrm_desktop.imports.layout import Skip
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.imports.webhooks import LogLayout
from linecrm_desktop.models.friend import Friend

HEADER = ("chat event", "chat time", "chat text")
_TYPE_NAMES = frozenset(map(fold, ("傳送者類型", "送信者タイプ", "ประเภทผู้ส่ง", "Sender type")))
"""What the column of the sender's type is called, in the languages of the manager."""
_OFFSET = re.compile(r"'?([+-]\d{2}:\d{2})")
_LOOKED_AT = 12
_LONGEST = 200
"""Letters of a message that are kept."""
Source = Callable[[], Iterator[Line]]


def layout() -> LogLayout:
    """Return the table that every chat becomes."""
    return LogLayout(HEADER, tuple(range(len(HEADER))), 1, HEADER)


def is_chat(source: Source) -> bool:
    """Say whether rows are those of a chat download."""
    return any(_is_header(line) for line in islice(source(), _LOOKED_AT))


def person(source: Source) -> str:
    """Return what the chat calls the friend, "" when they never wrote."""
    told = (line.cells[1].strip() for line in _messages(source()) if _is_theirs(line) and len(line.cells) > 1)
    return next(told, "")


def rows(source: Source) -> Iterator[Line]:
    """Yield the friend's messages as rows; `mended` holds why a line is none."""
    offset, is_begun = "", False
    for line in source():
        cells = [cell.strip() for cell in line.cells]
        if not any(cells):
            yield Line(line.number, [], str(Skip.BLANK))
        elif not is_begun:
            is_begun = _is_header(line)
            zone = _OFFSET.fullmatch(cells[1]) if len(cells) > 1 else None
            offset = zone[1] if zone else offset
            yield Line(line.number, cells, str(Skip.ABOVE))
        elif not _is_theirs(line):
            yield Line(line.number, cells, str(Skip.OUR_OWN))
        else:
            _kind, _name, day, clock, text = (cells + [""] * 5)[:5]
            yield Line(line.number, ["reply", f"{day} {clock} {offset}".strip(), " ".join(text.split())[:_LONGEST]])


def of_name(session: Session, name: str) -> list[int]:
    """Return the friends who are called exactly so."""
    return list(session.scalars(select(Friend.id).where(Friend.name == name).order_by(Friend.id))) if name else []


def of_key(session: Session, key: str) -> int | None:
    """Return the friend with a member number or LINE user id."""
    return session.scalar(select(Friend.id).where(or_(Friend.member_number == key, Friend.line_user_id == key)))


def _messages(lines: Iterable[Line]) -> Iterator[Line]:
    is_begun = False
    for line in lines:
        if is_begun:
            yield line
        is_begun = is_begun or _is_header(line)


def _is_header(line: Line) -> bool:
    return bool(line.cells) and fold(line.cells[0]) in _TYPE_NAMES


def _is_theirs(line: Line) -> bool:
    return bool(line.cells) and line.cells[0].strip().casefold() == "user"
