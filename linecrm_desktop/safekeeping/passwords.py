"""The password of a shop file: setting, changing and removing it, together with all copies of the shop.

Whoever loses it loses the shop: there is no second way in, and nothing here pretends otherwise.
"""

import hmac
from dataclasses import dataclass
from pathlib import Path

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.store import driver, sealing
from linecrm_desktop.store.backup import backups, copies
from linecrm_desktop.store.driver import Key
from linecrm_desktop.text import _

SHORTEST = 8
"""Letters. Length is what makes a password slow to guess; no other rule is worth its trouble."""
WAITS = (0, 0, 0, 2, 4, 8, 16, 30)
"""Seconds to wait after so many wrong passwords; the last for all that follow."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What became of a shop and its copies."""

    key: Key | None
    copies: int
    """Copies and backups that have the same password now."""
    left: tuple[Path, ...]
    """Those that could not be done and are as they were."""


def check_new(password: str) -> str:
    """Return what is wrong with a new password in a sentence, or nothing."""
    if len(password) < SHORTEST:
        return _("At least {n} letters: a sentence that only you know is easy to keep.").format(n=SHORTEST)
    return ""


def is_right(key: Key, password: str) -> bool:
    """Whether a password is the one of an open shop."""
    told = Key.of_server(password, key.salt) if key.is_password else Key.of(password, key.salt)
    return hmac.compare_digest(told.raw, key.raw)


def wait_after(wrong: int) -> int:
    """Return for how many seconds no password is taken after so many wrong ones."""
    return WAITS[min(wrong, len(WAITS) - 1)]


def seal(path: Path, old: Key | None, password: str | None, plan: Plan, task: Task) -> Sealed:
    """Give a closed shop and all its copies a new password, or none; return the new key.

    Raises ShopError for a password that is too short and OutsideError when it cannot be done; the shop is as it was.
    """
    if password is not None and (wrong := check_new(password)):
        raise ShopError(_("This password is too short."), wrong)
    if not driver.can_encrypt():
        raise OutsideError(
            _("This installation of Tagwell cannot encrypt."),
            _("The part that encrypts is not made for this kind of computer. The shop stays as it is."),
        )
    new = None if password is None else Key.new(password)
    sealing.seal(path, old, new)
    others = [copy for copy in (*copies(path), *(one.path for one in backups(plan.folder, path.stem)))]
    ours = [(copy, old) for copy in others if _has(copy, old)]
    foreign = [copy for copy in others if not _has(copy, old) and not _has(copy, new)]
    left = [*sealing.seal_all(ours, new, task), *foreign]
    return Sealed(new, len(others) - len(left), tuple(left))


def _has(file: Path, key: Key | None) -> bool:
    """Whether a file belongs to a key by what it begins with."""
    try:
        return driver.salt_of(file) == (key.salt if key is not None else None)
    except OSError:
        return False
