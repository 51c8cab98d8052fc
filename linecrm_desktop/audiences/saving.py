"""Lists that leave as files: ids and hashes for LINE Ads, a table for another tool, and the passport beside them."""

import hashlib
import json
from pathlib import Path
from typing import Any

from linecrm_desktop.audiences import register
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Wish
from linecrm_desktop.audiences.contents import rows
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.audiences.register import Frozen
from linecrm_desktop.campaigns.audience import Who
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.spreadsheet import write_table
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.whole_files import written_whole

_NAMES = {
    Identifier.LINE_ID: "line_user_ids",
    Identifier.PHONE: "phones_sha256",
    Identifier.EMAIL: "emails_sha256",
}


def save(
    database: Database,
    wish: Wish,
    segment_id: int | None,
    folder: Path,
    at: Moment,
    limits: Limits | None = None,
    who: Who | None = None,
) -> int:
    """Write the files of a wish into a folder, with its passport; return the list's number.

    Raises ShopError while a check is red, OutsideError when the folder or the disk does not let us.
    """
    with database.write() as session:
        frozen = register.freeze(session, wish, segment_id, at.day, at.now, limits, who)
    stem = f"audience_{at.day.local(at.now):%Y-%m-%d}_{frozen.id}"
    try:
        made = _table(frozen, wish, folder, stem) if wish.way is Way.CSV else _lists(frozen, folder, stem)
    except OutsideError:
        with database.write() as session:
            register.ended(session, frozen.id, ShareState.FAILED, at.now)
        raise
    with database.write() as session:
        register.saved(session, frozen.id, made)
        told = register.passport(session, frozen.id)
    text = json.dumps(as_data(told, at), ensure_ascii=False, indent=2)
    with written_whole(folder / f"{stem}_passport.json") as unfinished:
        unfinished.write_bytes(f"{text}\n".encode())
    return frozen.id


def again(database: Database, list_id: int, folder: Path, at: Moment, limits: Limits | None = None) -> int:
    """Write the files of a saved list again without those who may not be in it any more; return the new list.

    Raises ShopError when too few are left.
    """
    with database.read() as session:
        old = register.passport(session, list_id)
        if old.state is not ShareState.SAVED:
            raise ShopError(_("This list was not saved as files."), _("Upload it again at LINE instead."))
        held = {Identifier(part) for one in old.contents for part in str(one["identifier"]).split("+")}
        rule = register.rule_of(session, list_id)
        to_whom = old.to_whom if old.way is Way.CSV else ""
        wish = Wish(rule, old.way, old.purpose, frozenset(held), to_whom, old.channel_id)
    new = save(database, wish, old.segment_id, folder, at, limits, register.members(list_id))
    with database.write() as session:
        register.replaced(session, list_id, new)
    return new


def as_data(told: register.Passport, at: Moment) -> dict[str, Any]:
    """Return a passport for a file or a program: what left, why, to whom, which identifiers, how many."""
    day = at.day

    def moment(when: Any) -> str | None:
        return None if when is None else day.local(when).isoformat(timespec="seconds")

    return {
        "id": told.id,
        "at": moment(told.at),
        "segment": told.segment,
        "for": str(told.way),
        "purpose": told.purpose,
        "to_whom": told.to_whom,
        "state": str(told.state),
        "people": told.people,
        "counts": told.counts,
        "contents": list(told.contents),
        "line_id": told.line_id,
        "line_name": told.line_name if told.line_id is not None else None,
        "line_status": told.line_status or None,
        "line_people": told.line_people,
        "asked_at": moment(told.asked_at),
        "expires_at": moment(told.expires_at),
        "ended_at": moment(told.ended_at),
        "uploaded_again_as": told.again_id,
        "refused_since": told.refused_since,
        "practice": told.is_practice,
    }


def _lists(frozen: Frozen, folder: Path, stem: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for one in frozen.contents:
        name = f"{stem}_{_NAMES[one.identifier]}.txt"
        with written_whole(folder / name) as unfinished:
            unfinished.write_bytes(one.data)
        told = {"identifier": str(one.identifier), "lines": len(one.lines), "sha256": one.sha256, "file": name}
        made.append(told)
    return made


def _table(frozen: Frozen, wish: Wish, folder: Path, stem: str) -> list[dict[str, Any]]:
    wanted = [identifier for identifier in Identifier if identifier in wish.identifiers]
    path = folder / f"{stem}.csv"
    lines = write_table(path, [_NAMES[one] for one in wanted], rows(frozen.people, wanted))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return [{"identifier": "+".join(wanted), "lines": lines, "sha256": digest, "file": path.name}]
