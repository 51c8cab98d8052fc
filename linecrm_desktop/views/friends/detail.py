"""One friend beside the table: who, tags, what happened, consent."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.consent.ledger import CORRECTION_WINDOW
from linecrm_desktop.friends import words
from linecrm_desktop.friends.story import SHOWN, FriendStory, story
from linecrm_desktop.journeys.story import Story, stories
from linecrm_desktop.models.access import Looked
from linecrm_desktop.models.consent import ConsentKind
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.text import _
from linecrm_desktop.views import staff
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friends.detail_parts import surface
from linecrm_desktop.views.friends.detail_sections import (
    ConsentSection,
    FieldsSection,
    HappenedSection,
    LedgerSection,
    TagsSection,
    WhoSection,
)
from linecrm_desktop.views.friends.paths_section import PathsSection
from linecrm_desktop.views.people_list import LOOKED
from linecrm_desktop.views.widgets.basics import icon_button, label, line
from linecrm_desktop.views.widgets.parts import Avatar
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

_KEY = "friends.detail"
_MIN_WIDTH = 280


class FriendDetail(QFrame):
    """Reads and shows the story of the friend it is given."""

    closed = Signal()
    add_tag_asked = Signal()
    remove_tag_asked = Signal()
    refusal_asked = Signal()
    correction_asked = Signal()
    erase_asked = Signal()
    tester_asked = Signal()
    edit_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("friendDetail")
        self.setProperty("panel", "true")
        self.setMinimumWidth(_MIN_WIDTH)
        self._desk = desk
        self._friend: int | None = None
        self._told: FriendStory | None = None
        self._stories: dict[str, Story] = {}
        self._shows_all = False
        self._build_head()
        self._build_menu()
        self._build_sections()
        self._connect()
        self.retranslate()
        self._body.hide()

    @property
    def friend(self) -> int | None:
        """The friend that is shown."""
        return self._friend

    def show_friend(self, friend: int | None) -> None:
        """Show another friend, or nobody."""
        if friend != self._friend:
            self._friend, self._shows_all = friend, False
        self.reread()

    def reread(self) -> None:
        """Read the friend's story again."""
        friend, day, limit = self._friend, self._desk.day(), None if self._shows_all else SHOWN
        if friend is None:
            self._told = None
            self._body.hide()
            return

        def work(session: Session) -> tuple[FriendStory, dict[str, Story]]:
            return story(session, friend, day, limit), stories(session, friend, day.today)

        self._desk.jobs.read(work, self._take, key=_KEY)

    def retranslate(self) -> None:
        """Say everything anew."""
        self.more.setAccessibleName(_("More actions for this friend"))
        self.close_button.setAccessibleName(_("Close the panel"))
        self.close_button.setToolTip(_("Close the panel (Ctrl+D)"))
        self._edit.setText(_("Edit friend…"))
        self._add_tag.setText(_("Add tag…"))
        self._remove_tag.setText(_("Remove tag…"))
        self._refuse.setText(_("Record a refusal…"))
        self._correct.setText(_("Correct the refusal…"))
        self._tester.setText(_("Make a tester"))
        self._erase.setText(_("Erase this person…"))
        if self._told is not None:
            self._show(self._told)

    def _build_head(self) -> None:
        self.avatar = Avatar(size=40)
        self.name = label("", "section", wrap=True)
        self.name.setObjectName("detailName")
        self.about = label("", "caption", wrap=True)
        self.more = icon_button("dots-three", "", "detailMenu")
        self.close_button = icon_button("x", "", "detailClose")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.about)
        row = QHBoxLayout()
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(8)
        row.addWidget(self.avatar)
        row.addLayout(texts, 1)
        row.addWidget(self.more)
        row.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(row)
        inner.addWidget(line())
        self._inner = inner
        self._column.addWidget(self._body)

    def _build_menu(self) -> None:
        menu = QMenu(self)
        self._edit = writing(menu.addAction("", self.edit_asked.emit))
        self._edit.setObjectName("editFriend")
        menu.addSeparator()
        self._add_tag = writing(menu.addAction("", self.add_tag_asked.emit))
        self._remove_tag = writing(menu.addAction("", self.remove_tag_asked.emit))
        menu.addSeparator()
        self._refuse = writing(menu.addAction("", self.refusal_asked.emit))
        self._correct = writing(menu.addAction("", self.correction_asked.emit))
        self._correct.setObjectName("correctRefusal")
        menu.addSeparator()
        self._tester = writing(menu.addAction("", self.tester_asked.emit))
        self._tester.setObjectName("makeTester")
        menu.addSeparator()
        self._erase = writing(menu.addAction("", self.erase_asked.emit))
        self._erase.setObjectName("eraseFriend")
        self.more.setMenu(menu)
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")

    def _build_sections(self) -> None:
        self.who = WhoSection(self._desk.shop)
        self.tags = TagsSection()
        self.fields = FieldsSection()
        self.happened = HappenedSection()
        self.paths = PathsSection()
        self.consent = ConsentSection()
        self.ledger = LedgerSection()
        self._sections = (self.who, self.tags, self.fields, self.happened, self.consent, self.ledger)
        inside = surface("detailSections")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self.who, self.tags, self.fields, self.happened, self.paths, self.consent, self.ledger):
            column.addWidget(section)
        column.addStretch(1)
        self.scroll_area = ScrollArea()
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(inside)
        self._inner.addWidget(self.scroll_area, 1)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.who.reveal_asked.connect(self._reveal)
        self.tags.add.clicked.connect(self.add_tag_asked)
        self.happened.all_asked.connect(self._show_all)
        self.consent.refusal_asked.connect(self.refusal_asked)

    def _reveal(self, what: Looked) -> None:
        """Write down who looks, then show it: without a line nothing is seen."""
        friend, asked = self._friend, staff.asked(self._desk)
        if friend is None:
            return

        def shown(_nothing: None) -> None:
            if friend == self._friend:
                self.who.reveal(what)

        self._desk.jobs.write(lambda session: (access.reveal(session, friend, what, asked), LOOKED), shown)

    def _show_all(self) -> None:
        self._shows_all = True
        self.reread()

    def _take(self, told: tuple[FriendStory, dict[str, Story]]) -> None:
        self._told, self._stories = told
        self._show(self._told)

    def _show(self, told: FriendStory) -> None:
        day, row = self._desk.day(), told.row
        self.avatar.show_name(row.name)
        self.name.setText(words.shown_name(row.name))
        known = words.friend_for(told.friend_days)
        facts = {"number": row.member_number, "known": known}
        self.about.setText(_("{number} · {known}").format(**facts) if row.member_number else known)
        for section in self._sections:
            section.show_story(told, day)
        self.paths.show_stories(self._stories, day)
        self._tester.setEnabled(bool(row.line_user_id))
        self._refuse.setEnabled(row.marketing is not Marketing.REFUSED)
        self._correct.setVisible(self._can_correct(told))
        self._body.show()

    def _can_correct(self, told: FriendStory) -> bool:
        refusals = [line.at for line in told.ledger if line.kind is ConsentKind.REFUSED]
        late = self._desk.now() - CORRECTION_WINDOW - timedelta(seconds=1)
        return told.row.marketing is Marketing.REFUSED and bool(refusals) and refusals[0] > late
