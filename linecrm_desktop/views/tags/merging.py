"""A merge as its dialog says it: which tags go, which stays, its name and sentence, and whether old names are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from linecrm_desktop.tagging import merging
from linecrm_desktop.tags.library import TagRow, fold


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be done."""

    keep: int
    drop: tuple[int, ...]
    name: str
    helps_decide: str
    as_words: bool = True

    @property
    def tags(self) -> frozenset[int]:
        """All tags that it touches."""
        return frozenset((self.keep, *self.drop))

    def work(self, session: Session, now: datetime) -> Sequence[int]:
        """Merge one after the other; return the operations. Name and sentence are written with the last one."""
        bundle = f"tags:{uuid4().hex[:12]}" if len(self.drop) > 1 else None
        others, gone = self.drop[:-1], self.drop[len(self.drop) - 1]
        first = [merging.merge(session, self.keep, drop, now, as_word=self.as_words, bundle=bundle) for drop in others]
        last = merging.merge(
            session,
            self.keep,
            gone,
            now,
            name=self.name,
            helps_decide=self.helps_decide,
            as_word=self.as_words,
            bundle=bundle,
        )
        return [*first, last]


def merge_of(tags: Sequence[TagRow], keep: int, name: str, helps_decide: str, *, as_words: bool) -> Merge:
    """Return the merge of several tags. Where the name to have is that of one of them, that is the one that stays."""
    keep = next((tag.id for tag in tags if fold(tag.name) == fold(name)), keep)
    return Merge(keep, tuple(tag.id for tag in tags if tag.id != keep), name, helps_decide, as_words)
