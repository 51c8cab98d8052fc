"""Makes the practice shop file “Morning Mist 晨霧選物”: imports files, sorts tags, saves segments and sends."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.sample import asking, past, requesting, sorting
from linecrm_desktop.sample.files import write_sample
from linecrm_desktop.sample.importing import import_file
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import COUNTRIES, create_shop, remove_shop
from linecrm_desktop.text import _

NAME = "Morning Mist 晨霧選物"
COUNTRY = "TW"
_STEPS = 8


def make_sample_shop(path: Path, now: datetime, task: Task) -> Path:
    """Make the sample shop as it looks at `now` and return its path. Stopped or failed, nothing stays behind."""
    task.raise_if_stopped()
    task.progress(0, _STEPS, _("Making the shop file"))
    database = create_shop(path, NAME, COUNTRY, now, practice=True)
    try:
        _fill(database, ShopDay.of(now, COUNTRIES[COUNTRY][1]), now, task)
        database.close()
    except BaseException:
        database.close()
        remove_shop(database.path)
        raise
    return database.path


def _fill(database: Database, day: ShopDay, now: datetime, task: Task) -> None:
    _next(task, 1, _("Inventing friends"))
    with TemporaryDirectory() as folder:
        files = write_sample(Path(folder), day.today)
        for place, (file, what) in enumerate(zip(files, _what(), strict=True)):
            _next(task, 2 + place, what)
            import_file(database, file, day, task, now)
    _next(task, 5, _("Sorting the tags"))
    with database.write() as session:
        sorting.sort_tags(session, day)
        sorting.date_tags(session, day)
    _next(task, 6, _("Writing down what friends were asked"))
    with database.write() as session:
        asking.ask(session, now)
    _next(task, 7, _("Saving segments and messages"))
    with database.write() as session:
        past.make(session, day, now)
        requesting.ask(session, day)
    database.optimise()
    _next(task, _STEPS, _("The sample shop is ready"))


def _what() -> tuple[str, str, str]:
    return _("Importing friends"), _("Importing orders"), _("Importing events")


def _next(task: Task, step: int, what: str) -> None:
    task.raise_if_stopped()
    task.progress(step, _STEPS, what)
