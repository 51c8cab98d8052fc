"""Leaves each friend one of two tags that cannot both be true: always the same one, or the one that came last."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tagging import OperationKind
from linecrm_desktop.tagging.naming import tag_in_use
from linecrm_desktop.tagging.recording import Values, begin, carriers, whole
from linecrm_desktop.text import _


@whole
def settle(
    session: Session,
    one: int,
    other: int,
    stays: int | None,
    now: datetime,
    *,
    by: str = "",
    bundle: str | None = None,
) -> int:
    """Take one of two tags from each friend who has both and return the operation.

    `stays` is the tag that stays; None: of each friend, the one that came or was renewed last. Who got both at one
    moment keeps both then, since nothing tells which is true.
    """
    names = {"one_name": tag_in_use(session, one).name, "other_name": tag_in_use(session, other).name}
    if one == other or stays not in (None, one, other):
        raise ShopError(_("This needs two different tags."), _("Nothing was changed."))
    gone = list(_gone(carriers(session, one), carriers(session, other), one, stays))
    what = {"one": one, "other": other, "stays": stays, "friends": len(gone), **names}
    recording = begin(session, OperationKind.SETTLE, what, now, by=by, bundle=bundle)
    recording.carry([(row, None) for row in gone])
    return recording.operation_id


def _gone(mine: dict[int, Values], theirs: dict[int, Values], one: int, stays: int | None) -> Iterator[Values]:
    """Yield the rows that go."""
    for friend in mine.keys() & theirs.keys():
        first, second = mine[friend], theirs[friend]
        if stays is not None:
            yield second if stays == one else first
        elif _last(first) != _last(second):
            yield min(first, second, key=_last)


def _last(row: Values) -> datetime:
    return max(row["since"], row["renewed_at"] or row["since"])
