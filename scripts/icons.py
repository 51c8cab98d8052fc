"""Makes the icons of installers from the drawings in resources/icons: `python scripts/icons.py FOLDER`.

PNG for Linux in the usual sizes, one .ico for Windows, one .icns for macOS, each of the program and of a shop file.
Both containers may hold PNGs, so no tool is needed beside Qt.
"""

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon

ROOT = Path(__file__).resolve().parents[1]
DRAWINGS = ("tagwell", "tagwell-shop")
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_ICO = (16, 24, 32, 48, 64, 256)
_ICNS = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024}
"""Apple's name of each size that an .icns holds as PNG."""


def png(drawing: str, size: int) -> bytes:
    """Return a drawing as PNG of so many pixels."""
    picture = QIcon(str(ROOT / "resources" / "icons" / f"{drawing}.svg")).pixmap(QSize(size, size), 1.0)
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")
    return bytes(kept.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return PNGs as one .ico: a head, an entry of 16 bytes for each, then the pictures."""
    at, entries = 6 + 16 * len(pictures), b""
    for size, content in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures.values())


def icns(pictures: dict[str, bytes]) -> bytes:
    """Return PNGs as one .icns: each with its name and its length before it."""
    parts = b"".join(
        name.encode() + struct.pack(">I", len(content) + 8) + content for name, content in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


def make(folder: Path) -> None:
    """Write all icons into a folder."""
    for drawing in DRAWINGS:
        for size in SIZES:
            place = folder / f"{size}x{size}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{drawing}.png").write_bytes(png(drawing, size))
        (folder / f"{drawing}.ico").write_bytes(ico({size: png(drawing, size) for size in _ICO}))
        (folder / f"{drawing}.icns").write_bytes(icns({name: png(drawing, size) for name, size in _ICNS.items()}))


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv[:1])
    make(Path(sys.argv[1]))
