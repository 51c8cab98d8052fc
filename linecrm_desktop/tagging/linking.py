"""Makes many source tags with their entry links in one go, and takes links out of use; each is one operation.

A place that has a link in use keeps it, and a tag that is there is used, so that a list can be made again after
something was added to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.source import EntryLink, LinkKind
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.models.tagging import OperationKind
from linecrm_desktop.sources import addresses, places
from linecrm_desktop.sources.codes import new_code
from linecrm_desktop.tagging import naming
from linecrm_desktop.tagging.naming import TAG
from linecrm_desktop.tagging.recording import Recording, begin, table_of, whole
from linecrm_desktop.tags import names
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.names import fold
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _

LINK = table_of(EntryLink.__tablename__)


@dataclass(frozen=True, slots=True)
class LinksDraft:
    """What a person writes to make links."""

    places: Sequence[str]
    """Their names, as sources.places reads them."""
    kind: LinkKind = LinkKind.MESSAGE
    helps_decide: str = ""
    """Which decision the source tags help with."""
    account: str = ""
    """Basic ID of the LINE account; needed unless the link is the shop's own."""
    text: str = ""
    """The words that stand ready in the chat, with {code} in them."""
    own_link: str = ""
    """A link of the shop's own, with {code} where the code goes if it has a place for one."""
    one_tag: str = ""
    """One source tag for all places; empty: each place has its own, of its name."""


@dataclass(frozen=True, slots=True)
class Made:
    """What making did, or would do."""

    places: tuple[str, ...] = ()
    """Places that get a link."""
    new_tags: tuple[str, ...] = ()
    reused_tags: tuple[str, ...] = ()
    """Tags that were there already and are used."""
    kept: tuple[str, ...] = ()
    """Places that have a link in use already, and keep it."""
    links: tuple[int, ...] = ()
    operation: int | None = None
    """Takes all of it back; None: nothing was made, or only looked at."""


def look(session: Session, draft: LinksDraft) -> Made:
    """Say what `make` would do. Raises ShopError for what it would refuse. Only reads."""
    return _plan(session, draft).made


@whole
def make(
    session: Session, draft: LinksDraft, now: datetime, *, by: str = "", codes: Mapping[str, str] | None = None
) -> Made:
    """Make source tags and links for places. Raises ShopError for a draft that is not complete, with nothing made.

    `codes` gives places the codes that they had before it was undone: these may be printed already.
    """
    plan = _plan(session, draft)
    if not plan.made.places:
        return plan.made
    what = {"links": len(plan.made.places), "places": list(plan.made.places)}
    recording = begin(session, OperationKind.LINK, what, now, by=by)
    tags = {key: _tag(session, recording, name, draft, plan.there.get(key)) for key, name in plan.tags.items()}
    taken = set(session.scalars(select(EntryLink.code)))
    links: list[int] = []
    for place in plan.made.places:
        before = (codes or {}).get(place)
        code = before if before and before not in taken else new_code(taken)
        taken.add(code)
        links.append(_link(session, recording, place, tags[_tag_key(draft, place)], code, plan.draft))
    told = (plan.made.places, plan.made.new_tags, plan.made.reused_tags, plan.made.kept)
    return Made(*told, tuple(links), recording.operation_id)


@whole
def stop(session: Session, ids: Sequence[int], now: datetime, *, by: str = "") -> int:
    """Take links out of use and return the operation: codes that are written from now on give no tag."""
    found = {link.id: link for link in session.scalars(select(EntryLink).where(EntryLink.id.in_(ids)))}
    if len(found) != len(set(ids)) or any(link.stopped_at is not None for link in found.values()):
        raise ShopError(_("One of these links is not in use."), _("Nothing was changed. Look at the list again."))
    what = {"links": len(found), "places": [link.place for link in found.values()]}
    recording = begin(session, OperationKind.STOP_LINK, what, now, by=by)
    for link in found:
        recording.change(LINK, link, stopped_at=now)
    return recording.operation_id


@dataclass(frozen=True, slots=True)
class _Plan:
    made: Made
    draft: LinksDraft
    """With the account as LINE writes it."""
    tags: dict[str, str]
    """Folded name and name of each tag that is needed."""
    there: dict[str, int]
    """Those of them that are there already."""


def _plan(session: Session, draft: LinksDraft) -> _Plan:
    draft = _checked(draft)
    in_use = set(session.scalars(select(EntryLink.place_key).where(EntryLink.stopped_at.is_(None))))
    kept = tuple(place for place in draft.places if fold(place) in in_use)
    fresh = tuple(place for place in draft.places if fold(place) not in in_use)
    wanted = {_tag_key(draft, place): draft.one_tag or place for place in fresh}
    known = names.known(session)
    there = {key: known[key] for key in wanted if key in known}
    called = {key: _usable(session, tag) for key, tag in there.items()}
    for key, name in wanted.items():
        if key not in there:
            places.check(name)
    for place in fresh:
        places.check(place)
    new = tuple(name for key, name in wanted.items() if key not in there)
    if new and not draft.helps_decide:
        raise ShopError(
            _("The new tags help no decision yet."), _("Say what they help decide, such as where to print more.")
        )
    return _Plan(Made(fresh, new, tuple(called.values()), kept), draft, wanted, there)


def _checked(draft: LinksDraft) -> LinksDraft:
    """Return a draft with its blanks tidied. Raises ShopError for what no link can be made of."""
    if not draft.places:
        places.read("")
    is_own = draft.kind is LinkKind.OWN
    account = "" if is_own else addresses.account(draft.account)
    addresses.made(draft.kind, account, _text(draft, "X" * 4), draft.own_link, "X" * 4)
    tidy = {part: " ".join(getattr(draft, part).split()) for part in ("helps_decide", "text", "one_tag")}
    return LinksDraft(draft.places, draft.kind, account=account, own_link=draft.own_link.strip(), **tidy)


def _text(draft: LinksDraft, code: str) -> str:
    return addresses.text_with(draft.text, code) if draft.kind is LinkKind.MESSAGE else ""


def _tag_key(draft: LinksDraft, place: str) -> str:
    return fold(draft.one_tag or place)


def _usable(session: Session, tag_id: int) -> str:
    """Return the name of a tag that may stand for a source. Raises ShopError for one of another type."""
    tag = session.get_one(Tag, tag_id)
    if tag.type not in (TagType.SOURCE, TagType.NONE):
        raise ShopError(
            _("“{tag}” is a tag of the type {type} already.").format(tag=tag.name, type=_(TAG_TYPES[tag.type])),
            _("Give the place another name, such as “{tag} poster”.").format(tag=tag.name),
        )
    return tag.name


def _tag(session: Session, recording: Recording, name: str, draft: LinksDraft, there: int | None) -> int:
    """Return the source tag of a name: made, brought back, or as it is; what it says about its decision stays."""
    if there is not None:
        tag = session.get_one(Tag, there)
        told = tag.helps_decide.strip() or draft.helps_decide
        recording.change(TAG, there, type=TagType.SOURCE, retired_at=None, helps_decide=told)
        return there
    return naming.make(session, recording, TagDraft(name, TagType.SOURCE, draft.helps_decide))


def _link(session: Session, recording: Recording, place: str, tag: int, code: str, draft: LinksDraft) -> int:
    text = _text(draft, code)
    link = EntryLink(
        place=place,
        place_key=fold(place),
        tag_id=tag,
        code=code,
        kind=draft.kind,
        text=text,
        account=draft.account,
        url=addresses.made(draft.kind, draft.account, text, draft.own_link, code),
        made_at=recording.now,
        stopped_at=None,
    )
    session.add(link)
    session.flush()
    row = session.execute(select(*LINK.c).where(LINK.c.id == link.id)).mappings().one()
    recording.added(LINK, link.id, dict(row))
    return int(row["id"])
