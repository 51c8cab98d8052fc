"""The columns of the tag library, in the order in which they stand."""

from enum import IntEnum


class Column(IntEnum):
    """What the library says about each tag."""

    TAG = 0
    DECIDES = 1
    USED_BY = 2
    FRIENDS = 3
    LAST_USED = 4
    OWNER = 5
    HEALTH = 6
