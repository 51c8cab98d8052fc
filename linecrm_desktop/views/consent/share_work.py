"""What the page that shares an audience reads, and what it does, off the window's thread."""

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop.audiences import at_line, register, saving
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Offer, Wish, offer
from linecrm_desktop.audiences.register import Passport
from linecrm_desktop.audiences.suggesting import Suggestion, suggestions
from linecrm_desktop.channels import accounts
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.models.share import ShareState
from linecrm_desktop.segments import library
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.line_access import line_of

_CHANGED = changes(Word.CONSENT)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows beside the list that is being made."""

    segments: tuple[SegmentRow, ...]
    history: tuple[Passport, ...]
    suggestions: tuple[Suggestion, ...]
    accounts: tuple[AccountRow, ...]


def facts(session: Session, at: Moment) -> Facts:
    """Read the segments that can be counted, and what was shared."""
    known = library.rules(session)
    whole = tuple(row for row in library.all_segments(session) if not problems(row.rule, known))
    lists = (tuple(register.history(session)), tuple(suggestions(session, at.day)))
    return Facts(whole, *lists, tuple(accounts.rows(session)))


def counted(session: Session, wish: Wish, at: Moment) -> Offer:
    """Count and check a list."""
    return offer(session, wish, at.day)


def upload(desk: Desk, database: Database, wish: Wish, segment_id: int, at: Moment) -> tuple[int, Changes]:
    """Upload a list's LINE user IDs."""
    with line_of(desk, database, wish.channel_id) as line:
        only_ids = replace(wish, identifiers=at_line.ONLY_IDS)
        return at_line.upload(database, line, only_ids, segment_id, at), _CHANGED


def save(database: Database, wish: Wish, segment_id: int, folder: Path, at: Moment) -> tuple[int, Changes]:
    """Write a list into files."""
    return saving.save(database, wish, segment_id, folder, at), _CHANGED


def again(
    desk: Desk, database: Database, one: Passport, folder: Path | None, at: Moment, _task: Task
) -> tuple[int, Changes]:
    """Share a list again without those who refused since."""
    if one.state is ShareState.SAVED and folder is not None:
        return saving.again(database, one.id, folder, at), _CHANGED
    with line_of(desk, database, one.channel_id) as line:
        return at_line.again(database, line, one.id, at), _CHANGED


def ask(desk: Desk, database: Database, at: Moment) -> tuple[int, Changes]:
    """Ask LINE how the uploaded lists stand."""
    with database.read() as session:
        holders = at_line.accounts_of(session)
    asked = 0
    for channel_id in holders:
        with line_of(desk, database, channel_id) as line:
            asked += at_line.ask(database, line, at.now, channel_id)
    return asked, _CHANGED
