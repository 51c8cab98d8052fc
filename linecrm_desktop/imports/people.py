"""Who is this row? Finds each row's friend by LINE user id, member number, e-mail or phone, the strongest key first.

Only LINE id and member number are one person's for sure. E-mail and phone find a friend only when exactly one has
them, no stronger key of that friend says otherwise, and the file does not claim that friend for two people: a family
that shares a phone is never joined.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    CursorResult,
    Update,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from linecrm_desktop.imports import staging
from linecrm_desktop.imports.plan import INSTEAD
from linecrm_desktop.imports.staging import STAGE, STAGED_FLAG
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.text import _

FRIEND = Friend.metadata.tables[Friend.__tablename__]
S = STAGE.c
WEAKLY, DECIDED = 1, 2
"""Staged in `found`: by e-mail or phone, which may be somebody else's too; by a person's decision."""
_SURE = ("line_user_id", "member_number")
_ALL_KEYS = (S.line_user_id, S.other_line_id, S.member_number, S.email, S.phone)


def stage(session: Session, columns: Mapping[str, Sequence[Any]], *, any_friends: bool) -> frozenset[str]:
    """Stage rows, as staging.put does; whoever is in the shop is found by a sure key on the way.

    That is quicker than to write a million rows once more; `find` looks for the rest.
    """
    there = [name for name in _SURE if any_friends and any(columns.get(name, ()))]
    found = [select(FRIEND.c.id).where(FRIEND.c[name] == staging.cell(name)).scalar_subquery() for name in there]
    if not found:
        return staging.put(session, STAGE, columns)
    return staging.put(session, STAGE, columns, friend_id=func.coalesce(*found, None))


def decide(session: Session, decisions: Mapping[int, int], everybody: int | None = None) -> None:
    """Take rows, or all of them, for the friends that a person chose; keys that are another friend's are not taken.

    A friend who was removed since is nobody's friend.
    """
    there = set(session.scalars(select(FRIEND.c.id).where(FRIEND.c.id.in_({*decisions.values(), everybody}))))
    if everybody in there:
        session.execute(update(STAGE).values(friend_id=everybody, found=DECIDED))
    for line, friend in decisions.items():
        if friend in there:
            session.execute(update(STAGE).where(S.line == line).values(friend_id=friend, found=DECIDED))
    other = FRIEND.alias("other")
    for column in (S.line_user_id, S.member_number) if decisions else ():
        taken = exists().where(other.c[column.name] == column, other.c.id != S.friend_id)
        session.execute(update(STAGE).where(S.found == DECIDED, taken).values({column.name: None}))


def find(session: Session, filled: Set[str]) -> None:
    """Fill friend_id of the staged rows whose friend is in the shop; `filled` are the keys that the file has."""
    if not session.scalar(select(exists().select_from(FRIEND))):
        return
    waiting = S.friend_id.is_(None)
    strong = func.coalesce(_one(FRIEND.c.line_user_id, S.line_user_id), _one(FRIEND.c.member_number, S.member_number))
    has_strong = or_(S.line_user_id.is_not(None), S.member_number.is_not(None))
    if filled & {"line_user_id", "member_number"}:
        session.execute(update(STAGE).where(waiting, has_strong).values(friend_id=strong, found=None))
    if not filled & {"email", "phone"}:
        return
    weak = func.coalesce(_agreeing(FRIEND.c.email, S.email), _agreeing(FRIEND.c.phone, S.phone))
    has_weak = or_(S.email.is_not(None), S.phone.is_not(None))
    session.execute(update(STAGE).where(waiting, has_weak).values(friend_id=weak, found=WEAKLY))
    weakly = S.found == WEAKLY
    key = func.coalesce(S.line_user_id, S.other_line_id, S.member_number)
    claimed_twice = select(S.friend_id).where(weakly).group_by(S.friend_id).having(func.count(key.distinct()) > 1)
    session.execute(
        update(STAGE).where(weakly, key.is_not(None), S.friend_id.in_(claimed_twice)).values(friend_id=None)
    )
    if filled >= {"email", "phone"}:  # two addresses that share the phone of somebody without one are two people
        shared = select(S.friend_id).where(weakly).group_by(S.friend_id).having(func.count(S.email.distinct()) > 1)
        told = (weakly, S.email.is_not(None), S.friend_id.in_(shared))
        session.execute(update(STAGE).where(*told).values(friend_id=None))


def reject_strangers(session: Session, filled: Set[str]) -> None:
    """Reject rows without any key, and rows that two friends fit."""
    nobody = and_(S.friend_id.is_(None), *[key.is_(None) for key in _ALL_KEYS])
    _reject_unusable(session, nobody)
    sentence = _("Nothing identifies this friend: no LINE ID, member number, phone or e-mail.")
    reject(session, nobody, "nobody", sentence)
    if filled >= {"line_user_id", "member_number"}:
        _reject_contradictions(session)
    reject_shared(session, filled)


def _reject_unusable(session: Session, nobody: ColumnElement[bool]) -> None:
    """Reject rows whose only keys were left out, as masked ones are, with the reason of the first such cell."""
    flag = STAGED_FLAG.c
    theirs = (flag.line == S.line, flag.why != "no_date")
    why, sentence = (
        select(column).where(*theirs).order_by(flag.line).limit(1).scalar_subquery()
        for column in (flag.why, flag.sentence)
    )
    told = (S.verdict.is_(None), nobody, exists().where(*theirs))
    session.execute(update(STAGE).where(*told).values(verdict="rejected", why=why, sentence=sentence))


def _reject_contradictions(session: Session) -> None:
    """Reject rows whose LINE user id and member number speak of two people, as the shop knows them."""
    both = and_(S.friend_id.is_not(None), S.line_user_id.is_not(None), S.member_number.is_not(None))
    other = FRIEND.alias("other")
    called = func.coalesce(_name_of(S.friend_id), "?")
    told = (S.verdict.is_(None), S.found.is_distinct_from(DECIDED), both)
    two = exists().where(other.c.member_number == S.member_number, other.c.id != S.friend_id)
    template = _("LINE user ID belongs to {first}, member number to {second}. Decide which friend it is.")
    sentence = filled(template, first=called, second=S.member_number)
    session.execute(update(STAGE).where(*told, two).values(verdict="rejected", why="conflict", sentence=sentence))
    for column, template in (
        (FRIEND.c.member_number, _("This LINE user ID has member number {first} in the shop, not {second}. Decide.")),
        (FRIEND.c.line_user_id, _("Member number {second} has another LINE user ID in the shop. Decide.")),
    ):
        differs = exists().where(FRIEND.c.id == S.friend_id, column != S[column.name])
        sentence = filled(template, first=called, second=S.member_number)
        session.execute(
            update(STAGE).where(*told, differs).values(verdict="rejected", why="conflict", sentence=sentence)
        )


def filled(template: str, **columns: ColumnElement[Any]) -> ColumnElement[str]:
    """Return a sentence as SQL, its named places filled from columns."""
    words: ColumnElement[str] = literal("")
    for piece in re.split(r"(\{\w+\})", template):
        name = piece[1:-1] if piece.startswith("{") else ""
        words = words.op("||")(columns[name] if name else piece)
    return words


def reject_shared(session: Session, filled: Set[str]) -> None:
    """Reject rows that only an e-mail or a phone names which several friends have."""
    if not filled & {"email", "phone"}:
        return
    nameless = (S.friend_id.is_(None), *[key.is_(None) for key in _ALL_KEYS[:3]])
    shared = _has_several(FRIEND.c.email, S.email)
    reject(session, and_(*nameless, shared), "conflict", _("Several friends have this e-mail. Add the member number."))
    shared = and_(S.email.is_(None), _has_several(FRIEND.c.phone, S.phone))
    reject(session, and_(*nameless, shared), "conflict", _("Several friends have this phone. Add the member number."))


def reject(session: Session, condition: ColumnElement[bool], why: str, sentence: str) -> None:
    """Give rows without a verdict the verdict rejected, with its reason."""
    session.execute(
        update(STAGE).where(S.verdict.is_(None), condition).values(verdict="rejected", why=why, sentence=sentence)
    )


def spread_refusals(session: Session) -> None:
    """Let a refusal in any row of the file count for every row of the same person, whichever row is used.

    A row that only an e-mail or a phone names may stand for several people: then all of them refuse, the safe way.
    """
    if not staging.has(session, S.marketing == "no"):
        return
    for column in (S.friend_id, *_ALL_KEYS):
        refused = select(column).where(S.marketing == "no", column.is_not(None))
        if column.name in ("email", "phone"):
            refused = refused.where(*[key.is_(None) for key in stronger_than(column)])
        told = (S.marketing.is_distinct_from("no"), column.is_not(None), column.in_(refused))
        session.execute(update(STAGE).where(*told).values(marketing="no"))


def reject_twins(session: Session, filled: Set[str], instead: Set[int] = frozenset()) -> None:
    """Of rows that are the same person, keep the fullest, or else the last of the file; reject the others by name.

    Lines of `instead` go before later ones: a person said so.
    """
    if instead:
        session.execute(update(STAGE).where(S.verdict.is_(None), S.line.in_(instead)).values(fix=INSTEAD))
    there = filled | {"friend_id"}
    _reject_older_of_sure_keys(session, there)
    while filled >= {"line_user_id", "member_number"} and _revive_the_contradicted(session):
        _reject_older_of_sure_keys(session, there)
    for column, template in (
        (S.email, _("Same e-mail as row {row}, which says more about the friend. Row {row} will be used.")),
        (S.phone, _("Same phone as row {row}, which says more about the friend. Row {row} will be used.")),
    ):
        if column.name in there:
            _reject_poorer(session, column, template)
    for column, template in (
        (S.friend_id, _("Same friend as row {row}. Row {row} is newer and will be used.")),
        (S.email, _("Same e-mail as row {row}. Row {row} is newer and will be used.")),
        (S.phone, _("Same phone as row {row}. Row {row} is newer and will be used.")),
    ):
        if column.name in there:
            _reject_older(session, column, template)


def _reject_older_of_sure_keys(session: Session, there: Set[str]) -> None:
    for column, template in (
        (S.line_user_id, _("Same LINE ID as row {row}. Row {row} is newer and will be used.")),
        (S.other_line_id, _("Same LINE ID as row {row}. Row {row} is newer and will be used.")),
        (S.member_number, _("Same member number as row {row}. Row {row} is newer and will be used.")),
    ):
        if column.name in there:
            _reject_older(session, column, template)


def _revive_the_contradicted(session: Session) -> bool:
    """Take rows after all whose newer row gave way to one with another LINE user id: that one is somebody else.

    Else they would be new when the same file comes again, with that somebody in the shop.
    """
    if not staging.has(session, S.twin.is_not(None)):
        return False
    newer, instead = STAGE.alias("newer"), STAGE.alias("instead")
    given_way = (newer.c.line == S.twin, newer.c.line_user_id == S.line_user_id, newer.c.twin == instead.c.line)
    lost = exists().where(*given_way, instead.c.line_user_id != S.line_user_id)
    nothing = dict.fromkeys(("verdict", "why", "sentence", "fix", "twin"), None)
    told = session.execute(update(STAGE).where(S.twin.is_not(None), lost).values(nothing))
    return bool(cast("CursorResult[Any]", told).rowcount)


def _reject_poorer(session: Session, column: Column[str], template: str) -> None:
    fuller = STAGE.alias("fuller")
    says_more = or_(*[fuller.c[key.name].is_not(None) for key in stronger_than(column)])
    theirs = select(func.min(fuller.c.line)).where(
        fuller.c[column.name] == column, fuller.c.verdict.is_(None), says_more
    )
    found = update(STAGE).where(*named_only_by(column)).values(other_line=theirs.scalar_subquery())
    _reject_with_other(session, found, template)


def stronger_than(key: Column[Any]) -> tuple[Column[str], ...]:
    """Return the keys that say more than this one about who a row is."""
    return _ALL_KEYS[: [known.name for known in _ALL_KEYS].index(key.name)]


def named_only_by(column: Column[Any]) -> list[ColumnElement[bool]]:
    """Return what is true of live rows that have this key and none that is stronger."""
    stronger = stronger_than(column)
    return [S.verdict.is_(None), column.is_not(None), *[key.is_(None) for key in stronger]]


def _reject_older(session: Session, column: Column[Any], template: str) -> None:
    weak = column.name in ("email", "phone")
    chosen = case((S.fix == INSTEAD, S.line))
    live = named_only_by(column) if weak else [S.verdict.is_(None), column.is_not(None)]
    # An index alone tells which values come several times at all; only those rows are looked at.
    several = select(column).where(column.is_not(None)).group_by(column).having(func.count() > 1)
    last = (
        select(column.label("value"), func.coalesce(func.max(chosen), func.max(S.line)).label("last"))
        .where(*live, column.in_(several))
        .group_by(column)
        .having(func.count() > 1)
        .subquery()
    )
    found = update(STAGE).where(*live, column == last.c.value).values(other_line=last.c.last)
    _reject_with_other(session, found, template, fix=INSTEAD)


def _reject_with_other(session: Session, found: Update, template: str, fix: str | None = None) -> None:
    """Reject rows that another row stands for, naming it; `found` is the statement that finds the other rows."""
    if not cast("CursorResult[Any]", session.execute(found)).rowcount:
        return
    is_older = S.line < S.other_line
    chosen = filled(_("Row {row} is the same friend and will be used, as you chose."), row=S.other_line)
    sentence = case((or_(is_older, literal(fix is None)), filled(template, row=S.other_line)), else_=chosen)
    session.execute(
        update(STAGE)
        .where(S.verdict.is_(None), S.other_line.is_not(None), S.line != S.other_line)
        .values(verdict="rejected", why="twice", fix=case((is_older, fix)), sentence=sentence, twin=S.other_line)
    )
    session.execute(update(STAGE).where(S.other_line.is_not(None)).values(other_line=None))


def _one(column: Column[str], value: Column[str]) -> ColumnElement[int | None]:
    return select(FRIEND.c.id).where(column == value).scalar_subquery()


def _agreeing(column: Column[str], value: Column[str]) -> ColumnElement[int | None]:
    """Return the one friend with this e-mail or phone, if no stronger key of theirs differs from the row's."""
    same = [  # written so that no index fits: an index full of NULLs would be walked for every row
        func.coalesce(FRIEND.c[key.name], key, "") == func.coalesce(key, FRIEND.c[key.name], "")
        for key in stronger_than(value)
        if key.name in FRIEND.c  # ids of a further account are compared afterwards
    ]
    only = case((func.count() == 1, func.min(FRIEND.c.id)))
    # The CASE spares the search for rows that have no such key.
    return case((value.is_not(None), select(only).where(column == value, *same).scalar_subquery()))


def _has_several(column: Column[str], value: Column[str]) -> ColumnElement[bool]:
    several = select(func.count()).where(column == value).scalar_subquery() > 1
    return case((value.is_not(None), several), else_=False)


def _name_of(friend: Column[int]) -> ColumnElement[str]:
    called = func.coalesce(FRIEND.c.member_number, FRIEND.c.name)
    return select(called).where(FRIEND.c.id == friend).scalar_subquery()


def constant(value: Any, column: Column[Any] | None = None) -> ColumnElement[Any]:
    """Return a value as a column of a SELECT, in the type of the column that it is for."""
    return literal(value) if column is None else literal(value, column.type)
