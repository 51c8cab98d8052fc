"""Messages to begin with: the steps of a path for each core segment, in the languages of the friends.

They lie in resources/messages as the shop file keeps bubbles. What they say of products stands there as an example: a
person writes their own over it.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.messages.codec import from_json
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.resources import resource

CORES = ("new_friends", "ready_again", "warm_no_order")
"""Keys of the core segments (segments.core), in whose order the templates are shown."""


@dataclass(frozen=True, slots=True)
class Template:
    """One step of a path."""

    core: str
    key: str
    days: int
    """Days after a friend came into the segment."""
    draft: MessageDraft


def templates(language: str) -> list[Template]:
    """Return all templates in one of the program's languages; an unknown one gives English."""
    return [_template(core, step, language) for core in CORES for step in _steps(core)]


def begun(session: Session, template: Template) -> MessageDraft:
    """Return a template's draft for the core segment that its path belongs to, where the shop has it."""
    core = select(Segment.id).where(Segment.core == template.core, Segment.archived_at.is_(None))
    return template.draft.with_brief(segment_id=session.scalars(core).first())


def _steps(core: str) -> list[dict[str, Any]]:
    return json.loads(resource("messages", f"{core}.json").read_text(encoding="utf-8"))


def _template(core: str, step: dict[str, Any], language: str) -> Template:
    words = step["words"].get(language) or step["words"]["en"]
    brief = Brief(
        why_now=words["why_now"],
        what=words["what"],
        metric=Metric(step["metric"]),
        metric_days=step["metric_days"],
        good_if=step["good_if"],
    )
    draft = MessageDraft(words["name"], brief, from_json(words["bubbles"]))
    return Template(core, step["key"], step["days"], draft)
