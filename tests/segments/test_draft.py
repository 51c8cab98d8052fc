"""Edits of a draft: rules are put, copied, carried about between groups, and never lost."""

from typing import cast

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, AnyOf, Bought, Did, HasTag, LastOrder, NoneOf, Rule

SERUM = AllOf(
    (
        HasTag((1,)),
        Bought("serum"),
        LastOrder(60),
        AnyOf((Did(EventKind.CLICK), Did(EventKind.MENU))),
        NoneOf((HasTag((2,)),)),
    )
)


def test_editing_a_draft_keeps_the_old_one() -> None:
    draft = SegmentDraft(rule=SERUM)
    moved, here = draft.moved((2,), -1)
    assert here == (1,)
    assert (moved.at((1,)), moved.at((2,))) == (LastOrder(60), Bought("serum"))
    assert draft.at((1,)) == Bought("serum")
    assert draft.without((3, 0)).at((3,)) == AnyOf((Did(EventKind.MENU),))
    assert draft.duplicated((0,)).at((1,)) == HasTag((1,))
    assert draft.joined_by((3,), AllOf).at((3,)) == AllOf((Did(EventKind.CLICK), Did(EventKind.MENU)))
    assert draft.moved((0,), -1) == (draft, (0,))
    assert draft.can_hold_group((3,))


def _lines(draft: SegmentDraft) -> str:
    """Write the names of the tags in a draft, groups in brackets."""

    def said(rule: Rule) -> str:
        if isinstance(rule, HasTag):
            return str(rule.tags[0])
        return f"({''.join(said(inner) for inner in cast(AllOf, rule).rules)})"

    return said(draft.rule)


def test_a_rule_moves_line_by_line_into_and_out_of_groups() -> None:
    one, two, three, four = (HasTag((n,)) for n in range(1, 5))
    draft = SegmentDraft(rule=AllOf((one, AnyOf((two, three)), four)))
    path: tuple[int, ...] = (0,)
    seen = [_lines(draft)]
    for _step in range(5):
        draft, path = draft.moved(path, 1)
        assert draft.at(path) is one
        seen.append(_lines(draft))
    assert seen == ["(1(23)4)", "((123)4)", "((213)4)", "((231)4)", "((23)14)", "((23)41)"]
    for before in seen[-2::-1]:
        draft, path = draft.moved(path, -1)
        assert draft.at(path) is one
        assert _lines(draft) == before
    assert draft.moved(path, -1) == (draft, (0,))


def test_a_group_is_never_carried_into_itself_or_too_deep() -> None:
    one, two = HasTag((1,)), HasTag((2,))
    draft = SegmentDraft(rule=AllOf((AnyOf((AllOf((one,)),)), AnyOf((two,)))))
    assert draft.carried((0,), (0, 0), 0) == (draft, (0,))
    assert draft.carried((0,), (1,), 0) == (draft, (0,))
    assert _lines(draft.carried((0, 0), (1,), 1)[0]) == "(()(2(1)))"
    assert draft.moved((0,), 1)[0].rule == AllOf((AnyOf((two,)), AnyOf((AllOf((one,)),))))


def test_rules_carried_anywhere_are_all_still_there() -> None:
    tags = [HasTag((n,)) for n in range(1, 7)]
    whole = AllOf((tags[0], AnyOf((tags[1], AllOf((tags[2], tags[3])))), NoneOf((tags[4],)), tags[5]))
    draft = SegmentDraft(rule=whole)
    groups, leaves = ((), (1,), (1, 1), (2,)), ((0,), (1, 0), (1, 1, 0), (1, 1, 1), (2, 0), (3,), (1,), (2,))
    for path in leaves:
        for group in groups:
            for place in range(len(cast(AllOf, draft.at(group)).rules) + 1):
                after, here = draft.carried(path, group, place)
                assert after.at(here) is draft.at(path)
                assert sorted(filter(str.isdigit, _lines(after))) == list("123456")


def test_groups_are_nested_to_three() -> None:
    draft = SegmentDraft(rule=SERUM)
    assert not draft.can_hold_group((3, 0))
