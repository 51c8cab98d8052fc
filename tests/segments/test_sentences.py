"""Two segments that mean different friends are read as two different sentences, in each of the four languages."""

import dataclasses
import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Compare,
    Did,
    FieldTest,
    Group,
    HasTag,
    Joined,
    LastOrder,
    NoneOf,
    OwnField,
    Rule,
)
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.text import LANGUAGES, set_language
from tests.segments.filled import NAMES
from tests.segments.trees import leaves, trees

GROUPS: tuple[type[Group], ...] = (AllOf, AnyOf, NoneOf)
LEAVES: tuple[Rule, ...] = (LastOrder(30), Joined(7), HasTag((1,)))
_OF_TEXT = ("texts",)
_OF_NUMBER = ("compare", "number", "high")
_OF_PERIOD = ("days", "older", "since", "until")
_ASKED = {FieldTest.NUMBER: _OF_NUMBER, FieldTest.WHEN: _OF_PERIOD, FieldTest.COMES_ROUND: ("days",)}
_BARE = (FieldTest.UNKNOWN, FieldTest.KNOWN)


@cache
def said(rule: Rule) -> tuple[str, ...]:
    """Return a rule's sentence in each language."""
    found: list[str] = []
    for language in LANGUAGES:
        set_language(language)
        found.append(plain(rule, NAMES, "TWD"))
    return tuple(found)


def test_two_different_trees_are_two_sentences_in_every_language() -> None:
    heard: tuple[dict[str, Rule], ...] = tuple({} for _language in LANGUAGES)

    @settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(trees)
    def differ(tree: Rule) -> None:
        meant = _meant(tree)
        for known, sentence in zip(heard, said(tree), strict=True):
            assert known.setdefault(sentence, meant) == meant

    differ()


def _meant(tree: Rule) -> Rule:
    """Return a tree in which none of any is none: the same question, so it may be the same sentence."""
    if not isinstance(tree, (AllOf, AnyOf, NoneOf)):
        return tree
    inner = tuple(_meant(rule) for rule in tree.rules)
    if isinstance(tree, NoneOf) and len(inner) == 1 and isinstance(inner[0], AnyOf) and len(inner[0].rules) > 1:
        return NoneOf(inner[0].rules)
    return type(tree)(inner)


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(leaves, min_size=8, max_size=8))
def test_one_changed_part_of_a_rule_changes_its_sentence(some: list[Any]) -> None:
    for one, other in itertools.permutations(some, 2):
        if type(one) is type(other):
            for changed in _neighbours(one, other):
                for mine, theirs in zip(said(one), said(changed), strict=True):
                    assert mine != theirs, (one, changed)


def _neighbours(one: Any, other: Any) -> Iterator[Any]:
    """Yield a rule with one part of another of its kind, where that makes it mean something else."""
    for field in dataclasses.fields(one):
        changed = dataclasses.replace(one, **{field.name: getattr(other, field.name)})
        if changed != one and not problems(changed) and _asks(one, field.name) and _asks(changed, field.name):
            yield changed


def _asks(leaf: Any, part: str) -> bool:
    """Say whether a part of a rule means anything in it."""
    if part == "high" and getattr(leaf, "compare", Compare.BETWEEN) is not Compare.BETWEEN:
        return False
    if (part == "by" and not leaf.what) or (part == "older" and leaf.days is None):
        return False
    if isinstance(leaf, OwnField) and part not in ("field", "test"):
        return leaf.test not in _BARE and part in _ASKED.get(leaf.test, _OF_TEXT)
    return True


def test_every_event_has_words_of_its_own() -> None:
    for sentences in zip(*(said(Did(kind)) for kind in EventKind), strict=True):
        assert len(set(sentences)) == len(EventKind)


def test_brackets_and_words_leave_no_doubt_how_rules_are_joined() -> None:
    """All trees of up to two levels over two rules, and three over fewer: one sentence, one truth table."""
    heard: tuple[dict[str, tuple[bool, ...]], ...] = tuple({} for _language in LANGUAGES)
    flat = list(_joined(LEAVES, 3))
    deep = list(_joined((*LEAVES[:2], *_joined(LEAVES[:2], 2)), 2))
    deeper = list(_joined((LEAVES[2], *deep[::9]), 1))
    for tree in (*flat, *deep, *deeper):
        meant = tuple(_holds(tree, dict(zip(LEAVES, held, strict=True))) for held in _CASES)
        for known, sentence in zip(heard, said(tree), strict=True):
            assert known.setdefault(sentence, meant) == meant, sentence


_CASES = tuple(itertools.product((False, True), repeat=len(LEAVES)))


def _joined(inner: tuple[Rule, ...], most: int) -> Iterator[Group]:
    for count in range(1, most + 1):
        for parts in itertools.product(inner, repeat=count):
            for group in GROUPS:
                yield group(parts)


def _holds(tree: Rule, held: dict[Rule, bool]) -> bool:
    match tree:
        case AllOf():
            return all(_holds(inner, held) for inner in tree.rules)
        case AnyOf():
            return any(_holds(inner, held) for inner in tree.rules)
        case NoneOf():
            return not any(_holds(inner, held) for inner in tree.rules)
        case _:
            return held[tree]
