"""Links for tests: some places of a shop whose LINE account is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from linecrm_desktop.sources import links
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import linking
from linecrm_desktop.tagging.linking import LinksDraft

DRAFT = LinksDraft((), helps_decide="Where to print more", account="@123abcde", text="Hello! My code is {code}")
MakeLinks = Callable[..., dict[str, LinkRow]]


@pytest.fixture
def make_links(database: Database, now: datetime) -> MakeLinks:
    """Make links for places, with parts of the draft that differ; return them by place."""

    def work(*places: str, at: datetime | None = None, **parts: Any) -> dict[str, LinkRow]:
        with database.write() as session:
            made = linking.make(session, replace(DRAFT, places=places, **parts), at or now)
            rows = links.all_links(session, ids=made.links)
        return {row.place: row for row in rows}

    return work
