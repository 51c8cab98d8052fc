"""The guide as it ships: one Markdown file a language, cut into its chapters.

A picture's address is only its name. Its file lies in the folder of the language, so that people see the words they
have on their own screen.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from linecrm_desktop.resources import resource
from linecrm_desktop.views.desk import Page

FOLDER = "guide"
PICTURE_ENDING = ".webp"
CHAPTER_OF: dict[Page, int] = {
    Page.HOME: 1,
    Page.FRIENDS: 2,
    Page.IMPORTS: 2,
    Page.TAGS: 2,
    Page.AUDIT: 2,
    Page.SOURCES: 2,
    Page.SEGMENTS: 3,
    Page.MESSAGES: 4,
    Page.JOURNEYS: 4,
    Page.RESULTS: 5,
    Page.CONSENT: 6,
    Page.SETTINGS: 7,
}
"""The chapter, counted from 0, that a page is about."""
_CHAPTER = re.compile(r"^## ", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\*)\*([^*\n]+|[^*\n]+\n[^*\n]+)\*(?!\*)")
_PICTURE = re.compile(r"!\[[^\]]*\]\((?P<name>[^)]+)\)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its title, and all of it as Markdown with the title as heading."""

    title: str
    text: str

    def speaks_of(self, words: str) -> bool:
        """Whether all words stand in it, in any order and letter case."""
        text = self.text.casefold()
        return all(word in text for word in words.casefold().split())


def chapters(language: str) -> list[Chapter]:
    """Return the chapters of the guide in a language that Tagwell speaks."""
    written = resource(FOLDER, f"{language}.md").read_text(encoding="utf-8")
    parts = _CHAPTER.split(written)[1:]
    return [Chapter(part.partition("\n")[0].strip(), f"## {part}") for part in parts]


def without_italics(text: str) -> str:
    """Return a text whose names of the screen are bold: Chinese, Japanese and Thai have no italics."""
    return _EMPHASIS.sub(r"**\1**", text)


def picture_names(text: str) -> list[str]:
    """Return the names of the pictures in a text, in their order."""
    return [found["name"] for found in _PICTURE.finditer(text)]


def picture(language: str, name: str) -> Path:
    """Return where a picture of the guide lies."""
    return resource(FOLDER, "pictures", language, name + PICTURE_ENDING)
