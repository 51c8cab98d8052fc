"""Makes the pictures of the guide anew: plays the tour in each language and keeps those that the guide shows.

    python scripts/guide_pictures.py

Beside the pictures it leaves the words that stood in them. A test plays the tour again and says which picture is old.
Words with a number or a name in them are left out, because groups and codes are drawn by lot.
"""

import json
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from linecrm_desktop.resources import resource
from linecrm_desktop.text import LANGUAGES, set_language
from linecrm_desktop.tour.play import walk
from linecrm_desktop.views.guide.book import FOLDER, chapters, picture, picture_names

WIDTH = 1200
"""Pixels; a picture of the window is 1440 wide."""
QUALITY = 80
WORDS = resource(FOLDER, "pictures", "words.json")
"""For each picture, the English words that stood in it."""


def main() -> int:
    """Make all pictures; say how large they are."""
    for language in LANGUAGES:
        set_language(language)
        with tempfile.TemporaryDirectory(prefix="tagwell-guide-") as folder:
            hands = walk(Path(folder), every_look=False)
            files = {file.partition("-")[2].removesuffix(".png"): file for file, _what in hands.pictures}
            wanted = sorted({name for chapter in chapters(language) for name in picture_names(chapter.text)})
            for name in wanted:
                keep(Path(folder) / files[name], picture(language, name))
            if language == "en":
                words = {name: fixed_words(hands.words[name]) for name in wanted}
                WORDS.write_text(json.dumps(words, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        size = sum(picture(language, name).stat().st_size for name in wanted)
        sys.stdout.write(f"{language}: {len(wanted)} pictures, {size / 1e6:.1f} MB\n")
    return 0


def fixed_words(words: list[str]) -> list[str]:
    """Return those words of a picture that are texts of the program as they stand."""
    with resource("locales", "ja", "LC_MESSAGES", "tagwell.po").open("rb") as file:
        texts = {message.id for message in read_po(file) if isinstance(message.id, str)}
    return [word for word in words if word in texts]


def keep(taken: Path, kept: Path) -> None:
    """Make a picture smaller and put it where the guide looks for it."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    smaller = QImage(str(taken)).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    if not smaller.save(str(kept), quality=QUALITY):
        raise OSError(f"{kept} could not be written")


if __name__ == "__main__":
    sys.exit(main())
