"""A person builds the last of the twelve questions in 14 edits, and then turns it about.

After each edit the builder shows the size, the size of each leaf, and how many are left after each row. Counted with
kept sets and by asking SQL for each of these numbers again.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from segment_ours import Ours
from segment_questions import Question, questions, session
from segment_targets import ASKED_AGAIN_TO_KEPT, TURNED_TO_FIRST, Target

from linecrm_desktop.segments.rules import AllOf, AnyOf, NoneOf, Rule

Count = Callable[[Question], int]


def leaves(rule: Rule) -> Iterator[Rule]:
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        for inner in rule.rules:
            yield from leaves(inner)
    else:
        yield rule


def numbers(question: Question) -> Iterator[Question]:
    """Yield all that the builder shows of a question: its size, each leaf, what is left after each row."""
    yield question
    for leaf in leaves(question.rule):
        yield Question("leaf", AllOf((leaf,)))
    rows = question.rule.rules
    for many in range(1, len(rows) + 1):
        yield Question("row", AllOf(rows[:many]))
        if question.agreed:
            yield Question("row", AllOf(rows[:many]), agreed=True)


def turned(question: Question) -> Iterator[tuple[str, Question]]:
    """Yield a question regrouped, negated, without a rule, and as it was."""
    rows = question.rule.rules
    if not rows:
        return
    yield "regrouped", replace(question, rule=AnyOf(rows))
    yield "negated", replace(question, rule=NoneOf(rows))
    if len(rows) > 1:
        yield "one row less", replace(question, rule=AllOf(rows[1:]))
        yield "put back at the end", replace(question, rule=AllOf((*rows[1:], rows[0])))


def seconds(count: Count, asked: list[Question]) -> tuple[float, list[int]]:
    begun = time.perf_counter()
    found = [count(question) for question in asked]
    return time.perf_counter() - begun, found


def edit(ours: Ours, friends: int, exists: Count | None) -> list[Target]:
    """Print what the edits cost; return what was to be reached."""
    shown = [list(numbers(question)) for question in session(friends)]
    ours.forget()
    by_sets, kept = zip(*(seconds(ours.again, asked) for asked in shown), strict=True)
    by_select, plain = zip(*(seconds(ours.by_select, asked) for asked in shown), strict=True)
    assert kept == plain
    print(f"\nan editing session of {len(shown)} edits, {sum(map(len, shown))} numbers, milliseconds")
    print(f"  kept sets {sum(by_sets) * 1000:>10,.1f}  worst edit {max(by_sets) * 1000:,.1f}")
    print(f"  one SELECT a number {sum(by_select) * 1000:>10,.1f}: {sum(by_select) / sum(by_sets):.0f} times as long")
    ours.forget()
    sizes, _counts = zip(*(seconds(ours.again, [question]) for question in session(friends)), strict=True)
    print(f"  sizes alone, kept sets {sum(sizes) * 1000:,.1f}; bytes kept {ours.database.kept.size:,}")
    if exists:
        peers, _counts = zip(*(seconds(exists, [question]) for question in session(friends)), strict=True)
        print(f"  sizes alone, EXISTS + JSON {sum(peers) * 1000:,.1f}: {sum(peers) / sum(sizes):.0f} times as long")
    again = Target(
        "editing: asking SQL again, times kept sets", sum(by_select) / sum(by_sets), ASKED_AGAIN_TO_KEPT, False
    )
    return [again, *_turn(ours, friends)]


def _turn(ours: Ours, friends: int) -> list[Target]:
    """Print what turning each question about costs, beside counting it for the first time."""
    print("\nturned about, as a part of counting the same tree for the first time; a reader's opening included")
    most = (0.0, "")
    sums = [0.0, 0.0]
    for question in questions(friends):
        parts: dict[str, float] = {}
        for name, other in turned(question):
            first = statistics.median(seconds(ours.count, [other])[0] for _try in range(5))
            ours.again(question)
            ours.again(other)
            cost = statistics.median(ours.turned(other) for _try in range(15))
            parts[name] = cost / first
            sums = [sums[0] + cost, sums[1] + first]
            most = max(most, (parts[name], f"{question.name}, {name}: {cost * 1000:.2f} of {first * 1000:.1f} ms"))
        if parts:
            told = ", ".join(f"{name} 1/{1 / part:.0f}" for name, part in parts.items())
            print(f"  {question.name:<48}{told}")
    return [
        Target("editing: turning a tree about, all of them together", sums[0] / sums[1], TURNED_TO_FIRST, True),
        Target("editing: turning a tree about, the worst of them", most[0], TURNED_TO_FIRST, True, most[1]),
    ]
