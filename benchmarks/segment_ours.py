"""Tagwell's own two ways of counting: the kept sets of a builder, and the one SELECT of gate, send and export."""

from pathlib import Path

from segment_questions import Question
from segment_shop import NOW, TODAY
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.segments import columns, to_sql
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.rules import AllOf
from linecrm_desktop.store.database import Database

AGREED = Friend.marketing == Marketing.ALLOWED
NOT_BLOCKED = ~Friend.is_blocked
assert NOW


class Ours:
    """A shop file, opened for reading. `count` begins with nothing counted before, `again` with what is kept."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)

    def count(self, question: Question) -> int:
        self.database.kept.forget()
        return self.again(question)

    def again(self, question: Question) -> int:
        with self.database.read() as session:
            return counted(Counting(session, TODAY, {}), question)

    def by_select(self, question: Question) -> int:
        with self.database.read() as session:
            return one_select(session, question)


def counted(counting: Counting, question: Question) -> int:
    parts = [counting.who(question.rule)] if question.rule.rules else []
    if question.agreed:
        parts.append(counting.where(AGREED))
    if question.not_blocked:
        parts.append(counting.where(NOT_BLOCKED))
    return columns.count(columns.both(parts))


def one_select(session: Session, question: Question) -> int:
    chosen: Select[int] = select(Friend.id)
    if question.rule.rules:
        chosen = to_sql.members(question.rule, TODAY, {})
    if question.agreed:
        chosen = chosen.where(AGREED)
    if question.not_blocked:
        chosen = chosen.where(NOT_BLOCKED)
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


__all__ = ["AllOf", "Ours"]
