"""Whether what a tag helps decide is still there: a decision may speak of a segment or a message that is gone.

Only names are taken that a segment or a message is known to have had. In quotation marks each of them counts; without,
only names that are no word of everyday: two words at least, or four characters of a script without blanks.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.store.journal import deleted_names
from linecrm_desktop.tags.names import fold

_QUOTED = re.compile(r"[“「『《\"]([^”」』》\"]+)[”」』》\"]")
_LEAST_LATIN, _LEAST_OTHER = 6, 4


def gone_names(session: Session) -> dict[str, str]:
    """Return the names, by their folded form, that segments and messages had and none has now."""
    segments = session.execute(select(Segment.name, Segment.archived_at)).all()
    here = {name for name, archived in segments if archived is None}
    here |= set(session.scalars(select(Message.name)))
    once = {name for name, archived in segments if archived is not None}
    once |= set(session.scalars(select(Campaign.segment_name)))
    for row in (Segment, Message):
        once |= deleted_names(session, row.__tablename__)
    kept = {fold(name) for name in here}
    return {key: name for name in sorted(once) if (key := fold(name)) and key not in kept}


def names_here(session: Session) -> set[str]:
    """Return the folded names of the segments and messages that there are."""
    segments = session.scalars(select(Segment.name).where(Segment.archived_at.is_(None)))
    return {fold(name) for name in (*segments, *session.scalars(select(Message.name)))}


def speaks_of(decision: str, gone: dict[str, str], here: set[str]) -> str | None:
    """Return the first name in a decision that is gone; None: there is none. Names that are there come first."""
    quoted = {fold(name) for name in _QUOTED.findall(decision)} | {fold(decision)}
    text = fold(decision)
    for name in sorted(here, key=len, reverse=True):
        text = text.replace(name, " ") if len(name) > 1 else text
    return next((name for key, name in gone.items() if key in quoted or _stands_in(key, text)), None)


def _stands_in(key: str, text: str) -> bool:
    if key not in text:
        return False
    if key.isascii():
        return " " in key and len(key) >= _LEAST_LATIN and re.search(rf"\b{re.escape(key)}\b", text) is not None
    return len(key) >= _LEAST_OTHER
