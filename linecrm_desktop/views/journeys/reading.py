"""What the screen shows, read in one go."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.cost import Cost, cost
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import due, library, looking
from linecrm_desktop.journeys.due import Coming, Line
from linecrm_desktop.journeys.library import PathRow
from linecrm_desktop.journeys.looking import Look
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results import paths
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.paths import PathLift
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class State:
    """All paths, today's run-sheet, and one path closely."""

    paths: list[PathRow]
    lines: list[Line]
    coming: list[Coming]
    quiet: QuietHours
    messages_left: int | None
    cost: Cost | None
    """Of everything that is due, as far as LINE's last word reaches."""
    look: Look | None = None
    working: PathLift | None = None
    ordered: dict[int, Group] | None = None

    def due_of(self, journey_id: int) -> int:
        """Count the messages of a path that are due today."""
        return sum(line.recipients for line in self.lines if line.journey_id == journey_id)

    @property
    def recipients(self) -> int:
        return sum(line.recipients for line in self.lines)


def read(session: Session, chosen: int | None, day: ShopDay, now: datetime) -> State:
    """Read the screen; `chosen` is the path to look at closely, if it is still there, else the first one."""
    rows = library.all_paths(session)
    lines = due.sheet(session, day, now)
    shop = session.scalars(select(Shop)).one()
    ids = [row.id for row in rows]
    shown = chosen if chosen in ids else next(iter(ids), None)
    left = shop.line_limit - (shop.line_used or 0) if shop.line_limit is not None else None
    plan = own_prices.plan_of(shop, day.today)
    messages = sum(line.recipients for line in lines)
    return State(
        paths=rows,
        lines=lines,
        coming=due.coming(session, day),
        quiet=QuietHours(shop.quiet_from, shop.quiet_to),
        messages_left=max(0, left) if left is not None else None,
        cost=cost(plan, shop.line_used or 0, shop.line_limit, messages),
        look=looking.look(session, shown) if shown is not None else None,
        working=paths.working(session, shown, day) if shown is not None else None,
        ordered=paths.ordered_after(session, shown) if shown is not None else None,
    )
