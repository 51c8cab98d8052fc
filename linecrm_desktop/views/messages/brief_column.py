"""The brief beside the bubbles: four questions with a check mark each, and how many friends are kept back."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from linecrm_desktop.messages.brief import ANSWER_MAX, ANSWER_MIN, KEEP_BACK_CHOICES, Brief, Metric
from linecrm_desktop.results import words
from linecrm_desktop.text import N_, _, ngettext, number, percent
from linecrm_desktop.views import icons, theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.gate.when_row import WhenRow
from linecrm_desktop.views.messages.facts import Facts
from linecrm_desktop.views.widgets.account_choice import AccountChoice
from linecrm_desktop.views.widgets.basics import button, label, line
from linecrm_desktop.views.widgets.cut_combo import CutCombo
from linecrm_desktop.views.widgets.parts import PictureLabel

_METRICS = [
    (Metric.ORDERS, 3),
    (Metric.ORDERS, 7),
    (Metric.ORDERS, 14),
    (Metric.CLICKS, 3),
    (Metric.CLICKS, 7),
    (Metric.REPLIES, 3),
    (Metric.REPLIES, 7),
    (Metric.COUPONS, 7),
    (Metric.COUPONS, 14),
    (Metric.FIRST_PURCHASES, 7),
    (Metric.FIRST_PURCHASES, 14),
]
_QUESTIONS = {
    1: N_("Who is this for?"),
    2: N_("Why do they need it now?"),
    3: N_("What should we say?"),
    4: N_("Which metric will tell us?"),
}
_EXAMPLES = {
    2: N_("A serum lasts about 60 days. Theirs is running out."),
    3: N_("Show the missing night step. No storewide discount."),
}
_TEXT_LINES, _TEXT_FRAME = 3, 28


class Question(QWidget):
    """One numbered question with a mark that says whether it is answered."""

    def __init__(self, question: int, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._number = label(str(question), "strong")
        self._text = label("", "second", wrap=True)
        self._text.setBuddy(field)
        self.mark = PictureLabel("circle", "text3")
        self.mark.setObjectName(f"answered{question}")
        head = QHBoxLayout(self)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._number)
        head.addWidget(self._text, 1)
        head.addWidget(self.mark)
        self.is_answered = False
        theme.signals().changed.connect(self._colour)
        self._colour()

    def show_answered(self, answered: bool) -> None:
        """Set the mark: a check, or an empty circle."""
        self.is_answered = answered
        self.mark.show_icon("check-circle" if answered else "circle", "good" if answered else "text3")
        self.mark.setAccessibleName(_("Answered") if answered else _("Not answered yet"))
        self.mark.setToolTip(self.mark.accessibleName())

    def _colour(self) -> None:
        palette = self._number.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.colour("accent"))
        self._number.setPalette(palette)

    def retranslate(self) -> None:
        self._text.setText(_(_QUESTIONS[self._question]))
        self.show_answered(self.is_answered)


class BriefColumn(QFrame):
    """Shows a brief and says which answer a person changed."""

    changed = Signal(str, object)
    """A field of Brief and its new value; for "metric" a pair of metric and days."""
    earlier_asked = Signal()
    """A person wants to take over a brief that was used before."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brief = Brief()
        self.when = WhenRow(desk, stacked=True)
        self._facts = Facts()
        self._metrics = _METRICS
        self._build_fields()
        self._build_questions()
        self._lay_out()
        self._connect()
        theme.signals().changed.connect(self.retranslate)
        self.retranslate()

    def show_brief(self, brief: Brief) -> None:
        """Show the answers; a field that shows its value already is left alone, so that the cursor stays."""
        self._brief = brief
        with QSignalBlocker(self):
            self._choose_segment()
            for edit, text in ((self.why_now, brief.why_now), (self.what, brief.what)):
                if edit.toPlainText() != text:
                    edit.setPlainText(text)
            self.account.choose(brief.channel_id)
            self._show_metric()
            if _percent(self.good_if.text()) != brief.good_if:
                self.good_if.setText(str(brief.good_if))
            self.keep_back.setCurrentIndex(self.keep_back.findData(brief.keep_back))
            self.when.show_moment(brief.send_at)
        self._show_marks()

    def show_facts(self, facts: Facts) -> None:
        """Show the segments there are and how many friends of the chosen one can be reached."""
        self._facts = facts
        self._fill_segments()
        self._choose_segment()
        self.account.show_accounts(facts.accounts, self._brief.channel_id)
        self._show_marks()

    def retranslate(self) -> None:
        self._title.setText(_("Brief"))
        self._when_title.setText(_("Send at"))
        self.when.retranslate()
        self._note.setText(_("Every message answers these four first."))
        self.earlier.setText(_("Use an earlier brief…"))
        for question in self._questions.values():
            question.retranslate()
        for number_, edit in ((2, self.why_now), (3, self.what)):
            edit.setPlaceholderText(_(_EXAMPLES[number_]))
            edit.setToolTip(_("{least} to {most} characters").format(least=ANSWER_MIN, most=ANSWER_MAX))
            edit.setAccessibleName(_(_QUESTIONS[number_]))
        self.segment.setAccessibleName(_(_QUESTIONS[1]))
        self._through.setText(_("Through"))
        self.account.setAccessibleName(_("LINE account that writes"))
        self.which_metric.setAccessibleName(_(_QUESTIONS[4]))
        self.good_if.setAccessibleName(_("Good if at least this many percent do it"))
        self._keep_title.setText(_("Keep back"))
        self.keep_back.setAccessibleName(_("Keep back"))
        for edit in (self.why_now, self.what):
            edit.setFixedHeight(edit.fontMetrics().lineSpacing() * _TEXT_LINES + _TEXT_FRAME)
        self._fill_segments()
        self.show_brief(self._brief)

    def _build_fields(self) -> None:
        self.segment, self.which_metric, self.keep_back = CutCombo(), CutCombo(), QComboBox()
        self._through = label("", "caption")
        self.account = AccountChoice("throughAccount", self._through)
        self.why_now, self.what = QPlainTextEdit(), QPlainTextEdit()
        for edit in (self.why_now, self.what):
            edit.setTabChangesFocus(True)
            edit.setUndoRedoEnabled(False)
        self.good_if = QLineEdit()
        self.good_if.setValidator(QIntValidator(0, 100, self.good_if))
        self.good_if.setFixedWidth(56)
        self.good_if.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for share in KEEP_BACK_CHOICES:
            self.keep_back.addItem(percent(share / 100, 0), share)
        names = ["segment", "whyNow", "what", "metric", "goodIf", "keepBack"]
        fields = [self.segment, self.why_now, self.what, self.which_metric, self.good_if, self.keep_back]
        for field, name in zip(fields, names, strict=True):
            field.setObjectName(name)

    def _build_questions(self) -> None:
        fields = {1: self.segment, 2: self.why_now, 3: self.what, 4: self.which_metric}
        self._questions = {n: Question(n, field) for n, field in fields.items()}
        self._title = label("", "section")
        self._answered = label("", "caption")
        self._note = label("", "caption")
        self.earlier = button("", "link", name="earlierBrief")
        self._reach = label("", "caption")
        self._good_before, self._good_after = label("", "caption", wrap=True), label("", "caption", wrap=True)
        self._keep_title, self._when_title = label("", "strong"), label("", "strong")
        self._kept = label("", "caption")
        for text, name in ((self._answered, "answered"), (self._reach, "reach"), (self._kept, "kept")):
            text.setObjectName(name)
        for text in (self._note, self._kept):
            text.setWordWrap(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        column.addLayout(_row(self._title, None, self._answered))
        column.addWidget(self._note)
        column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        fields = {1: self.segment, 2: self.why_now, 3: self.what, 4: self.which_metric}
        for question, field in fields.items():
            column.addWidget(self._questions[question])
            column.addWidget(field)
            if question == 1:
                column.addWidget(self._reach)
                column.addWidget(self._through)
                column.addWidget(self.account)
            column.addSpacing(6)
        column.addLayout(_row(self._good_before, self.good_if, self._good_after, None))
        column.addSpacing(8)
        column.addWidget(line())
        column.addSpacing(8)
        column.addLayout(_row(self._keep_title, None, self.keep_back))
        column.addWidget(self._kept)
        column.addSpacing(8)
        column.addWidget(self._when_title)
        column.addWidget(self.when)
        column.addStretch()

    def _connect(self) -> None:
        self.earlier.clicked.connect(self.earlier_asked)
        self.segment.activated.connect(lambda: self.changed.emit("segment_id", self.segment.currentData()))
        self.account.chosen.connect(lambda account: self.changed.emit("channel_id", account))
        self.why_now.textChanged.connect(lambda: self.changed.emit("why_now", self.why_now.toPlainText()))
        self.what.textChanged.connect(lambda: self.changed.emit("what", self.what.toPlainText()))
        self.which_metric.activated.connect(lambda row: self.changed.emit("metric", self._metrics[row]))
        self.good_if.textEdited.connect(lambda text: self.changed.emit("good_if", _percent(text)))
        self.when.chosen.connect(lambda moment: self.changed.emit("send_at", moment))
        self.keep_back.activated.connect(lambda: self.changed.emit("keep_back", self.keep_back.currentData()))

    def _fill_segments(self) -> None:
        with QSignalBlocker(self.segment):
            self.segment.clear()
            self.segment.setPlaceholderText(_("Choose a segment"))
            for choice in self._facts.segments:
                self.segment.addItem(icons.icon("intersect"), choice.name, choice.id)

    def _choose_segment(self) -> None:
        with QSignalBlocker(self.segment):
            self.segment.setCurrentIndex(self.segment.findData(self._brief.segment_id))
            self.segment.setToolTip(self.segment.currentText())

    def _show_metric(self) -> None:
        now = (self._brief.metric, self._brief.metric_days)
        self._metrics = _METRICS if now in _METRICS else [*_METRICS, now]
        with QSignalBlocker(self.which_metric):
            self.which_metric.clear()
            for metric, days in self._metrics:
                self.which_metric.addItem(icons.icon("target"), words.metric(Brief(metric=metric, metric_days=days)))
            self.which_metric.setCurrentIndex(self._metrics.index(now))
        before, _percent, after = _good_if(self._brief.metric).partition("{percent}")
        self._good_before.setText(before.strip())
        self._good_after.setText(after.strip())

    def _show_marks(self) -> None:
        missing = self._brief.missing()
        for n, question in self._questions.items():
            question.show_answered(n not in missing)
        self._answered.setText(_("{n} of 4 answered").format(n=4 - len(missing)))
        told_of = (self._facts.segment_id, self._facts.channel_id)
        reach = self._facts.reach if told_of == (self._brief.segment_id, self._brief.channel_id) else None
        self._reach.setText(_("{n} can be reached").format(n=number(reach.reachable)) if reach else "")
        self._kept.setText(_kept(self._brief.keep_back, reach.reachable if reach else None))


def _percent(text: str) -> int:
    """Read a share that the field's validator let through; an empty field asks for nothing."""
    return int(text) if text.isdecimal() else 0


def _good_if(metric: Metric) -> str:
    forms = {
        Metric.ORDERS: N_("Good if at least {percent} % order"),
        Metric.CLICKS: N_("Good if at least {percent} % click"),
        Metric.REPLIES: N_("Good if at least {percent} % reply"),
        Metric.COUPONS: N_("Good if at least {percent} % use it"),
        Metric.FIRST_PURCHASES: N_("Good if at least {percent} % order for the first time"),
    }
    return _(forms[metric])


def _kept(share: int, reachable: int | None) -> str:
    if share == 0:
        return _("Everybody gets it, so nobody can see what the message changed.")
    if reachable is None:
        return _("They get nothing, so you can see what the message changed.")
    kept = reachable * share // 100
    sentence = ngettext(
        "{n} friend gets nothing, so you can see what the message changed.",
        "{n} friends get nothing, so you can see what the message changed.",
        kept,
    )
    return sentence.format(n=number(kept))


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Lay out parts in a row; None stands for the room between them."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
