"""What all rows share: the declarative base, moments kept as whole UTC seconds, and constraint names for migrations."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NewType

from sqlalchemy import JSON, BigInteger, Dialect, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

FriendId = NewType("FriendId", int)
TagId = NewType("TagId", int)
SegmentId = NewType("SegmentId", int)
MessageId = NewType("MessageId", int)
CampaignId = NewType("CampaignId", int)
BatchId = NewType("BatchId", int)
JourneyId = NewType("JourneyId", int)
StepId = NewType("StepId", int)

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts up only in a column declared INTEGER."""


class Moment(TypeDecorator[datetime]):
    """A moment kept as whole seconds since 1970 in UTC: small, sortable, and the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return int(value.timestamp())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(int(value), UTC)


class Code(TypeDecorator[StrEnum]):
    """A StrEnum kept as text, so that the file stays readable and a new value needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__(24)
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class PatientJson(TypeDecorator[Any]):
    """JSON that may have been damaged: what is no JSON comes back as None, and never breaks the rows beside it."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        read = super().result_processor(dialect, coltype)

        def patiently(value: Any) -> Any:
            try:
                return read(value) if read else value
            except (ValueError, TypeError, RecursionError):
                return None

        return patiently


class Row(DeclarativeBase):
    """One row of a shop file."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment()}
