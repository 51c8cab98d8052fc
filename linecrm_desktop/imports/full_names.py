"""Where the full name is known, in the shop or in another row of the file, a masked one is not used, and is flagged."""

from collections.abc import Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports import people
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE, STAGED_FLAG
from linecrm_desktop.text import _


def prefer_full(session: Session, filled: Set[str]) -> None:
    """Let rows with a masked name take the full one that their file has, or else any that the shop has.

    Call it when rows know their friends and one row of each person is left.
    """
    if "masked" not in filled:
        return
    full = STAGE.alias("full")
    for column in (S.friend_id, S.line_user_id, S.member_number, S.email, S.phone):
        if column.name not in filled | {"friend_id"}:
            continue
        theirs = [full.c[column.name] == column, full.c.name.is_not(None), full.c.masked.is_(None)]
        mine = [column.is_not(None)]
        if column.name in ("email", "phone"):  # which several people may share, who have stronger keys of their own
            mine = people.named_only_by(column)
            theirs += [full.c[key.name].is_(None) for key in people.stronger_than(column)]
        newest = select(full.c.name).where(*theirs).order_by(full.c.line.desc()).limit(1)
        _take(session, newest.scalar_subquery(), mine)
    known = select(func.nullif(FRIEND.c.name, "")).where(FRIEND.c.id == S.friend_id)
    _take(session, known.scalar_subquery(), [S.friend_id.is_not(None)])


def fullest(filled: Set[str]) -> ColumnElement[Any]:
    """Return one name of the rows of a group, for a SELECT: a full one if there is one."""
    if "masked" not in filled:
        return func.max(S.name)
    return func.coalesce(func.max(case((S.masked.is_(None), S.name))), func.max(S.name))


def _take(session: Session, name: ColumnElement[Any], mine: Sequence[ColumnElement[bool]]) -> None:
    live = (S.verdict.is_(None), S.masked.is_not(None), *mine, name.is_not(None))
    sentence = people.filled(_("“{value}” is masked. The full name stays."), value=S.name)
    told = select(S.line, literal("masked_name"), sentence).where(*live, name != S.name)
    session.execute(insert(STAGED_FLAG).from_select(["line", "why", "sentence"], told))
    session.execute(update(STAGE).where(*live).values(name=name, masked=None))
