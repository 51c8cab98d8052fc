"""Prints a report: first a preview, then the printer's own dialog."""

from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.report.sheet import Report, page_layout, paint


class _Preview(QPrintPreviewDialog):
    """Keeps the printer, which Qt only borrows: a printer that has gone takes the program with it."""

    def __init__(self, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(printer, parent)
        self._borrowed = printer


def preview(report: Report, parent: QWidget) -> QPrintPreviewDialog:
    """Show how a report will look on paper; from there it is printed. Return the dialog that was opened."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout())
    printer.setDocName(f"{report.title} — {report.shop}")
    dialog = _Preview(printer, parent)
    dialog.setObjectName("printPreview")
    dialog.setWindowTitle(_("Print: {title}").format(title=report.title))
    dialog.resize(1000, 760)
    dialog.paintRequested.connect(lambda device: paint(report, device, device.resolution()))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
