"""How a screen comes to LINE: with the token of this shop's account. For workers, never for the window."""

from collections.abc import Iterator
from contextlib import contextmanager

from linecrm_desktop.channels import accounts
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.door import PRACTICE_TOKEN
from linecrm_desktop.line.gateway import LINE_HOST, Line
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk


@contextmanager
def line_of(desk: Desk, database: Database, channel_id: int | None = None) -> Iterator[Line]:
    """Open a connection for an account of this shop and close it afterwards.

    Raises OutsideError when there is no token of it, ShopError when the account is no longer there.
    """
    line = desk.line.client(*_token(desk, database, channel_id))
    try:
        yield line
    finally:
        line.close()


def _token(desk: Desk, database: Database, channel_id: int | None) -> tuple[str, str | None]:
    """Return an account's token, and the address of its Messaging API."""
    if desk.line.is_practice:
        return PRACTICE_TOKEN, None
    with database.read() as session:
        account = accounts.account(session, channel_id)
        user_id, host = account.user_id, account.line_host
    token = desk.tokens.get(desk.shop.key, user_id)
    if token is None:
        raise OutsideError(
            _("Tagwell has no token for LINE."),
            _("Nothing was changed. Connect LINE in Settings, then try again."),
            retry=True,
        )
    return token, host or LINE_HOST
