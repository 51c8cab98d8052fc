"""Makes the changes of an audit: a copy of the shop first, then all of them in one transaction, or none.

Each is an operation on tags that can be taken back by itself or together with the others, for 30 days.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop.audit import changes, plan
from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Decide,
    Justify,
    Merge,
    Nest,
    Rename,
    Restrict,
    Retire,
    Retype,
    Settle,
    Split,
)
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments import codec
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing, contracts, merging, settling, splitting, undoing
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _

AGAIN_DAYS = 90
"""So many days after an audit the next one is due: as long as an unused tag takes to show."""
BUNDLE = "audit:"
"""Begins the name that the operations of one audit have together."""
_ORDER = (Merge, Split, Retire, Settle, Decide, Assign, Retype, Rename, Restrict, Justify, Nest)
"""Merges come first, so that what goes on is there for the rest."""


def bundle(audit: int) -> str:
    """Return the name that an audit's operations have together."""
    return f"{BUNDLE}{audit}"


def apply(database: Database, audit: int, day: ShopDay, now: datetime, *, by: str = "") -> Path:
    """Make the changes that are decided and ticked, and end the audit; return the copy of the shop as it was before.

    Raises ShopError, with nothing changed, for the first change that cannot be made; OutsideError when the copy cannot.
    """
    copy = copy_beside(database.path, _("before the tag audit of {day}").format(day=day.today.isoformat()))
    with database.write() as session:
        make(session, audit, day, now, by=by)
    return copy


def make(session: Session, audit: int, day: ShopDay, now: datetime, *, by: str = "") -> list[int]:
    """Make the changes of an audit in one transaction, end it, and return the operations."""
    done = make_all(session, plan.to_apply(session, audit), day, now, name=bundle(audit), by=by)
    plan.finish(session, audit, now, bundle(audit), now + timedelta(days=AGAIN_DAYS))
    return done


def make_all(
    session: Session, wanted: Sequence[Change], day: ShopDay, now: datetime, *, name: str, by: str = ""
) -> list[int]:
    """Make changes as operations that have this name together, and return the operations. Raises ShopError."""
    went: dict[int, int] = {}
    done = [_explained(session, change, went, day, now, by=by, name=name) for change in _in_order(wanted)]
    return [operation for operation in done if operation is not None]


def take_back(session: Session, audit: int, now: datetime) -> list[int]:
    """Take back all changes of an audit that still stand, or none. Raises ShopError with the reason."""
    return undoing.undo_bundle(session, bundle(audit), now)


def foreseen(session: Session, wanted: Sequence[Change], day: ShopDay, now: datetime) -> None:
    """Make changes in a session that will be rolled back, so that what would happen can be counted."""
    make_all(session, wanted, day, now, name="foreseen")


def _in_order(wanted: Sequence[Change]) -> list[Change]:
    return sorted(changes.effective(wanted), key=lambda change: _ORDER.index(type(change)))


def _explained(
    session: Session, change: Change, went: dict[int, int], day: ShopDay, now: datetime, *, by: str, name: str
) -> int | None:
    tag = session.get(Tag, changes.tags_of(change)[-1])
    called = tag.name if tag else "…"
    try:
        return _make_one(session, change, went, day, now, by=by, name=name)
    except ShopError as error:
        title = _("The change of “{tag}” cannot be made: {why}").format(tag=called, why=error.title)
        raise ShopError(title, error.advice) from error


def _make_one(
    session: Session, change: Change, went: dict[int, int], day: ShopDay, now: datetime, *, by: str, name: str
) -> int | None:
    """Make one change and return its operation; None where an earlier one has done it already."""
    match change:
        case Merge():
            return _merge(session, change, went, now, by=by, name=name)
        case Split(tag=tag, parts=parts):
            row = _row(session, _now(tag, went))
            made = [
                splitting.Part(_of_part(row, part.name), codec.from_json(part.rule) if part.rule else None)
                for part in parts
            ]
            return splitting.split(session, row.id, made, day, now, by=by, bundle=name)
        case Retire(tag=tag):
            return None if tag in went else changing.retire(session, tag, now, by=by, bundle=name)
        case Rename(tag=tag, name=called):
            return changing.rename(session, _now(tag, went), called, now, by=by, bundle=name)
        case Nest(inner=inner, outer=outer):
            inner, outer = _now(inner, went), _now(outer, went)
            return None if inner == outer else contracts.nest(session, inner, outer, now, by=by, bundle=name)
        case Settle():
            return _settle(session, change, went, now, by=by, name=name)
        case Decide() | Assign() | Retype() | Restrict() | Justify():
            row = _row(session, _now(change.tag, went))
            return changing.edit(session, {row.id: _draft(row.draft, change)}, now, by=by, bundle=name)
        case _:
            return None


def _of_part(row: library.TagRow, name: str) -> TagDraft:
    """Return what is written about one part of a tag: what is written about the whole, but for what its name needs."""
    return replace(row.draft, name=name, review_on=None, lawful_reason="")


def _draft(before: TagDraft, change: Decide | Assign | Retype | Restrict | Justify) -> TagDraft:
    match change:
        case Decide():
            return replace(before, helps_decide=change.helps_decide, owner=change.owner or before.owner)
        case Retype():
            return replace(before, type=change.type)
        case Restrict():
            return replace(before, is_sensitive=True)
        case Assign():
            return replace(before, owner=change.owner)
        case Justify():
            return replace(before, lawful_reason=change.why)


def _settle(session: Session, change: Settle, went: dict[int, int], now: datetime, *, by: str, name: str) -> int | None:
    one, other = _now(change.one, went), _now(change.other, went)
    if one == other:
        return None
    stays = _now(change.stays, went) if change.stays else None
    return settling.settle(session, one, other, stays, now, by=by, bundle=name)


def _merge(session: Session, change: Merge, went: dict[int, int], now: datetime, *, by: str, name: str) -> int | None:
    keep, drop = _now(change.keep, went), _now(change.drop, went)
    if keep == drop:
        return None
    is_kept = keep == change.keep  # else another merge has said already what the tag is called and decides
    done = merging.merge(
        session,
        keep,
        drop,
        now,
        name=(change.name if is_kept else "") or None,
        helps_decide=(change.helps_decide if is_kept else "") or None,
        as_word=change.keeps_search_word,
        by=by,
        bundle=name,
    )
    stays = keep if session.get_one(Tag, drop).merged_into == keep else drop
    went[drop if stays == keep else keep] = stays
    return done


def _now(tag: int, went: dict[int, int]) -> int:
    while tag in went:
        tag = went[tag]
    return tag


def _row(session: Session, tag: int) -> library.TagRow:
    found = next((row for row in library.all_tags(session) if row.id == tag), None)
    if found is None:
        raise ShopError(_("This tag is not there any more."), _("Nothing was changed. Look at the list again."))
    return found
