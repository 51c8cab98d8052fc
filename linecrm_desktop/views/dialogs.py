"""Every question that stops a person: files, yes or no, a text, a choice. Tests put a recorder in its place."""

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QCheckBox, QFileDialog, QInputDialog, QMessageBox, QPushButton, QWidget

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _
from linecrm_desktop.views.shown_errors import TRY_AGAIN, error_box
from linecrm_desktop.views.ui_memory import ui_memory


class Dialogs(Protocol):
    """The questions a screen may ask."""

    def open_file(self, purpose: str, caption: str, filter: str) -> Path | None: ...

    def save_table(self, purpose: str, caption: str, name: str) -> Path | None: ...

    def save_pdf(self, purpose: str, caption: str, name: str) -> Path | None: ...

    def save_zip(self, purpose: str, caption: str, name: str) -> Path | None: ...

    def folder(self, purpose: str, caption: str, start: Path) -> Path | None: ...

    def ask(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool: ...

    def ask_with_tick(self, title: str, texts: tuple[str, str], yes: str, tick: str) -> bool | None: ...

    def ask_to_save(self, title: str, text: str) -> bool | None: ...

    def ask_whose(self, title: str, text: str) -> bool | None: ...

    def text(self, title: str, label: str, value: str = "") -> str | None: ...

    def purpose(self, title: str, label: str, known: list[str]) -> str | None: ...

    def choose(self, title: str, label: str, options: list[str]) -> int | None: ...

    def tell(self, title: str, text: str) -> None: ...

    def show_error(self, error: Exception) -> None: ...


class WindowDialogs:
    """The real questions, modal to one window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def open_file(self, purpose: str, caption: str, filter: str) -> Path | None:
        """Ask for a file; each purpose remembers its own folder."""
        chosen, _kind = QFileDialog.getOpenFileName(self.parent, caption, self._folder(purpose), filter)
        return self._remembered(purpose, chosen)

    def save_table(self, purpose: str, caption: str, name: str) -> Path | None:
        """Ask where to save a list and as what; an existing file is asked about by the native dialog.

        `name` comes without an ending. The kind of file that was chosen last is offered first, everywhere.
        """
        kinds = {".csv": _("CSV (*.csv)"), ".xlsx": _("Excel workbook (*.xlsx)")}
        last = str(ui_memory().value("ui/table_kind", ".csv"))
        last = last if last in kinds else ".csv"
        start = str(Path(self._folder(purpose)) / f"{name}{last}")
        chosen, kind = QFileDialog.getSaveFileName(self.parent, caption, start, ";;".join(kinds.values()), kinds[last])
        path = self._remembered(purpose, chosen)
        if path is None:
            return None
        ending = next((ending for ending, shown in kinds.items() if shown == kind), last)
        if path.suffix.lower() not in kinds:
            path = path.with_name(f"{path.name}{ending}")
        ui_memory().setValue("ui/table_kind", path.suffix.lower())
        return path

    def save_pdf(self, purpose: str, caption: str, name: str) -> Path | None:
        """Ask where to save a report; `name` comes without an ending."""
        return self._save_as(purpose, caption, name, ".pdf", _("PDF (*.pdf)"))

    def save_zip(self, purpose: str, caption: str, name: str) -> Path | None:
        """Ask where to save an encrypted file; `name` comes without an ending."""
        return self._save_as(purpose, caption, name, ".zip", _("Zip file (*.zip)"))

    def folder(self, purpose: str, caption: str, start: Path) -> Path | None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self.parent, caption, str(start))
        return Path(chosen) if chosen else None

    def ask(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        """Ask yes or no; the button says the verb and the object, and Cancel is the default of a dangerous one."""
        box, accept = self._question(title, text, yes, danger=danger)
        box.exec()
        return box.clickedButton() is accept

    def ask_with_tick(self, title: str, texts: tuple[str, str], yes: str, tick: str) -> bool | None:
        """Ask about something dangerous with one thing more to tick; return the tick, or None for Cancel.

        The second text stands there while it is ticked.
        """
        box, accept = self._question(title, texts[0], yes, danger=True)
        also = QCheckBox(tick)
        also.toggled.connect(lambda ticked: box.setText(texts[ticked]))
        box.setCheckBox(also)
        box.exec()
        return also.isChecked() if box.clickedButton() is accept else None

    def ask_to_save(self, title: str, text: str) -> bool | None:
        """Ask what becomes of changes: True saves them, False throws them away, None stays."""
        return self._one_of_two(title, text, _("Save"), _("Discard the changes"), _("Stay here"))

    def ask_whose(self, title: str, text: str) -> bool | None:
        """Ask whose words stay: True is this person's, False another's, None decides nothing."""
        return self._one_of_two(title, text, _("Keep mine"), _("Take theirs"), _("Cancel"), cautious=True)

    def text(self, title: str, label: str, value: str = "") -> str | None:
        """Ask for one line of text."""
        asked = self._input(title, label)
        asked.setTextValue(value)
        written = asked.textValue().strip() if asked.exec() else ""
        return written or None

    def purpose(self, title: str, label: str, known: list[str]) -> str | None:
        """Ask what for, in words of one's own; what was said lately is offered, and nothing is said beforehand."""
        asked = self._input(title, label)
        asked.setComboBoxItems(["", *known])
        asked.setComboBoxEditable(True)
        written = asked.textValue().strip() if asked.exec() else ""
        return written or None

    def choose(self, title: str, label: str, options: list[str]) -> int | None:
        """Ask for one of several; return its position."""
        asked = self._input(title, label)
        asked.setOption(QInputDialog.InputDialogOption.UseListViewForComboBoxItems)
        asked.setComboBoxItems(options)
        asked.setComboBoxEditable(False)
        return options.index(asked.textValue()) if asked.exec() else None

    def tell(self, title: str, text: str) -> None:
        """Say something that needs no answer."""
        box = QMessageBox(self.parent)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(title)
        box.setText(text)
        box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def show_error(self, error: Exception) -> None:
        """Show an error in the form that fits its kind; what may work later is tried again at a press."""
        box = error_box(error, self.parent)
        box.exec()
        chosen = box.clickedButton()
        if isinstance(error, OutsideError) and error.again and chosen and chosen.objectName() == TRY_AGAIN:
            error.again()

    def _question(self, title: str, text: str, yes: str, *, danger: bool) -> tuple[QMessageBox, QPushButton]:
        box = QMessageBox(self.parent)
        box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setText(text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel if danger else accept)
        return box, accept

    def _one_of_two(
        self, title: str, text: str, yes: str, no: str, neither: str, *, cautious: bool = False
    ) -> bool | None:
        box = QMessageBox(self.parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(title)
        box.setText(text)
        first = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        second = box.addButton(no, QMessageBox.ButtonRole.DestructiveRole)
        third = box.addButton(neither, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(third if cautious else first)
        box.setEscapeButton(third)
        box.exec()
        chosen = box.clickedButton()
        return True if chosen is first else False if chosen is second else None

    def _input(self, title: str, label: str) -> QInputDialog:
        asked = QInputDialog(self.parent)
        asked.setWindowTitle(title)
        asked.setLabelText(label)
        asked.setOkButtonText(_("OK"))
        asked.setCancelButtonText(_("Cancel"))
        return asked

    def _save_as(self, purpose: str, caption: str, name: str, ending: str, kind: str) -> Path | None:
        start = str(Path(self._folder(purpose)) / f"{name}{ending}")
        chosen, _kind = QFileDialog.getSaveFileName(self.parent, caption, start, kind)
        path = self._remembered(purpose, chosen)
        return path if path is None or path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")

    def _folder(self, purpose: str) -> str:
        return str(ui_memory().value(f"ui/folders/{purpose}", ""))

    def _remembered(self, purpose: str, chosen: str) -> Path | None:
        if not chosen:
            return None
        ui_memory().setValue(f"ui/folders/{purpose}", str(Path(chosen).parent))
        return Path(chosen)
