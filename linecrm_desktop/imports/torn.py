"""Rows of people whose keys speak of two: nothing is joined and nothing is guessed, a person decides."""

from collections.abc import Set
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, case, exists, func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports.people import DECIDED, FRIEND, S, filled, named_only_by
from linecrm_desktop.imports.plan import INSTEAD
from linecrm_desktop.imports.staging import STAGE
from linecrm_desktop.text import _


def reject_torn(session: Session, there: Set[str]) -> None:
    """Reject rows whose e-mail or phone is all that the shop knows of somebody else than the row's friend.

    Who has a stronger key of their own is a person of their own, who may share an e-mail or a phone. `there` are the
    keys that the file has.
    """
    other = FRIEND.alias("other")
    no_sure_key = (other.c.line_user_id.is_(None), other.c.member_number.is_(None))
    for column, bare, template in (
        (S.email, (), _("E-mail belongs to {other}, a stronger key to {first}. Decide which friend it is.")),
        (S.phone, (other.c.email.is_(None),), _("Phone belongs to {other}, a stronger key to {first}. Decide.")),
    ):
        if column.name in there:
            theirs = (other.c[column.name] == column, other.c.id != S.friend_id, *no_sure_key, *bare)
            own = exists().where(FRIEND.c.id == S.friend_id, FRIEND.c[column.name] == column)
            told = (S.verdict.is_(None), S.friend_id.is_not(None), S.found.is_distinct_from(DECIDED))
            asked = update(STAGE).where(*told, column.is_not(None), ~own, exists().where(*theirs))
            names = [
                select(func.coalesce(func.nullif(who.c.name, ""), who.c.member_number, column)).where(*which).limit(1)
                for who, which in ((other, theirs), (FRIEND, (FRIEND.c.id == S.friend_id,)))
            ]
            called = [func.coalesce(name.scalar_subquery(), "?") for name in names]
            sentence = filled(template, other=called[0], first=called[1])
            session.execute(asked.values(verdict="rejected", why="conflict", sentence=sentence))


def reject_families(session: Session, there: Set[str], instead: Set[int]) -> None:
    """Reject rows that share nothing but a phone with a row of another name; lines of `instead` were chosen.

    A name that is part of the other, or masked, may be the same person's.
    """
    if not there >= {"phone", "name"}:
        return
    other = STAGE.alias("other")
    several = select(S.phone).where(S.phone.is_not(None)).group_by(S.phone).having(func.count() > 1)
    theirs = (other.c.phone == S.phone, other.c.line != S.line, other.c.verdict.is_(None), _another_name(other))
    chosen = exists().where(other.c.phone == S.phone, other.c.line.in_(instead))
    row = select(func.min(other.c.line)).where(*theirs).scalar_subquery()
    told = [*named_only_by(S.phone), S.phone.in_(several), *([~chosen] if instead else [])]
    if not cast("CursorResult[Any]", session.execute(update(STAGE).where(*told).values(other_line=row))).rowcount:
        return
    is_alone = select(_is_alone(other)).where(other.c.line == S.other_line).scalar_subquery()
    sentence = filled(
        _("Row {row} has the same phone and another name. Add member numbers or e-mails, or choose one of the rows."),
        row=S.other_line,
    )
    found = (S.verdict.is_(None), S.other_line.is_not(None))
    fix = case((is_alone, INSTEAD))
    session.execute(update(STAGE).where(*found).values(verdict="rejected", why="conflict", fix=fix, sentence=sentence))
    session.execute(update(STAGE).where(S.other_line.is_not(None)).values(other_line=None))


def _another_name(other: Any) -> ColumnElement[bool]:
    mine, theirs = (func.lower(func.replace(func.replace(row.c.name, " ", ""), "\u3000", "")) for row in (STAGE, other))
    has_no_part = and_(func.replace(mine, theirs, "") == mine, func.replace(theirs, mine, "") == theirs)
    return and_(mine != "", theirs != "", has_no_part, S.masked.is_(None), other.c.masked.is_(None))


def _is_alone(other: Any) -> ColumnElement[bool]:
    """Say whether a row has nothing but its phone."""
    sure = (other.c.line_user_id.is_(None), other.c.other_line_id.is_(None), other.c.member_number.is_(None))
    return and_(*sure, other.c.email.is_(None))
