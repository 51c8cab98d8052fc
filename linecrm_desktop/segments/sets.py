"""How a condition on friends falls into sets that are worth keeping.

Whatever to_sql makes of a rule is taken apart at AND, OR, NOT and `id IN (SELECT …)`. What is left are SELECTs that
hang on nothing else: each is read once, and joined with the others in memory. A condition of any other form is one
such SELECT as a whole, so that new kinds of rules need nothing here.
"""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import BinaryExpression, ColumnElement, Select, Table, TextClause, and_, or_, select
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BooleanClauseList, Grouping, UnaryExpression
from sqlalchemy.sql.schema import Column
from sqlalchemy.sql.selectable import AliasedReturnsRows, ScalarSelect

from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.versions import ANYTHING


@dataclass(frozen=True, slots=True)
class Atom:
    """One SELECT of friend ids that hangs on nothing else."""

    key: tuple[Any, ...]
    """Its text with its values: two equal SELECTs are one set."""
    ids: Select[Any]
    needs: frozenset[str]
    """The tables and columns that its answer hangs on."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Sets joined by "and" or "or", or "not" one of them."""

    kind: str
    parts: tuple["Plan", ...]


Plan = Atom | Joint


def plan(condition: ColumnElement[bool]) -> Plan:
    """Take a condition on friends apart into sets."""
    bare = _bare(condition)
    if isinstance(bare, BooleanClauseList) and _has_sets(bare):
        return _joint("or" if bare.operator is operators.or_ else "and", list(bare.clauses))
    if isinstance(bare, UnaryExpression) and bare.operator is operators.inv and _has_sets(bare.element):
        return Joint("not", (plan(bare.element),))
    if isinstance(bare, BinaryExpression):
        inner = _select_inside(bare)
        if inner is not None:
            return Joint("not", (atom(inner),)) if bare.operator is operators.not_in_op else atom(inner)
    return atom(select(Friend.id).where(bare))


def atom(ids: Select[Any]) -> Atom:
    """Name a SELECT of ids by what it asks, and say which tables and columns its answer hangs on."""
    written = ids.compile()
    values = ((name, repr(value)) for name, value in written.params.items())
    return Atom((written.string, *values), ids, _needs(ids))


def everybody() -> Atom:
    """Return the set of all friends."""
    return atom(select(Friend.id))


def _joint(kind: str, clauses: list[ColumnElement[bool]]) -> Plan:
    """Join parts; those that only ask for columns of the friend stay one question."""
    parts = [plan(clause) for clause in clauses if _has_sets(clause)]
    plain = [clause for clause in clauses if not _has_sets(clause)]
    if plain:
        parts.append(atom(select(Friend.id).where(or_(*plain) if kind == "or" else and_(*plain))))
    return Joint(kind, tuple(parts))


def _has_sets(condition: ColumnElement[Any]) -> bool:
    bare = _bare(condition)
    if isinstance(bare, BooleanClauseList):
        return any(_has_sets(clause) for clause in bare.clauses)
    if isinstance(bare, UnaryExpression):
        return bare.operator is operators.inv and _has_sets(bare.element)
    return isinstance(bare, BinaryExpression) and _select_inside(bare) is not None


def _bare(condition: ColumnElement[Any]) -> ColumnElement[Any]:
    while isinstance(condition, Grouping):
        condition = cast("ColumnElement[Any]", condition.element)
    return condition


def _select_inside(compared: "BinaryExpression[Any]") -> Select[Any] | None:
    """Return the SELECT of `friend.id IN (SELECT …)` or NOT IN, when it asks nothing of the friend outside."""
    if compared.operator not in (operators.in_op, operators.not_in_op):
        return None
    left, right = compared.left, compared.right
    is_id = isinstance(left, Column) and (str(left.table), left.name) == ("friend", "id")
    inner = right.element if isinstance(right, ScalarSelect) else None
    return cast("Select[Any]", inner) if is_id and isinstance(inner, Select) else None


def _needs(ids: Select[Any]) -> frozenset[str]:
    """Name the tables whose rows, and the columns whose values, a SELECT reads."""
    names: set[str] = set()
    tables: set[Table[Any]] = set()
    has_inner_tables = False
    for part in visitors.iterate(ids):
        if isinstance(part, TextClause):
            return frozenset((ANYTHING,))
        if isinstance(part, AliasedReturnsRows):
            has_inner_tables = True
        elif isinstance(part, Table):
            tables.add(cast("Table[Any]", part))
        elif isinstance(part, Column):
            names.add(f"{part.table.name}.{part.name}")
    if has_inner_tables:  # columns of an inner SELECT bear its name
        names.update(f"{table.name}.{column.name}" for table in tables for column in table.columns)
    return frozenset(names | {table.name for table in tables})
