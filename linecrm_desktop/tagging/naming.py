"""The rows of tags as operations find and make them, and another name for one: the old one stays as a search word."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import Tag, TagWord
from linecrm_desktop.tagging.recording import Recording, table_of
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.names import fold
from linecrm_desktop.text import _

TAG = table_of(Tag.__tablename__)
WORD = table_of(TagWord.__tablename__)


def tag_of(session: Session, tag_id: int) -> Tag:
    """Return a tag's row. Raises ShopError when it is gone."""
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise ShopError(_("This tag is not there any more."), _("Nothing was changed. Look at the list again."))
    return tag


def tag_in_use(session: Session, tag_id: int) -> Tag:
    """Return the row of a tag that is not retired. Raises ShopError for one that is."""
    tag = tag_of(session, tag_id)
    if tag.retired_at is not None:
        raise ShopError(_("The tag “{tag}” is retired.").format(tag=tag.name), _("Restore it first."))
    return tag


def make(session: Session, recording: Recording, draft: TagDraft) -> int:
    """Make a tag under a name that no tag has, not even a retired one: undo must be able to remove it again."""
    tag = Tag(created_at=recording.now)
    library.write(tag, draft, library.free_name(session, draft.name, None))
    session.add(tag)
    session.flush()
    row = session.execute(select(*TAG.c).where(TAG.c.id == tag.id)).mappings().one()
    recording.added(TAG, tag.id, dict(row))
    return int(row["id"])


def rename(session: Session, recording: Recording, tag_id: int, name: str) -> None:
    """Give a tag another name and keep the old one as a search word. Raises ShopError for a name that is taken."""
    name = library.free_name(session, name, tag_id)
    tag = tag_of(session, tag_id)
    old, old_key, key = tag.name, tag.name_key, fold(name)
    words = {row.key: row.word for row in session.scalars(select(TagWord).where(TagWord.tag_id == tag_id))}
    if key in words and key != old_key:
        recording.drop(WORD, tag_id, {"tag_id": tag_id, "key": key, "word": words[key]})
    recording.change(TAG, tag_id, name=name, name_key=key)
    if key != old_key and old_key not in words:
        recording.add(WORD, tag_id, {"tag_id": tag_id, "key": old_key, "word": old})
