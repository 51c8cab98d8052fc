"""Smaller work on tags: rename, retire, restore, and changing what one or many of them promise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.models.tagging import OperationKind
from linecrm_desktop.tagging import naming
from linecrm_desktop.tagging.naming import TAG, tag_in_use, tag_of
from linecrm_desktop.tagging.recording import begin, whole
from linecrm_desktop.tagging.references import refuse_under_way
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _

_NOT_CONTRACT = ("id", "name", "name_key", "created_at", "retired_at", "merged_into")


@whole
def rename(session: Session, tag_id: int, name: str, now: datetime, *, by: str = "", bundle: str | None = None) -> int:
    """Give a tag another name and return the operation; the old one stays as a search word."""
    tag = tag_in_use(session, tag_id)
    what = {"tag": tag_id, "before": tag.name, "after": " ".join(name.split())}
    recording = begin(session, OperationKind.RENAME, what, now, by=by, bundle=bundle)
    naming.rename(session, recording, tag_id, name)
    return recording.operation_id


@whole
def retire(session: Session, tag_id: int, now: datetime, *, by: str = "", bundle: str | None = None) -> int:
    """Take a tag out of use and return the operation; its friends keep it in their history.

    Raises ShopError while something that goes on by itself asks for it.
    """
    tag = tag_in_use(session, tag_id)
    refuse_under_way(session, tag_id)
    what = {"tag": tag_id, "name": tag.name}
    recording = begin(session, OperationKind.RETIRE, what, now, by=by, bundle=bundle)
    recording.change(TAG, tag_id, retired_at=now)
    return recording.operation_id


@whole
def restore(session: Session, tag_id: int, now: datetime, *, by: str = "", bundle: str | None = None) -> int:
    """Bring a retired tag back with all its friends and return the operation.

    Raises ShopError for a tag in use, and for one that was merged: its friends are those of another tag now.
    """
    tag = tag_of(session, tag_id)
    if tag.retired_at is None:
        raise ShopError(_("The tag “{tag}” is in use.").format(tag=tag.name), _("Nothing was changed."))
    if tag.merged_into is not None:
        raise ShopError(
            _("“{tag}” was merged into “{other}”.").format(
                tag=tag.name, other=session.scalar(select(Tag.name).where(Tag.id == tag.merged_into)) or "…"
            ),
            _("Undo the merge, or make a new tag of this name."),
        )
    what = {"tag": tag_id, "name": tag.name}
    recording = begin(session, OperationKind.RESTORE, what, now, by=by, bundle=bundle)
    recording.change(TAG, tag_id, retired_at=None)
    return recording.operation_id


@whole
def edit(
    session: Session, drafts: Mapping[int, TagDraft], now: datetime, *, by: str = "", bundle: str | None = None
) -> int:
    """Change what is written about tags, all at once, and return the operation. Old names stay search words."""
    names = [tag_of(session, tag_id).name for tag_id in drafts]
    what = {"tags": list(drafts), "names": names}
    recording = begin(session, OperationKind.EDIT, what, now, by=by, bundle=bundle)
    for tag_id, draft in drafts.items():
        tag = tag_of(session, tag_id)
        if " ".join(draft.name.split()) != tag.name:
            naming.rename(session, recording, tag_id, draft.name)
        wanted = Tag()
        library.write(wanted, replace(draft, name="-"), "-")
        told = {column.name: getattr(wanted, column.name) for column in TAG.c if column.name not in _NOT_CONTRACT}
        recording.change(TAG, tag_id, **told)
    return recording.operation_id
