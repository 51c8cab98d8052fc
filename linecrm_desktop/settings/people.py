"""Who works for the shop: names to choose from, for owners of tags and for who did or looked at something."""

from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.text import _, name_key, number

NAME_MAX, PEOPLE_MAX = 80, 200


def names(session: Session) -> tuple[str, ...]:
    """Return the names in order."""
    return tuple(sorted(session.get_one(Shop, 1).people or (), key=name_key))


def add(session: Session, name: str) -> tuple[str, ...]:
    """Add a name; return those that were there before. Raises ShopError for none, and for one too many."""
    before, name = names(session), " ".join(name.split())[:NAME_MAX]
    if not name:
        raise ShopError(_("A person needs a name."), _("Nothing was changed."))
    if name.casefold() in {one.casefold() for one in before}:
        raise ShopError(_("“{name}” is there already.").format(name=name), _("Nothing was changed."))
    if len(before) >= PEOPLE_MAX:
        most = _("There are {n} people already.").format(n=number(PEOPLE_MAX))
        raise ShopError(most, _("Nothing was changed."))
    keep(session, (*before, name))
    return before


def remove(session: Session, name: str) -> tuple[str, ...]:
    """Take a name out; what carries it keeps it. Return those that were there before; raises ShopError without it."""
    before = names(session)
    left = tuple(one for one in before if one.casefold() != name.strip().casefold())
    if left == before:
        raise ShopError(_("There is nobody called “{name}”.").format(name=name.strip()), _("Nothing was changed."))
    keep(session, left)
    return before


def keep(session: Session, people: tuple[str, ...]) -> None:
    """Keep exactly these names."""
    session.get_one(Shop, 1).people = list(people) or None
    session.flush()
