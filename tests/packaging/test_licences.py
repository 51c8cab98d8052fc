"""About names every part that ships, and nothing ships under a licence that nobody looked at."""

import json

from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.resources import licence_texts
from linecrm_desktop.views.about import AboutDialog
from scripts import licences

LOOKED_AT = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0"),
        *("PSF-2.0", "Public Domain", "Unicode-3.0", "Unlicense", "Zlib"),
        "MPL-2.0",  # certifi's list of certificates: its file stays under it, ours need not
        "LGPL-3.0-only",  # Qt and psycopg: separate files that may be replaced; the notice says so
        "GPL-3.0-or-later WITH GCC-exception-3.1",  # runtime libraries, free for every program by the exception
    }
)


def test_the_list_is_what_the_packages_say() -> None:
    told = json.loads(licences.LIST.read_text(encoding="utf-8"))
    assert told == [{"name": part.name, "licence": part.licence, "home": part.home} for part in licences.parts()]


def test_every_licence_was_looked_at() -> None:
    said = {
        one for part in licences.parts() for both in part.licence.split(" AND ") for one in (both.split(" OR ")[0],)
    }
    assert said - LOOKED_AT == set()


def test_about_names_every_part(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    text = dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    assert [part.name for part in licences.parts() if f"{part.name}: {part.licence}" not in text] == []


def test_a_checkout_has_no_folder_of_texts_to_open(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert licence_texts() is None
    assert dialog.findChild(QPushButton, "licenceTexts") is None
