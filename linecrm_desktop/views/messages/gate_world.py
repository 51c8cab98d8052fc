"""Asks the world for the gate: the month's messages, whose account it is, what LINE and the links say. For workers."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from linecrm_desktop.campaigns import asking, connecting, gate
from linecrm_desktop.campaigns.asking import Outside, Questions
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError, ShopError, TagwellError
from linecrm_desktop.jobs import Changes, Task, changes
from linecrm_desktop.line import pictures
from linecrm_desktop.line.gateway import Account
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.line_access import line_of


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back, and what had been asked."""

    asked: Questions
    outside: Outside
    picture: bytes | None = None
    """The account's own picture."""
    trouble: TagwellError | None = None
    """Why LINE could not be asked."""


def ask(
    desk: Desk, message: int, day: ShopDay, now: datetime, known: dict[str, bytes], database: Database, _task: Task
) -> tuple[Answers, Changes]:
    """Read what there is to ask, ask it, and keep the month's messages. `known` are pictures that are there already."""
    with database.read() as session:
        asked = gate.inspect(session, message, day, now, None).questions
        through = accounts.of_message(session, message)
    web, trouble = desk.line.web, None
    try:
        with line_of(desk, database, through) as connection:
            outside = asking.ask(connection, web, asked)
    except (ShopError, OutsideError) as error:
        outside, trouble = asking.ask(None, web, asked), error
    if outside.quota is not None:
        with database.write() as session:
            connecting.remember_quota(session, outside.quota, now, through)
    return Answers(asked, outside, _picture(desk, outside.account, known), trouble), changes()


def asker(desk: Desk, message: int, known: dict[str, bytes]) -> partial[tuple[Answers, Changes]]:
    """Return `ask` for one message, as a job runs it."""
    return partial(ask, desk, message, desk.day(), desk.now(), known)


def _picture(desk: Desk, account: Account | None, known: dict[str, bytes]) -> bytes | None:
    """Return the account's picture; one that cannot be had is no reason to stop."""
    address = account.picture_url if account else None
    if address is None or address in known:
        return known.get(address or "")
    try:
        return pictures.look(address, desk.line.web).data
    except (ShopError, OutsideError):
        return None
