"""How the library is cut into groups, and which few tags of a group are shown at first: those that need attention most.

Within a group tags stand in the order of the column that was pressed last, at first those with most friends on top.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.health import Health, Weight
from linecrm_desktop.tags.library import fold
from linecrm_desktop.tags.words import HEALTH, TAG_TYPES
from linecrm_desktop.text import N_, _, name_key
from linecrm_desktop.views.icons import TAG_ICONS
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.reading import TagLine
from linecrm_desktop.views.widgets.chips import tag_chip

FEW = 5
"""So many tags of a group are shown before somebody asks for all."""


class GroupBy(StrEnum):
    """What tags of one group have in common."""

    TYPE = "type"
    OWNER = "owner"
    HEALTH = "health"
    NONE = "none"


NAMES: Mapping[GroupBy, str] = {
    GroupBy.TYPE: N_("Group by type"),
    GroupBy.OWNER: N_("Group by owner"),
    GroupBy.HEALTH: N_("Group by health"),
    GroupBy.NONE: N_("No groups"),
}
_WEIGHTS = tuple(Weight)
_STATUS = {Weight.BAD: "x-circle", Weight.WARN: "warning", Weight.INFO: "info", Weight.GOOD: "check-circle"}


@dataclass(frozen=True, slots=True)
class Order:
    """By which column tags are sorted."""

    column: Column = Column.FRIENDS
    is_falling: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Tags that have something in common, in order; `shown` are those that stand in the list."""

    by: GroupBy
    key: str
    lines: tuple[TagLine, ...]
    shown: tuple[TagLine, ...]

    @property
    def title(self) -> str:
        """What the group is called."""
        match self.by:
            case GroupBy.TYPE:
                return _(TAG_TYPES[TagType(self.key)])
            case GroupBy.OWNER:
                return self.lines[0].tag.owner or _("No owner")
            case GroupBy.HEALTH:
                return _(HEALTH[Health(self.key)])
            case GroupBy.NONE:
                return ""

    @property
    def picture(self) -> tuple[str, str]:
        """The group's icon and the name of its colour."""
        match self.by:
            case GroupBy.TYPE:
                return TAG_ICONS[TagType(self.key)], tag_chip("", TagType(self.key)).role
            case GroupBy.HEALTH:
                weight = max((line.signs[0].weight for line in self.lines), key=lambda one: -_WEIGHTS.index(one))
                return _STATUS[weight], str(weight)
            case _:
                return "user", "text2"

    @property
    def is_long(self) -> bool:
        """Whether there is more than the few that are shown at first."""
        return len(self.lines) > FEW

    @property
    def is_cut(self) -> bool:
        """Whether some of its tags are not in the list now."""
        return len(self.shown) < len(self.lines)


def grouped(lines: Sequence[TagLine], by: GroupBy, order: Order, *, opened: Set[str], is_whole: bool) -> list[Group]:
    """Cut tags into groups. Those `opened` show all, as every group does when the list `is_whole`."""
    arranged = sorted(lines, key=lambda line: _falling(line, order), reverse=order.is_falling)
    kinds: dict[str, list[TagLine]] = {}
    for line in arranged:
        kinds.setdefault(_key(line, by), []).append(line)
    shows_all = is_whole or by is GroupBy.NONE
    return [
        Group(by, key, tuple(kinds[key]), tuple(kinds[key]) if shows_all or key in opened else _few(kinds[key]))
        for key in sorted(kinds, key=lambda key: _place(key, by))
    ]


def _few(lines: Sequence[TagLine]) -> tuple[TagLine, ...]:
    """Return those that need attention most, in the order in which they stand."""
    worst = sorted(lines, key=lambda line: (_WEIGHTS.index(line.signs[0].weight), -line.tag.friends))
    ids = {line.tag.id for line in worst[:FEW]}
    return tuple(line for line in lines if line.tag.id in ids)


def _key(line: TagLine, by: GroupBy) -> str:
    match by:
        case GroupBy.TYPE:
            return str(line.tag.type)
        case GroupBy.OWNER:
            return fold(line.tag.owner)
        case GroupBy.HEALTH:
            return str(line.signs[0].health)
        case GroupBy.NONE:
            return ""


def _place(key: str, by: GroupBy) -> tuple[Any, ...]:
    """Return where a group stands: types and health in their own order, owners by name, nobody last."""
    match by:
        case GroupBy.TYPE:
            return (list(TagType).index(TagType(key)),)
        case GroupBy.HEALTH:
            return (list(HEALTH).index(Health(key)),)
        case _:
            return not key, name_key(key)


def _falling(line: TagLine, order: Order) -> tuple[Any, ...]:
    """Return what a column is sorted by; equal ones by their names from A to Z, whichever way the column runs."""
    return value(line, order.column), _Turned(name_key(line.tag.name)) if order.is_falling else name_key(line.tag.name)


@dataclass(frozen=True, slots=True)
class _Turned:
    """A name that sorts the other way round."""

    key: Any

    def __lt__(self, other: "_Turned") -> bool:
        return bool(other.key < self.key)


def value(line: TagLine, column: Column) -> Any:
    """Return the real value of a cell, to sort by."""
    tag = line.tag
    match column:
        case Column.TAG:
            return name_key(tag.name)
        case Column.DECIDES:
            return fold(tag.helps_decide)
        case Column.USED_BY:
            return len(line.used_by)
        case Column.FRIENDS:
            return tag.friends
        case Column.LAST_USED:
            return tag.last_used.timestamp() if tag.last_used else 0.0
        case Column.OWNER:
            return name_key(tag.owner)
        case Column.HEALTH:
            return -_WEIGHTS.index(line.signs[0].weight), len(line.signs)
