"""Reads what the shop has under a name."""

from sqlalchemy.orm import Session

from linecrm_desktop.friends import directory
from linecrm_desktop.journeys import library as journeys
from linecrm_desktop.messages import library as messages
from linecrm_desktop.segments import library as segments
from linecrm_desktop.tags import library as tags
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.finding.offers import Kind, Offer, rank

FRIENDS = 12
"""So many friends are shown at most: a name that many have is looked for on their own page."""


def read(session: Session, words: str) -> list[Offer]:
    """Return the segments, tags, messages, paths and friends that fit; nothing for no words."""
    if not words.strip():
        return []
    named = (
        *((Kind.SEGMENT, row.name, Place(Page.SEGMENTS, row.id)) for row in segments.all_segments(session)),
        *((Kind.TAG, row.name, Place(Page.TAGS, row.id)) for row in tags.all_tags(session)),
        *((Kind.MESSAGE, row.name, Place(Page.MESSAGES, row.id)) for row in messages.all_messages(session)),
        *((Kind.PATH, row.name, Place(Page.JOURNEYS, row.id)) for row in journeys.all_paths(session)),
    )
    found = [Offer(*one) for one in named if rank(words, one[1]) is not None]
    for friend, name in directory.some_called(session, words, FRIENDS):
        found.append(Offer(Kind.FRIEND, name, Place(Page.FRIENDS, friend, "friend")))
    return found
