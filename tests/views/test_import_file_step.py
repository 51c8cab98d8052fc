"""The first step of an import says how a file will be read, and lets a person say it."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel

from tests.views.test_imports import Wizard, person, view

__all__ = ["person", "view"]


def choose(combo: QComboBox, text: str) -> None:
    """Choose as a person does, who has the list told that it was one of its lines."""
    combo.setCurrentText(text)
    combo.activated.emit(combo.currentIndex())


def test_the_first_row_and_the_sign_between_columns_can_be_said(person: Wizard, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,phone\nLin,0912345678\nWu,0922333444\n", encoding="utf-8")
    person.start(path)
    assert person.find(QLabel, "fileNote").text().startswith("2 rows · 2 columns · 1 KB · saved ")
    choose(person.find(QComboBox, "firstRow"), "Data")
    person.until(lambda: person.find(QLabel, "fileNote").text().startswith("3 rows"))
    choose(person.find(QComboBox, "delimiter"), "Semicolon")
    person.until(lambda: person.find(QLabel, "fileNote").text().startswith("3 rows · 1 column "))


def test_phones_are_read_as_those_of_the_country_that_was_chosen(person: Wizard, tmp_path: Path) -> None:
    path = tmp_path / "phones.csv"
    path.write_text("member no,phone\n1,0912-555-678\n2,090-1234-5678\n", encoding="utf-8")
    person.start(path)
    assert person.find(QLabel, "phoneNote").text() == "0912-555-678 becomes +886 912 555 678"
    choose(person.find(QComboBox, "phoneCountry"), "Japan +81")
    assert person.find(QLabel, "phoneNote").text() == "090-1234-5678 becomes +81 90-1234-5678"


def test_the_first_step_says_which_rows_will_get_no_marketing(person: Wizard, tmp_path: Path) -> None:
    path = tmp_path / "refusals.csv"
    path.write_text("會員編號,手機,接受行銷\nA1,0912345678,Y\nA2,0922333444,N\n", encoding="utf-8")
    person.start(path)
    told = person.view.wizard.file.refusals
    assert told.isVisibleTo(person.view)
    assert told.words.text() == "Rows that say “接受行銷 = N” are kept but will never get a marketing message."
    person.press("importHistoryButton")
    person.until(lambda: person.view.pages.currentWidget() is not person.wizard)
