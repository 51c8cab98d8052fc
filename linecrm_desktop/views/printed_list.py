"""A page's list on paper: its rows as they are filtered and sorted, as it comes out of a printer or as a report."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QWidget

from linecrm_desktop.text import long_date
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.saved_list import texts

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report


def preview(desk: Desk, title: str, name: str, model: QAbstractItemModel, window: QWidget) -> None:
    """Open the preview; from there the list is printed. `name` is what a file of it is called."""
    from linecrm_desktop.views.report import printing

    printing.preview(report(desk, title, name, *texts(model)), window)


def report(desk: Desk, title: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> "Report":
    """Return a list as a report of one table."""
    from linecrm_desktop.views.report.blocks import Table
    from linecrm_desktop.views.report.sheet import Report

    table = Table(tuple(header), tuple(tuple(row) for row in rows))
    return Report(name, desk.shop.name, title, long_date(desk.day().today), (table,))
