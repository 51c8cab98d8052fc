"""Asks what a new shop is called and where it is; the country decides currency and time zone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.store.driver import can_encrypt
from linecrm_desktop.store.opening import COUNTRIES, ENDING
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.choices import country_of_computer
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.password_fields import NewPasswordFields
from linecrm_desktop.views.widgets.writing import reading

_COUNTRY_NAMES = {
    "TW": N_("Taiwan (NT$, Taipei time)"),
    "JP": N_("Japan (¥, Tokyo time)"),
    "TH": N_("Thailand (฿, Bangkok time)"),
}
_NOT_IN_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class NewShop:
    """What a person said about a shop that does not exist yet."""

    name: str
    country: str
    path: Path
    is_practice: bool
    password: str | None
    """None: the file is not encrypted."""


class ShopDialog(QDialog):
    """Name, country, practice or real; says where the file will lie."""

    def __init__(self, folder: Path, agreed: Callable[[NewShop], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shopDialog")
        self.setWindowTitle(_("New shop"))
        self.setFixedWidth(460)
        self._folder = folder
        self._agreed = agreed
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(4)
        self._build_fields(column)
        self._build_foot(column)
        self.name.textChanged.connect(self._look)
        if self.password is not None:
            self.password.changed.connect(self._look)
        self._look()

    def wish(self) -> NewShop:
        """Return what is written."""
        country = list(COUNTRIES)[self.country.currentIndex()]
        password = self.password.password() if self.password is not None else None
        return NewShop(self.name.text().strip(), country, self._path(), self.practice.isChecked(), password)

    def _build_fields(self, column: QVBoxLayout) -> None:
        self.name = QLineEdit()
        self.name.setObjectName("shopName")
        self.name.setPlaceholderText(_("Morning Mist"))
        self.country = QComboBox()
        self.country.setObjectName("shopCountry")
        self.country.addItems([_(_COUNTRY_NAMES[code]) for code in COUNTRIES])
        self.country.setCurrentIndex(list(COUNTRIES).index(country_of_computer()))
        self.practice = QCheckBox(_("Practice shop: nothing is ever sent"))
        self.practice.setObjectName("shopPractice")
        self.practice.setToolTip(_("Messages go to a pretended LINE on this computer. It cannot be changed later."))
        self.where = label(role="caption", wrap=True)
        self.where.setObjectName("shopFile")
        for text, field in ((_("Name of the shop"), self.name), (_("Country"), self.country)):
            caption = label(text, "caption")
            caption.setBuddy(field)
            field.setAccessibleName(text)
            column.addWidget(caption)
            column.addWidget(field)
            column.addSpacing(8)
        column.addWidget(self.practice)
        column.addSpacing(8)
        self.password = NewPasswordFields(optional=True) if can_encrypt() else None
        if self.password is not None:
            column.addWidget(self.password)
            column.addSpacing(8)
        column.addWidget(self.where)
        column.addSpacing(12)

    def _build_foot(self, column: QVBoxLayout) -> None:
        foot = QHBoxLayout()
        self.make = reading(button(_("Make the shop"), "primary", name="makeShop"))
        self.make.setDefault(True)
        cancel = button(_("Cancel"), name="cancel")
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.make)
        column.addLayout(foot)
        cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self._agree)

    def _path(self) -> Path:
        return file_for(self._folder, self.name.text())

    def _look(self) -> None:
        is_named = bool(self.name.text().strip())
        self.make.setEnabled(is_named and (self.password is None or self.password.is_right()))
        self.make.setToolTip("" if is_named else _("Give the shop a name first."))
        self.where.setText(_("The shop is one file on this computer: {file}").format(file=self._path()))

    def _agree(self) -> None:
        wish = self.wish()
        self.accept()
        self._agreed(wish)


def file_for(folder: Path, name: str) -> Path:
    """Return a file for a shop of this name, by a name that no file has yet."""
    plain = _NOT_IN_FILES.sub(" ", name).strip(" .") or "shop"
    wanted = path = folder / f"{plain}{ENDING}"
    number = 2
    while wanted.exists():
        wanted = path.with_stem(f"{path.stem} {number}")
        number += 1
    return wanted
