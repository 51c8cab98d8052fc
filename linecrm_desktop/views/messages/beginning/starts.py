"""What a new message can begin with, as lines of a list: nothing, a step of a path, an own template, an earlier one."""

from enum import Enum, auto
from typing import NamedTuple

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages import library, own_templates, templates
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.messages.beginning.pick_list import Pick


class Kind(Enum):
    """Where a beginning comes from."""

    EMPTY = auto()
    PATH = auto()
    OWN = auto()
    DRAFT = auto()
    SEND = auto()


class Start(NamedTuple):
    """One beginning, by its kind and there its number (of a path: the key of the step)."""

    kind: Kind
    which: int | str = 0


EMPTY = Start(Kind.EMPTY)


def picks(session: Session, language: str, day: ShopDay) -> list[Pick]:
    """List all beginnings; the texts of the paths in one of the program's languages."""
    return [
        Pick(EMPTY, _("Empty message"), _("Four answers, then your own words"), "plus"),
        *_paths(language),
        *(_own(row, day) for row in own_templates.all_templates(session)),
        *(_earlier(row, day) for row in library.earlier(session)),
    ]


def draft(session: Session, start: Start, language: str) -> MessageDraft:
    """Return the draft of a beginning. Raises ShopError when it was deleted meanwhile."""
    which = int(start.which) if start.kind in (Kind.OWN, Kind.DRAFT, Kind.SEND) else 0
    match start.kind:
        case Kind.EMPTY:
            return MessageDraft()
        case Kind.PATH:
            step = next(one for one in templates.templates(language) if (one.core, one.key) == _step(start))
            return templates.begun(session, step)
        case Kind.OWN:
            return own_templates.load(session, which)
        case Kind.DRAFT:
            return library.as_copy(library.load(session, which))
        case Kind.SEND:
            return library.as_copy(library.of_send(session, which))


def _step(start: Start) -> tuple[str, str]:
    core, _dot, key = str(start.which).partition(".")
    return core, key


def _paths(language: str) -> list[Pick]:
    names = {core.key: _(core.name) for core in CORE}
    return [
        Pick(
            Start(Kind.PATH, f"{one.core}.{one.key}"),
            one.draft.name,
            _joined(_after(one.days), one.draft.brief.what),
            "path",
            names[one.core],
        )
        for one in templates.templates(language)
    ]


def _after(days: int) -> str:
    if not days:
        return _("At once")
    return ngettext("After {n} day", "After {n} days", days).format(n=number(days))


def _own(row: own_templates.OwnTemplate, day: ShopDay) -> Pick:
    note = _joined(row.segment_name, when(day.local(row.changed_at), day.today))
    return Pick(Start(Kind.OWN, row.id), row.name, note, "bookmark-simple", _("Your templates"))


def _earlier(row: library.Earlier, day: ShopDay) -> Pick:
    kind, said, icon = (
        (Kind.SEND, _("Sent"), "paper-plane-tilt") if row.is_send else (Kind.DRAFT, _("Draft"), "pencil-simple")
    )
    note = _joined(said, row.segment_name, when(day.local(row.at), day.today))
    return Pick(Start(kind, row.id), row.name, note, icon, _("A copy of an earlier message"))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
