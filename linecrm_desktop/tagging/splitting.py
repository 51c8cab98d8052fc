"""Makes two or more tags of one: each friend goes to the first part whose rule holds. No segment loses anybody.

Who matches no part stays with the old tag, or goes to a last part without a rule. A tag that nobody is left with is
retired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tagging import OperationKind, TagRule
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.rules import Rule
from linecrm_desktop.tagging import naming
from linecrm_desktop.tagging.naming import TAG, tag_in_use
from linecrm_desktop.tagging.recording import Values, begin, carriers, table_of, whole
from linecrm_desktop.tagging.references import rewrite
from linecrm_desktop.tagging.rewriting import divided
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _

_RULE = table_of(TagRule.__tablename__)


@dataclass(frozen=True, slots=True)
class Part:
    """A tag to be made, and for which friends with the old one; None: for all who are left (the last part only)."""

    draft: TagDraft
    rule: Rule | None


@whole
def split(
    session: Session,
    tag_id: int,
    parts: Sequence[Part],
    day: ShopDay,
    now: datetime,
    *,
    by: str = "",
    bundle: str | None = None,
) -> int:
    """Split a tag and return the operation. Raises ShopError when it cannot be done."""
    tag = tag_in_use(session, tag_id)
    _refuse(parts)
    what = {"tag": tag_id, "name": tag.name, "parts": [part.draft.name for part in parts]}
    who = _who(session, tag_id, parts, day)
    recording = begin(session, OperationKind.SPLIT, what, now, by=by, bundle=bundle)
    made = [naming.make(session, recording, part.draft) for part in parts]
    rows = carriers(session, tag_id)
    is_left = len(rows) > sum(map(len, who))
    pairs: list[tuple[Values | None, Values | None]] = []
    for new, friends in zip(made, who, strict=True):
        for friend in friends:
            pairs += [(rows[friend], None), (None, rows[friend] | {"tag_id": new})]
    recording.carry(pairs)
    # Rules that asked for the old tag find whoever carries any of its parts: the same friends as before.
    stays = (*made, tag_id) if is_left else tuple(made)
    rewrite(session, recording, tag_id, stays, lambda rule: divided(rule, tag_id, stays))
    for rule in session.scalars(select(TagRule.id).where(TagRule.tag_id == tag_id, TagRule.is_active)).all():
        recording.change(_RULE, rule, is_active=False)
    if not is_left:
        recording.change(TAG, tag_id, retired_at=now)
    return recording.operation_id


def _refuse(parts: Sequence[Part]) -> None:
    if not parts or (len(parts) == 1 and parts[0].rule is None):
        raise ShopError(_("A split needs two tags at least."), _("Say which friends the new tag is for."))
    if any(part.rule is None for part in parts[:-1]):
        raise ShopError(_("Only the last part can be for all who are left."), _("Nothing was changed."))


def _who(session: Session, tag_id: int, parts: Sequence[Part], day: ShopDay) -> list[list[int]]:
    """Return the friends of each part, asked before anything is changed; each friend is in one part at most."""
    left = sorted(carriers(session, tag_id))
    found: list[list[int]] = []
    for part in parts:
        mine = set(left) if part.rule is None else set(segments.members(session, part.rule, day))
        found.append([friend for friend in left if friend in mine])
        left = [friend for friend in left if friend not in mine]
    return found
