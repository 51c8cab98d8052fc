"""What the composer shows beside the draft: segments, who can be reached, and how friends fill the variables."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Reach, Sieve
from linecrm_desktop.channels import accounts
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages import people
from linecrm_desktop.messages.people import Filling, Sample
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.problems import problems

NOBODY = Filling(0, {}, {})


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment to choose."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the composer reads from the shop."""

    account: str = ""
    accounts: tuple[AccountRow, ...] = ()
    """The shop's LINE accounts, to choose which one writes."""
    channel_id: int | None = None
    """The account that reach belongs to."""
    segments: tuple[Choice, ...] = ()
    segment_id: int | None = None
    """The segment that reach, filling and samples belong to."""
    reach: Reach | None = None
    filling: Filling = NOBODY
    samples: tuple[Sample, ...] = field(default_factory=tuple)
    variables: tuple[str, ...] = ()
    """What may be put into a text: the usual ones, and the shop's own fields."""


def read(session: Session, segment_id: int | None, day: ShopDay, now: datetime, channel_id: int | None = None) -> Facts:
    """Read the facts for a draft that is meant for a segment and goes through an account."""
    kept = () if segment_id is None else (segment_id,)
    choices = tuple(Choice(row.id, row.name) for row in segments.all_segments(session, kept))
    account, known_accounts = account_name(session, channel_id), tuple(accounts.rows(session))
    variables = tuple(people.offered(session))
    known = segments.rules(session)
    rule = known.get(segment_id) if segment_id is not None else None
    if rule is None or problems(rule, known):  # the check list says what is wrong
        return Facts(account, known_accounts, channel_id, choices, variables=variables)
    sieve = Sieve(segments.cap(session, segment_id), through=channel_id)
    ids = audience.reachable(session, rule, day, now, sieve)
    return Facts(
        account,
        known_accounts,
        channel_id,
        choices,
        segment_id,
        audience.reach(session, rule, day, now, sieve),
        people.filling(session, ids),
        tuple(people.samples(session, ids)),
        variables,
    )


def reachable(
    session: Session, segment_id: int | None, day: ShopDay, now: datetime, channel_id: int | None = None
) -> list[int]:
    """Return the friends of a segment whom an account reaches; nobody where its rules cannot be counted."""
    known = segments.rules(session)
    rule = known.get(segment_id) if segment_id is not None else None
    if rule is None or problems(rule, known):
        return []
    return audience.reachable(session, rule, day, now, Sieve(segments.cap(session, segment_id), through=channel_id))


def account_name(session: Session, channel_id: int | None = None) -> str:
    """Return the name under which friends of an account see the shop."""
    return accounts.name(session, channel_id) or session.get_one(Shop, 1).name
