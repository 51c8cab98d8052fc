"""What a cell of the friends' table says: its words, the words for those who hear it, its chips and its icon."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import words
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.text import _, money, ngettext, number, symbol
from linecrm_desktop.views.friends.columns import HEADS, Column
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, tag_chip

NOTHING = "—"
_TOLD = 2
"""How many tags are read aloud before "and n more"."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the words of a cell depend on besides the friend."""

    day: ShopDay
    currency: str


def head(column: Column, currency: str) -> str:
    """Return the head of a column; money says its currency once, here."""
    if column == Column.SPENT:
        return _("Spent {currency}").format(currency=symbol(currency))
    return _(HEADS[column]) if column in HEADS else ""


def text(row: FriendRow, column: Column, shown: Shown) -> str | None:
    """Return a cell's words."""
    match column:
        case Column.FRIEND:
            return words.shown_name(row.name)
        case Column.LAST_ORDER:
            return words.day_of(row.last_order_at, shown.day) if row.last_order_at else NOTHING
        case Column.SPENT:
            return money(row.spent, shown.currency).removeprefix(symbol(shown.currency)) if row.orders else NOTHING
        case Column.CONSENT:
            return words.consent(row)
        case Column.MEMBER:
            return row.member_number or NOTHING
        case Column.JOINED:
            return words.day_of(row.joined_at, shown.day) if row.joined_at else NOTHING
        case Column.ORDERS:
            return number(row.orders)
        case _:
            return None


def spoken(row: FriendRow, column: Column, shown: Shown) -> str | None:
    """Return what is heard where chips, icons or boxes are painted."""
    match column:
        case Column.CHECK:
            return words.shown_name(row.name)
        case Column.TAGS:
            return _spoken_tags(row)
        case Column.CONSENT:
            return words.consent_in_full(row)
        case Column.SPENT:
            return money(row.spent, shown.currency)
        case _:
            return text(row, column, shown)


def tip(row: FriendRow, column: Column, shown: Shown) -> str | None:
    """Return the tooltip: all tags by type, the whole name."""
    match column:
        case Column.TAGS:
            return "\n".join(words.tags_by_type(row.tags)) or None
        case Column.CONSENT:
            return words.consent_in_full(row)
        case Column.FRIEND:
            return words.shown_name(row.name)
        case _:
            return None


def picture(row: FriendRow, column: Column, shown: Shown) -> QIcon | None:
    """Return the icon before the word about consent."""
    if column != Column.CONSENT:
        return None
    if row.is_blocked:
        return icon("prohibit", "text2")
    if row.marketing is Marketing.REFUSED:
        return icon("hand-palm", "bad")
    return icon("check-circle", "good") if row.answered == words.QUESTIONS else icon("warning", "warn")


def chips(row: FriendRow, column: Column, shown: Shown) -> list[Chip] | None:
    """Return a friend's tags as chips."""
    return [tag_chip(tag.name, tag.type) for tag in row.tags] if column == Column.TAGS else None


def value(row: FriendRow, column: Column) -> Any:
    """Return the real value of a cell."""
    return {
        Column.FRIEND: row.name,
        Column.TAGS: len(row.tags),
        Column.LAST_ORDER: row.last_order_at,
        Column.SPENT: row.spent,
        Column.CONSENT: row.answered,
        Column.MEMBER: row.member_number,
        Column.JOINED: row.joined_at,
        Column.ORDERS: row.orders,
    }.get(column)


def _spoken_tags(row: FriendRow) -> str:
    lines = words.tags_by_type(row.tags[:_TOLD])
    more = len(row.tags) - _TOLD
    if more <= 0:
        return "; ".join(lines) or _("No tags")
    rest = ngettext("{tags}; and {n} more", "{tags}; and {n} more", more)
    return rest.format(tags="; ".join(lines), n=number(more))


Maker = Callable[[FriendRow, Column, Shown], Any]
MAKERS: dict[Qt.ItemDataRole, Maker] = {
    Qt.ItemDataRole.DisplayRole: text,
    Qt.ItemDataRole.AccessibleTextRole: spoken,
    Qt.ItemDataRole.ToolTipRole: tip,
    Qt.ItemDataRole.DecorationRole: picture,
}
"""Who makes what for Qt's own roles."""
PAINTED: dict[int, Maker] = {int(CHIPS_ROLE): chips}
