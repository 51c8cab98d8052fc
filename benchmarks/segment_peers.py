"""The same questions as other programs ask them: EXISTS over JSON, one LEFT JOIN a condition, and DuckDB.

Each turns the rules of a question into its own SQL; only the kinds of rules that the questions have are known here.
"""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

from segment_questions import Question
from segment_shop import ANSWERS, KINDS, SOURCES, TODAY, tag_count

from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Bought,
    Compare,
    Did,
    HasTag,
    Joined,
    LastOrder,
    NoneOf,
    Orders,
    Rule,
    Spent,
    TagMatch,
)

LIMIT = 90
"""Seconds after which a question is broken off."""


class TooSlow(Exception):
    """A question was broken off."""


def _number(of: str) -> int:
    return int(of.split()[-1])


class Sql:
    """Writes a tree of rules as SQL; what differs between the layouts is in the subclasses."""

    def __init__(self, friends: int) -> None:
        self.tags = tag_count(friends)

    def ids(self, question: Question) -> str:
        parts = [self.rule(question.rule)] if question.rule.rules else []
        if question.agreed:
            parts.append(self.agreed())
        if question.not_blocked:
            parts.append(self.not_blocked())
        return f"SELECT f.id FROM {self.friends} f WHERE {' AND '.join(parts)}"

    friends = "friends"

    def rule(self, rule: Rule) -> str:
        match rule:
            case AllOf():
                return "(" + " AND ".join(map(self.rule, rule.rules)) + ")"
            case AnyOf():
                return "(" + " OR ".join(map(self.rule, rule.rules)) + ")"
            case NoneOf():
                return "NOT (" + " OR ".join(map(self.rule, rule.rules)) + ")"
            case HasTag(tags=(first, *_rest)) if first > self.tags:
                return self.came_from([tag - self.tags for tag in rule.tags])
            case HasTag():
                return self._tags(rule)
            case _:
                return self.leaf(rule)

    def _tags(self, rule: HasTag) -> str:
        if rule.match is TagMatch.ALL:
            return "(" + " AND ".join(self.carries((tag,)) for tag in rule.tags) + ")"
        return ("NOT " if rule.match is TagMatch.NONE else "") + self.carries(rule.tags)

    def agreed(self) -> str:
        raise NotImplementedError

    def not_blocked(self) -> str:
        raise NotImplementedError

    def came_from(self, sources: list[int]) -> str:
        raise NotImplementedError

    def carries(self, tags: tuple[int, ...]) -> str:
        raise NotImplementedError

    def leaf(self, rule: Rule) -> str:
        raise NotImplementedError


def _iso(days: int) -> str:
    return f"'{TODAY.days_ago(days).astimezone(UTC):%Y-%m-%dT%H:%M:%S}'"


class _Peer(Sql):
    def agreed(self) -> str:
        return f"json_extract(f.metadata, '$.consent') = '{Marketing.ALLOWED}'"

    def not_blocked(self) -> str:
        return "f.is_following = 1"

    def came_from(self, sources: list[int]) -> str:
        return "f.ref_code IN (" + ", ".join(f"'source {n}'" for n in sources) + ")"

    @staticmethod
    def _since(days: int | None) -> str:
        return "" if days is None else f" AND created_at >= {_iso(days)}"

    def _did(self, rule: Did) -> str:
        wanted = f"event_type = '{rule.action}'"
        if rule.category:
            wanted += f" AND json_extract(event_data, '$.category') = '{rule.category}'"
        return wanted + self._since(rule.days)


class Exists(_Peer):
    """A correlated EXISTS, COUNT or SUM for each condition, on JSON and text dates."""

    def carries(self, tags: tuple[int, ...]) -> str:
        one = "EXISTS (SELECT 1 FROM friend_tags t WHERE t.friend_id = f.id AND t.tag_id = {})"
        return "(" + " OR ".join(one.format(tag) for tag in tags) + ")"

    def leaf(self, rule: Rule) -> str:
        orders = "FROM orders WHERE friend_id = f.id"
        match rule:
            case Did():
                events = f"FROM events WHERE friend_id = f.id AND {self._did(rule)}"
                if rule.compare is Compare.EXACTLY and rule.count == 0:
                    return f"NOT EXISTS (SELECT 1 {events})"
                if rule.count == 1:
                    return f"EXISTS (SELECT 1 {events})"
                return f"(SELECT COUNT(*) {events}) >= {rule.count}"
            case Bought():
                return f"EXISTS (SELECT 1 {orders} AND category = '{rule.what}'{self._since(rule.days)})"
            case Orders() if rule.compare is Compare.EXACTLY:
                return f"NOT EXISTS (SELECT 1 {orders})"
            case Orders():
                return f"(SELECT COUNT(DISTINCT order_id) {orders}{self._since(rule.days)}) >= {rule.count}"
            case Spent():
                return f"(SELECT COALESCE(SUM(amount), 0) {orders}{self._since(rule.days)}) >= {rule.amount}"
            case LastOrder():
                return f"COALESCE((SELECT MAX(created_at) {orders}) < {_iso(rule.days or 0)}, 0)"
            case Joined():
                return f"f.created_at >= {_iso(rule.days or 0)}"
            case _:
                raise NotImplementedError(rule)


class Joins(_Peer):
    """One LEFT JOIN for each condition, GROUP BY friend, HAVING; sums come from inner tables, to be right at all."""

    def ids(self, question: Question) -> str:
        self.joins: list[str] = []
        having = super().ids(question).partition(" WHERE ")[2]
        return f"SELECT f.id FROM friends f {' '.join(self.joins)} GROUP BY f.id HAVING {having}"

    def _join(self, table: str, on: str) -> str:
        name = f"j{len(self.joins)}"
        self.joins.append(f"LEFT JOIN {table} {name} ON {name}.friend_id = f.id{on.replace('~', name + '.')}")
        return name

    def carries(self, tags: tuple[int, ...]) -> str:
        name = self._join("friend_tags", f" AND ~tag_id IN ({', '.join(map(str, tags))})")
        return f"COUNT(DISTINCT {name}.id) > 0"

    def leaf(self, rule: Rule) -> str:
        since = self._since(getattr(rule, "days", None)).replace("created_at", "~created_at")
        match rule:
            case Did():
                on = self._did(rule).replace("event_", "~event_").replace("created_at", "~created_at")
                compare = "=" if rule.compare is Compare.EXACTLY else ">="
                return f"COUNT(DISTINCT {self._join('events', ' AND ' + on)}.id) {compare} {rule.count}"
            case Bought():
                return f"COUNT({self._join('orders', f' AND ~category = {rule.what!r}{since}')}.id) > 0"
            case Orders():
                compare = "=" if rule.compare is Compare.EXACTLY else ">="
                return f"COUNT(DISTINCT {self._join('orders', since)}.order_id) {compare} {rule.count}"
            case Spent():
                sums = f"SELECT friend_id, SUM(amount) AS spent FROM orders WHERE 1{self._since(rule.days)}"
                name = self._join(f"({sums} GROUP BY friend_id)", "")
                return f"COALESCE(MAX({name}.spent), 0) >= {rule.amount}"
            case LastOrder():
                return f"COALESCE(MAX({self._join('orders', '')}.created_at) < {_iso(rule.days or 0)}, 0)"
            case Joined():
                return f"f.created_at >= {_iso(rule.days or 0)}"
            case _:
                raise NotImplementedError(rule)


class DuckSql(Sql):
    """Small numbers in columns, each condition a set of ids."""

    friends = "friend"

    def agreed(self) -> str:
        return f"f.marketing = {ANSWERS.index(Marketing.ALLOWED)}"

    def not_blocked(self) -> str:
        return "f.blocked = 0"

    def came_from(self, sources: list[int]) -> str:
        assert max(sources) <= SOURCES
        return f"f.source IN ({', '.join(str(n - 1) for n in sources)})"

    def carries(self, tags: tuple[int, ...]) -> str:
        return f"f.id IN (SELECT friend_id FROM friend_tag WHERE tag_id IN ({', '.join(map(str, tags))}))"

    def leaf(self, rule: Rule) -> str:
        days = getattr(rule, "days", None)
        since = "true" if days is None else f"happened_at >= {int(TODAY.days_ago(days).timestamp())}"
        match rule:
            case Did():
                wanted = f"kind = {KINDS.index(rule.action)} AND {since}"
                if rule.category:
                    wanted += f" AND category = {_number(rule.category)}"
                found = f"SELECT friend_id FROM event WHERE {wanted}"
                if rule.count <= 1:
                    return ("NOT " if rule.count == 0 else "") + f"f.id IN ({found})"
                return f"f.id IN ({found} GROUP BY friend_id HAVING COUNT(*) >= {rule.count})"
            case Bought():
                lines = f"SELECT friend_id FROM order_line WHERE category = {_number(rule.what)} AND {since}"
                return f"f.id IN ({lines})"
            case Orders() if rule.compare is Compare.EXACTLY:
                return "NOT f.id IN (SELECT friend_id FROM orders)"
            case Orders():
                counts = (
                    f"SELECT friend_id FROM orders WHERE {since} GROUP BY friend_id HAVING COUNT(*) >= {rule.count}"
                )
                return f"f.id IN ({counts})"
            case Spent():
                sums = (
                    f"SELECT friend_id FROM orders WHERE {since} GROUP BY friend_id HAVING SUM(total) >= {rule.amount}"
                )
                return f"f.id IN ({sums})"
            case LastOrder():
                edge = since.replace(">=", "<").replace("happened_at", "MAX(happened_at)")
                return f"f.id IN ({self._whose('true')} HAVING {edge})"
            case Joined():
                return f"f.{since.replace('happened_at', 'joined_at')}"
            case _:
                raise NotImplementedError(rule)

    @staticmethod
    def _whose(since: str) -> str:
        return f"SELECT friend_id FROM orders WHERE {since} GROUP BY friend_id"


def peer(path: Path, sql: Sql, limit: float = LIMIT) -> Callable[[Question], int]:
    """Return what counts a question on the layout of a peer. Raises TooSlow after the limit."""
    file = sqlite3.connect(path, isolation_level=None)
    for pragma in ("cache_size=-262144", "mmap_size=8589934592", "temp_store=2"):
        file.execute(f"PRAGMA {pragma}").fetchall()

    def count(question: Question) -> int:
        end = time.perf_counter() + limit
        file.set_progress_handler(lambda: time.perf_counter() > end, 200_000)
        try:
            return int(file.execute(f"SELECT COUNT(*) FROM ({sql.ids(question)})").fetchone()[0])
        except sqlite3.OperationalError as error:
            raise TooSlow from error

    return count


def duck(path: Path, sql: Sql, duckdb: Any) -> Callable[[Question], int]:
    """Return what counts a question in DuckDB, on both processors."""
    file = duckdb.connect(str(path), read_only=True)

    def count(question: Question) -> int:
        return int(file.execute(f"SELECT COUNT(*) FROM ({sql.ids(question)})").fetchone()[0])

    return count
