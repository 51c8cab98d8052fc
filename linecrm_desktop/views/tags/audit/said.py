"""Says in words what was decided: in one or two for lists, and with the tags' names for the review."""

from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Decide,
    Justify,
    Keep,
    KeepBoth,
    Later,
    Leave,
    Merge,
    Nest,
    Rename,
    Restrict,
    Retire,
    Retype,
    Settle,
    Split,
)
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.tags.audit.state import AuditState

_WORDS = {
    Retire: N_("retire"),
    Keep: N_("keep"),
    KeepBoth: N_("keep"),
    Leave: N_("keep"),
    Later: N_("later"),
    Restrict: N_("sensitive"),
    Justify: N_("may stay"),
    Settle: N_("one stays"),
    Split: N_("split"),
    Merge: N_("merge"),
    Nest: N_("one inside the other"),
}


def in_a_word(change: Change | None) -> str:
    """Say shortly what was decided."""
    match change:
        case None:
            return ""
        case Rename(name=name):
            return _("rename: {name}").format(name=name)
        case Retype(type=type):
            return _("type: {type}").format(type=_(TAG_TYPES[type]))
        case Assign(owner=owner):
            return _("owner: {name}").format(name=owner)
        case Decide(helps_decide=words):
            return words
        case _:
            return _(_WORDS[change.__class__])


def in_full(state: AuditState, change: Change) -> str:
    """Say what a change does, with the names of the tags."""
    match change:
        case Merge(keep=keep, drop=drop, name=name):
            told = _("{drop} → {keep}").format(drop=state.name(drop), keep=state.name(keep))
            return (
                told if name in (state.name(keep), "") else _("{merge}, called “{name}”").format(merge=told, name=name)
            )
        case Decide(tag=tag, helps_decide=words):
            return _("{tag}: “{words}”").format(tag=state.name(tag), words=words)
        case Retype(tag=tag, type=type):
            return _("{tag} → {type}").format(tag=state.name(tag), type=_(TAG_TYPES[type]))
        case Rename(tag=tag, name=name):
            return _("{drop} → {keep}").format(drop=state.name(tag), keep=name)
        case Split(tag=tag, parts=parts):
            return _("{drop} → {keep}").format(drop=state.name(tag), keep=_(", ").join(part.name for part in parts))
        case Nest(inner=inner, outer=outer):
            return _("{inner} inside {outer}").format(inner=state.name(inner), outer=state.name(outer))
        case Settle(one=one, other=other, stays=0):
            return _("{one} or {other}: the newer one stays").format(one=state.name(one), other=state.name(other))
        case Settle(one=one, other=other, stays=stays):
            goes = other if stays == one else one
            return _("{keep} stays, {drop} goes where a friend has both").format(
                keep=state.name(stays), drop=state.name(goes)
            )
        case Assign(tag=tag, owner=owner):
            return _("{tag}: {owner}").format(tag=state.name(tag), owner=owner)
        case Justify(tag=tag, why=words):
            return _("{tag}: “{words}”").format(tag=state.name(tag), words=words)
        case Retire(tag=tag) | Restrict(tag=tag):
            return state.name(tag)
        case _:
            return ""
