"""A small practice shop, and the command line run on it in this process with a fixed clock."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.cli.main import main
from linecrm_desktop.cli.world import World
from linecrm_desktop.line.web import Web
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.opening import open_shop
from tests.clock import Clock
from tests.maker import Maker


@dataclass(frozen=True)
class Said:
    """What one run of the command line said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        return json.loads(self.out)


Tagwell = Callable[..., Said]


def nowhere(_host: str, _port: int) -> list[str]:
    """Find no address, as on a computer without a way out."""
    raise OSError


@pytest.fixture
def tokens() -> SessionTokens:
    return SessionTokens()


@pytest.fixture
def clock(now: datetime) -> Clock:
    """What commands ask for the time."""
    return Clock(now)


@pytest.fixture
def tagwell(
    tokens: SessionTokens, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Tagwell:
    """Run a command: tagwell("friends", "--json"); stdin is what is piped in."""

    def run(*arguments: object, stdin: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = main([str(argument) for argument in ("--lang", "en", *arguments)], World(clock, tokens, Web(nowhere)))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def shop(put_shop: Callable[[Path], Path], tmp_path: Path, make: Maker) -> Path:
    """Six friends with the tag VIP: one blocked, one refused, one without a LINE ID; each bought once."""
    path = put_shop(tmp_path / "small.tagwell")
    database = open_shop(path)
    with database.write() as session:
        tag = make.tag(session, "VIP", TagType.VALUE, helps_decide="Who is thanked first")
        for number, columns in enumerate(
            (
                {"name": "Mei", "email": "mei@example.tw", "informed": Answer.YES, "joined_at": make.ago(30)},
                {"name": "王小明", "informed": Answer.YES},
                {"name": "=Tina", "phone": "+886912345678"},
                {"name": "Blocked", "is_blocked": True},
                {"name": "Refused", "marketing": Marketing.REFUSED},
                {"name": "No LINE", "line_user_id": None},
            ),
            start=1001,
        ):
            friend = make.friend(session, member_number=str(number), **columns)
            make.give(session, tag, friend)
            make.order(session, friend, days_ago=number - 1000, lines=[("Serum", "serum", 1)])
    database.close()
    return path
