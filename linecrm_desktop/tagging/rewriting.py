"""Puts other tags into rules in the place of one, so that no rule ever names a tag that nobody carries any more.

After a split every rule finds exactly the friends it found before: "has all of" becomes two rules, because each part
of the old tag will do.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, Leaf, NoneOf, Rule, TagMatch

G = TypeVar("G", bound=Group)


def merged(rule: G, drop: int, keep: int) -> G:
    """Return a rule tree that names `keep` wherever it named `drop`."""
    return _rewritten(rule, drop, (keep,))


def divided(rule: G, tag: int, parts: tuple[int, ...]) -> G:
    """Return a rule tree that names the parts of a tag wherever it named the tag. It may be nested one group deeper."""
    return _rewritten(rule, tag, parts)


def _rewritten(group: G, tag: int, parts: tuple[int, ...]) -> G:
    return type(group)(tuple(new for rule in group.rules for new in _in_group(group, rule, tag, parts)))


def _in_group(group: Group, rule: Rule, tag: int, parts: tuple[int, ...]) -> Iterator[Rule]:
    """Yield what stands in a group in the place of one of its rules."""
    match rule:
        case AllOf() | AnyOf() | NoneOf():
            yield _rewritten(rule, tag, parts)
        case rules.CameFrom(sources=sources) if tag in sources:
            yield replace(rule, sources=_put(sources, tag, parts))
        case rules.HasTag(tags=tags) if tag in tags:
            yield from _has_tag(group, rule, tag, parts)
        case _:
            yield rule


def _has_tag(group: Group, leaf: rules.HasTag, tag: int, parts: tuple[int, ...]) -> Iterator[Rule]:
    others = tuple(one for one in leaf.tags if one != tag)
    is_several = leaf.match in (TagMatch.ALL, TagMatch.LACKS_ONE)
    if not is_several or len(parts) == 1:
        yield replace(leaf, tags=_put(leaf.tags, tag, parts))
        return
    is_all = leaf.match is TagMatch.ALL
    of_parts: Leaf = replace(leaf, tags=parts, match=TagMatch.ANY if is_all else TagMatch.NONE)
    if not others:
        yield of_parts
        return
    both = (of_parts, replace(leaf, tags=others))
    if isinstance(group, AllOf) is is_all:  # "none of" asks like "any of"
        yield from both
    else:
        yield AllOf(both) if is_all else AnyOf(both)


def _put(tags: tuple[int, ...], tag: int, parts: tuple[int, ...]) -> tuple[int, ...]:
    """Put the parts where the tag stood; each tag stands once."""
    return tuple(dict.fromkeys(new for one in tags for new in (parts if one == tag else (one,))))
