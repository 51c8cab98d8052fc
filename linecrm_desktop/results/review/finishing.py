"""Makes what a review decided: a copy of the shop first, then all changes of tags as one step that can be undone."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audit import applying, changes
from linecrm_desktop.audit.changes import Change
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.review import Answer, Review, ReviewAnswer
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import undoing
from linecrm_desktop.text import _

BUNDLE = "review:"
"""Begins the name that the operations of one review have together."""


def to_make(items: Sequence[Item]) -> list[Change]:
    """Return the changes of tags that were accepted."""
    return [one.decided.change for one in items if one.is_to_make and one.decided and one.decided.change]


def finish(database: Database, answers: Collection[int], day: ShopDay, now: datetime, *, by: str = "") -> Path:
    """Make the changes of these answers and end the review; return the copy of the shop as it was before.

    Raises ShopError, with nothing changed, for the first change that cannot be made; OutsideError when the copy cannot.
    """
    copy = copy_beside(
        database.path, _("before the tag review of {day}").format(day=day.today.isoformat()), database.key
    )
    with database.write() as session:
        make(session, answers, day, now, by=by)
    return copy


def make(session: Session, answers: Collection[int], day: ShopDay, now: datetime, *, by: str = "") -> str:
    """Make the changes of these answers in one transaction, and return the name by which they are taken back."""
    review = session.scalars(select(Review).order_by(Review.id.desc()).limit(1)).one()
    name = f"{BUNDLE}{review.id}"
    accepted = (ReviewAnswer.answer == Answer.ACCEPTED, ReviewAnswer.bundle.is_(None))
    mine = select(ReviewAnswer).where(ReviewAnswer.id.in_(list(answers)), *accepted).order_by(ReviewAnswer.id)
    rows = session.scalars(mine).all()
    wanted = [changes.from_json(row.change) for row in rows if row.change]
    applying.make_all(session, wanted, day, now, name=name, by=by)
    for row in rows:
        row.bundle = name
    review.ended_at = now
    session.flush()
    return name


def made_last(session: Session) -> list[Change]:
    """Return the changes that the review which was finished last made."""
    name = _last(session)
    made = select(ReviewAnswer).where(ReviewAnswer.bundle == name).order_by(ReviewAnswer.id)
    return [changes.from_json(row.change) for row in session.scalars(made) if row.change]


def make_again(session: Session, wanted: Sequence[Change], day: ShopDay, now: datetime) -> None:
    """Make the changes of the last review once more after they were taken back."""
    applying.make_all(session, wanted, day, now, name=_last(session) or BUNDLE)


def take_back_last(session: Session, now: datetime) -> list[int]:
    """Take back the review that was finished last. Raises ShopError where there is none, or with the reason."""
    name = _last(session)
    done = take_back(session, name, now) if name is not None else []
    if not done:
        raise ShopError(_("There is no review to take back."), _("Nothing was changed."))
    return done


def take_back(session: Session, name: str, now: datetime) -> list[int]:
    """Take back all that one review changed, or nothing. Raises ShopError with the reason."""
    return undoing.undo_bundle(session, name, now)


def _last(session: Session) -> str | None:
    """Return the name of what the review that was finished last changed; None where there was no review."""
    last = select(Review.id).where(Review.ended_at.is_not(None)).order_by(Review.id.desc()).limit(1)
    review = session.scalar(last)
    return None if review is None else f"{BUNDLE}{review}"
