"""Adding a friend by hand, with the same two questions an import asks: where from, and were they told?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import chain, erased, ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import keys
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class FriendDraft:
    """What a person knows about a new friend, as typed. Everything but the name may be empty."""

    name: str
    phone: str = ""
    email: str = ""
    member_number: str = ""
    line_user_id: str = ""
    came_through: str = ""
    informed: Answer = Answer.UNKNOWN


def add_friend(session: Session, draft: FriendDraft, now: datetime, came_back: str = "") -> int:
    """Add a friend and where they came from. Raises ShopError for a field that is wrong or a person already there.

    Raises WasErased for somebody who asked to be erased, unless `came_back` says how we know that they came back
    themselves; that is written into the ledger, and nothing keeps them out any more.
    """
    name = " ".join(draft.name.split())
    if not name:
        raise ShopError(_("The friend has no name."), _("Write the name you know this friend by."))
    country = session.scalars(select(Shop.country)).one()
    friend = Friend(
        name=name,
        phone=keys.phone(draft.phone, country) if draft.phone.strip() else None,
        email=keys.email(draft.email) if draft.email.strip() else None,
        member_number=draft.member_number.strip() or None,
        line_user_id=keys.line_user_id(draft.line_user_id) if draft.line_user_id.strip() else None,
        created_at=now,
    )
    _refuse_double(session, friend)
    evidence = _let_in(session, friend, now, came_back.strip()) or _("Added by hand.")
    session.add(friend)
    session.flush()
    origin = Origin(draft.came_through.strip(), "", draft.informed, evidence)
    ledger.record_collected(session, [friend.id], origin, now)
    _note(session, friend.id, now, None, "hand")
    return friend.id


def take_back(session: Session, friend_id: int, now: datetime) -> None:
    """Remove a friend who was added by mistake, with all that hangs on them."""
    friend = session.get(Friend, friend_id)
    if friend is not None:
        chain.forget(session, [friend_id])
        session.delete(friend)
        _note(session, friend_id, now, "hand", None)
        session.flush()


def _note(session: Session, friend_id: int, now: datetime, before: str | None, after: str | None) -> None:
    """Keep no personal data in the journal: a friend who is taken back must be gone."""
    action = f"friend:{friend_id}"
    session.add(Change(action=action, at=now, entity="friend", entity_id=friend_id, before=before, after=after))


def _let_in(session: Session, friend: Friend, now: datetime, came_back: str) -> str:
    """Refuse somebody who was erased, or let them back; return what the ledger says of that, "" for anybody else."""
    keys = {kind: getattr(friend, kind) for kind in (*erased.SURE, *erased.WEAK) if getattr(friend, kind) is not None}
    bars = erased.register(session).barring(keys)
    if not bars:
        return ""
    if not came_back:
        raise erased.by_hand(bars, erased.zone(session))
    erased.let_back(session, {bar.erasure for bar in bars}, now)
    return _("Was erased, and came back by their own wish: {how}").format(how=came_back)


def _refuse_double(session: Session, friend: Friend) -> None:
    same = [
        (Friend.member_number, friend.member_number, _("The member number {value} belongs to {name} already.")),
        (Friend.line_user_id, friend.line_user_id, _("The LINE user ID {value} belongs to {name} already.")),
    ]
    for column, value, sentence in same:
        name = None if value is None else session.scalar(select(Friend.name).where(column == value))
        if name is not None:
            raise ShopError(
                sentence.format(value=value, name=name), _("Look for that friend, or leave this field empty.")
            )
