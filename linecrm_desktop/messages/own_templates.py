"""The shop's own templates: messages that were worth keeping, to begin the next ones with."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import blocks, brief
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.message import MessageTemplate
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.text import _, name_key

_NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """One template in a list."""

    id: int
    name: str
    segment_name: str
    bubbles: int
    changed_at: datetime


def all_templates(session: Session) -> list[OwnTemplate]:
    """List the shop's templates by name."""
    found = session.execute(
        select(MessageTemplate, Segment.name).outerjoin(Segment, Segment.id == MessageTemplate.segment_id)
    )
    rows = [OwnTemplate(row.id, row.name, segment or "", len(row.bubbles), row.changed_at) for row, segment in found]
    return sorted(rows, key=lambda row: (name_key(row.name), row.id))


def named(session: Session, name: str) -> int | None:
    """Return the id of the template with this name, whatever its capitals."""
    wanted = name.strip().casefold()
    return next((row.id for row in all_templates(session) if row.name.casefold() == wanted), None)


def load(session: Session, template_id: int) -> MessageDraft:
    """Return a template as a draft to begin with; raise ShopError when it was deleted."""
    row = _row(session, template_id)
    answers = replace(brief.from_json(row.brief), segment_id=row.segment_id, send_at=None)
    others = tuple(blocks.from_json(bubbles) for bubbles in row.others)
    return MessageDraft(row.name, answers, blocks.from_json(row.bubbles), others)


def save(session: Session, draft: MessageDraft, name: str, now: datetime, template_id: int | None = None) -> int:
    """Keep a draft as a template, new or in the place of another, and return its id.

    The moment of sending does not come along. Raises ShopError for a name that another template has.
    """
    called = _free(session, name, template_id)
    row = session.get(MessageTemplate, template_id) if template_id is not None else None
    if row is None:
        row = MessageTemplate()
        session.add(row)
    row.name, row.segment_id, row.changed_at = called, draft.brief.segment_id, now
    row.brief = brief.to_json(replace(draft.brief, segment_id=None, send_at=None))
    row.bubbles = blocks.to_json(draft.bubbles)
    row.others = [blocks.to_json(bubbles) for bubbles in draft.others]
    session.flush()
    return row.id


def rename(session: Session, template_id: int, name: str, now: datetime) -> None:
    """Give a template another name; raise ShopError when another one has it."""
    row = _row(session, template_id)
    row.name, row.changed_at = _free(session, name, template_id), now


def delete(session: Session, template_id: int) -> MessageDraft:
    """Delete a template and return what it was, so that it can come back by `save`."""
    draft = load(session, template_id)
    session.delete(_row(session, template_id))
    session.flush()
    return draft


def _row(session: Session, template_id: int) -> MessageTemplate:
    row = session.get(MessageTemplate, template_id)
    if row is None:
        raise ShopError(_("This template is no longer there."), _("It was deleted. Choose another one."))
    return row


def _free(session: Session, name: str, template_id: int | None) -> str:
    called = name.strip()[:_NAME_MAX]
    if not called:
        raise ShopError(_("The template has no name."), _("Give it one by which you find it again."))
    if named(session, called) not in (None, template_id):
        raise ShopError(
            _("There is a template “{name}” already.").format(name=called), _("Choose another name, or replace it.")
        )
    return called
