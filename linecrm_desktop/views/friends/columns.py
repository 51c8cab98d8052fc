"""The columns of the friends' table: their order, their heads, and what each can be sorted by."""

from enum import IntEnum

from linecrm_desktop.friends.directory import FriendOrder
from linecrm_desktop.text import N_


class Column(IntEnum):
    """The columns, in the order in which they stand."""

    CHECK = 0
    FRIEND = 1
    TAGS = 2
    LAST_ORDER = 3
    SPENT = 4
    CONSENT = 5
    MEMBER = 6
    JOINED = 7
    ORDERS = 8


OPTIONAL = (Column.MEMBER, Column.JOINED, Column.ORDERS)
"""Hidden until somebody asks for them."""
HEADS = {
    Column.FRIEND: N_("Friend"),
    Column.TAGS: N_("Tags"),
    Column.LAST_ORDER: N_("Last order"),
    Column.CONSENT: N_("Consent"),
    Column.MEMBER: N_("Member no."),
    Column.JOINED: N_("Friend since"),
    Column.ORDERS: N_("Orders"),
}
SORTS = {
    Column.FRIEND: FriendOrder.NAME,
    Column.LAST_ORDER: FriendOrder.LAST_ORDER,
    Column.SPENT: FriendOrder.SPENT,
    Column.JOINED: FriendOrder.JOINED,
    Column.ORDERS: FriendOrder.ORDERS,
}
