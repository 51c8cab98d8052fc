"""Who is this row? Finds each row's friend by LINE user id, member number, e-mail or phone, the strongest key first.

Only LINE id and member number are one person's for sure. E-mail and phone find a friend only when exactly one has
them and no stronger key of that friend says otherwise: a family that shares a phone is never joined.
"""

from typing import Any

from sqlalchemy import Column, ColumnElement, and_, case, func, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports.staging import STAGE
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.text import _

FRIEND = Friend.metadata.tables[Friend.__tablename__]
S = STAGE.c
_ALL_KEYS = (S.line_user_id, S.member_number, S.email, S.phone)


def find(session: Session) -> None:
    """Fill friend_id of every staged row whose friend is in the shop; reject rows that fit two friends or nobody."""
    session.execute(
        update(STAGE).values(
            by_line=_one(FRIEND.c.line_user_id, S.line_user_id),
            by_member=_one(FRIEND.c.member_number, S.member_number),
            by_email=_agreeing(FRIEND.c.email, S.email),
            by_phone=_agreeing(FRIEND.c.phone, S.phone),
        )
    )
    session.execute(update(STAGE).values(friend_id=func.coalesce(S.by_line, S.by_member, S.by_email, S.by_phone)))


def reject_strangers(session: Session) -> None:
    """Reject rows without any key, and rows whose LINE id and member number belong to two friends."""
    nobody = and_(*[key.is_(None) for key in _ALL_KEYS])
    sentence = _("Nothing identifies this friend: no LINE ID, member number, phone or e-mail.")
    reject(session, nobody, "nobody", sentence)
    conflict = and_(S.by_line.is_not(None), S.by_member.is_not(None), S.by_line != S.by_member)
    called = func.coalesce(_name_of(S.by_line), "?")
    template = _("LINE user ID belongs to {first}, member number to {second}. Decide which friend it is.")
    before, _first, rest = template.partition("{first}")
    middle, _second, after = rest.partition("{second}")
    words = called.op("||")(middle).op("||")(S.member_number).op("||")(after)
    session.execute(
        update(STAGE)
        .where(S.verdict.is_(None), conflict)
        .values(verdict="rejected", why="conflict", sentence=func.coalesce(before, "").op("||")(words))
    )


def reject(session: Session, condition: ColumnElement[bool], why: str, sentence: str) -> None:
    """Give rows without a verdict the verdict rejected, with its reason."""
    session.execute(
        update(STAGE).where(S.verdict.is_(None), condition).values(verdict="rejected", why=why, sentence=sentence)
    )


def reject_twins(session: Session) -> None:
    """Of rows that are the same person, keep the last one of the file and reject the others, naming that row."""
    for column, template in (
        (S.line_user_id, _("Same LINE ID as row {row}. Row {row} is newer and will be used.")),
        (S.member_number, _("Same member number as row {row}. Row {row} is newer and will be used.")),
        (S.friend_id, _("Same friend as row {row}. Row {row} is newer and will be used.")),
        (S.email, _("Same e-mail as row {row}. Row {row} is newer and will be used.")),
        (S.phone, _("Same phone as row {row}. Row {row} is newer and will be used.")),
    ):
        _reject_twins_by(session, column, template)


def _reject_twins_by(session: Session, column: Column[object], template: str) -> None:
    live = [S.verdict.is_(None), column.is_not(None)]
    if column.name in ("email", "phone"):  # alone they name a person only where no stronger key stands beside them
        live += [S.line_user_id.is_(None), S.member_number.is_(None), S.friend_id.is_(None)]
    last = (
        select(column.label("value"), func.max(S.line).label("last"))
        .where(*live)
        .group_by(column)
        .having(func.count() > 1)
        .subquery()
    )
    newest = select(last.c.last).where(last.c.value == column).scalar_subquery()
    session.execute(update(STAGE).where(*live, column.in_(select(last.c.value))).values(other_line=newest))
    pieces = template.split("{row}")
    words: ColumnElement[str] | str = pieces[0]
    for piece in pieces[1:]:
        words = func.coalesce(words, "").op("||")(S.other_line).op("||")(piece)
    session.execute(
        update(STAGE)
        .where(S.verdict.is_(None), S.other_line.is_not(None), S.line != S.other_line)
        .values(verdict="rejected", why="twice", sentence=words)
    )
    session.execute(update(STAGE).values(other_line=None))


def _one(column: Column[str], value: Column[str]) -> ColumnElement[int | None]:
    return select(FRIEND.c.id).where(column == value).scalar_subquery()


def _agreeing(column: Column[str], value: Column[str]) -> ColumnElement[int | None]:
    """Return the one friend with this e-mail or phone, if no stronger key of theirs differs from the row's."""
    same = [  # written so that no index fits: an index full of NULLs would be walked for every row
        func.coalesce(FRIEND.c[key.name], key, "") == func.coalesce(key, FRIEND.c[key.name], "")
        for key in (S.line_user_id, S.member_number)
    ]
    only = case((func.count() == 1, func.min(FRIEND.c.id)))
    # The CASE spares the search for rows that have no such key.
    return case((value.is_not(None), select(only).where(column == value, *same).scalar_subquery()))


def _name_of(friend: Column[int]) -> ColumnElement[str]:
    called = func.coalesce(FRIEND.c.member_number, FRIEND.c.name)
    return select(called).where(FRIEND.c.id == friend).scalar_subquery()


def constant(value: Any, column: Column[Any] | None = None) -> ColumnElement[Any]:
    """Return a value as a column of a SELECT, in the type of the column that it is for."""
    return literal(value) if column is None else literal(value, column.type)
