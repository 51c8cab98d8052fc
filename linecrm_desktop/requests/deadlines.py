"""By when a request must be answered: days that a country's law gives, as data, each of which a shop may change.

The shipped days are a start and no advice: a lawyer has to confirm them, and every place that shows them says so.
"""

import json
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.data_request import Wants
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.resources import resource
from linecrm_desktop.text import _

MOST_DAYS = 365
_FALLBACK = "TW"
"""The strictest table that a law gives in days, for a country without one."""

Days = dict[Wants, int]


def of_country(country: str) -> Days:
    """Return the days that ship for a country."""
    return {wants: int(_table(country)["days"][wants]) for wants in Wants}


def days(session: Session) -> Days:
    """Return the days that hold in this shop; 0 is at once."""
    shop = session.get_one(Shop, 1)
    own: dict[str, Any] = shop.request_days or {}
    return {wants: int(own.get(wants, shipped)) for wants, shipped in of_country(shop.country).items()}


def set_days(session: Session, wants: Wants, wanted: int | None) -> int:
    """Give so many days for the answer (None: what the country has); return what was set before. Raises ShopError.

    Requests that are written down already keep their day.
    """
    if wanted is not None and not 0 <= wanted <= MOST_DAYS:
        raise ShopError(
            _("An answer may take 0 to {n} days.").format(n=MOST_DAYS), _("0 is at once. Nothing was changed.")
        )
    before = days(session)[wants]
    shop = session.get_one(Shop, 1)
    own: dict[str, Any] = {key: value for key, value in (shop.request_days or {}).items() if key != wants}
    if wanted is not None:
        own[str(wants)] = wanted
    shop.request_days = own or None
    return before


def answer_by(session: Session, wants: Wants, asked: date) -> date:
    """Return the last day for the answer to what is asked on a day."""
    return asked + timedelta(days=days(session)[wants])


@cache
def _table(country: str) -> dict[str, Any]:
    file = resource("requests", f"{country}.json")
    if not country.isalpha() or not file.is_file():
        return _table(_FALLBACK)
    return json.loads(file.read_text(encoding="utf-8"))
