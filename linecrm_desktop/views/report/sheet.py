"""Lays the blocks of a report on pages, and paints them on anything that has pages: a PDF file or a printer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from linecrm_desktop import APP_NAME
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _, number
from linecrm_desktop.views.report.blocks import Block, Words
from linecrm_desktop.views.widgets.charts.look import LEFT, RIGHT, Look, on_paper, write

INCH = 96.0
"""Units of an inch in which reports are laid out."""
_DOTS = 1200
_MARGIN = 14.0
"""Millimetres kept free at each side."""
_HEAD, _FOOT = 34.0, 24.0


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is laid on pages. `name` is what a file of it is called."""

    name: str
    shop: str
    title: str
    date: str
    blocks: tuple[Block, ...]


def page_layout() -> QPageLayout:
    """Return the page that reports are made for: A4, lying, because tables are wide."""
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(a4, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter)


def save_pdf(report: Report, path: Path) -> int:
    """Write a report as PDF and return how many pages it has. Raises OutsideError when the file cannot be written."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(b"")  # says at once why a folder does not let us; Qt would not
        pages = _print(report, QPdfWriter(str(unfinished)))
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error
    return pages


def pdf_bytes(report: Report) -> bytes:
    """Return a report as PDF that no disk has seen."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    _print(report, QPdfWriter(kept))
    kept.close()
    return bytes(kept.data().data())


def _print(report: Report, writer: QPdfWriter) -> int:
    writer.setResolution(_DOTS)
    writer.setPageLayout(page_layout())
    writer.setTitle(f"{report.title} — {report.shop}")
    writer.setCreator(APP_NAME)
    return paint(report, writer, _DOTS)


def paint(report: Report, device: QPagedPaintDevice, dots: int) -> int:
    """Paint a report on a device with so many dots an inch; return how many pages it took."""
    look = on_paper()
    room = device.pageLayout().paintRect(QPageLayout.Unit.Inch)
    sheet = QRectF(0, 0, room.width() * INCH, room.height() * INCH)
    inside = sheet.adjusted(0, _HEAD, 0, -_FOOT)
    pages = laid_out(report.blocks, inside.width(), inside.height(), look)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(dots / INCH, dots / INCH)
    for at, page in enumerate(pages):
        if at:
            device.newPage()
        _paint_frame(report, painter, sheet, at + 1, len(pages), look)
        top = inside.top()
        for block in page:
            height = block.height(inside.width(), look)
            block.paint(painter, QRectF(inside.left(), top, inside.width(), height), look)
            top += height
    painter.end()
    return len(pages)


def laid_out(blocks: Sequence[Block], width: float, height: float, look: Look) -> list[list[Block]]:
    """Return what stands on each page. A block that is higher than a page is painted over its end, never left out."""
    pages: list[list[Block]] = [[]]
    left, waiting = height, list(blocks)
    while waiting:
        block = waiting.pop(0)
        now, later = block.cut(width, left, look)
        if now is not None and _keeps(block) and pages[-1] and not _begins([block, *waiting], width, left, look):
            now, later = None, block
        if now is None and not pages[-1]:
            now, later = block, None
        if now is not None:
            pages[-1].append(now)
            left -= now.height(width, look)
        if later is not None:
            waiting.insert(0, later)
            pages.append([])
            left = height
    return pages


def _keeps(block: Block) -> bool:
    return isinstance(block, Words) and block.keeps


def _begins(blocks: Sequence[Block], width: float, room: float, look: Look) -> bool:
    """Say whether the blocks that belong together, and the beginning of what they belong to, go into the room."""
    for block in blocks:
        if not _keeps(block):
            return block.cut(width, room, look)[0] is not None
        room -= block.height(width, look)
    return True


def _paint_frame(report: Report, painter: QPainter, sheet: QRectF, page: int, pages: int, look: Look) -> None:
    """Write the shop and the title over a page, the date and the page's number under it."""
    head = QRectF(sheet.left(), sheet.top(), sheet.width(), _HEAD - 10)
    write(painter, head, report.shop, look.font(11, strong=True), look.colour("text"), LEFT)
    write(painter, head, report.title, look.font(11), look.colour("text2"), RIGHT)
    painter.setPen(look.pen("border"))
    painter.drawLine(head.bottomLeft(), head.bottomRight())
    foot = QRectF(sheet.left(), sheet.bottom() - _FOOT + 8, sheet.width(), _FOOT - 8)
    said = _("Page {n} of {all}").format(n=number(page), all=number(pages))
    write(painter, foot, report.date, look.font(10), look.colour("text2"), LEFT)
    write(painter, foot, said, look.font(10), look.colour("text2"), RIGHT)
