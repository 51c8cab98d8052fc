"""Tagwell's own two ways of counting: the kept sets of a builder, and the one SELECT of gate, send and export."""

import time
from pathlib import Path

from segment_questions import Question
from segment_shop import TODAY
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.segments import columns, to_sql
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.store.database import Database

AGREED = Friend.marketing == Marketing.ALLOWED
NOT_BLOCKED = ~Friend.is_blocked


class Ours:
    """A shop file, opened for reading. `count` begins with nothing counted before, `again` with what is kept."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)

    def count(self, question: Question) -> int:
        self.forget()
        return self.again(question)

    def again(self, question: Question) -> int:
        with self.database.read() as session:
            return counted(Counting(session, TODAY), question)

    def turned(self, question: Question) -> float:
        """Return the seconds of a count in a new reader, as each edit in the builder has one."""
        with self.database.read() as session:
            begun = time.perf_counter()
            counted(Counting(session, TODAY), question)
            return time.perf_counter() - begun

    def forget(self) -> None:
        self.database.kept.forget()

    def close(self) -> None:
        self.database.close()

    def by_select(self, question: Question) -> int:
        with self.database.read() as session:
            return one_select(session, question)


def counted(counting: Counting, question: Question) -> int:
    parts = [counting.who(question.rule)] if question.rule.rules else []
    if question.agreed:
        parts.append(counting.where("agreed", AGREED))
    if question.not_blocked:
        parts.append(counting.where("not blocked", NOT_BLOCKED))
    return columns.count(columns.both(parts or [counting.everybody]))


def one_select(session: Session, question: Question) -> int:
    chosen: Select[int] = select(Friend.id)
    if question.rule.rules:
        chosen = to_sql.members(question.rule, TODAY, {})
    if question.agreed:
        chosen = chosen.where(AGREED)
    if question.not_blocked:
        chosen = chosen.where(NOT_BLOCKED)
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
