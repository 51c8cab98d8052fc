"""Makes two tags one: friends, rules, old names and relations of one go to the other, and it is retired.

A friend who had both keeps the older date and both evidences. The stronger origin stays, so that no rule ever takes
off what a person put on.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import RelationKind, Tag, TagOrigin, TagRelation, TagWord
from linecrm_desktop.models.tagging import OperationKind, TagRule
from linecrm_desktop.tagging import naming
from linecrm_desktop.tagging.naming import TAG, WORD, tag_in_use, tag_of
from linecrm_desktop.tagging.recording import Recording, Values, begin, carriers, table_of, whole
from linecrm_desktop.tagging.references import ask_again, rewrite
from linecrm_desktop.tagging.rewriting import merged
from linecrm_desktop.tags.names import fold
from linecrm_desktop.tags.relations import relations
from linecrm_desktop.text import _

_RELATION = table_of(TagRelation.__tablename__)
_RULE = table_of(TagRule.__tablename__)
_STRENGTH = (TagOrigin.RULE, TagOrigin.IMPORT, TagOrigin.HAND)


@whole
def merge(
    session: Session,
    keep: int,
    drop: int,
    now: datetime,
    *,
    name: str | None = None,
    helps_decide: str | None = None,
    as_word: bool = True,
    by: str = "",
    bundle: str | None = None,
) -> int:
    """Merge `drop` into `keep` and return the operation. Raises ShopError when it cannot be done.

    `name` and `helps_decide` are those to have afterwards; without, `keep` goes on as it was. `as_word`: the name that
    goes is kept as a search word. Where the name to have is that of `drop`, that tag is the one that stays.
    """
    kept, gone = tag_in_use(session, keep), tag_of(session, drop)
    if name is not None and fold(name) == gone.name_key and gone.retired_at is None:
        keep, drop, kept, gone, name = drop, keep, gone, kept, None
    _refuse(session, kept, gone)
    what = {"keep": keep, "keep_name": kept.name, "drop": drop, "drop_name": gone.name}
    recording = begin(session, OperationKind.MERGE, what, now, by=by, bundle=bundle)
    note = _("“{drop}” was merged into “{keep}”. Look at the send again, then press Go on.")
    ask_again(session, recording, drop, note.format(drop=what["drop_name"], keep=what["keep_name"]))
    _move_friends(session, recording, keep, drop)
    rewrite(session, recording, drop, (keep,), lambda rule: merged(rule, drop, keep))
    for rule in session.scalars(select(TagRule.id).where(TagRule.tag_id == drop)).all():
        recording.change(_RULE, rule, tag_id=keep)
    _move_relations(session, recording, keep, drop)
    _move_words(session, recording, keep, drop, as_word=as_word)
    _write_contract(session, recording, keep, drop, helps_decide)
    if name is not None:
        naming.rename(session, recording, keep, name)
    recording.change(TAG, drop, retired_at=tag_of(session, drop).retired_at or now, merged_into=keep)
    return recording.operation_id


def _refuse(session: Session, kept: Tag, gone: Tag) -> None:
    if kept.id == gone.id:
        raise ShopError(_("This needs two different tags."), _("Nothing was changed."))
    if gone.merged_into is not None:
        raise ShopError(_("“{tag}” was merged already.").format(tag=gone.name), _("Nothing was changed."))
    if relations(session).are_opposites(kept.id, gone.id):
        raise ShopError(
            _("“{one}” and “{other}” are opposites: no friend can be both.").format(one=kept.name, other=gone.name),
            _("Nothing was changed. Take that back first if it is wrong."),
        )


def _move_friends(session: Session, recording: Recording, keep: int, drop: int) -> None:
    have, leave = carriers(session, keep), carriers(session, drop)
    pairs: list[tuple[Values | None, Values | None]] = []
    for friend, row in leave.items():
        before = have.get(friend)
        pairs += [(row, None), (before, together(before, row) if before else row | {"tag_id": keep})]
    recording.carry([(before, after) for before, after in pairs if before != after])


def together(kept: Values, gone: Values) -> Values:
    """Return one row for a friend who carries both tags."""
    older = min((kept, gone), key=lambda row: row["since"])
    last = max(row["renewed_at"] or row["since"] for row in (kept, gone))
    told = [row["evidence"] for row in (kept, gone) if row["evidence"]]
    is_imported = None not in (kept["batch_id"], gone["batch_id"])
    return {
        **kept,
        "origin": max((row["origin"] for row in (kept, gone)), key=_STRENGTH.index),
        "since": older["since"],
        "evidence": "; ".join(dict.fromkeys(told)),
        # An import that is taken back takes its tags along, but not one that a friend also has from elsewhere.
        "batch_id": older["batch_id"] if is_imported else None,
        "renewed_at": last if last > older["since"] else None,
    }


def _move_relations(session: Session, recording: Recording, keep: int, drop: int) -> None:
    mine = (TagRelation.tag_id == drop) | (TagRelation.other_id == drop)
    there = {_key(row.tag_id, row.other_id, row.kind) for row in session.scalars(select(TagRelation))}
    for row in session.scalars(select(TagRelation).where(mine)).all():
        old = {"tag_id": row.tag_id, "other_id": row.other_id, "kind": row.kind}
        one, other = (keep if end == drop else end for end in (row.tag_id, row.other_id))
        new = _key(one, other, row.kind)
        recording.drop(_RELATION, drop, old)
        if one != other and new not in there:
            there.add(new)
            recording.add(_RELATION, new[0], dict(zip(("tag_id", "other_id", "kind"), new, strict=True)))


def _key(tag: int, other: int, kind: RelationKind) -> tuple[int, int, RelationKind]:
    is_pair = kind is RelationKind.OPPOSITE
    return (min(tag, other), max(tag, other), kind) if is_pair else (tag, other, kind)


def _move_words(session: Session, recording: Recording, keep: int, drop: int, *, as_word: bool) -> None:
    """Give the old names to the tag that stays; the other one keeps its own, in case it is made anew."""
    words = {row.key: row.word for row in session.scalars(select(TagWord).where(TagWord.tag_id == drop))}
    gone = tag_of(session, drop)
    if as_word:
        words[gone.name_key] = gone.name
    taken = {tag_of(session, keep).name_key, *session.scalars(select(TagWord.key).where(TagWord.tag_id == keep))}
    for key, word in words.items():
        if key not in taken:
            recording.add(WORD, keep, {"tag_id": keep, "key": key, "word": word})


def _write_contract(session: Session, recording: Recording, keep: int, drop: int, helps_decide: str | None) -> None:
    """Fill what the tag that stays has not got; a sensitive tag stays sensitive."""
    kept, gone = tag_of(session, keep), tag_of(session, drop)
    decision = kept.helps_decide or gone.helps_decide if helps_decide is None else helps_decide.strip()
    told = {"helps_decide": decision, "owner": kept.owner or gone.owner}
    recording.change(TAG, keep, **told, is_sensitive=kept.is_sensitive or gone.is_sensitive)
