"""A shop with Mei, of whom the shop knows a little of everything, and a request of hers."""

from datetime import datetime

import pytest

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.data_request import RequestStep, Wants
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.requests import copying, register
from linecrm_desktop.requests.collecting import Section
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.store.database import Database
from tests.maker import Maker

SECRET = "secret-wish-of-mei"


@pytest.fixture
def mei(database: Database, make: Maker, now: datetime) -> int:
    with database.write() as session:
        friend = make.friend(
            session,
            name="梅 Mei",
            member_number="M-1001",
            phone="+886912345678",
            email="mei@example.tw",
            line_user_id=None,
        )
        make.give(session, make.tag(session, "=Tea"), friend, evidence="asked at the stall")
        make.give(session, make.tag(session, "Allergy", is_sensitive=True), friend)
        make.order(session, friend, 4, 120_000, [("Soap", "Care", 2), ("Serum", "Care", 1)], number="O-1")
        make.order(session, friend, 9, 50_000, number="O-2")
        make.event(session, friend, EventKind.REPLY, detail=SECRET)
        send = make.campaign(session, name="Refill")
        make.delivery(session, send, friend)
        ledger.record_collected(session, [friend], Origin("market stall", "news", Answer.YES, "paper form"), now)
    return friend


def ask(
    database: Database, friend: int, day: ShopDay, now: datetime, wants: Wants = Wants.COPY, about: str = ""
) -> int:
    """Write a request down."""
    with database.write() as session:
        return register.write_down(session, friend, wants, day, now, about=about)


def do(database: Database, request: int, day: ShopDay, now: datetime, *steps: RequestStep) -> None:
    """Do steps, as the boss."""
    for step in steps:
        with database.write() as session:
            copying.do(session, request, step, "Boss", "member number in the chat", day, now)


def row(database: Database, request: int, day: ShopDay) -> RequestRow:
    """Read a request."""
    with database.read() as session:
        return register.one(session, request, day)


def plain_pdf(request: RequestRow, parts: tuple[Section, ...]) -> bytes:
    """Stand in for the painter, which belongs to the screens."""
    return f"%PDF {request.name} {len(parts)}".encode()
