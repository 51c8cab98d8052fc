"""Step 1: which file, how it is written, and where its data came from."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.imports.columns import KIND_NAMES, Kind
from linecrm_desktop.imports.detect import Choice, Form, Found
from linecrm_desktop.imports.layout import SKIP_NAMES, Skip
from linecrm_desktop.imports.plan import COUNTRIES, DELIMITERS
from linecrm_desktop.imports.presets import all_presets, by_id
from linecrm_desktop.tags.library import NAME_MAX
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views.imports import file_notes
from linecrm_desktop.views.imports.encoding_names import ENCODING_NAMES, encoding_name
from linecrm_desktop.views.imports.first_rows import FirstRows
from linecrm_desktop.views.imports.found_note import FoundNote
from linecrm_desktop.views.imports.wizard_state import INFORMED, PURPOSES, THROUGH, WizardState
from linecrm_desktop.views.widgets.account_choice import AccountChoice
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.parts import Banner, PictureLabel
from linecrm_desktop.views.widgets.scrolled import ScrollArea

_DELIMITERS = {"comma": N_("Comma"), "tab": N_("Tab"), "semicolon": N_("Semicolon"), "bar": N_("Bar")}
_DATES = {
    "ymd": N_("2026/08/14 (year first)"),
    "dmy": N_("14/08/2026 (day first)"),
    "mdy": N_("08/14/2026 (month first)"),
}
_CHOICE_WIDTH = 230
_ROWS_HEIGHT = 110
"""The least that the first rows take; with large text the page is scrolled."""
_SHOWN = 12
"""Most cells with broken letters that are named beside the encoding."""


class FileStep(QWidget):
    """Shows the file as it will be read and asks the three questions about its origin."""

    changed = Signal(object)
    other_file_asked = Signal()
    reread_asked = Signal(object)
    """The file is to be read by another Choice."""

    def __init__(self) -> None:
        super().__init__()
        self._state: WizardState | None = None
        self._build_file()
        self._build_found()
        self._build_origin()
        self.rows = FirstRows()
        self._build_page()
        self._connect()
        self.retranslate()

    def show_state(self, state: WizardState) -> None:
        """Show a file and the choices so far."""
        self._state = state
        self._show_file(state)
        self._show_choices(state)
        self.rows.show_found(state.found, state.second)
        self.account.show_accounts(state.accounts if state.is_of_people else (), state.channel_id)

    def retranslate(self) -> None:
        self.other.setText(_("Choose another…"))
        self.found_title.setText(_("What we found in the file"))
        self.origin_title.setText(_("Where did this data come from?"))
        self.origin_note.setText(_("Kept with every friend in this file, so you can answer when someone asks."))
        for caption, text in zip(self.captions, self._caption_texts(), strict=True):
            caption.setText(text)
        for field, at in ((self.encoding, 2), (self.through, 7), (self.purpose, 8)):
            field.setAccessibleName(self.captions[at].text())
        self.sheet.setAccessibleName(_("Sheet"))
        self.evidence.setPlaceholderText(_("Privacy notice, shown at checkout"))
        self.evidence.setAccessibleName(_("Evidence (optional)"))
        self.source_tag.setAccessibleName(_("Source tag for everybody in the file (optional)"))
        self.source_tag.setPlaceholderText(_("Spring market"))
        self._account_said.setText(_("Account whose LINE user IDs these are"))
        self.account.setAccessibleName(self._account_said.text())
        for answer, radio in self.informed.items():
            radio.setText(_(INFORMED[answer]))
        self._fill_combos()
        if self._state is not None:
            self.show_state(self._state)

    def _caption_texts(self) -> list[str]:
        return [
            *(_("Looks like"), _("Rows are"), _("Text encoding"), _("Columns split by")),
            *(_("First row"), _("Dates look like"), _("Phone country")),
            *(
                _("Collected through"),
                _("Purpose people were told"),
                _("Were they informed?"),
                _("Evidence (optional)"),
                _("Source tag for everybody in the file (optional)"),
            ),
        ]

    def _build_file(self) -> None:
        self.file_card = Card()
        self.file_name, self.file_note = label("", "section"), label("", "caption")
        self.file_name.setObjectName("fileName")
        self.file_note.setObjectName("fileNote")
        self.other = button("", "default", "folder-open", "otherFile")
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.file_name)
        names.addWidget(self.file_note)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(PictureLabel("file-text", "accent", 28))
        row.addLayout(names, 1)
        row.addWidget(self.other)
        self.file_card.body.addLayout(row)

    def _build_found(self) -> None:
        self.found_card = Card()
        self.found_title = label("", "section")
        self.captions = [label("", "second") for _caption in range(12)]
        self.preset, self.kind, self.dates = QComboBox(), QComboBox(), QComboBox()
        self.encoding, self.sheet = QComboBox(), QComboBox()
        self.delimiter, self.first_row, self.phones = QComboBox(), QComboBox(), QComboBox()
        for combo, name in (
            *((self.preset, "preset"), (self.kind, "kind"), (self.dates, "dates"), (self.encoding, "encoding")),
            *((self.sheet, "sheet"), (self.delimiter, "delimiter"), (self.first_row, "firstRow")),
            (self.phones, "phoneCountry"),
        ):
            combo.setObjectName(name)
            combo.setFixedWidth(_CHOICE_WIDTH)
        self.preset_note, self.phone_note = FoundNote(), label("", "caption", wrap=True)
        self.phone_note.setObjectName("phoneNote")
        self.encodings = QStackedWidget()
        self.encodings.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for combo in (self.encoding, self.sheet):
            self.encodings.addWidget(combo)
        self.skipped_note = label("", "caption", wrap=True)
        self.encoding_note, self.delimiter_note = FoundNote(), FoundNote()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 130)
        grid.setColumnStretch(2, 1)
        rows = (
            (self.preset, self.preset_note),
            (self.kind, None),
            (self.encodings, self.encoding_note),
            (self.delimiter, self.delimiter_note),
            (self.first_row, self.skipped_note),
            (self.dates, None),
            (self.phones, self.phone_note),
        )
        for row, (part, note) in enumerate(rows):
            grid.addWidget(self.captions[row], row, 0)
            self.captions[row].setBuddy(part)
            grid.addWidget(part, row, 1)
            if note is not None:
                grid.addWidget(note, row, 2)
        self.found_card.body.addWidget(self.found_title)
        self.found_card.body.addLayout(grid)
        self.found_card.body.addStretch(1)

    def _build_origin(self) -> None:
        self.origin_card = Card()
        self.origin_title, self.origin_note = label("", "section"), label("", "caption", wrap=True)
        self.through, self.purpose, self.evidence = QComboBox(), QComboBox(), QLineEdit()
        for combo, name in ((self.through, "through"), (self.purpose, "purpose")):
            combo.setEditable(True)
            combo.setObjectName(name)
        self.evidence.setObjectName("evidence")
        self.source_tag = QLineEdit()
        self.source_tag.setObjectName("sourceTag")
        self.source_tag.setMaxLength(NAME_MAX)
        self._account_said = label("", "second")
        self.account = AccountChoice("importAccount", self._account_said)
        self._group = QButtonGroup(self)
        self.informed = {answer: QRadioButton() for answer in INFORMED}
        radios = QHBoxLayout()
        for answer, radio in self.informed.items():
            radio.setObjectName(f"informed_{answer}")
            self._group.addButton(radio)
            radios.addWidget(radio)
        radios.addStretch(1)
        body = self.origin_card.body
        for part in (
            self.origin_title,
            self.origin_note,
            self.captions[7],
            self.through,
            self.captions[8],
            self.purpose,
        ):
            body.addWidget(part)
        body.addWidget(self.captions[9])
        body.addLayout(radios)
        body.addWidget(self.captions[10])
        body.addWidget(self.evidence)
        body.addWidget(self.captions[11])
        body.addWidget(self.source_tag)
        body.addWidget(self._account_said)
        body.addWidget(self.account)
        self.refusals = Banner()
        self.refusals.setObjectName("refusalNote")
        body.addWidget(self.refusals)
        body.addStretch(1)

    def _build_page(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.file_card)
        left.addWidget(self.found_card)
        left.addWidget(self.rows, 1)
        inside = QWidget()
        page = QHBoxLayout(inside)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        page.addLayout(left, 7)
        page.addWidget(self.origin_card, 3)
        self.rows.setMinimumHeight(_ROWS_HEIGHT)
        self.rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        self.other.clicked.connect(self.other_file_asked)
        self.preset.activated.connect(self._preset_chosen)
        self.kind.activated.connect(lambda row: self._change(lambda s: s.as_kind(Kind(self.kind.itemData(row)))))
        self.dates.activated.connect(
            lambda row: self._change(lambda s: replace(s, date_order=self.dates.itemData(row)))
        )
        self.encoding.activated.connect(
            lambda row: self.reread_asked.emit(Choice(encoding=self.encoding.itemData(row)))
        )
        for combo, choice in (
            (self.delimiter, lambda row: Choice(delimiter=self.delimiter.itemData(row))),
            (self.first_row, lambda row: Choice(names=self.first_row.itemData(row))),
        ):
            combo.activated.connect(lambda row, choice=choice: self.reread_asked.emit(choice(row)))
        self.phones.activated.connect(
            lambda row: self._change(lambda s: replace(s, phones_of=self.phones.itemData(row)))
        )
        self.sheet.activated.connect(lambda row: self.reread_asked.emit(Choice(sheet=self.sheet.itemText(row))))
        self.through.editTextChanged.connect(lambda text: self._change(lambda s: replace(s, through=text)))
        self.purpose.editTextChanged.connect(lambda text: self._change(lambda s: replace(s, purpose=text)))
        self.evidence.textEdited.connect(lambda text: self._change(lambda s: replace(s, evidence=text)))
        self.account.chosen.connect(lambda account: self._change(lambda s: replace(s, channel_id=account)))
        self.source_tag.textEdited.connect(lambda text: self._change(lambda s: replace(s, source_tag=text)))
        self.rows.chosen.connect(self.reread_asked)
        for answer, radio in self.informed.items():
            radio.clicked.connect(lambda _on=False, a=answer: self._change(lambda s: replace(s, informed=a)))

    def _change(self, how: Callable[[WizardState], WizardState]) -> None:
        if self._state is not None:
            self.changed.emit(how(self._state))

    def _preset_chosen(self, row: int) -> None:
        preset = self.preset.itemData(row)
        self._change(lambda s: s.as_preset(preset) if preset else s.as_kind(s.kind))

    def _fill_combos(self) -> None:
        for combo, entries in (
            (self.preset, [("", _("Something else")), *((p.id, p.name) for p in all_presets())]),
            (self.kind, [(str(kind), _(name)) for kind, name in KIND_NAMES.items()]),
            (self.dates, [(order, _(name)) for order, name in _DATES.items()]),
            (self.encoding, list(ENCODING_NAMES.items())),
            (self.delimiter, [(DELIMITERS[key], _(name)) for key, name in _DELIMITERS.items()]),
            (self.first_row, [(True, _("Column names")), (False, _("Data"))]),
            (self.phones, [(of, f"{_(name)} {code}") for of, (name, code) in COUNTRIES.items()]),
        ):
            combo.clear()
            for value, text in entries:
                combo.addItem(text, value)
        for combo, texts in ((self.through, THROUGH), (self.purpose, PURPOSES)):
            written = combo.currentText()
            combo.blockSignals(True)
            combo.clear()
            combo.addItems([_(text) for text in texts])
            combo.setEditText(written if self._state is not None else "")
            combo.blockSignals(False)

    def _show_file(self, state: WizardState) -> None:
        self.file_name.setText(state.path.name)
        self.file_note.setText(file_notes.file_note(state))

    def _show_choices(self, state: WizardState) -> None:
        self.preset.setCurrentIndex(max(0, self.preset.findData(state.preset)))
        self.kind.setCurrentIndex(self.kind.findData(str(state.kind)))
        self.dates.setCurrentIndex(self.dates.findData(state.date_order))
        self._show_form(state.found)
        uneven = state.found.uneven
        steady = _("every row has {n} columns").format(n=len(state.found.header))
        odd = _("{n} rows have another number of columns").format(n=number(uneven))
        delimiter = state.found.delimiter
        self.delimiter.setEnabled(state.found.form is Form.TEXT)
        self.delimiter.setCurrentIndex(self.delimiter.findData(delimiter))
        self.delimiter_note.show_text(odd if uneven else steady, is_good=not uneven)
        self.first_row.setEnabled(state.found.form in (Form.TEXT, Form.WORKBOOK, Form.PAGE))
        self.first_row.setCurrentIndex(self.first_row.findData(state.found.layout.names_line is not None))
        if self.phones.findData(state.country) < 0:
            self.phones.addItem(state.country, state.country)
        self.phones.setCurrentIndex(self.phones.findData(state.country))
        self.phone_note.setText(file_notes.phone_note(state))
        refusals = file_notes.refusal_note(state)
        self.refusals.show_text("info", refusals)
        self.refusals.setVisible(bool(refusals))
        preset = by_id(state.preset)
        matched = sum(name in preset.columns for name in state.found.header) if preset else 0
        words = _("{n} of {all} column names match this preset")
        told = words.format(n=matched, all=len(state.found.header)) if preset else ""
        self.preset_note.show_text(told, is_good=matched > 0)
        for combo, text in ((self.through, state.through), (self.purpose, state.purpose)):
            if combo.currentText() != text:
                combo.setEditText(text)
        if self.source_tag.text() != state.source_tag:
            self.source_tag.setText(state.source_tag)
        if state.informed is not None:
            self.informed[state.informed].setChecked(True)

    def _show_form(self, found: Found) -> None:
        """Say how the file is written: a text's encoding, or a workbook's sheet, and what in it is doubtful."""
        is_book = found.form is Form.WORKBOOK
        self.captions[2].setText(_("Sheet") if is_book else _("Text encoding"))
        self.encodings.setCurrentWidget(self.sheet if is_book else self.encoding)
        self.sheet.clear()
        self.sheet.addItems(list(found.sheets))
        self.sheet.setCurrentText(found.sheet)
        if self.encoding.findData(found.encoding) < 0 and not is_book:
            self.encoding.addItem(encoding_name(found.encoding), found.encoding)
        self.encoding.setCurrentIndex(self.encoding.findData(found.encoding))
        unread = [_("Row {row}: {text}").format(row=number(line), text=text) for line, text in found.unread[:_SHOWN]]
        self.encoding_note.setToolTip("\n".join(unread))
        broken = ngettext("{n} broken character", "{n} broken characters", found.broken)
        whole = _("no broken characters in {rows} rows").format(rows=number(found.rows))
        doubt = _("could also be {encodings}: compare the first rows below")
        others = [encoding_name(name) for name in found.others]
        text = broken.format(n=number(found.broken)) if found.broken else whole
        told = doubt.format(encodings=_(", ").join(others)) if others else text
        self.encoding_note.show_text("" if is_book else told, is_good=not found.broken and not others)
        notes = [f"{_(SKIP_NAMES[why])}: {number(count)}" for why, count in found.skip_counts if why is not Skip.BLANK]
        mended = ngettext(
            "quotation marks put right in {n} row", "quotation marks put right in {n} rows", len(found.mended)
        )
        notes += [mended.format(n=number(len(found.mended)))] if found.mended else []
        self.skipped_note.setText(_(", ").join(notes))
