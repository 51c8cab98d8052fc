"""How a screen comes to LINE: with the token of this shop's account. For workers, never for the window."""

from collections.abc import Iterator
from contextlib import contextmanager

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.door import PRACTICE_TOKEN
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk


@contextmanager
def line_of(desk: Desk, database: Database) -> Iterator[Line]:
    """Open a connection for this shop and close it afterwards. Raises OutsideError when there is no token."""
    line = desk.line.client(_token(desk, database))
    try:
        yield line
    finally:
        line.close()


def _token(desk: Desk, database: Database) -> str:
    if desk.line.is_practice:
        return PRACTICE_TOKEN
    with database.read() as session:
        account = session.get_one(Shop, 1).line_account or {}
    token = desk.tokens.get(desk.shop.key, str(account.get("user_id", "")))
    if token is None:
        raise OutsideError(
            _("Tagwell has no token for LINE."),
            _("Nothing was changed. Connect LINE in Settings, then try again."),
            retry=True,
        )
    return token
