"""Use an earlier brief: which ones there were, what they answered, and how their messages went."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.messages import library
from linecrm_desktop.messages.library import UsedBrief
from linecrm_desktop.results import outcome, words
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import _, percent, when
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.beginning.pick_list import Pick, PickList
from linecrm_desktop.views.widgets.basics import button, label, line

_SIZE = 820, 520
_LIST_WIDTH = 380


class BriefDialog(QDialog):
    """Offers the briefs that were answered before."""

    chosen = Signal(object)
    """The brief to take over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._briefs: list[UsedBrief] = []
        self.setObjectName("earlierBriefDialog")
        self.setWindowTitle(_("Use an earlier brief"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self.list = PickList(_("Find an earlier brief"))
        self.list.setMinimumWidth(_LIST_WIDTH)
        self._build_shown()
        self.use = button(_("Use this brief"), "primary", name="useBrief")
        self.use.setDefault(True)
        self.cancel = button(_("Cancel"), name="cancelBrief")
        self._lay_out()
        self.list.moved.connect(self._look)
        self.list.taken.connect(lambda _pick: self._take())
        self.use.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)
        desk.jobs.read(library.briefs, self._show, key="messages.briefs")

    @property
    def brief(self) -> UsedBrief | None:
        """The one that is chosen now."""
        pick = self.list.current
        return self._briefs[pick.key] if pick is not None else None

    def _build_shown(self) -> None:
        self.shown = QFrame()
        self.shown.setObjectName("shownBrief")
        column = QVBoxLayout(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.answers: list[QLabel] = []
        titles = (
            _("Who is this for?"),
            _("Why do they need it now?"),
            _("What should we say?"),
            _("Which metric will tell us?"),
        )
        for place, title in enumerate(titles, 1):
            answer = label("", wrap=True)
            answer.setObjectName(f"answer{place}")
            self.answers.append(answer)
            column.addWidget(label(title, "caption", wrap=True))
            column.addWidget(answer)
            column.addSpacing(6)
        self.went = label("", wrap=True)
        self.went.setObjectName("howItWent")
        column.addWidget(line())
        column.addSpacing(6)
        column.addWidget(label(_("How it went"), "caption"))
        column.addWidget(self.went)
        column.addStretch()
        self.nothing = label(
            _("No brief has all four answers yet. The first one will stand here."), "second", wrap=True
        )
        self.nothing.setObjectName("noBrief")
        self.nothing.hide()

    def _lay_out(self) -> None:
        whole, columns, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        columns.setSpacing(20)
        columns.addWidget(self.list, 1)
        columns.addWidget(self.shown, 1)
        foot.setSpacing(8)
        foot.addStretch()
        for part in (self.cancel, self.use):
            foot.addWidget(part)
        whole.addWidget(self.nothing)
        whole.addLayout(columns, 1)
        whole.addLayout(foot)

    def _show(self, briefs: list[UsedBrief]) -> None:
        self._briefs = briefs
        self.nothing.setVisible(not briefs)
        self.shown.setVisible(bool(briefs))
        self.list.show_picks([_pick(place, one, self._desk) for place, one in enumerate(briefs)])
        if not briefs:
            self.list.nothing.hide()

    def _look(self, pick: Pick | None) -> None:
        self.use.setEnabled(pick is not None)
        one = self.brief
        if one is None:
            return
        judged = _("{metric} · good if at least {share}").format(
            metric=words.metric(one.brief), share=percent(one.brief.good_if / 100, 0)
        )
        for shown, text in zip(
            self.answers, (one.segment_name, one.brief.why_now, one.brief.what, judged), strict=True
        ):
            shown.setText(text)
        self.went.setText(_("Not sent yet") if one.campaign_id is None else "")
        campaign, day = one.campaign_id, self._desk.day()

        def read(session: Session) -> Outcome | None:
            return None if campaign is None else outcome.outcome(session, campaign, day)

        self._desk.jobs.read(read, self._tell, key="messages.how_it_went")

    def _tell(self, found: Outcome | None) -> None:
        if found is not None:
            self.went.setText(how_it_went(found))

    def _take(self) -> None:
        one = self.brief
        if one is not None:
            self.accept()
            self.chosen.emit(one.brief)


def how_it_went(found: Outcome) -> str:
    """Say in a few lines what came of a send, and whether that was as much as its brief wanted."""
    standing = words.standing(found)
    if standing is words.Standing.NOT_BEGUN:
        return words.word(found)
    told = [words.comparison(found)]
    if standing is words.Standing.COUNTING:
        return "\n".join([*told, words.word(found)])
    share, wanted = found.sent.share or 0.0, found.brief.good_if / 100
    form = _("{share}: as good as was wanted.") if share >= wanted else _("{share}: less than was wanted.")
    told.append(form.format(share=percent(share)))
    return "\n".join([*told, *filter(None, [words.doubt(found)])])


def _pick(place: int, one: UsedBrief, desk: Desk) -> Pick:
    day = desk.day()
    is_sent = one.campaign_id is not None
    parts = (_("Sent") if is_sent else _("Draft"), one.segment_name, when(day.local(one.used_at), day.today))
    return Pick(place, one.message, " · ".join(parts), "paper-plane-tilt" if is_sent else "pencil-simple")


def ask_brief(desk: Desk, parent: QWidget) -> BriefDialog:
    """Open the dialog over a window."""
    dialog = BriefDialog(desk, parent.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
