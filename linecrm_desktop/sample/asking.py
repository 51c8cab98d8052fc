"""Writes down what the sample shop's friends were told and asked, and who has blocked its account."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.models.consent import ConsentEntry, ConsentHead, ConsentKind
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.sample.answers import THROUGH
from linecrm_desktop.sample.people import Fate
from linecrm_desktop.sample.sorting import ids_of_friends
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import world
from linecrm_desktop.text import _

_FRIEND = Friend.metadata.tables[Friend.__tablename__]


def ask(session: Session, now: datetime) -> None:
    """Record the three answers of everybody, dated to the day each became a friend, the blocks, and lost LINE IDs."""
    # The imports said nothing about the origin, so the lines that they left in the ledger say nothing either. This shop
    # is being made up: its chain begins anew, over the lines as they are dated here.
    session.execute(delete(ConsentHead))
    session.execute(delete(ConsentEntry).where(ConsentEntry.kind == ConsentKind.COLLECTED))
    friends, purpose, notice = ids_of_friends(session), _("Orders, and offers on LINE"), _("Notice v3")
    groups: defaultdict[Origin, list[int]] = defaultdict(list)
    for person in world().people:
        informed = Answer.YES if person.informed else Answer.UNKNOWN
        can_opt_out = Answer.YES if person.can_opt_out else Answer.UNKNOWN
        evidence = notice if person.informed else ""
        origin = Origin(said(THROUGH.get(person.source, "")), purpose, informed, evidence, can_opt_out)
        if person.source or person.informed or person.can_opt_out:
            groups[origin].append(friends[person.member])
    for origin, members in groups.items():
        ledger.record_collected(session, members, origin, now)
    joined = select(Friend.joined_at).where(Friend.id == ConsentEntry.friend_id).scalar_subquery()
    session.execute(update(ConsentEntry).values(at=joined))
    blocked = [{"friend": friends[one.member]} for one in world().people if one.fate is Fate.BLOCKED]
    change = update(_FRIEND).where(_FRIEND.c.id == bindparam("friend")).values(is_blocked=True)
    session.connection().execute(change, blocked)
    forgotten = [{"friend": friends[one.member]} for one in world().people if not one.has_line]
    lost = update(_FRIEND).where(_FRIEND.c.id == bindparam("friend")).values(line_user_id=None)
    session.connection().execute(lost, forgotten)
    session.expire_all()
