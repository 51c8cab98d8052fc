"""The way to LINE for one command: the practice LINE for a practice shop, else the shop's channel with its token."""

from collections.abc import Generator
from contextlib import contextmanager

from linecrm_desktop.campaigns import asking
from linecrm_desktop.campaigns.asking import Outside, Questions
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.shop import Opened
from linecrm_desktop.cli.talk import tell
from linecrm_desktop.cli.world import World, read_token
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.line.door import PRACTICE_TOKEN, LineDoor
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.text import _


@contextmanager
def line_for(
    shop: Opened, world: World, channel_id: int | None = None, *, token_from_stdin: bool = False
) -> Generator[Line]:
    """Connect an account of the shop to LINE and give everything back at the end.

    Raises ShopError where this computer has no token of it, or the shop no such account.
    """
    with shop.database.read() as session:
        account = accounts.account(session, channel_id)
        host, user_id = account.line_host, account.user_id
        called = shop.name if channel_id is None else accounts.name(session, channel_id)
    token = PRACTICE_TOKEN
    if not shop.is_practice:
        token = read_token() if token_from_stdin else _kept_token(shop, world, user_id, called)
    with connected(host, token, practice_for(shop)) as line:
        yield line


def asked_outside(
    shop: Opened, world: World, questions: Questions, channel_id: int | None = None, *, token_from_stdin: bool
) -> Outside:
    """Ask LINE and the links; where LINE cannot be asked, say why beside the answer and ask the links alone."""
    try:
        with line_for(shop, world, channel_id, token_from_stdin=token_from_stdin) as line:
            return asking.ask(line, world.web, questions)
    except (ShopError, OutsideError) as error:
        tell(error.sentence())
        return asking.ask(None, world.web, questions)


def _kept_token(shop: Opened, world: World, user_id: str, called: str) -> str:
    token = world.tokens.get(shop.key, user_id) if user_id else None
    if not token:
        raise ShopError(
            _("“{shop}” is not connected to LINE on this computer.").format(shop=called),
            _("Run: tagwell connect"),
        )
    return token


def practice_for(shop: Opened) -> PracticeWorld | None:
    """Return the pretended account of a practice shop, with the month's messages as the shop last saw them."""
    if not shop.is_practice:
        return None
    world = PracticeWorld(account_name=shop.name)
    if shop.line_used is not None:
        world.limit, world.used = shop.line_limit, shop.line_used
    return world


@contextmanager
def connected(host: str | None, token: str, practice: PracticeWorld | None) -> Generator[Line]:
    """Open a connection with a token and close it afterwards."""
    door = LineDoor(None if practice else host, practice)
    line = door.client(token)
    try:
        yield line
    finally:
        line.close()
        door.close()
