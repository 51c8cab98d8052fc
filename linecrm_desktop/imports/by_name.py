"""Orders of shop systems that say nothing of the buyer but a name: who is it?

Some systems export neither number nor address (WooCommerce's list, MakeShop's template). Where no column of the file
holds a key, the name is one, as far as exactly one friend has it; several are a person's decision. Whoever is not in
the shop is made, known by the name alone.
"""

from typing import Any, cast

from sqlalchemy import Column, ColumnElement, CursorResult, func, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports import people
from linecrm_desktop.imports.merge import STRANGER, Batch, stranger
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE, STAGED_NAME
from linecrm_desktop.store.dialect import insert_missing
from linecrm_desktop.text import _

_KEYS = frozenset({"line_user_id", "member_number", "email", "phone"})
_ANYBODY = ("guest", "guestcheckout", "訪客", "非會員", "會員", "ゲスト", "非会員", "会員以外", "ลูกค้าทั่วไป", "ผู้เยี่ยมชม")
"""What stands for the name of whoever did not sign in."""
_N = STAGED_NAME.c


def find(session: Session, batch: Batch) -> None:
    """Fill friend_id of rows that only a name names; somebody new gets the id that `insert_new` will give them."""
    if batch.filled & _KEYS or "name" not in batch.filled:
        return
    masked = people.filled(_("“{value}” is masked and finds nobody."), value=S.name)
    told = (S.verdict.is_(None), S.friend_id.is_(None), S.masked.is_not(None))
    session.execute(update(STAGE).where(*told).values(verdict="rejected", why="masked", sentence=masked))
    mine = _folded(S.name)
    waiting = (S.verdict.is_(None), S.friend_id.is_(None), S.name.is_not(None), mine.not_in(_ANYBODY))
    theirs = _folded(FRIEND.c.name)
    known = select(theirs, func.min(FRIEND.c.id), func.count()).where(theirs.in_(select(mine).where(*waiting)))
    session.execute(insert(STAGED_NAME).from_select(["name", "friend_id", "friends"], known.group_by(theirs)))
    fresh = select(mine, batch.newest + func.min(S.line), people.constant(0)).where(*waiting).group_by(mine)
    session.execute(insert_missing(session, STAGED_NAME).from_select(["name", "friend_id", "friends"], fresh))
    several = mine.in_(select(_N.name).where(_N.friends > 1))
    sentence = _("Several friends have this name. Decide which one it is, or add the e-mail or phone.")
    told = (*waiting, several)
    session.execute(update(STAGE).where(*told).values(verdict="rejected", why="conflict", sentence=sentence))
    one = select(_N.friend_id).where(_N.name == mine).scalar_subquery()
    session.execute(update(STAGE).where(*waiting).values(friend_id=one))


def insert_new(session: Session, batch: Batch) -> int:
    """Make the friends who were not in the shop and have a row that is taken; return how many."""
    if batch.filled & _KEYS or "name" not in batch.filled:
        return 0
    new = (S.verdict.is_(None), S.friend_id > batch.newest)
    found = select(
        *(S.friend_id.label("id"), func.min(S.name).label("name"), func.min(S.name).label("key")),
        *(func.max(S.phone).label("phone"), func.max(S.email).label("email")),
    )
    named = found.where(*new).group_by(S.friend_id).subquery()
    made = session.execute(insert(FRIEND).from_select(STRANGER, stranger(named, S.name, batch)))
    return cast("CursorResult[Any]", made).rowcount


def _folded(name: Column[Any]) -> ColumnElement[str]:
    """Return a name as names are compared: without blanks and in lower case."""
    return func.lower(func.replace(func.replace(name, " ", ""), "\u3000", ""))
