"""What friends of the sample shop asked about their data: six requests that are closed, and one that waits."""

from datetime import timedelta

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.data_request import Ending, RequestStep, Wants
from linecrm_desktop.requests import register
from linecrm_desktop.sample.sorting import ids_of_friends
from linecrm_desktop.sample.world import world
from linecrm_desktop.text import _

_CLOSED = (
    ("楊子萱", Wants.COPY, 281),
    ("許家瑋", Wants.CORRECT, 233),
    ("李承恩", Wants.COPY, 176),
    ("葉書妤", Wants.CORRECT, 121),
    ("鄭宇辰", Wants.STOP_MARKETING, 64),
    ("吳佩珊", Wants.COPY, 38),
)
"""Who, what, and how many days ago. The stop is of somebody who refuses anyway."""
_OPEN = ("黃柏翰", Wants.COPY, 9)
_BY = "Amy"
_STEPS = (RequestStep.CHECK, RequestStep.COLLECT, RequestStep.HAND_OVER)


def ask(session: Session, day: ShopDay) -> None:
    """Write the requests down, each on its day; a stop was done at once, the others two days later."""
    members = {person.known.name: person.member for person in world().people if person.known}
    numbers = ids_of_friends(session)
    friends = {name: numbers[member] for name, member in members.items()}
    for name, wants, days in _CLOSED:
        request = _write_down(session, friends[name], wants, day, days)
        is_stop = wants is Wants.STOP_MARKETING
        done = day.days_ago(days if is_stop else days - 2) + timedelta(hours=17)
        for step in _STEPS:
            register.record(session, request, step, _BY, _("Member number in the chat"), done)
        register.close(session, request, Ending.DONE, _BY, "", done)
    name, wants, days = _OPEN
    _write_down(session, friends[name], wants, day, days)


def _write_down(session: Session, friend: int, wants: Wants, day: ShopDay, days: int) -> int:
    now = day.days_ago(days) + timedelta(hours=14, minutes=26)
    return register.write_down(session, friend, wants, ShopDay.of(now, day.zone), now, about=_("In the chat"))
