"""Says of which chips and words a change is made, for the list of an audit's changes."""

from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Decide,
    Justify,
    Merge,
    Nest,
    Rename,
    Restrict,
    Retire,
    Retype,
    Settle,
    Split,
)
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.text import _
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.widgets.chips import Chip, tag_chip
from linecrm_desktop.views.widgets.mixed_delegate import Parts

_ARROW = "→"


def parts(state: AuditState, change: Change) -> Parts:
    """Return the chips of a change and the words between them."""
    match change:
        case Merge(keep=keep, drop=drop, name=name):
            return [_chip(state, drop), _ARROW, _chip(state, keep, name)]
        case Rename(tag=tag, name=name):
            return [_chip(state, tag), _ARROW, _chip(state, tag, name)]
        case Retype(tag=tag, type=type):
            return [_chip(state, tag), _ARROW, _chip(state, tag, type=type)]
        case Split(tag=tag, parts=made):
            return [_chip(state, tag), _ARROW, *(_chip(state, tag, part.name) for part in made)]
        case Nest(inner=inner, outer=outer):
            return [_chip(state, inner), _("inside"), _chip(state, outer)]
        case Settle(one=one, other=other, stays=0):
            return [_chip(state, one), _chip(state, other), _("the newer one stays")]
        case Settle(one=one, other=other, stays=stays):
            return [_chip(state, stays), _("stays, not"), _chip(state, other if stays == one else one)]
        case Decide(tag=tag, helps_decide=words) | Justify(tag=tag, why=words):
            return [_chip(state, tag), _("“{text}”").format(text=words)]
        case Assign(tag=tag, owner=owner):
            return [_chip(state, tag), owner]
        case Retire(tag=tag) | Restrict(tag=tag):
            return [_chip(state, tag)]
        case _:
            return []


def _chip(state: AuditState, tag: int, name: str = "", type: TagType | None = None) -> Chip:
    found = state.tag(tag)
    return tag_chip(name or state.name(tag), type or (found.type if found else TagType.NONE))
