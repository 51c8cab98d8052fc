"""What a cell of the tag library says: its words, its words for those who hear it, its tooltip and its chip."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.used import Use, User
from linecrm_desktop.tags import words
from linecrm_desktop.tags.health import Weight
from linecrm_desktop.text import _, ngettext, number, percent, short_date
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.grouping import Group
from linecrm_desktop.views.tags.reading import Alike, TagLine
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip, tag_chip

NOTHING = "—"
ASKS_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""True where the cell asks for a decision in place of saying one."""


def text(line: TagLine, column: Column, day: ShopDay) -> str:
    """Return a cell's words."""
    tag = line.tag
    match column:
        case Column.TAG:
            return tag.name
        case Column.DECIDES:
            return tag.helps_decide or (NOTHING if tag.is_retired else _(words.ASK_DECISION))
        case Column.USED_BY:
            return uses_in_words(line.used_by) or NOTHING
        case Column.FRIENDS:
            return number(tag.friends)
        case Column.LAST_USED:
            return short_date(day.local(tag.last_used).date(), day.today) if tag.last_used else _("never")
        case Column.OWNER:
            return tag.owner or NOTHING
        case Column.HEALTH:
            return health(line)


def health(line: TagLine) -> str:
    """Say the worst of a tag, or where its friends went."""
    if line.merged_into:
        return _("Merged into “{tag}”").format(tag=line.merged_into)
    return words.sign(line.signs[0])


def spoken(line: TagLine, column: Column, day: ShopDay) -> str:
    """Return what is heard where chips are painted."""
    if column == Column.TAG:
        return _("{type}: {tags}").format(type=_(words.TAG_TYPES[line.tag.type]), tags=line.tag.name)
    if column == Column.HEALTH:
        return "; ".join(_told(line))
    return text(line, column, day)


def tip(line: TagLine, column: Column, day: ShopDay) -> str | None:
    """Return the tooltip: all there is to say, not only the worst of it."""
    match column:
        case Column.HEALTH:
            return "\n".join(_told(line))
        case Column.USED_BY:
            return "\n".join(use.name for use in line.used_by) or None
        case Column.TAG | Column.DECIDES:
            return text(line, column, day)
        case _:
            return None


def _told(line: TagLine) -> list[str]:
    return [health(line), *(words.sign(sign) for sign in line.signs[1:])]


def edited(line: TagLine, column: Column, day: ShopDay) -> str | None:
    """Return what an editor in the cell begins with."""
    return line.tag.helps_decide if column == Column.DECIDES else None


def chips(line: TagLine, column: Column, day: ShopDay) -> list[Chip] | None:
    """Return the tag's own chip, or that of its health."""
    if column == Column.TAG:
        return [tag_chip(line.tag.name, line.tag.type)]
    worst = line.signs[0]
    if column != Column.HEALTH or worst.weight is Weight.GOOD:
        return None
    return [status_chip(str(worst.weight), health(line))]


def picture(line: TagLine, column: Column, day: ShopDay) -> QIcon | None:
    """Return the icon of a healthy tag, which needs no chip: only what asks for attention stands out."""
    healthy = column == Column.HEALTH and line.signs[0].weight is Weight.GOOD
    return icon("check-circle", "good") if healthy else None


def asks(line: TagLine, column: Column, day: ShopDay) -> bool:
    """Say whether the cell asks for a decision."""
    return column == Column.DECIDES and not line.tag.helps_decide and not line.tag.is_retired


def alike_in_words(alike: Alike, tag: int) -> str:
    """Say what a tag may be the same as, with the friends who have both."""
    pair = alike.pair
    facts = {"one": alike.one, "other": alike.other, "n": number(pair.both), "all": number(pair.size_other)}
    facts["share"] = percent(pair.containment, 0)
    if tag == pair.one:
        sentence = _("“{other}” may be the same tag. {n} of its {all} friends also have “{one}” ({share}).")
    else:
        sentence = _("“{one}” may be the same tag. {n} of the {all} friends with “{other}” have it too ({share}).")
    return sentence.format(**facts)


def type_role(type: TagType) -> str:
    """Return the name of a type's colour."""
    return tag_chip("", type).role


def tags_in_words(count: int) -> str:
    """Count tags."""
    return ngettext("{n} tag", "{n} tags", count).format(n=number(count))


def group_count(group: Group) -> str:
    """Count a group's tags, and those that are shown when some are not."""
    whole = tags_in_words(len(group.lines))
    if not group.is_cut:
        return whole
    return _("{tags} · {n} shown").format(tags=whole, n=number(len(group.shown)))


def group_link(group: Group, *, is_whole: bool) -> str | None:
    """Return what a long group's link does; a list that is whole needs none."""
    if is_whole or not group.is_long:
        return None
    return _("Show all") if group.is_cut else _("Show fewer")


def group_in_words(group: Group, *, is_whole: bool) -> str:
    """Name a group and count its tags; where some are not shown, say how to see them."""
    sentence = _("{group}, {tags}. Enter: {action}") if group_link(group, is_whole=is_whole) else _("{group}, {tags}")
    return sentence.format(group=group.title, tags=group_count(group), action=group_link(group, is_whole=is_whole))


def uses_in_words(uses: Sequence[Use]) -> str:
    """Count what uses a tag, by kind."""
    counts = Counter(use.kind for use in uses)
    told = (
        ngettext("{n} segment", "{n} segments", counts[User.SEGMENT]).format(n=number(counts[User.SEGMENT])),
        ngettext("{n} message", "{n} messages", counts[User.MESSAGE]).format(n=number(counts[User.MESSAGE])),
        ngettext("{n} rule", "{n} rules", counts[User.TAG]).format(n=number(counts[User.TAG])),
    )
    kinds = (User.SEGMENT, User.MESSAGE, User.TAG)
    return _(", ").join(words for kind, words in zip(kinds, told, strict=True) if counts[kind])


MAKERS: dict[int, Callable[[TagLine, Column, ShopDay], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): text,
    int(Qt.ItemDataRole.EditRole): edited,
    int(Qt.ItemDataRole.AccessibleTextRole): spoken,
    int(Qt.ItemDataRole.ToolTipRole): tip,
    int(Qt.ItemDataRole.DecorationRole): picture,
    int(CHIPS_ROLE): chips,
    ASKS_ROLE: asks,
}
"""Who makes what for each role."""
