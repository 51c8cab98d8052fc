"""Shows a page's list as it comes out of a printer: its rows as they are filtered and sorted."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QWidget

from linecrm_desktop.text import long_date
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.saved_list import texts


def preview(desk: Desk, title: str, name: str, model: QAbstractItemModel, window: QWidget) -> None:
    """Open the preview; from there the list is printed. `name` is what a file of it is called."""
    from linecrm_desktop.views.report import printing
    from linecrm_desktop.views.report.blocks import Table
    from linecrm_desktop.views.report.sheet import Report

    header, rows = texts(model)
    table = Table(tuple(header), tuple(tuple(row) for row in rows))
    printing.preview(Report(name, desk.shop.name, title, long_date(desk.day().today), (table,)), window)
