"""What persons answered to proposals: kept with its day and evidence, and asked again after 30 days.

An answer counts for the proposal that it was given to: when a tag is to be retired that somebody kept last week, that
is another question. What was accepted and taken back since is a question again, too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audit import changes
from linecrm_desktop.audit.changes import Change
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.review import Answer, Review, ReviewAnswer
from linecrm_desktop.results.review.proposals import Kind, Proposed, Sure
from linecrm_desktop.text import _

AGAIN_DAYS = 30
"""So many local days an answer holds."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One answer."""

    id: int
    kind: Kind
    answer: Answer
    why: str
    at: datetime
    evidence: dict[str, Any]
    """Names and numbers of that day, as `written` writes them."""
    change: Change | None
    is_made: bool
    """The change was made with the others of its review."""


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal of today with what was answered."""

    proposed: Proposed
    decided: Decided | None = None
    """The answer that holds; None: it waits for one."""
    earlier: Decided | None = None
    """The last answer, when it does not hold any more."""

    @property
    def is_accepted(self) -> bool:
        return self.decided is not None and self.decided.answer is Answer.ACCEPTED

    @property
    def is_to_make(self) -> bool:
        """Whether finishing the review changes tags by this."""
        return self.is_accepted and self.decided is not None and self.decided.change is not None


def items(session: Session, proposals: Sequence[Proposed], day: ShopDay) -> list[Item]:
    """Return proposals with their answers."""
    newest = _newest(session)
    return [_item(one, newest.get(one.key), day) for one in proposals]


def clear_ones(found: Sequence[Item]) -> list[Item]:
    """Return the proposals that wait and are clear. A split is never among them: its new tags need a person's names."""
    waiting = (one for one in found if one.decided is None)
    return [one for one in waiting if one.proposed.sure is Sure.CLEAR and one.proposed.kind is not Kind.SPLIT]


def accept(session: Session, one: Proposed, now: datetime, why: str = "", change: Change | None = None) -> int:
    """Write down that a proposal is accepted, with another change than the proposed one if there is one."""
    if one.kind is Kind.NOT_ENOUGH:
        raise ShopError(_("There is nothing to accept: the evidence is not enough."), _("Nothing was changed."))
    return _answer(session, one, Answer.ACCEPTED, now, why, change or one.change)


def later(session: Session, one: Proposed, now: datetime, why: str = "") -> int:
    """Write down that a proposal is not followed now; it is asked again after 30 days."""
    return _answer(session, one, Answer.LATER, now, why, None)


def take_back(session: Session, key: str) -> None:
    """Take back the last answer to a proposal; what was made already is undone with the tags' changes."""
    row = session.scalar(select(ReviewAnswer).where(ReviewAnswer.key == key).order_by(ReviewAnswer.id.desc()).limit(1))
    if row is None or row.bundle is not None:
        raise ShopError(_("There is no answer to take back."), _("Nothing was changed. Look at the list again."))
    session.delete(row)
    session.flush()


def remember(session: Session, proposals: Sequence[Proposed], now: datetime) -> int:
    """Write down which proposals there are, so that Home knows without counting; return the open review."""
    row = session.scalar(select(Review).where(Review.ended_at.is_(None)).order_by(Review.id.desc()).limit(1))
    if row is None:
        row = Review(begun_at=now, counted_at=now, found=[])
        session.add(row)
    row.found, row.counted_at = [[one.key, str(one.kind)] for one in proposals], now
    session.flush()
    return row.id


def progress(session: Session, day: ShopDay) -> tuple[int, int] | None:
    """Return how many proposals of the last look are decided, and how many there were; None: nobody looked yet."""
    row = session.scalar(select(Review).order_by(Review.id.desc()).limit(1))
    if row is None:
        return None
    newest = _newest(session)
    answers = [(kind, newest.get(key)) for key, kind in row.found]
    return sum(answer is not None and _holds(answer, kind, day) for kind, answer in answers), len(answers)


def waiting(session: Session, day: ShopDay) -> Counter[Kind]:
    """Return how many proposals of the last look wait for an answer, by what is proposed."""
    row = session.scalar(select(Review).order_by(Review.id.desc()).limit(1))
    newest = _newest(session) if row else {}
    answers = [(kind, newest.get(key)) for key, kind in (row.found if row else ())]
    return Counter(Kind(kind) for kind, answer in answers if answer is None or not _holds(answer, kind, day))


def open_proposals(session: Session, day: ShopDay) -> int:
    """Return how many proposals of the last look wait for an answer."""
    found = progress(session, day)
    return 0 if found is None else found[1] - found[0]


def written(one: Proposed) -> dict[str, Any]:
    """Write the evidence of a proposal as JSON, so that it can be read when the numbers are others."""
    card, interval = one.card, one.card.lift.interval
    return {
        "tags": [tag.name for tag in one.tags],
        "reason": str(one.reason),
        "sure": str(one.sure) if one.sure else None,
        "sends": card.sends,
        "delivered": card.delivered,
        "kept_back": card.kept_back,
        "verdict": str(card.lift.verdict),
        "lift": interval and [round(end, 4) for end in (interval.estimate, interval.low, interval.high)],
        "revenue": card.revenue,
        "per_message": card.per_message,
        "friends": card.friends,
        "last_days": card.last_days,
        "helps_decide": list(card.helps_decide),
        "by_today": card.by_today,
        "numbers": dict(one.numbers),
    }


def _answer(session: Session, one: Proposed, answer: Answer, now: datetime, why: str, change: Change | None) -> int:
    row = ReviewAnswer(
        key=one.key,
        kind=str(one.kind),
        answer=answer,
        why=" ".join(why.split()),
        evidence=written(one),
        change=changes.to_json(change) if change is not None else None,
        at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def _newest(session: Session) -> dict[str, ReviewAnswer]:
    return {row.key: row for row in session.scalars(select(ReviewAnswer).order_by(ReviewAnswer.id))}


def _item(one: Proposed, row: ReviewAnswer | None, day: ShopDay) -> Item:
    if row is None:
        return Item(one)
    change = changes.from_json(row.change) if row.change else None
    told = (row.answer, row.why, row.at, row.evidence, change, row.bundle is not None)
    decided = Decided(row.id, Kind(row.kind), *told)
    return Item(one, decided) if _holds(row, one.kind, day) else Item(one, None, decided)


def _holds(row: ReviewAnswer, kind: str, day: ShopDay) -> bool:
    """Say whether an answer counts. Where a change was made and its proposal is here again, it was taken back since."""
    was_undone = row.change is not None and row.bundle is not None
    return row.kind == kind and day.age(row.at) < AGAIN_DAYS and not was_undone
