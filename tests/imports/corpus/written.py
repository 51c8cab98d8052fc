"""Writes what is no plain text: workbooks of three kinds, pages, and a workbook that asks for its password."""

import io
import struct
import zipfile
from collections.abc import Sequence
from html import escape

import openpyxl

Rows = Sequence[Sequence[object]]
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(*rows: Sequence[object], second: Rows = ()) -> bytes:
    """Return a workbook; `second` is a further sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if second:
        other = book.create_sheet("Notes")
        for row in second:
            other.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods(*rows: Sequence[str]) -> bytes:
    """Return an OpenDocument spreadsheet whose cells are all text."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("<table:table-row>" + "".join(cell.format(escape(c)) for c in row) + "</table:table-row>" for row in rows)
    table = f'<table:table table:name="Sheet1">{"".join(lines)}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = f'{head}<office:document-content {spaces} office:version="1.3">{body}</office:document-content>'
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    files = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{what}"/>'
        for path, what in (("/", kind), ("content.xml", "text/xml"))
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'{head}<m:manifest xmlns:m="{manifest}">{files}</m:manifest>')
    return kept.getvalue()


def page(*rows: Sequence[str]) -> str:
    """Return a page of HTML with one table, as back offices write it under the name .xls."""
    lines = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">\n{"".join(lines)}</table></body></html>'


def packed() -> bytes:
    """Return a ZIP file with a list of customers in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("customers.csv", "member number,name\n1,Mei\n")
    return content.getvalue()


def protected() -> bytes:
    """Return a workbook as Excel keeps it behind a password: a compound file with an encrypted package in it."""
    streams = {"EncryptionInfo": b"\x04\x00\x04\x00\x40\x00\x00\x00" + b"<encryption/>" * 400}
    streams["EncryptedPackage"] = struct.pack("<Q", 5000) + b"\x5a" * 5000
    fat, entries, body = [_FAT, _END], [_entry("Root Entry", 5, child=1)], b""
    for number, (name, content) in enumerate(streams.items()):
        padded = content + bytes(-len(content) % _SECTOR)
        begins, count = len(fat), len(padded) // _SECTOR
        fat += [*range(begins + 1, begins + count), _END]
        right = 2 if number == 0 else _FREE
        entries.append(_entry(name, 2, begins=begins, size=len(content), right=right))
        body += padded
    entries.append(bytes(128))
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108) + table + b"".join(entries) + body


def _entry(name: str, kind: int, *, begins: int = 0, size: int = 0, right: int = _FREE, child: int = _FREE) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    begins = _END if kind == 5 else begins
    head = written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", begins, size)
