"""Answers a SELECT of friend ids from packed columns, when all that it asks lies in them.

It reads SQLAlchemy's tree of the SELECT, not the rule, so that a rule has one meaning only. What it does not know for
certain it leaves to SQL: no answer here is the rule, an answer the exception for long tables.
"""

# The parts of a SELECT have no types of their own in SQLAlchemy's tree; each is looked at before it is used.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from sqlalchemy import BinaryExpression, BindParameter, Boolean, Case, Column, ColumnElement, Dialect, Select, Table
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BooleanClauseList, ExpressionClauseList, Grouping, UnaryExpression
from sqlalchemy.sql.functions import FunctionElement

from linecrm_desktop.store.packed import Numbers, Packs, Part
from linecrm_desktop.store.packing import SOURCES, Source

Friends = np.ndarray[Any, np.dtype[np.bool_]]
_COMPARED: dict[Any, Callable[[Any, Any], Any]] = {
    operators.eq: np.equal,
    operators.ne: np.not_equal,
    operators.lt: np.less,
    operators.le: np.less_equal,
    operators.gt: np.greater,
    operators.ge: np.greater_equal,
}
_EXACT = 2**53
"""Sums are added up in floating point, which is exact up to here."""


_FEW = 8
"""Totals are kept for those friends alone of whom there are rows, when they are fewer than one in so many."""


class _Unknown(Exception):
    """This part of a SELECT is SQL's."""


def answer(ids: Select[Any], packs: Packs, dialect: Dialect) -> Friends | None:
    """Return the friends of a SELECT of their ids, or None when SQL has to be asked."""
    source = _source(ids)
    if source is None:
        return None
    try:
        asked = _Asked.of(ids, source, dialect)
        parts = packs.parts(source)
        return None if parts is None else asked.answer(parts)
    except _Unknown:
        return None


def _source(ids: Select[Any]) -> Source | None:
    froms = ids.get_final_froms()
    columns = list(ids.selected_columns)
    if len(froms) != 1 or len(columns) != 1 or not isinstance(froms[0], Table):
        return None
    source = SOURCES.get(froms[0].name)
    column = columns[0]
    is_friend = source and isinstance(column, Column) and column.name == source.friend
    return source if is_friend else None


@dataclass(slots=True)
class _Asked:
    """A SELECT in pieces: which rows, and what each friend's rows must come to."""

    source: Source
    dialect: Dialect
    rows: list[Any]
    having: list[Any]

    @classmethod
    def of(cls, ids: Select[Any], source: Source, dialect: Dialect) -> "_Asked":
        # SQLAlchemy keeps the pieces under names of its own; one that is not there means that we know nothing.
        rows, groups, having, *rest = (getattr(ids, name, (_NOT_THERE,)) for name in (*_PIECES, *_NEVER))
        if any(rest) or _NOT_THERE in (*rows, *groups, *having):
            raise _Unknown
        if [_name(group) for group in groups] not in ([], [source.friend]) or (having and not groups):
            raise _Unknown
        return cls(source, dialect, list(rows), list(having))

    def answer(self, parts: list[Part]) -> Friends:
        if not self.having and all(part.columns[self.source.friend].is_run for part in parts):
            return self._in_a_row(parts)
        friends: list[Numbers] = []
        wanted = sorted({name for clause in self.having for name in _summed(clause)})
        values: dict[str, list[Numbers]] = {name: [] for name in wanted}
        for part in parts:
            mask = self._every(self.rows, part)
            if mask is False:
                continue
            for name, found in ((self.source.friend, friends), *values.items()):
                numbers = _column(part, name)
                found.append(numbers if mask is True else numbers[mask])
        whole = _joined(friends)
        if not self.having:
            who = np.zeros(int(whole.max()) + 1 if whole.size else 0, dtype=np.bool_)
            who[whole] = True
            return who
        totals = _Totals(whole, {name: _joined(found) for name, found in values.items()})
        return totals.friends(_all([self._group(clause, totals) for clause in self.having]))

    def _in_a_row(self, parts: list[Part]) -> Friends:
        """Answer where the rows are the friends themselves, one after the other."""
        who = np.zeros(1 + max(part.columns[self.source.friend].high for part in parts), dtype=np.bool_)
        for part in parts:
            ids = part.columns[self.source.friend]
            who[ids.low : ids.high + 1] |= self._every(self.rows, part)
        return who

    def _row(self, clause: Any, part: Part) -> Any:
        """Return which rows of a part a condition holds for; True or False: for all, for none."""
        clause = _bare(clause)
        if isinstance(clause, BooleanClauseList):
            if clause.operator is operators.and_:
                return self._every(clause.clauses, part)
            return _any([self._row(inner, part) for inner in clause.clauses])
        if isinstance(clause, UnaryExpression) and clause.operator in (operators.inv, operators.is_false):
            return _opposite(self._row(clause.element, part))
        if isinstance(clause, UnaryExpression) and clause.operator is operators.is_true:
            return self._row(clause.element, part)
        if isinstance(clause, Column) and isinstance(clause.type, Boolean):
            return self._compare(np.not_equal, part, clause.name, 0)
        if isinstance(clause, BinaryExpression) and clause.operator in _COMPARED:
            return self._compare(_COMPARED[clause.operator], part, _name(clause.left), self._value(clause))
        raise _Unknown

    def _every(self, clauses: Sequence[Any], part: Part) -> Any:
        """Look at one condition after the other, so that a part that cannot hold any such row is not read."""
        masks: list[Any] = []
        for clause in clauses:
            mask = self._row(clause, part)
            if mask is False:
                return False
            masks.append(mask)
        return _all(masks)

    def _compare(self, compare: Callable[[Any, Any], Any], part: Part, name: str, value: Any) -> Any:
        if name == self.source.by:
            return bool(compare(part.kind, value)) if compare in (np.equal, np.not_equal) else _unknown()
        column = part.columns.get(name)
        if column is None:
            raise _Unknown
        if column.words is not None:
            if compare not in (np.equal, np.not_equal):
                raise _Unknown
            if value not in column.words:
                return compare is np.not_equal
            value = list(column.words).index(value)
        if not isinstance(value, int):
            raise _Unknown
        low, high = (bool(compare(bound, value)) for bound in (column.low, column.high))
        if compare in (np.equal, np.not_equal):
            is_outside = not column.low <= value <= column.high
            if is_outside or column.low == column.high:
                return low
        elif low == high:
            return low
        return compare(column.numbers(), value)

    def _group(self, clause: Any, totals: "_Totals") -> Any:
        clause = _bare(clause)
        if isinstance(clause, BooleanClauseList):
            parts = [self._group(inner, totals) for inner in clause.clauses]
            return _any(parts) if clause.operator is operators.or_ else _all(parts)
        if isinstance(clause, UnaryExpression) and clause.operator is operators.inv:
            return _opposite(self._group(clause.element, totals))
        if isinstance(clause, BinaryExpression) and clause.operator in _COMPARED:
            compare, right = _COMPARED[clause.operator], self._number(clause.right, totals)
            left = _bare(clause.left)
            if isinstance(left, Case):
                return self._chosen(left, totals, lambda value: bool(compare(value, right)))
            return compare(self._number(left, totals), right)
        if isinstance(clause, BinaryExpression) and clause.operator is operators.between_op:
            low, high = cast("ExpressionClauseList[Any]", clause.right).clauses
            number = self._number(clause.left, totals)
            return (number >= self._number(low, totals)) & (number <= self._number(high, totals))
        raise _Unknown

    def _number(self, term: Any, totals: "_Totals") -> Any:
        term = _bare(term)
        if isinstance(term, BindParameter):
            value = self._bound(term)
            return value if isinstance(value, int | float) else _unknown()
        name, column = _aggregate(term)
        return totals.of(name, column)

    def _value(self, compared: "BinaryExpression[Any]") -> Any:
        if not isinstance(compared.right, BindParameter) or compared.right.expanding:
            raise _Unknown
        return self._bound(compared.right)

    def _bound(self, bound: "BindParameter[Any]") -> Any:
        prepare = bound.type.dialect_impl(self.dialect).bind_processor(self.dialect)
        return prepare(bound.value) if prepare else bound.value

    def _chosen(self, case: "Case[Any]", totals: "_Totals", fits: Callable[[Any], bool]) -> Any:
        """Return where a CASE of one condition chooses a value that fits."""
        if case.value is not None or len(case.whens) != 1:
            raise _Unknown
        condition, value = case.whens[0]
        if not isinstance(value, BindParameter) or not isinstance(case.else_, BindParameter):
            raise _Unknown
        then, otherwise = fits(self._bound(value)), fits(self._bound(case.else_))
        held = self._group(condition, totals)
        return _any([_all([held, then]), _all([_opposite(held), otherwise])])


_PIECES = ("_where_criteria", "_group_by_clauses", "_having_criteria")
_NEVER = (
    *("_order_by_clauses", "_setup_joins", "_from_obj", "_prefixes", "_with_options"),
    *("_limit_clause", "_offset_clause", "_fetch_clause", "_distinct", "_independent_ctes"),
)
"""Pieces that no SELECT of a rule has; who has one is answered by SQL."""
_NOT_THERE = object()


class _Totals:
    """What each friend's rows come to: how many, and sums, first and last of columns."""

    def __init__(self, friends: Numbers, values: dict[str, Numbers]) -> None:
        top = int(friends.max()) + 1 if friends.size else 0
        if friends.size * _FEW < top:
            self._ids, self._rows = np.unique(friends, return_inverse=True)
            self._size = len(self._ids)
        else:
            self._ids, self._rows, self._size = None, friends, top
        self._values = values
        self._counts = np.bincount(self._rows, minlength=self._size)

    def friends(self, held: Any) -> Friends:
        """Return the friends of whom a condition holds, and who have any row at all."""
        if self._ids is None:
            return (self._counts > 0) & held
        mine = self._ids if held is True else self._ids[held]
        who = np.zeros(int(mine.max()) + 1 if mine.size else 0, dtype=np.bool_)
        who[mine] = True
        return who

    def of(self, name: str, column: str) -> Numbers:
        """Return a total of each friend."""
        if name == "count":
            return self._counts
        values = self._values[column]
        if name == "sum":
            if values.size and float(np.abs(values).sum(dtype=np.float64)) >= _EXACT:
                raise _Unknown
            return np.bincount(self._rows, values, self._size)
        least = name == "min"
        found = np.full(self._size, np.iinfo(np.int64).max if least else np.iinfo(np.int64).min)
        (np.minimum if least else np.maximum).at(found, self._rows, values)
        return found


def _all(masks: list[Any]) -> Any:
    if any(mask is False for mask in masks):
        return False
    told = [mask for mask in masks if mask is not True]
    return np.logical_and.reduce(told) if told else True


def _any(masks: list[Any]) -> Any:
    return _opposite(_all([_opposite(mask) for mask in masks]))


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _column(part: Part, name: str) -> Numbers:
    column = part.columns.get(name)
    if column is None or column.words is not None:
        raise _Unknown
    return column.numbers()


def _summed(clause: Any) -> set[str]:
    """Name the columns that a condition on groups adds up or compares."""
    if isinstance(clause, FunctionElement):
        name, column = _aggregate(clause)
        return set() if name == "count" else {column}
    return {name for inner in clause.get_children() for name in _summed(inner)}


def _aggregate(term: Any) -> tuple[str, str]:
    """Return an aggregate's name and its column; count has none."""
    if not isinstance(term, FunctionElement):
        raise _Unknown
    name, arguments = str(getattr(term, "name", "")), list(term.clauses)
    if name == "count" and (not arguments or str(arguments[0]) == "*"):
        return name, ""
    if name in ("sum", "min", "max") and len(arguments) == 1:
        return name, _name(arguments[0])
    raise _Unknown


def _name(column: Any) -> str:
    bare = _bare(column)
    if not isinstance(bare, Column):
        raise _Unknown
    return str(bare.name)


def _bare(clause: Any) -> ColumnElement[Any]:
    while isinstance(clause, Grouping):
        clause = clause.element
    return clause


def _opposite(mask: Any) -> Any:
    return not mask if isinstance(mask, bool) else ~mask


def _unknown() -> Any:
    raise _Unknown
