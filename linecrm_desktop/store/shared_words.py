"""PostgreSQL made to mean what SQLite means by the same statement, so that one query gives one answer on both.

Text is ordered and folded by its bytes and letters A to Z only, whole numbers have 64 bits, NULL comes before all
values, sums of whole numbers stay whole. Everything that differs between the two stands here or in store.dialect.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, String
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql.elements import ColumnElement, UnaryExpression
from sqlalchemy.sql.selectable import Join

NAME = "postgresql.tagwell"


class _Types(PGTypeCompiler):
    """Types as wide as SQLite's."""

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: N802 (SQLAlchemy's name)
        # A new column is ordered by bytes; within an expression a type has no order of its own.
        return 'TEXT COLLATE "C"' if isinstance(kw.get("type_expression"), Column) else "TEXT"

    visit_TEXT = visit_VARCHAR  # noqa: N815

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return "BIGINT"


class _Compiler(PGCompiler):
    """Functions and orders by SQLite's meaning."""

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        froms = select.get_final_froms() if hasattr(select, "get_final_froms") else None
        keeps = froms is not None and not any(isinstance(one, Join) and one.isouter for one in froms)
        order = self._ordered(select._order_by_clauses, keeps, **kw)
        return f" ORDER BY {order}" if order else ""

    def visit_over(self, over: Any, **kw: Any) -> str:
        parts = [f"PARTITION BY {over.partition_by._compiler_dispatch(self, **kw)}"] if _any(over.partition_by) else []
        if _any(over.order_by):
            parts.append(f"ORDER BY {self._ordered(over.order_by.clauses, False, **kw)}")
        return f"{over.element._compiler_dispatch(self, **kw)} OVER ({' '.join(parts)})"

    def _ordered(self, clauses: Any, keeps: bool, **kw: Any) -> str:
        """Write an order with NULL before all; where nothing can be NULL, as it is, so that an index serves it."""
        said: list[str] = []
        for clause in clauses:
            words = clause._compiler_dispatch(self, **kw)
            said.append(words if _ends(words) or (keeps and _never_null(clause)) else words + _nulls(words))
        return ", ".join(said)

    def visit_like_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return self.visit_ilike_op_binary(binary, operator, **kw)

    def visit_not_like_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return self.visit_not_ilike_op_binary(binary, operator, **kw)

    def visit_ilike_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return self._alike(binary, "ILIKE", **kw)

    def visit_not_ilike_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return self._alike(binary, "NOT ILIKE", **kw)

    def _alike(self, binary: Any, word: str, **kw: Any) -> str:
        escape = binary.modifiers.get("escape")
        left, right = self.process(binary.left, **kw), self.process(binary.right, **kw)
        # Without a sign of its own SQLite's LIKE escapes nothing, PostgreSQL's a backslash.
        return f"{left} {word} {right} ESCAPE {self.render_literal_value(escape or '', _TEXT)}"

    def visit_truediv_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        left, right = self.process(binary.left, **kw), self.process(binary.right, **kw)
        return f"{left} / CAST({right} AS DOUBLE PRECISION)"

    def visit_group_concat_func(self, fn: Any, **kw: Any) -> str:
        parts = [self.process(part, **kw) for part in fn.clauses]
        return f"string_agg(CAST({parts[0]} AS TEXT), {parts[1] if len(parts) > 1 else repr(',')})"

    def visit_iif_func(self, fn: Any, **kw: Any) -> str:
        which, then, other = (self.process(part, **kw) for part in fn.clauses)
        return f"CASE WHEN {which} THEN {then} ELSE {other} END"

    def visit_substr_func(self, fn: Any, **kw: Any) -> str:
        text, *places = (self.process(part, **kw) for part in fn.clauses)
        return f"substr({', '.join((text, *(f'CAST({place} AS integer)' for place in places)))})"

    def visit_sum_func(self, fn: Any, **kw: Any) -> str:
        return self._whole("sum", fn, **kw)

    def visit_max_func(self, fn: Any, **kw: Any) -> str:
        return self._end("max", "greatest", fn, **kw)

    def visit_min_func(self, fn: Any, **kw: Any) -> str:
        return self._end("min", "least", fn, **kw)

    def _end(self, one: str, several: str, fn: Any, **kw: Any) -> str:
        parts = list(fn.clauses)
        if len(parts) > 1:
            return f"{several}({', '.join(self.process(part, **kw) for part in parts)})"
        if isinstance(parts[0].type, Boolean):
            return f"{one}(CAST({self.process(parts[0], **kw)} AS INTEGER))"
        return f"{one}({self.process(parts[0], **kw)})"

    def _whole(self, name: str, fn: Any, **kw: Any) -> str:
        (part,) = fn.clauses
        inner = self.process(part, **kw)
        if isinstance(part.type, Boolean):
            return f"{name}(CAST({inner} AS INTEGER))"
        kind = getattr(part.type, "impl_instance", part.type)
        return f"CAST({name}({inner}) AS BIGINT)" if isinstance(kind, Integer | BigInteger) else f"{name}({inner})"


_TEXT = String()


def _any(clauses: Any) -> bool:
    return clauses is not None and len(clauses) > 0


def _ends(words: str) -> bool:
    return words.endswith((" NULLS FIRST", " NULLS LAST"))


def _nulls(words: str) -> str:
    return " NULLS LAST" if words.endswith(" DESC") else " NULLS FIRST"


def _never_null(clause: Any) -> bool:
    """Whether a clause orders by a column that is always filled; its index then serves the order as it is."""
    inner: ColumnElement[Any] = getattr(clause, "element", clause)
    while isinstance(inner, UnaryExpression):
        inner = inner.element
    return isinstance(inner, Column) and (inner.primary_key or not inner.nullable)


class SharedDialect(PGDialect_psycopg):
    """psycopg's dialect with this file's meaning."""

    supports_statement_cache = True
    statement_compiler = _Compiler
    type_compiler_cls = _Types


registry.register(NAME, __name__, SharedDialect.__name__)
