"""Notices: what the shop tells people about the use of their data, in versions, and how to stop.

A version that was told to somebody stays as it is for ever, because their ledger names it; a change of mind is a new
version. The drafts that ship are a place to start from, not legal advice.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent.ledger import as_codes, uses_in
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.consent import ConsentEntry, Notice, Use
from linecrm_desktop.resources import resource
from linecrm_desktop.text import _

LANGUAGES = ("zh-TW", "ja", "th", "en")
TEXT_MAX, OPT_OUT_MAX = 5_000, 200


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice as it is written."""

    language: str
    text: str
    opt_out: str
    uses: frozenset[Use] = field(default_factory=lambda: frozenset[Use]())


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One version of the notice in one language."""

    id: int
    version: int
    language: str
    text: str
    opt_out: str
    uses: frozenset[Use]
    valid_from: datetime
    told: int
    """Friends whose ledger says that they were told it; from the first one on it cannot be changed."""


def drafts(shop: str) -> Mapping[str, NoticeDraft]:
    """Return the drafts to start from, by language, with the shop's name put in."""
    return {
        language: NoticeDraft(
            language,
            str(told["text"]).replace("{shop}", shop),
            str(told["opt_out"]).replace("{shop}", shop),
            frozenset(Use),
        )
        for language, told in _shipped().items()
    }


def all_notices(session: Session) -> list[NoticeRow]:
    """Return all notices, the newest version first, each in the order of the languages."""
    told = (
        select(ConsentEntry.notice_id, func.count(ConsentEntry.friend_id.distinct()).label("n"))
        .where(ConsentEntry.notice_id.is_not(None))
        .group_by(ConsentEntry.notice_id)
        .subquery()
    )
    query = select(Notice, func.coalesce(told.c.n, 0)).outerjoin(told, told.c.notice_id == Notice.id)
    rows = [_row(notice, n) for notice, n in session.execute(query)]
    return sorted(rows, key=lambda row: (-row.version, _place(row.language)))


def labels(session: Session) -> dict[int, str]:
    """Return what each notice is called beside a line: its version and language."""
    rows = session.execute(select(Notice.id, Notice.version, Notice.language))
    return {
        notice: _("notice v{version} ({language})").format(version=version, language=language)
        for notice, version, language in rows
    }


def notice(session: Session, notice_id: int) -> NoticeRow:
    """Return one notice. Raises ShopError when it is not there."""
    found = next((row for row in all_notices(session) if row.id == notice_id), None)
    if found is None:
        raise ShopError(_("There is no such notice."), _("Look at the list of notices. Nothing was changed."))
    return found


def find(session: Session, version: int, language: str) -> NoticeRow:
    """Return a version of the notice in a language. Raises ShopError when it is not there."""
    number = session.scalar(select(Notice.id).where(Notice.version == version, Notice.language == language))
    return notice(session, number or 0)


def current(session: Session, language: str, now: datetime) -> NoticeRow | None:
    """Return the newest notice in a language that is valid now; None: there is none yet."""
    valid = (row for row in all_notices(session) if row.language == language and row.valid_from <= now)
    return next(valid, None)


def add(
    session: Session, draft: NoticeDraft, valid_from: datetime, now: datetime, version: int | None = None
) -> NoticeRow:
    """Add a notice: a new version, or another language of one that is there. Raises ShopError when it cannot be."""
    clean = _checked(draft)
    newest = session.scalar(select(func.max(Notice.version))) or 0
    if version is not None and not 1 <= version <= newest:
        raise ShopError(_("There is no such notice."), _("Look at the list of notices. Nothing was changed."))
    wanted = version or newest + 1
    if session.scalar(select(Notice.id).where(Notice.version == wanted, Notice.language == clean.language)):
        raise ShopError(_("This version is there in this language already."), _("Change it, or make a new version."))
    row = Notice(
        version=wanted,
        language=clean.language,
        text=clean.text,
        opt_out=clean.opt_out,
        uses=as_codes(clean.uses),
        valid_from=valid_from,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return _row(row, 0)


def change(session: Session, notice_id: int, draft: NoticeDraft, valid_from: datetime) -> NoticeRow:
    """Change a notice that nobody was told yet. Raises ShopError once somebody was."""
    row = _untold(session, notice_id)
    clean = _checked(draft)
    row.text, row.opt_out, row.uses, row.valid_from = clean.text, clean.opt_out, as_codes(clean.uses), valid_from
    session.flush()
    return _row(row, 0)


def remove(session: Session, notice_id: int) -> None:
    """Remove a notice that nobody was told yet. Raises ShopError once somebody was."""
    session.execute(delete(Notice).where(Notice.id == _untold(session, notice_id).id))
    session.expire_all()


def _untold(session: Session, notice_id: int) -> Notice:
    row = session.get(Notice, notice_id)
    if row is None:
        raise ShopError(_("There is no such notice."), _("Look at the list of notices. Nothing was changed."))
    if session.scalar(select(exists().where(ConsentEntry.notice_id == notice_id))):
        raise ShopError(
            _("People were told this version already, so it stays as it is."), _("Make a new version instead.")
        )
    return row


def _checked(draft: NoticeDraft) -> NoticeDraft:
    text, opt_out = draft.text.strip(), " ".join(draft.opt_out.split())
    if draft.language not in LANGUAGES:
        raise ShopError(
            _("“{language}” is no language of a notice.").format(language=draft.language),
            _("Write zh-TW, ja, th or en. Nothing was changed."),
        )
    if not 1 <= len(text) <= TEXT_MAX or not 1 <= len(opt_out) <= OPT_OUT_MAX:
        said = _("Write the notice in up to {text} characters, and how to stop in up to {opt_out}.")
        raise ShopError(_("The notice is empty, or too long."), said.format(text=TEXT_MAX, opt_out=OPT_OUT_MAX))
    if not draft.uses:
        raise ShopError(_("The notice names no use of the data."), _("Choose at least one. Nothing was changed."))
    return NoticeDraft(draft.language, text, opt_out, draft.uses)


def _row(row: Notice, told: int) -> NoticeRow:
    return NoticeRow(row.id, row.version, row.language, row.text, row.opt_out, uses_in(row.uses), row.valid_from, told)


def _place(language: str) -> int:
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


@cache
def _shipped() -> dict[str, dict[str, str]]:
    return json.loads(resource("notices", "drafts.json").read_text(encoding="utf-8"))
