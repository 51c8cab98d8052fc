"""All that is agreed about one tag, as its editor shows it: what is written, its old names, opposites and parents."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.tag import RelationKind, TagRelation, TagWord
from linecrm_desktop.models.tagging import OperationKind
from linecrm_desktop.tagging import changing
from linecrm_desktop.tagging.naming import WORD, tag_in_use, tag_of
from linecrm_desktop.tagging.recording import Recording, begin, table_of, whole
from linecrm_desktop.tags import library, names, relations
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.names import NAME_MAX, fold

_RELATION = table_of(TagRelation.__tablename__)


@dataclass(frozen=True, slots=True)
class Contract:
    """What a person agrees on for a tag."""

    draft: TagDraft
    words: tuple[str, ...] = ()
    """Other names by which it is found."""
    opposites: frozenset[int] = frozenset()
    """Tags that no friend can have besides it."""
    parents: frozenset[int] = frozenset()
    """Tags that every friend with it is expected to have too."""


def of(session: Session, tag_id: int) -> Contract:
    """Return what is agreed about a tag now. Raises ShopError when it is gone."""
    told = relations.relations(session)
    opposites = (sum(pair) - tag_id for pair in told.opposites if tag_id in pair)
    parents = (parent for tag, parent in told.parents if tag == tag_id)
    words = names.words(session).get(tag_id, ())
    return Contract(library.draft_of(session, tag_id), words, frozenset(opposites), frozenset(parents))


@whole
def write(session: Session, tag_id: int, contract: Contract, now: datetime, *, by: str = "") -> int:
    """Change what is agreed about a tag and return the operation. A name that it loses is kept as a search word."""
    before = {row.key: row.word for row in _words(session, tag_id)}
    operation = changing.edit(session, {tag_id: contract.draft}, now, by=by)
    recording = Recording(session, operation, now)
    _write_words(session, recording, tag_id, before, contract.words)
    told = relations.relations(session)
    opposites = {one if other == tag_id else other for one, other in told.opposites if tag_id in (one, other)}
    parents = {parent for tag, parent in told.parents if tag == tag_id}
    for kind, there, wanted in (
        (RelationKind.OPPOSITE, opposites, contract.opposites),
        (RelationKind.PARENT, parents, contract.parents),
    ):
        _relate(session, recording, tag_id, kind, there, wanted)
    return operation


@whole
def nest(session: Session, inner: int, outer: int, now: datetime, *, by: str = "", bundle: str | None = None) -> int:
    """Declare that one tag lies inside another and return the operation. Raises ShopError for a circle."""
    names = {"inner_name": tag_in_use(session, inner).name, "outer_name": tag_in_use(session, outer).name}
    what = {"inner": inner, "outer": outer, **names}
    recording = begin(session, OperationKind.NEST, what, now, by=by, bundle=bundle)
    there = {parent for tag, parent in relations.relations(session).parents if tag == inner}
    _relate(session, recording, inner, RelationKind.PARENT, there, there | {outer})
    return recording.operation_id


def _write_words(
    session: Session, recording: Recording, tag_id: int, before: dict[str, str], wanted: Iterable[str]
) -> None:
    words = {fold(word): " ".join(word.split())[:NAME_MAX] for word in wanted if 0 < len(fold(word)) <= NAME_MAX}
    now = {row.key: row.word for row in _words(session, tag_id)}
    for key in [key for key in before if key in now and key not in words]:
        recording.drop(WORD, tag_id, {"tag_id": tag_id, "key": key, "word": now[key]})
    for key in [key for key in words if key not in now and key != tag_of(session, tag_id).name_key]:
        recording.add(WORD, tag_id, {"tag_id": tag_id, "key": key, "word": words[key]})


def _relate(
    session: Session, recording: Recording, tag_id: int, kind: RelationKind, there: Set[int], wanted: Set[int]
) -> None:
    is_pair = kind is RelationKind.OPPOSITE

    def row(other: int) -> dict[str, object]:
        one, two = (min(tag_id, other), max(tag_id, other)) if is_pair else (tag_id, other)
        return {"tag_id": one, "other_id": two, "kind": kind}

    for other in sorted(there - wanted):
        recording.drop(_RELATION, tag_id, row(other))
    for other in sorted(wanted - there):
        (relations.declare_opposites if is_pair else relations.declare_parent)(session, tag_id, other)
        recording.added(_RELATION, tag_id, row(other))


def _words(session: Session, tag_id: int) -> list[TagWord]:
    return list(session.scalars(select(TagWord).where(TagWord.tag_id == tag_id).order_by(TagWord.key)))
