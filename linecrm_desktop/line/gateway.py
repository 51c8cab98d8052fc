"""What Tagwell asks of LINE, and every answer it can get. The real door and the tests' fakes both keep to this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from linecrm_desktop.errors import OutsideError

LINE_HOST = "https://api.line.me"
LINE_DATA_HOST = "https://api-data.line.me"
"""Where files go up."""
MULTICAST_MAX = 500
"""Most user ids in one multicast (Messaging API reference)."""
FRIENDS_MAX = 1000
"""Most friend ids in one page (Messaging API reference)."""
COUPONS_MAX = 100
"""Most coupons in one page (Messaging API reference)."""
AUDIENCE_JSON_MAX = 10_000
"""Most user ids in one JSON request about an audience (Messaging API reference)."""
AUDIENCE_FILE_MAX = 1_500_000
"""Most lines in one uploaded file of user ids (Messaging API reference)."""
AUDIENCE_NAME_MAX = 120
AUDIENCE_DAYS = 180
"""How long LINE keeps an audience (Messaging API reference)."""
BUBBLES_MAX = 5
RETRY_KEY_HOURS = 23
"""LINE remembers a retry key for 24 hours; one hour is kept in hand."""


@dataclass(frozen=True, slots=True)
class Account:
    """The official account that a token belongs to."""

    user_id: str
    basic_id: str
    name: str
    picture_url: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """Messages of this month. `limit` is None where LINE says there is none; `used` is LINE's own approximation."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class FriendPage:
    """Some of the account's friends. `next` asks for the following page and lives 24 hours; None: this was the last.

    `is_expired` says that the page was asked for with a `next` that LINE no longer knows.
    """

    ids: tuple[str, ...] = ()
    next: str | None = None
    is_expired: bool = False


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon of the account, made in LINE's own tools."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What LINE counted under one unit name. None: fewer than 20 people, or not counted yet; never nought."""

    seen: int | None
    pressed: int | None


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """A list of people that LINE keeps for narrowcasts and ads."""

    id: int
    name: str
    status: str
    """IN_PROGRESS, READY, FAILED, EXPIRED, INACTIVE or ACTIVATING. LINE may take hours until one is ready."""
    people: int | None = None
    """As LINE counts; None: not counted yet."""
    expires_at: datetime | None = None


class MaybeTaken(OutsideError):
    """No whole answer came: LINE may or may not have done what it was asked."""


class AnswerKind(StrEnum):
    """How a request to send ended, by what may be done next."""

    ACCEPTED = "accepted"
    """LINE took it (also when it says that it took it at an earlier try)."""
    BAD_RECIPIENT = "bad_recipient"
    """Nothing was sent; LINE does not know the people at `bad` positions (or the one person of a push)."""
    BAD_MESSAGE = "bad_message"
    """Nothing was sent; the message breaks a limit."""
    TOKEN_REFUSED = "token_refused"
    MONTHLY_LIMIT = "monthly_limit"
    """Nothing was sent; the month's messages are used up."""
    BUSY = "busy"
    """Nothing was sent; too many requests. Try the same request with the same key later."""
    NOT_REACHED = "not_reached"
    """No connection was made: nothing was sent."""
    NO_ANSWER = "no_answer"
    """LINE may or may not have taken it. Only the same request with the same key is safe."""
    FORBIDDEN = "forbidden"
    """The account may not do this."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that LINE says against a request, in LINE's words: where, such as "messages[0].text", and what."""

    property: str
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One request's end."""

    kind: AnswerKind
    request_id: str = ""
    words: str = ""
    """What LINE said, for the log and the Details; never the token."""
    bad: tuple[int, ...] = ()
    """Positions in `to` that LINE named, from 0."""
    again: bool = False
    """True when LINE had accepted this key at an earlier try; `request_id` is then the earlier one's."""
    status: int = 0
    """The HTTP status; 0 where no whole answer came."""
    call_id: str = ""
    """The request id of this very call."""
    complaints: tuple[Complaint, ...] = ()
    """What LINE's `details` said one by one."""


class Line(Protocol):
    """The Messaging API as Tagwell uses it. Every method blocks; call it off the GUI thread, never inside write()."""

    def account(self) -> Account:
        """Ask whose token this is. Raises OutsideError (token refused, not reached, wrong kind of channel)."""
        ...

    def quota(self) -> Quota:
        """Ask for this month's limit and use. Raises OutsideError."""
        ...

    def may_read_friends(self) -> bool:
        """Ask whether the account may list friend ids (verified and premium ones may). Raises OutsideError."""
        ...

    def friend_ids(self, start: str | None) -> FriendPage:
        """Return up to 1,000 ids of friends who do not block the account. Raises OutsideError."""
        ...

    def profile_name(self, user_id: str) -> str | None:
        """Return the name that a friend shows, None when they are no friend any more. Raises OutsideError."""
        ...

    def target_reach(self, day: str) -> int | None:
        """Return the friends a broadcast reaches on a day (yyyyMMdd, UTC+9), None while LINE has no number."""
        ...

    def coupons(self) -> list[Coupon]:
        """Return the coupons that can be used now. Raises OutsideError."""
        ...

    def unit_figures(self, unit: str, first: str, last: str) -> UnitFigures:
        """Return what was counted for pushes and multicasts of a unit, sent on these days (yyyyMMdd, UTC+9).

        The days lie at most 30 apart; LINE counts for 14 days after a send and may be asked 60 times an hour. Raises
        OutsideError.
        """
        ...

    def create_audience(self, name: str, ids: Sequence[str]) -> AudienceGroup:
        """Make an audience of up to 1,500,000 well-formed user ids in one request; one bad id fails it whole.

        The name must be new, whatever its case. Raises MaybeTaken when no answer came, else OutsideError.
        """
        ...

    def add_to_audience(self, audience: int, ids: Sequence[str]) -> None:
        """Add user ids to an audience; LINE has no way to take any out. Raises MaybeTaken, OutsideError."""
        ...

    def audience(self, audience: int) -> AudienceGroup | None:
        """Return how an audience stands, None when LINE does not have it (any more). Raises OutsideError."""
        ...

    def audiences(self, name: str = "") -> list[AudienceGroup]:
        """Return the account's audiences whose names hold a text. Raises OutsideError."""
        ...

    def delete_audience(self, audience: int) -> bool:
        """Delete an audience; False when LINE did not have it. Raises OutsideError."""
        ...

    def validate(self, body: dict[str, Any]) -> Answer:
        """Let LINE check the messages of a request without sending anything; never raises.

        With several people in `to` they are checked as those of a multicast, else as those of a push.
        """
        ...

    def push(self, body: dict[str, Any], retry_key: str) -> Answer:
        """Send one person's request. Never raises for what LINE or the network does."""
        ...

    def multicast(self, body: dict[str, Any], retry_key: str) -> Answer:
        """Send one request to up to 500 people. Never raises for what LINE or the network does."""
        ...

    def close(self) -> None:
        """Give back connections."""
        ...
