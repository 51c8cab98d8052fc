"""Correcting what the shop knows of a friend by hand: checked as imports check it, and taken back as a whole.

What was wrong is kept beside the friend, so that a file that still says it does not put it back; a file that says
something else again is newer, and wins. The journal holds each field before and after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import erased
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import keys, own_fields
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.correction import COLUMNS, OWN_FIELD, WrongValue
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.text import _

HAND = "hand:"
"""How the journal's names for corrections begin."""


@dataclass(frozen=True, slots=True)
class EditField:
    """One field of the shop's own, as it stands in the form."""

    id: int
    name: str
    kind: FieldKind
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person says is right; None leaves a value alone, an empty text takes it away."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    member_number: str | None = None
    fields: Mapping[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True, slots=True)
class Known:
    """What a form shows at first."""

    name: str
    phone: str
    email: str
    member_number: str
    fields: tuple[EditField, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One field's change."""

    field: str
    before: list[str]
    after: list[str]


def known(session: Session, friend_id: int) -> Known:
    """Return what can be corrected. Raises ShopError when the friend is gone."""
    friend = _friend(session, friend_id)
    fields = [
        EditField(row.id, row.name, row.kind, own_fields.JOINT.join(_held(session, friend_id, row.id)))
        for row in session.scalars(select(Field).order_by(Field.name_key))
    ]
    told = (friend.name, friend.phone or "", friend.email or "", friend.member_number or "")
    return Known(*told, tuple(fields))


def correct(session: Session, friend_id: int, edit: Edit, now: datetime) -> str:
    """Correct a friend and return the journal's name for it, "" when nothing is different. Raises ShopError."""
    friend = _friend(session, friend_id)
    steps = [step for step in (*_columns(session, friend, edit), *_own(session, friend_id, edit)) if _differs(step)]
    _refuse(session, friend, steps)
    if not steps:
        return ""
    action = f"{HAND}{(session.scalar(select(func.max(Change.id))) or 0) + 1}"
    for step in steps:
        _put(session, friend, step.field, step.after, now)
        _keep_wrong(session, friend_id, step, now)
        entity = "friend_field" if step.field.startswith(OWN_FIELD) else "friend"
        told = {"before": _told(step.field, step.before), "after": _told(step.field, step.after)}
        session.add(Change(action=action, at=now, entity=entity, entity_id=friend_id, field=step.field, **told))
    session.flush()
    return action


def take_back(session: Session, action: str, now: datetime, friend_id: int | None = None) -> None:
    """Take a correction (of this friend) back as a whole. Raises ShopError when a value was changed again since."""
    mine = (Change.action == action, Change.action.startswith(HAND))
    lines = list(session.scalars(select(Change).where(*mine).order_by(Change.id)))
    friend = session.get(Friend, lines[0].entity_id) if lines else None
    if friend is None or friend_id not in (None, friend.id):
        raise ShopError(_("This correction cannot be taken back any more."), _("Correct the friend by hand."))
    for line in lines:
        if _now(session, friend, line.field) != _entries(line.after):
            raise ShopError(_("This friend was changed again since."), _("Correct the friend by hand."))
    for line in lines:
        _put(session, friend, line.field, _entries(line.before), now)
        _forget_wrong(session, friend.id, line.field, _entries(line.before))
        session.delete(line)
    session.flush()


def _columns(session: Session, friend: Friend, edit: Edit) -> list[_Step]:
    country = session.scalars(select(Shop.country)).one()
    steps: list[_Step] = []
    for column in COLUMNS:
        typed, held = getattr(edit, column), _now(session, friend, column)
        if typed is None or [typed] == held:  # what nobody touched is not judged anew
            continue
        value = _read(column, " ".join(typed.split()), country)
        steps.append(_Step(column, held, [value] if value else []))
    return steps


def _read(column: str, typed: str, country: str) -> str:
    """Return a column's value as imports keep it. Raises ShopError."""
    if typed and column == "phone":
        return keys.phone(typed, country)
    return keys.email(typed) if typed and column == "email" else typed


def _own(session: Session, friend_id: int, edit: Edit) -> list[_Step]:
    steps: list[_Step] = []
    for field_id, typed in edit.fields.items():
        row = session.get_one(Field, field_id)
        held = _held(session, friend_id, field_id)
        if typed != own_fields.JOINT.join(held):
            steps.append(_Step(f"{OWN_FIELD}{field_id}", held, own_fields.entries(row.name, row.kind, typed)))
    return steps


def _differs(step: _Step) -> bool:
    return step.before != step.after


def _refuse(session: Session, friend: Friend, steps: list[_Step]) -> None:
    """Refuse a friend without a name or with the keys of somebody else or of somebody who was erased."""
    new = {step.field: step.after[0] for step in steps if step.field in COLUMNS and step.after}
    if any(step.field == "name" and not step.after for step in steps):
        raise ShopError(_("The friend has no name."), _("Write the name you know this friend by."))
    number = new.get("member_number")
    other = select(Friend.name).where(Friend.member_number == number, Friend.id != friend.id)
    name = session.scalar(other) if number else None
    if name is not None:
        raise ShopError(
            _("The member number {value} belongs to {name} already.").format(value=number, name=name),
            _("Look for that friend, or leave this field empty."),
        )
    held = {kind: new[kind] for kind in (*erased.SURE, *erased.WEAK) if kind in new}
    bars = erased.register(session).barring(held)
    if bars:
        raise erased.by_hand(bars, erased.zone(session))


def _put(session: Session, friend: Friend, name: str, entries: list[str], now: datetime) -> None:
    if not name.startswith(OWN_FIELD):
        empty = "" if name == "name" else None
        setattr(friend, name, entries[0] if entries else empty)
        session.flush()
        return
    field_id = int(name.removeprefix(OWN_FIELD))
    row = session.get_one(Field, field_id)
    session.execute(delete(FriendField).where(FriendField.friend_id == friend.id, FriendField.field_id == field_id))
    for place, text in enumerate(entries):
        number = float(text) if row.kind is FieldKind.NUMBER else None
        held = {"field_id": field_id, "friend_id": friend.id, "place": place}
        session.add(FriendField(**held, text=text, number=number, since=now, batch_id=None))
    session.flush()


def _keep_wrong(session: Session, friend_id: int, step: _Step, now: datetime) -> None:
    """Remember what was wrong; what is right now is not wrong any more."""
    _forget_wrong(session, friend_id, step.field, step.after)
    for wrong in step.before:
        if wrong not in step.after:
            session.merge(WrongValue(friend_id=friend_id, field=step.field, wrong=wrong, at=now))
    session.flush()


def _forget_wrong(session: Session, friend_id: int, name: str, values: list[str]) -> None:
    mine = (WrongValue.friend_id == friend_id, WrongValue.field == name, WrongValue.wrong.in_(values))
    session.execute(delete(WrongValue).where(*mine))


def _now(session: Session, friend: Friend, name: str) -> list[str]:
    if name.startswith(OWN_FIELD):
        return _held(session, friend.id, int(name.removeprefix(OWN_FIELD)))
    value = getattr(friend, name)
    return [value] if value else []


def _held(session: Session, friend_id: int, field_id: int) -> list[str]:
    mine = (FriendField.friend_id == friend_id, FriendField.field_id == field_id)
    return list(session.scalars(select(FriendField.text).where(*mine).order_by(FriendField.place)))


def _told(name: str, entries: list[str]) -> list[str] | str | None:
    """Write a value for the journal: a column as its text, so that an erasing finds it; a field as its entries."""
    return entries if name.startswith(OWN_FIELD) else (entries[0] if entries else None)


def _entries(value: list[str] | str | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _friend(session: Session, friend_id: int) -> Friend:
    friend = session.get(Friend, friend_id)
    if friend is None:
        raise ShopError(
            _("This friend is not in the shop any more."), _("Nothing was changed. Look at the list again.")
        )
    return friend
