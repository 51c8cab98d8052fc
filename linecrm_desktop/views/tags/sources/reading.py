"""What the page of sources shows, read in one go."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.sources import links
from linecrm_desktop.sources.coverage import Coverage, coverage
from linecrm_desktop.sources.links import LinkRow


@dataclass(frozen=True, slots=True)
class Sources:
    """All links, the LINE account they lead to, and the coverage of the last months."""

    links: tuple[LinkRow, ...]
    account: str
    """Basic ID; empty: not known."""
    coverage: Coverage

    @property
    def in_use(self) -> list[LinkRow]:
        """The links that still give their tags."""
        return [row for row in self.links if not row.is_stopped]


def read(session: Session, day: ShopDay) -> Sources:
    """Read all of it."""
    return Sources(tuple(links.all_links(session)), links.known_account(session), coverage(session, day))
