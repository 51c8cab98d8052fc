"""The words of the sample shop in the language of whoever makes it.

Inside this package a tag, a product or a segment is known by its English word; what is written into a shop or a file is
that word as it is said in the language of the moment.
"""

from linecrm_desktop.text import _


def said(word: str) -> str:
    """Say one of the sample's words; nothing stays nothing, and a word that is in no catalogue stays as it is.

    A word with two meanings has a hint in front of it that nobody reads: "goods|Home" is said "Home".
    """
    return _(word).rpartition("|")[2] if word else ""
