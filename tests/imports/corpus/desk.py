"""Where files are brought in, as the window and the command line do it: one open shop a country, emptied each time."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import COUNTRIES, create_shop, open_shop

ORIGIN = Origin("shop checkout", "orders and news", Answer.YES)


@dataclass
class Desk:
    """An open shop of one country, and how files come into it."""

    database: Database
    empty: Path
    country: str
    now: datetime

    @classmethod
    def set_up(cls, folder: Path, country: str, now: datetime) -> "Desk":
        """Make a shop in a folder. It stays open, so that each question is put to the database in words only once."""
        empty, shop = folder / f"empty {country}.tagwell", folder / f"shop {country}.tagwell"
        create_shop(empty, country, country, now, practice=True).close()
        shutil.copy(empty, shop)
        return cls(open_shop(shop), empty, country, now)

    def clear(self) -> None:
        """Make the shop as it was when it was new."""
        with closing(sqlite3.connect(self.empty)) as source, closing(sqlite3.connect(self.database.path)) as shop:
            source.backup(shop)

    def plan(self, path: Path, kind: Kind | None = None) -> ImportPlan:
        """Plan an import as it is proposed. Raises ShopError when the file is none, or names nobody."""
        proposal = propose(path, look(path, self.country), kind=kind)
        for sentence in proposal.matching.missing(proposal.kind):
            raise ShopError(sentence)
        currency, zone = COUNTRIES[self.country]
        return ImportPlan(
            *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, self.country, zone, currency),
            *(proposal.date_order, proposal.preset),
        )

    def bring_in(self, plan: ImportPlan) -> Report:
        return importing.run(self.database, plan, Task(), self.now)

    def try_out(self, plan: ImportPlan) -> Report:
        return importing.dry_run(self.database, plan, Task(), self.now)
