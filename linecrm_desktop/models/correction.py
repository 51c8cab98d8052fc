"""A value that a person corrected by hand: what was wrong, so that no import puts it back."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId

COLUMNS = ("name", "phone", "email", "member_number")
"""What can be corrected of a friend, beside the fields of the shop's own."""
OWN_FIELD = "field:"
"""How the name of such a field begins; its number follows."""


class WrongValue(Row):
    """What stood in one field of one friend and was wrong."""

    __tablename__ = "wrong_value"

    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    """A column of the friend, or OWN_FIELD and the number of a field of the shop's own."""
    wrong: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]

    __table_args__ = ({"sqlite_with_rowid": False},)
