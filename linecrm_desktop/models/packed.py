"""Columns of long tables once more, each as one array: counting a million friends' events reads these, not the rows."""

from typing import Any

from sqlalchemy import JSON, BigInteger, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId


class PackedColumn(Row):
    """One column of a stretch of rows that all have the same kind. Written, read and dropped by store.packed only."""

    __tablename__ = "packed_column"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    source: Mapped[str] = mapped_column(String(24))
    """Name of the table."""
    last_id: Mapped[int] = mapped_column(RowId)
    """The last row of the stretch; rows behind the last stretch are not packed yet."""
    kind: Mapped[str] = mapped_column(String(24))
    """What these rows have in the column that the table is divided by; empty: it is not divided."""
    name: Mapped[str] = mapped_column(String(24))
    type: Mapped[str] = mapped_column(String(4))
    """The numbers' type as numpy writes it."""
    low: Mapped[int] = mapped_column(BigInteger)
    high: Mapped[int] = mapped_column(BigInteger)
    """The smallest and the largest number: a stretch that cannot hold what is asked for is not read."""
    words: Mapped[list[Any] | None] = mapped_column(JSON)
    """Of a column of text: what each number stands for."""
    data: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("source", "last_id", "kind", "name"),)
