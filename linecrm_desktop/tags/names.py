"""By which names a tag is found: its own, those it had, and those of tags that were merged into it.

A person who reads an old poster, and a file that another system writes, go on saying the old word.
"""

import unicodedata
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.tag import Tag, TagWord

NAME_MAX = 80
"""Length of the name's column."""


def fold(name: str) -> str:
    """Return the key of a tag's name: width, case and runs of blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def known(session: Session) -> dict[str, int]:
    """Return for each folded name the tag that it means today.

    A tag's own name comes before old ones; an old name that several tags in use had means none of them.
    """
    rows = session.execute(select(Tag.id, Tag.name_key, Tag.merged_into, Tag.retired_at)).all()
    into = {tag: target for tag, _key, target, _retired in rows if target is not None}
    there = {tag for tag, *_rest in rows}
    found = {key: _end(tag, into, there) for tag, key, _into, _retired in rows}
    in_use = {tag for tag, _key, _into, retired in rows if retired is None}
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for tag, key in session.execute(select(TagWord.tag_id, TagWord.key)):
        if tag in in_use:
            meant[key].add(tag)
    return {key: next(iter(tags)) for key, tags in meant.items() if len(tags) == 1} | found


def words(session: Session) -> dict[int, tuple[str, ...]]:
    """Return the old names of each tag, in order."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for tag, word in session.execute(select(TagWord.tag_id, TagWord.word).order_by(TagWord.key)):
        found[tag].append(word)
    return {tag: tuple(told) for tag, told in found.items()}


def _end(tag: int, into: dict[int, int], there: set[int]) -> int:
    """Follow merges to the tag that has the friends now."""
    seen = {tag}
    while (target := into.get(tag)) is not None and target in there and target not in seen:
        seen.add(target)
        tag = target
    return tag
