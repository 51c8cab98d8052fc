"""When a shop is backed up, where to, and how many are kept: by the day, and before work that changes much."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import exists, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.store.backup import Backup, back_up, backups
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.server_troubles import MayNotWrite
from linecrm_desktop.text import _

OWN_FOLDER = "Backups"
"""Beside the shop file, until a person chooses a better place: another drive survives what this one does not."""
OLD = timedelta(days=7)
"""A backup older than this is worth a word."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A person's choice for one shop on this computer."""

    folder: Path
    is_own: bool
    """Whether it is the folder beside the shop, which is made when it is missing."""
    keep: int
    days: int
    """Days between two backups; 0: only by hand and before work that changes much."""


def plan_for(shop: Path, chosen: Preferences) -> Plan:
    """Return the plan for a shop file."""
    own = not chosen.backup_folder
    folder = shop.parent / OWN_FOLDER if own else Path(chosen.backup_folder)
    return Plan(folder, own, chosen.backup_keep, chosen.backup_days)


def last(plan: Plan, shop: Path) -> Backup | None:
    """Return the newest backup, if there is one where it should be."""
    return next(iter(backups(plan.folder, shop.stem)), None)


def is_due(plan: Plan, shop: Path, day: ShopDay) -> bool:
    """Whether the plan asks for a backup today. A clock that was set back asks for none twice."""
    newest = last(plan, shop)
    if plan.days == 0:
        return False
    return newest is None or abs((day.today - newest.at.date()).days) >= plan.days


def make(database: Database, plan: Plan, now: datetime, day: ShopDay, task: Task) -> Backup:
    """Back the shop up now.

    Raises OutsideError when the folder is not there or the disk is full, and MayNotWrite for whoever may only look: a
    copy of everybody leaves no line about who took it.
    """
    if not database.may_write():
        raise MayNotWrite(
            _("Your user may look at this shop and change nothing in it."),
            _("A backup would hold everybody in it. Nothing was copied; the shop’s owner can make one."),
        )
    if plan.is_own:
        _make_folder(plan.folder)
    return back_up(database.path, plan.folder, day.local(now), plan.keep, task, database.key)


def before_large_work(database: Database, plan: Plan, now: datetime, day: ShopDay, task: Task) -> Backup | None:
    """Back the shop up unless that happened today already. Raises OutsideError as make does."""
    newest = last(plan, database.path)
    if newest is not None and newest.at.date() == day.today:
        return None
    return make(database, plan, now, day, task)


def before_import(database: Database, plan: Plan, now: datetime, day: ShopDay, task: Task) -> str:
    """Back up a shop that has friends before an import, once a day; return why that failed, or nothing.

    A backup that cannot be made stops no import: an import is one transaction, and can be undone. Whoever may not write
    imports nothing, so nothing is backed up for it.
    """
    if not database.may_write():
        return ""
    with database.read() as session:
        if not session.scalar(select(exists().select_from(Friend))):
            return ""
    try:
        before_large_work(database, plan, now, day, task)
    except OutsideError as error:
        return error.sentence()
    return ""


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutsideError(
            _("The backup folder “{folder}” cannot be made.").format(folder=folder),
            _("The shop is as it was, without a new backup. Choose another folder in Settings."),
            details=str(error),
        ) from error
