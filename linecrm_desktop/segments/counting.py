"""Counts rules while they are being built: sets that were read once are kept, so that an edit costs what it changed.

The same SELECTs as to_sql's, taken apart (segments.sets); a test keeps both equal. Sets are dropped exactly when what
they were read from is written, and all of them can be thrown away at any time. Gate, send and export do not count
here: they ask to_sql's one SELECT inside their own transaction.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments import library, rules, sets, to_sql
from linecrm_desktop.segments.known import Known, Named, named
from linecrm_desktop.segments.problems import refuse_incomplete
from linecrm_desktop.segments.rules import AllOf, AnyOf, Leaf, NoneOf, Rule
from linecrm_desktop.segments.sets import Atom, Plan
from linecrm_desktop.store.database import seen
from linecrm_desktop.store.dialect import as_one_text
from linecrm_desktop.store.interrupting import raise_if_interrupted

if TYPE_CHECKING:
    from linecrm_desktop.segments.columns import Column

_PLAN_BYTES = 4_000
_KNOWN_BYTES = 20_000
_KNOWN = "known"


class Counting:
    """Counts any number of rules at one moment of the shop; make one for each reading session."""

    def __init__(self, session: Session, day: ShopDay, segments: Mapping[int, Rule] | None = None) -> None:
        self._session = session
        self._day = day
        self._segments = segments
        self._known: tuple[Named, Known] | None = None
        self._seen = seen(session)
        self._mine: dict[tuple[Any, ...], Any] = {}
        self._packs = _packed().Packs(session)

    def count(self, rule: Rule) -> int:
        """Count the friends for whom a rule holds. Raises ShopError while anything in it is missing."""
        return _columns().count(self.who(rule))

    def who(self, rule: Rule) -> "Column":
        """Return the friends for whom a rule holds as a column. Raises ShopError while anything in it is missing."""
        known = self._knowing(rule)
        refuse_incomplete(rule, known)
        return self._rule(rule, known)

    def where(self, name: Hashable, condition: ColumnElement[bool]) -> "Column":
        """Return the friends for whom a condition holds that is no rule; `name` stands for it and all its values."""
        return self._plan(self._planned(("where", name), lambda: condition))

    @property
    def day(self) -> ShopDay:
        """The shop's day that rules are counted for."""
        return self._day

    @property
    def everybody(self) -> "Column":
        """All friends."""
        found = self._mine.get(())
        if found is None:
            found = self._mine[()] = self._read_or_kept(_EVERYBODY)
        return found

    @property
    def segments(self) -> Mapping[int, Rule]:
        """The rules of all saved segments, and what else is known of the shop; read when first asked for."""
        if self._segments is None:
            self._segments = library.rules(self._session)
        return self._segments

    def _knowing(self, rule: Rule) -> Mapping[int, Rule]:
        """Return what is known of all that a rule names, if possible from the last count: an edit names little else."""
        if self._segments is not None:
            return self._segments
        wanted = named([rule])
        if self._known is None and self._seen:
            self._known = self._seen.kept.get(_KNOWN, self._seen.versions)
        if self._known is None or not wanted <= self._known[0]:
            raise_if_interrupted(self._session)
            self._known = wanted, library.rules(self._session, rule)
            if self._seen:
                self._seen.kept.put(_KNOWN, self._known, _KNOWN_BYTES, library.NAMED, self._seen.versions)
        return self._known[1]

    def _rule(self, rule: Rule, known: Mapping[int, Rule]) -> "Column":
        match rule:
            case AllOf() | AnyOf() | NoneOf():
                parts = [self._rule(inner, known) for inner in rule.rules]
                if isinstance(rule, AllOf):
                    return _columns().both(parts)
                held = _columns().either(parts)
                return _columns().others(held, self.everybody) if isinstance(rule, NoneOf) else held
            case rules.InSegment():
                held = self._rule(known[rule.segment], known)
                return held if rule.inside else _columns().others(held, self.everybody)
            case _:
                return self._plan(self._plan_of(rule))

    def _plan_of(self, leaf: Leaf) -> Plan:
        """Return how a leaf falls into sets; writing SQL takes longer than joining sets, so that too is kept."""
        return self._planned((leaf, self._day), lambda: to_sql.condition(leaf, self._day, {}))

    def _planned(self, key: Hashable, condition: Callable[[], ColumnElement[bool]]) -> Plan:
        found = self._seen.kept.get(key, self._seen.versions) if self._seen else None
        if found is None:
            found = sets.plan(condition())
            if self._seen:
                self._seen.kept.put(key, found, _PLAN_BYTES, frozenset(), self._seen.versions)
        return found

    def _plan(self, wanted: Plan) -> "Column":
        if isinstance(wanted, Atom):
            return self._atom(wanted)
        parts = [self._plan(part) for part in wanted.parts]
        if wanted.kind == "not":
            return _columns().others(parts[0], self.everybody)
        return _columns().both(parts) if wanted.kind == "and" else _columns().either(parts)

    def _atom(self, atom: Atom) -> "Column":
        found = self._mine.get(atom.key)
        if found is None:
            found = self._mine[atom.key] = self._read_or_kept(atom)
        return found

    def _read_or_kept(self, atom: Atom) -> "Column":
        if self._seen:
            kept = self._seen.kept.get(atom.key, self._seen.versions)
            if kept is not None:
                return kept
        raise_if_interrupted(self._session)
        column = self._read(atom)
        if self._seen:
            self._seen.kept.put(atom.key, column, column.nbytes, atom.needs, self._seen.versions)
        return column

    def _read(self, atom: Atom) -> "Column":
        found = _columnar().answer(atom.ids, self._packs, self._session.get_bind().dialect)
        if found is not None:
            return _columns().packed(found)
        return _columns().of_text(self._session.scalar(as_one_text(self._session, atom.ids)) or "")


def count(session: Session, rule: Rule, day: ShopDay) -> int:
    """Count the friends for whom a rule holds, whether they can be reached or not."""
    return Counting(session, day).count(rule)


def asked(session: Session, rule: Rule, day: ShopDay) -> "Column":
    """Return the friends for whom a rule holds by its one SELECT, as gate and send ask it; also while writing."""
    members = to_sql.members(rule, day, library.rules(session, rule))
    return _columns().of_text(session.scalar(as_one_text(session, members)) or "")


def joined(some: Sequence["Column"]) -> "Column | None":
    """Return who is in any of several columns; None: there are no columns."""
    return _columns().either(some) if some else None


def size(who: "Column") -> int:
    """Return how many friends were counted."""
    return _columns().count(who)


def parted(who: "Column", by: "Column") -> tuple["Column", "Column"]:
    """Part friends into those who are among others, and the rest; the sizes say how far two segments overlap."""
    return _columns().both([who, by]), _columns().others(by, who)


def column(session: Session, ids: Select[Any]) -> "Column":
    """Return the friends of any SELECT of ids as a column, read anew each time."""
    return _columns().of_ids(session.scalars(ids))


def ids(who: "Column", most: int | None = None) -> list[int]:
    """Return the ids of friends that were counted, in order; the first `most` of them if said."""
    return _columns().ids(who, most)


_EVERYBODY = sets.everybody()


def _columns() -> Any:
    """Load numpy when the first count is made: it takes longer than opening the window."""
    from linecrm_desktop.segments import columns

    return columns


def _columnar() -> Any:
    from linecrm_desktop.segments import columnar

    return columnar


def _packed() -> Any:
    from linecrm_desktop.store import packed

    return packed
