"""Why a friend is in a segment or not: rule by rule, holds, does not hold or not known, and the rows that prove it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments import library, to_sql
from linecrm_desktop.segments.facts import facts
from linecrm_desktop.segments.matches import Why, why
from linecrm_desktop.segments.problems import refuse_incomplete
from linecrm_desktop.segments.proofs import Proofs
from linecrm_desktop.segments.rules import AllOf, AnyOf, InSegment, Leaf, NoneOf, Rule
from linecrm_desktop.segments.sentence import Names, plain
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule of a tree for one friend."""

    rule: Rule
    sentence: str
    holds: bool
    is_unknown: bool
    """It does not hold because the shop does not know."""
    proof: str
    inner: tuple["Explained", ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, "Explained"]]:
        """Yield the tree from the top with how deep each part lies."""
        yield depth, self
        for part in self.inner:
            yield from part.lines(depth + 1)

    @property
    def head(self) -> str:
        """What a line of the tree says: a group only how its rules are joined."""
        match self.rule:
            case AllOf():
                return _("All of these:")
            case AnyOf():
                return _("Any of these:")
            case NoneOf():
                return _("None of these:")
            case InSegment():
                return _("{sentence} Its rules:").format(sentence=self.sentence)
            case _:
                return self.sentence


def explained(
    session: Session, rule: Rule, friend: int, day: ShopDay, currency: str, known: Mapping[int, Rule] | None = None
) -> Explained:
    """Explain a rule for a friend; `known` are the rules of all saved segments, read where not given.

    Raises ShopError while anything in the rule is missing.
    """
    known = library.rules(session, rule) if known is None else known
    refuse_incomplete(rule, known)
    told, names = facts(session, friend), library.names(session)
    saying = _Saying(session, friend, day, names, currency, Proofs(told, day, names, currency))
    return saying.of(why(rule, told, day, known))


@dataclass(frozen=True, slots=True)
class _Saying:
    session: Session
    friend: int
    day: ShopDay
    names: Names
    currency: str
    proofs: Proofs

    def of(self, answer: Why) -> Explained:
        rule = answer.rule
        sentence = plain(rule, self.names, self.currency)
        if isinstance(rule, (AllOf, AnyOf, NoneOf, InSegment)):
            return Explained(rule, sentence, answer.holds, False, "", tuple(self.of(part) for part in answer.inner))
        return Explained(
            rule, sentence, answer.holds, not answer.holds and self._is_unknown(rule), self.proofs.of(rule)
        )

    def _is_unknown(self, leaf: Leaf) -> bool:
        unknown = to_sql.unknown(leaf, self.day)
        if unknown is None:
            return False
        return self.session.scalars(select(Friend.id).where(Friend.id == self.friend, unknown)).first() is not None
