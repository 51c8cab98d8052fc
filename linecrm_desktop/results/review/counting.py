"""Counts what the friends of each tag, and of each two tags, did after the sends that they got.

Each send is one table of yes and no, tags by copies; what two tags share is then one product of matrices. numpy is
loaded with this file, so it is imported where a review is counted, never at a start.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linecrm_desktop.jobs import Task
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.review.carried import FOREVER, Spans
from linecrm_desktop.results.review.evidence import Counted, Part, Stratum, Subject
from linecrm_desktop.results.review.sends import Send
from linecrm_desktop.results.statistics import Sums
from linecrm_desktop.text import _

PAIRED = (TagType.SOURCE, TagType.INTEREST, TagType.STAGE, TagType.VALUE, TagType.ENGAGEMENT)
"""Types of which two different ones make a pair worth a look."""
PARTING = (TagType.SOURCE, TagType.INTEREST, TagType.STAGE)
"""Types whose tags can split another tag."""
MOST_TAGS = 200
"""Pairs are counted of so many tags, those with the most messages: 5,000 tags would be twelve million pairs."""
_PROGRESS = 20
_Table = NDArray[np.float64]


@dataclass(frozen=True)
class _Copies:
    """One send as columns, one for each friend."""

    send: Send
    friends: NDArray[np.int64]
    at: int
    kept: NDArray[np.bool_]
    did: _Table
    orders: _Table
    revenue: _Table

    @property
    def got(self) -> NDArray[np.bool_]:
        return ~self.kept


def count(
    sends: Sequence[Send], who: Mapping[int, Spans], types: Mapping[int, TagType], least: int, task: Task | None = None
) -> Counted:
    """Count every tag, and every pair of tags of different types that `least` messages reached together."""
    copies = [_columns(send) for send in sends]
    carried = {tag: _Carried(one) for tag, one in who.items()}
    found, placed = _singles(copies, carried, task)
    order = sorted(found, key=lambda key: (-found[key].delivered, key))
    many = [key[0] for key in order if types[key[0]] in PAIRED and found[key].delivered >= least][:MOST_TAGS]
    tables = [_table(one, many, placed[at]) for at, one in enumerate(copies)]
    return Counted(found | _pairs(copies, tables, many, types, least, found), _parts(copies, tables, many, types))


class _Carried:
    """The friends of one tag as columns."""

    def __init__(self, spans: Spans) -> None:
        self.friends = np.array(spans.friends, dtype=np.int64)
        self.since = np.array(spans.since, dtype=np.int64)
        self.until = np.array(spans.until, dtype=np.int64)

    def then(self, at: int) -> NDArray[np.int64]:
        return self.friends[(self.since <= at) & (self.until > at)]

    @property
    def today(self) -> NDArray[np.int64]:
        return self.friends[self.until == FOREVER]


def _columns(send: Send) -> _Copies:
    deeds = send.deeds
    return _Copies(
        send,
        np.array([one.friend_id for one in deeds], dtype=np.int64),
        int(send.started_at.timestamp()),
        np.array([one.is_kept_back for one in deeds], dtype=np.bool_),
        np.array([one.did for one in deeds], dtype=np.float64),
        np.array([one.orders for one in deeds], dtype=np.float64),
        np.array([one.revenue for one in deeds], dtype=np.float64),
    )


def _places(one: _Copies, friends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the columns of some friends; the columns of a send are in the order of their friends."""
    at = np.searchsorted(one.friends, friends)
    at[at == len(one.friends)] = 0
    return np.unique(at[one.friends[at] == friends])


def _singles(
    copies: Sequence[_Copies], carried: Mapping[int, _Carried], task: Task | None
) -> tuple[dict[tuple[int, ...], Subject], list[dict[int, NDArray[np.int64]]]]:
    found: dict[tuple[int, ...], Subject] = {}
    placed: list[dict[int, NDArray[np.int64]]] = [{} for _one in copies]
    for number, (tag, who) in enumerate(carried.items()):
        if task is not None and number % _PROGRESS == 0:
            task.raise_if_stopped()
            task.progress(number, len(carried), _("Counting what each tag earned"))
        at = [_places(one, who.then(one.at)) for one in copies]
        by_today = not any(len(some) for some in at)
        if by_today:
            at = [_places(one, who.today) for one in copies]
        strata = [_stratum(one, some) for one, some in zip(copies, at, strict=True) if len(some)]
        found[tag,] = Subject((tag,), tuple(strata), by_today and bool(strata))
        for number_of_send, some in enumerate(at):
            placed[number_of_send][tag] = some
    return found, placed


def _stratum(one: _Copies, at: NDArray[np.int64]) -> Stratum:
    sent, kept = at[one.got[at]], at[one.kept[at]]
    mine, all_sent = one.revenue[sent], one.revenue[one.got]
    squares, all_squares = float(mine @ mine), float(all_sent @ all_sent)
    total, all_total = float(mine.sum()), float(all_sent.sum())
    rest = Sums(len(all_sent) - len(sent), all_total - total, all_squares - squares)
    return Stratum(one.send.id, _group(one, sent), _group(one, kept), Sums(len(sent), total, squares), rest)


def _group(one: _Copies, at: NDArray[np.int64]) -> Group:
    return Group(len(at), int(one.did[at].sum()), int(one.orders[at].sum()), int(one.revenue[at].sum()))


def _table(one: _Copies, tags: Sequence[int], placed: Mapping[int, NDArray[np.int64]]) -> NDArray[np.bool_]:
    table = np.zeros((len(tags), len(one.friends)), dtype=np.bool_)
    for row, tag in enumerate(tags):
        table[row, placed[tag]] = True
    return table


def _pairs(
    copies: Sequence[_Copies],
    tables: Sequence[NDArray[np.bool_]],
    tags: Sequence[int],
    types: Mapping[int, TagType],
    least: int,
    singles: Mapping[tuple[int, ...], Subject],
) -> dict[tuple[int, ...], Subject]:
    delivered = np.zeros((len(tags), len(tags)))
    for one, table in zip(copies, tables, strict=True):
        sent = table[:, one.got].astype(np.float64)
        delivered += sent @ sent.T
    found: dict[tuple[int, ...], Subject] = {}
    for row, column in np.argwhere(np.triu(delivered >= least, 1)).tolist():
        first, second = int(tags[row]), int(tags[column])
        if types[first] is types[second]:
            continue
        both = [np.flatnonzero(table[row] & table[column]) for table in tables]
        strata = tuple(_stratum(one, at) for one, at in zip(copies, both, strict=True) if len(at))
        by_today = any(singles[tag,].by_today for tag in (first, second))
        key = (min(first, second), max(first, second))
        found[key] = Subject(key, strata, by_today)
    return found


def _parts(
    copies: Sequence[_Copies], tables: Sequence[NDArray[np.bool_]], tags: Sequence[int], types: Mapping[int, TagType]
) -> list[Part]:
    """Return what every two sub-groups inside a tag did: those with one other tag and those with another one."""
    alike = np.array(
        [[one is other and one in PARTING for other in map(types.get, tags)] for one in map(types.get, tags)]
    )
    found: list[Part] = []
    for row, tag in enumerate(tags):
        strata: defaultdict[tuple[int, int], list[tuple[int, int, int, int]]] = defaultdict(list)
        for one, table in zip(copies, tables, strict=True):
            inside = one.got & table[row]
            told = table[:, inside].astype(np.float64)
            shared, doing = told @ told.T, (told * one.did[inside]) @ told.T
            only, only_did = shared.diagonal()[:, None] - shared, doing.diagonal()[:, None] - doing
            allowed = np.triu(alike, 1) & (only > 0) & (only.T > 0)
            allowed[row, :] = allowed[:, row] = False
            for first, second in np.argwhere(allowed).tolist():
                here, there = (first, second), (second, first)
                counts = (only_did[here], only[here], only_did[there], only[there])
                strata[first, second].append(_whole(counts))
        found += [Part(tag, tags[one], tags[other], tuple(some)) for (one, other), some in strata.items()]
    return found


def _whole(counts: tuple[Any, Any, Any, Any]) -> tuple[int, int, int, int]:
    did, of, did_other, of_other = map(int, counts)
    return did, of, did_other, of_other
