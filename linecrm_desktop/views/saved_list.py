"""Writes what a page shows into a file: its list as a table, filtered and sorted as shown, or its report as PDF."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from linecrm_desktop import spreadsheet
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report


def save(desk: Desk, name: str, model: QAbstractItemModel) -> None:
    """Ask where, then write a model's rows. `name` is what the file is called before its date."""
    save_rows(desk, name, *texts(model))


def texts(model: QAbstractItemModel) -> tuple[list[str], list[list[str]]]:
    """Return a model's header and rows as texts."""
    return _header(model), list(_rows(model))


def save_rows(desk: Desk, name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Ask where, then write rows that no model holds."""
    path = desk.dialogs.save_table("export", _("Export this list"), f"{name}_{desk.day().today.isoformat()}")
    if path is None:
        return

    desk.jobs.read(
        lambda _session: spreadsheet.write_table(path, header, rows),
        lambda count: desk.toast(rows_written(count, path), None),
    )


def rows_written(count: int, path: Path) -> str:
    """Say how many rows a file holds."""
    words = ngettext("Wrote {n} row to “{file}”.", "Wrote {n} rows to “{file}”.", count)
    return words.format(n=number(count), file=path.name)


def save_report(desk: Desk, report: "Report") -> None:
    """Ask where, then write a report as PDF. It is painted here: fonts belong to the window's thread."""
    from linecrm_desktop.views.report.sheet import save_pdf

    name = f"{report.name}_{desk.day().today.isoformat()}"
    path = desk.dialogs.save_pdf("report", _("Save as PDF"), name)
    if path is None:
        return
    try:
        n = save_pdf(report, path)
    except OutsideError as error:
        desk.dialogs.show_error(error)
        return
    words = ngettext("Wrote {n} page to “{file}”.", "Wrote {n} pages to “{file}”.", n)
    desk.toast(words.format(n=number(n), file=path.name), None)


def _header(model: QAbstractItemModel) -> list[str]:
    across = Qt.Orientation.Horizontal
    names = [str(model.headerData(column, across) or "") for column in range(model.columnCount())]
    return [_("Type"), *names] if _is_tree(model) else names


def _is_tree(model: QAbstractItemModel) -> bool:
    return any(model.rowCount(model.index(row, 0)) for row in range(model.rowCount()))


def _rows(model: QAbstractItemModel) -> Iterator[list[str]]:
    """Yield the rows of a model; those of a tree with their group in front."""
    top = QModelIndex()
    if not _is_tree(model):
        yield from _below(model, top)
        return
    for row in range(model.rowCount(top)):
        group = model.index(row, 0, top)
        yield from ([_text(group), *cells] for cells in _below(model, group))


def _below(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[list[str]]:
    columns = range(model.columnCount(parent))
    for row in range(model.rowCount(parent)):
        yield [_text(model.index(row, column, parent)) for column in columns]


def _text(index: QModelIndex) -> str:
    """Return what a cell says; chips and pictures say it to screen readers."""
    shown = index.data(Qt.ItemDataRole.DisplayRole)
    return str(shown or index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
