"""What is done to tags as a whole: each operation that can be taken back, and the rules that put tags on friends."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, PatientJson, Row, RowId


class OperationKind(StrEnum):
    """What was done."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETIRE = "retire"
    RESTORE = "restore"
    EDIT = "edit"
    RULES = "rules"
    LINK = "link"
    STOP_LINK = "stop_link"
    SETTLE = "settle"
    """Of two tags that exclude one another, each friend who had both kept one."""
    NEST = "nest"
    """One tag was declared to lie inside another."""


class TagOperation(Row):
    """One thing done to tags. What it changed stands in the change journal under the action "tagging:<id>"."""

    __tablename__ = "tag_operation"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[OperationKind] = mapped_column(Code(OperationKind))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(default="")
    """Who did it, in the shop's own words; empty: whoever sat at the computer."""
    bundle: Mapped[str | None] = mapped_column(String(40))
    """One name for operations that were done together, such as "audit:3"."""
    what: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Names and numbers as they were then, so that history can be read when the tags are called otherwise."""
    undone_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "bundle"),)


class TagRule(Row):
    """Friends for whom `rule` holds get the tag."""

    __tablename__ = "tag_rule"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    tag_id: Mapped[int] = mapped_column(RowId, ForeignKey("tag.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    """In the shop's own words; friends carry it as the evidence of the tag."""
    rule: Mapped[dict[str, Any]] = mapped_column(PatientJson)
    """Written and read by segments.codec only."""
    takes_off: Mapped[bool] = mapped_column(default=True)
    """Whether friends whom a rule gave the tag lose it when no rule of the tag holds any more."""
    is_active: Mapped[bool] = mapped_column(default=True)
    place: Mapped[int] = mapped_column(default=0)
    """In an exclusive group, the rule with the lower place wins."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    last_run_at: Mapped[datetime | None]
