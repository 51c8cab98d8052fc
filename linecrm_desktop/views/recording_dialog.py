"""Recording for many at once what they were told or asked: whom, what, how we know; counted before it is written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from linecrm_desktop.consent import recording
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.consent.recording import WAYS, Preview, Recording, Told
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.consent import RecordingWay
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import recording_whom, saved_list, theme
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.recording_whom import Offer, Whom, friends_of
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.cut_combo import CutCombo
from linecrm_desktop.views.widgets.day_field import DayField
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.writing import writing

CHANGED: Changes = changes(Word.CONSENT, Word.FRIENDS)
_WIDE = 620


class RecordingDialog(QDialog):
    """Counts while it is filled in; what was recorded can be taken back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self._desk = desk
        self.setObjectName("recordingDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Record for many"))
        self.setMinimumWidth(round(_WIDE * theme.text_scale()))
        self._build()
        self._lay_out()
        self._connect()
        desk.jobs.read(recording_whom.offer, self._fill, key="recording.offer")

    def _build(self) -> None:
        self.whom, self.way, self.notice = CutCombo(), QComboBox(), QComboBox()
        self.file = button(_("From a file…"), "default", "file-text", "recordingFile")
        self.file.setToolTip(_("A list of member numbers or LINE user IDs, one a line"))
        self.unknown = Banner("warn", "", _("Save list…"), self._save_unknown)
        self.unknown.hide()
        for way, name in WAYS.items():
            self.way.addItem(_(name), way)
        self.through, self.purpose, self.how = QLineEdit(), QLineEdit(), QLineEdit()
        self.through.setPlaceholderText(_("For example: market stall, 15 Aug"))
        self.purpose.setPlaceholderText(_("For example: orders, and offers on LINE"))
        self.how.setPlaceholderText(_("For example: paper forms in the blue folder"))
        today = self._desk.day().today
        self.day = DayField(today)
        self.day.setMaximumDate(self.day.date())
        self.agreed = QCheckBox(_("They agreed to marketing, too"))
        self.counts = Banner("info", _("Say how we know, then it is counted here."))
        self.yes, self.no = button(_("Record"), "primary", name="recordingYes"), button(_("Cancel"))
        self.yes.setDefault(True)
        self.yes.setEnabled(False)

    def _lay_out(self) -> None:
        form, foot, whole = QFormLayout(), QHBoxLayout(), QVBoxLayout(self)
        for name, field, key in (
            (_("Friends"), self.whom, "recordingWhom"),
            (_("Way"), self.way, "recordingWay"),
            (_("The data came through"), self.through, "recordingThrough"),
            (_("For what"), self.purpose, "recordingPurpose"),
            (_("They were told"), self.notice, "recordingNotice"),
            (_("On"), self.day, "recordingDay"),
            (_("How we know"), self.how, "recordingHow"),
        ):
            form.addRow(name, self._with_file() if field is self.whom else field)
            field.setObjectName(key)
            field.setAccessibleName(name)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addLayout(form)
        note = _("A refusal stays a refusal, whatever is recorded here.")
        for part in (self.agreed, self.unknown, self.counts, label(note, "caption", wrap=True)):
            whole.addWidget(part)
        whole.addLayout(foot)

    def _with_file(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.whom, 1)
        row.addWidget(self.file)
        return row

    def _connect(self) -> None:
        self.file.clicked.connect(self._open_file)
        for box in (self.whom, self.way, self.notice):
            box.activated.connect(lambda _at: self._count())
        for field in (self.through, self.purpose, self.how):
            field.textChanged.connect(lambda _text: self._count())
        self.day.dateChanged.connect(lambda _day: self._count())
        self.agreed.toggled.connect(lambda _on: self._count())
        self.yes.clicked.connect(self._record)
        self.no.clicked.connect(self.reject)

    def _fill(self, offer: Offer) -> None:
        for one in offer.groups:
            self.whom.addItem(recording_whom.shown(one), one)
        self.notice.addItem(_("Nothing was told"), None)
        for notice, name in offer.notices.items():
            self.notice.addItem(name, notice)
        self._count()

    def _open_file(self) -> None:
        path = self._desk.dialogs.open_file("keys", _("Choose a list of keys"), _("Lists (*.csv *.txt)"))
        if path is not None:
            read = self._desk.jobs.read
            read(lambda session: recording_whom.from_file(session, path), self._choose, self._show_trouble)

    def _choose(self, whom: Whom) -> None:
        self.whom.addItem(recording_whom.shown(whom), whom)
        self.whom.setCurrentIndex(self.whom.count() - 1)
        self._count()

    def _save_unknown(self) -> None:
        whom: Whom = self.whom.currentData()
        saved_list.save_rows(self._desk, "unknown_keys", [_("Key")], [[key] for key in whom.unknown])

    def told(self) -> Told:
        """Return what is filled in."""
        told_at = self._desk.day().start_of(self.day.day)
        origin = Origin(
            self.through.text().strip(),
            self.purpose.text().strip(),
            Answer.YES if self.notice.currentData() else Answer.UNKNOWN,
            self.how.text().strip(),
            notice_id=self.notice.currentData(),
            told_at=told_at,
        )
        return Told(RecordingWay(self.way.currentData()), origin, self.agreed.isChecked())

    def _count(self) -> None:
        whom, told, day, now = self.whom.currentData(), self.told(), self._desk.day(), self._desk.now()
        self.yes.setEnabled(False)
        self.unknown.setVisible(whom is not None and bool(whom.unknown))
        if whom is not None:
            self.unknown.show_text("warn", recording_whom.unknown(whom), _("Save list…"))
        if whom is None or not told.origin.evidence:
            return
        self._desk.jobs.read(
            lambda session: recording.preview(session, friends_of(session, whom, day), told, now),
            self._show,
            self._show_trouble,
            key="recording.count",
        )

    def _show(self, found: Preview) -> None:
        words = ngettext(
            "{n} friend gets a line; {already} have it already; {refused} refuse marketing and go on refusing.",
            "{n} friends get a line; {already} have it already; {refused} refuse marketing and go on refusing.",
            found.new,
        )
        counts = {"already": number(found.already), "refused": number(found.refused)}
        self.counts.show_text("info", words.format(n=number(found.new), **counts))
        self.yes.setText(ngettext("Record for {n} friend", "Record for {n} friends", found.new).format(n=found.new))
        self.yes.setEnabled(bool(found.new))

    def _show_trouble(self, error: Exception) -> None:
        if isinstance(error, TagwellError):
            self.counts.show_text("warn", error.sentence())
        else:
            self._desk.dialogs.show_error(error)

    def _record(self) -> None:
        whom, told, day, now, desk = (
            *(self.whom.currentData(), self.told()),
            self._desk.day(),
            self._desk.now(),
            self._desk,
        )
        name, kept = self.whom.currentText(), list[Recording]()

        def write(session: Session) -> Recording:
            kept[:] = [recording.record(session, friends_of(session, whom, day), told, name, now)]
            return kept[0]

        def done(made: Recording) -> None:
            text = ngettext("record for {n} friend", "record for {n} friends", made.friends)
            desk.undo.push(
                Act(
                    desk,
                    text.format(n=number(made.friends)),
                    lambda session: recording.undo(session, kept[0].id, desk.now()),
                    write,
                    CHANGED,
                )
            )
            said = ngettext("Recorded for {n} friend.", "Recorded for {n} friends.", made.friends)
            desk.toast(said.format(n=number(made.friends)), desk.undo.undo)

        desk.jobs.write(lambda session: (write(session), CHANGED), done)
        self.accept()
