"""Columns of bits are sets of ids: joined, turned round and counted as Python's own sets are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linecrm_desktop.segments import columns

EDGES = (1, 62, 63, 64, 65, 127, 128, 129, 640)
some_ids = st.sets(st.sampled_from(EDGES) | st.integers(1, 700))


def column(wanted: set[int]) -> columns.Column:
    return columns.of_text(",".join(map(str, wanted)))


@given(some_ids, some_ids, some_ids)
def test_columns_are_joined_as_sets_are(a: set[int], b: set[int], c: set[int]) -> None:
    parts = [column(a), column(b), column(c)]
    assert columns.ids(columns.both(parts)) == sorted(a & b & c)
    assert columns.ids(columns.either(parts)) == sorted(a | b | c)
    assert columns.ids(columns.others(parts[0], parts[1])) == sorted(b - a)
    assert columns.count(columns.either(parts)) == len(a | b | c)
    assert [columns.ids(part) for part in parts] == [sorted(ids) for ids in (a, b, c)]


@given(some_ids)
def test_a_yes_or_no_for_each_id_is_a_column(wanted: set[int]) -> None:
    is_in = np.array([number in wanted for number in range(700 + len(wanted))], dtype=np.bool_)
    found = columns.packed(is_in)
    assert columns.ids(found) == sorted(number for number in wanted if number < len(is_in))
    assert columns.ids(found, 2) == sorted(wanted)[:2]
