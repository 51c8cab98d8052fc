"""Share an audience: counted and checked before anything leaves this computer, and written down when it does."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Offer
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.audiences.register import Passport
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.consent import share_work as work
from linecrm_desktop.views.consent.share_parts import BeforeCard, FiveChecks, IdeasCard, WishCard, bars
from linecrm_desktop.views.consent.share_work import Facts
from linecrm_desktop.views.desk import Desk, Place
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.waterfall import Waterfall
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

_QUIET_MS = 200
_SHOWN = frozenset({Word.CONSENT, Word.SEGMENTS, Word.FRIENDS, Word.TAGS})


class SharePage(QWidget):
    """One page of the Consent screen."""

    asked_for = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("sharePage")
        self._desk = desk
        self._facts = Facts((), (), (), ())
        self.offer: Offer | None = None
        self.wish, self.checks, self.before, self.ideas = WishCard(), FiveChecks(), BeforeCard(), IdeasCard()
        self.banner, self.waterfall = Banner("info"), Waterfall()
        self.waterfall.setObjectName("shareWaterfall")
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._build()
        self._connect()
        self.retranslate()
        self._read()

    def show_place(self, place: Place) -> None:
        """Choose the segment that a place names."""
        if place.object_id is not None:
            self.wish.choose_segment(place.object_id)

    def can_leave(self) -> bool:
        """Let a person go: nothing here is half done."""
        return True

    def reload(self, changed: Changes) -> None:
        """Read anew when what is shown changed."""
        if changed & _SHOWN:
            self._read()

    def retranslate(self) -> None:
        words = _(
            "Checked before anything leaves this computer. Refused, not informed and sensitive friends are taken out "
            "automatically."
        )
        self.banner.show_text("info", words)
        self._how_many.setText(_("How many leave"))
        self._after.setText(_("After sharing"))
        self.save.setText(_("Save list…"))
        self.wish.retranslate()
        self.checks.retranslate()
        self._show_facts(self._facts)
        self._show_offer()
        self._quiet.start()  # the checks were written in the language before

    def _build(self) -> None:
        self._how_many, self._after = label(role="section"), label(role="section")
        self._promise = label(role="caption", wrap=True)
        many, after = Card(), Card()
        many.body.addWidget(self._how_many)
        many.body.addWidget(self.waterfall)
        self.save = writing(button("", "default", "download-simple", name="shareSave"))
        self.create_ = button("", "primary", name="shareCreate")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.create_)
        after.body.addWidget(self._after)
        after.body.addWidget(self._promise)
        after.body.addLayout(row)
        left, right = _column(self.wish, self.checks), _column(many, after, self.before, self.ideas)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addLayout(left, 7)
        across.addLayout(right, 5)
        inner, area, whole = QWidget(), ScrollArea(), QVBoxLayout(self)
        page = QVBoxLayout(inner)
        page.setContentsMargins(20, 14, 20, 20)
        page.setSpacing(12)
        page.addWidget(self.banner)
        page.addLayout(across)
        page.addStretch(1)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        self.wish.changed.connect(self._quiet.start)
        self._quiet.timeout.connect(self._count)
        self.save.clicked.connect(self._save)
        self.create_.clicked.connect(self._create)
        self.before.again_asked.connect(self._again)
        self.before.status_asked.connect(self._ask)
        self.ideas.chosen.connect(self.wish.choose_segment)

    def _at(self) -> Moment:
        return Moment(self._desk.day(), self._desk.now())

    def _read(self) -> None:
        at = self._at()
        self._desk.jobs.read(lambda session: work.facts(session, at), self._show_facts, key="share")
        self._count()

    def _show_facts(self, found: Facts) -> None:
        is_first = not self._facts.segments
        self._facts = found
        self.wish.show_segments(found.segments)
        self.wish.show_accounts(found.accounts)
        self.before.show_history(found.history, self._at())
        self.ideas.show_ideas(found.suggestions)
        if is_first:
            self._count()

    def _count(self) -> None:
        wish, at = self.wish.wish(), self._at()
        if wish is not None:
            self._desk.jobs.read(lambda session: work.counted(session, wish, at), self._counted, key="share offer")

    def _counted(self, found: Offer) -> None:
        self.offer = found
        self._show_offer()

    def _show_offer(self) -> None:
        found = self.offer
        is_good = found is not None and not found.blocking
        ids = found.lines.get(Identifier.LINE_ID, 0) if found is not None else 0
        is_line = found is not None and found.wish.way is not Way.CSV and ids > 0
        self.save.setEnabled(is_good)
        self.create_.setEnabled(is_good and is_line)
        self.create_.setVisible(found is None or found.wish.way is not Way.CSV)
        said = ngettext("Create in LINE: {n} person", "Create in LINE: {n} people", ids)
        self.create_.setText(said.format(n=number(ids)))
        if found is None:
            self._promise.setText(_("Choose a segment first."))
            return
        self.checks.show_checks(found)
        self.waterfall.show_bars(bars(found), _("How many leave"))
        promise = ngettext(
            "The list is kept with the {n} friend in it. If they refuse later, Tagwell tells you, and shares the list "
            "again without them.",
            "The list is kept with the {n} friends in it. If one refuses later, Tagwell tells you, and shares the list "
            "again without them.",
            found.people,
        )
        blocked = found.blocking[0].sentence if found.blocking else promise.format(n=number(found.people))
        self._promise.setText(blocked)

    def _save(self) -> None:
        wish, segment_id, at = self.wish.wish(), self.wish.segment_id(), self._at()
        folder = self._desk.dialogs.folder("audiences", _("Folder for the list"), Path.home())
        if wish is None or segment_id is None or folder is None:
            return
        self._desk.jobs.run(
            _("Saving a list"),
            lambda database, _task: work.save(database, wish, segment_id, folder, at),
            lambda _made: self._desk.toast(_("The list and its passport are in the folder."), None),
        )

    def _create(self) -> None:
        wish, segment_id, at = self.wish.wish(), self.wish.segment_id(), self._at()
        if wish is None or segment_id is None or not self._is_sure(self.create_.text()):
            return
        self.create_.setEnabled(False)
        self._desk.jobs.run(
            _("Uploading a list"),
            lambda database, _task: work.upload(self._desk, database, wish, segment_id, at),
            lambda _made: self._desk.toast(_("LINE has the list. It may take hours until it is ready."), None),
            self._failed,
        )

    def _is_sure(self, verb: str) -> bool:
        text = _("What left cannot be called back. A list at LINE can be deleted there.")
        return self._desk.dialogs.ask(_("Share this list with LINE?"), text, verb)

    def _failed(self, error: Exception) -> None:
        self._show_offer()
        self._desk.dialogs.show_error(error)

    def _again(self, one: Passport) -> None:
        folder, at = None, self._at()
        if one.state is ShareState.SAVED:
            folder = self._desk.dialogs.folder("audiences", _("Folder for the list"), Path.home())
            if folder is None:
                return
        elif not self._is_sure(_("Share it again")):
            return
        self._desk.jobs.run(
            _("Sharing a list again"),
            lambda database, task: work.again(self._desk, database, one, folder, at, task),
            lambda _made: self._desk.toast(_("The list was shared again without those who refused."), None),
        )

    def _ask(self) -> None:
        at = self._at()
        self._desk.jobs.run(
            _("Asking LINE about lists"),
            lambda database, _task: work.ask(self._desk, database, at),
            lambda _n: self._desk.toast(_("LINE told how the lists stand."), None),
        )


def _column(*cards: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column
