"""A small shop with a segment and a message that is ready for the gate."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from linecrm_desktop.messages import library
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from tests.maker import Maker

TEXT = "Hi {name|there}, your serum is nearly empty. 🍎"


@dataclass
class SerumShop:
    """Ids of what was put in."""

    friends: list[int]
    segment: int
    message: int


def serum_shop(database: Database, make: Maker, friends: int = 60, **brief: object) -> SerumShop:
    """Put in friends with a tag, two who cannot be reached, and a message for them."""
    with database.write() as session:
        tag = make.tag(session, "Serum")
        ids = [
            make.friend(session, name=f"Friend {n}", informed=Answer.YES, can_opt_out=Answer.YES)
            for n in range(friends)
        ]
        ids.append(make.friend(session, name="", informed=Answer.YES, can_opt_out=Answer.YES))
        refused = make.friend(session, marketing=Marketing.REFUSED)
        blocked = make.friend(session, is_blocked=True)
        for friend in (*ids, refused, blocked):
            make.give(session, tag, friend)
        segment = _segment(session, make, tag)
        answers = {"keep_back": 10} | brief
        draft = MessageDraft(
            "Serum refill",
            Brief(segment, "Their serum is running out.", "Show the missing night step.", **answers),  # pyright: ignore[reportArgumentType]
            (TextBubble(TEXT),),
        )
        message = library.save(session, draft, make.now)
        make.was_tested(session, message)
        return SerumShop(ids, segment, message)


def _segment(session: Session, make: Maker, tag: int) -> int:
    rule = codec.to_json(AllOf((HasTag((tag,)),)))
    row = Segment(name="Serum buyers", rule=rule, created_at=make.now, changed_at=make.now)
    session.add(row)
    session.flush()
    return row.id
