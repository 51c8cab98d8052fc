"""The sections of the detail panel; each shows one part of a friend's story and asks for what it cannot do itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.consent import uses
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import own_fields, words
from linecrm_desktop.friends.happened import What
from linecrm_desktop.friends.story import ConsentAnswer, FriendStory
from linecrm_desktop.models.access import Looked
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.text import _, long_date, masked_email, masked_phone, money, ngettext, number
from linecrm_desktop.views.desk import ShopFacts
from linecrm_desktop.views.friends.detail_parts import FLAT_LINK, MaskedValue, Section
from linecrm_desktop.views.widgets.basics import CutLabel, button, label
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip, tag_chip
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import writing

_PICTURES = {
    What.CLICK: ("cursor", "text2"),
    What.MENU: ("cards", "text2"),
    What.SURVEY: ("check-square", "text2"),
    What.REPLY: ("chat-circle-text", "text2"),
    What.COUPON: ("ticket", "text2"),
    What.VISIT: ("map-pin", "text2"),
    What.OPEN: ("eye", "text2"),
    What.FOLLOW: ("user-plus", "good"),
    What.BLOCK: ("prohibit", "bad"),
    What.ORDER: ("bag", "good"),
    What.MESSAGE: ("chat-text", "info"),
    What.JOINED: ("user-plus", "text2"),
}
_ANSWERS = {
    Answer.YES: ("check-circle", "good"),
    Answer.NO: ("x-circle", "bad"),
    Answer.UNKNOWN: ("warning", "warn"),
}


_USES = {
    Marketing.ALLOWED: ("check-circle", "good"),
    Marketing.REFUSED: ("hand-palm", "bad"),
    Marketing.UNKNOWN: ("circle-dashed", "text2"),
}


class WhoSection(Section):
    """Phone and e-mail (masked), where they came from, their orders in one line."""

    reveal_asked = Signal(object)

    def __init__(self, shop: ShopFacts) -> None:
        super().__init__("whoSection")
        self._shop = shop
        self._masked: dict[Looked, MaskedValue] = {}

    def show_story(self, story: FriendStory, day: ShopDay) -> None:
        """Show who it is."""
        self.title.setText(_("Who"))
        self.empty()
        self._masked.clear()
        row = story.row
        if row.phone:
            whole = words.phone(row.phone, self._shop.country)
            self._add_masked(Looked.PHONE, _("Phone"), masked_phone(whole), whole)
            self._add_origin("phone", story, day)
        if row.email:
            self._add_masked(Looked.EMAIL, _("E-mail"), masked_email(row.email), row.email)
            self._add_origin("email", story, day)
        self.add_row(label(_("Came from"), "second"), self._came_from(story, day))
        if story.known_to:
            named = [words.known_to(one) for one in story.known_to]
            self.add_row(label(_("Also at"), "second"), CutLabel(_(", ").join(named)))
        self.add_row(label(_("Orders"), "second"), CutLabel(self._orders(story, day)))

    def reveal(self, what: Looked) -> None:
        """Show a masked value for a while, if it is still here."""
        if what in self._masked:
            self._masked[what].reveal()

    def _add_masked(self, what: Looked, title: str, masked: str, whole: str) -> None:
        value = MaskedValue(str(what), masked, whole)
        value.asked_for.connect(lambda: self.reveal_asked.emit(what))
        self._masked[what] = value
        self.add_row(label(title, "second"), value)

    def _add_origin(self, name: str, story: FriendStory, day: ShopDay) -> None:
        came = story.came_by.get(name)
        if came is not None:
            told = CutLabel(words.came_by(came, day), "caption")
            told.setObjectName(f"{name}Origin")
            self.add_row(QWidget(), told)

    def _came_from(self, story: FriendStory, day: ShopDay) -> QWidget:
        if not story.sources:
            return label(_("No source yet"))
        source = story.sources[0]
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(ChipLabel(tag_chip(source.chip.name, source.chip.type)))
        line.addWidget(label(words.day_of(source.since, day), "second"))
        line.addStretch(1)
        return made

    def _orders(self, story: FriendStory, day: ShopDay) -> str:
        row = story.row
        if row.last_order_at is None:
            return _("No orders yet")
        said = ngettext("{n} order · {sum} · last {day}", "{n} orders · {sum} · last {day}", row.orders)
        facts = {"sum": money(row.spent, self._shop.currency), "day": words.day_of(row.last_order_at, day)}
        return said.format(n=number(row.orders), **facts)


class TagsSection(Section):
    """The friend's tags by type, and where each came from."""

    def __init__(self) -> None:
        super().__init__("tagsSection")
        self.add = writing(button("", "link", name="detailAddTag"))
        self.add.setStyleSheet(FLAT_LINK)
        self.head.addWidget(self.add)

    def show_story(self, story: FriendStory, day: ShopDay) -> None:
        """Show the tags."""
        self.title.setText(_("Tags by type"))
        self.add.setText(_("Add tag"))
        self.empty()
        for tag in story.tags:
            chip = ChipLabel(tag_chip(tag.chip.name, tag.chip.type))
            chip.setToolTip(words.tags_by_type((tag.chip,))[0])
            self.add_row(chip, label(words.came_from(tag, day), "caption", wrap=True))
        if not story.tags:
            self.add_row(label(_("No tags yet"), "second"))


class FieldsSection(Section):
    """What the shop keeps in fields of its own; not there where it keeps nothing of this friend."""

    def __init__(self) -> None:
        super().__init__("fieldsSection")

    def show_story(self, story: FriendStory, day: ShopDay) -> None:
        """Show the fields."""
        self.title.setText(_("Fields"))
        self.empty()
        for value in story.fields:
            shown, came = CutLabel(own_fields.shown(value)), story.came_by.get(value.field)
            self.add_row(label(value.field, "second"), shown)
            if came is not None:
                self.add_row(QWidget(), CutLabel(words.came_by(came, day), "caption"))
        self.setVisible(bool(story.fields))


class HappenedSection(Section):
    """What happened, newest first; the rest comes when asked for."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__("happenedSection")
        self.more = button("", "link", name="showAllHappened")
        self.more.setStyleSheet(FLAT_LINK)
        self.more.clicked.connect(self.all_asked)
        self.head.addWidget(self.more)

    def show_story(self, story: FriendStory, day: ShopDay) -> None:
        """Show what happened."""
        self.title.setText(_("What happened"))
        shown, total = len(story.happened), story.happened_total
        self.more.setText(_("{n} of {total}").format(n=number(shown), total=number(total)))
        self.more.setToolTip(_("Show everything that happened"))
        self.more.setAccessibleName(_("Show everything that happened"))
        self.more.setVisible(shown < total)
        self.empty()
        for one in story.happened:
            when = label(words.day_of(one.at, day), "caption")
            when.setToolTip(long_date(day.local(one.at).date()))
            self.add_row(PictureLabel(*_PICTURES[one.what]), when, CutLabel(words.happened(one)))
        if not story.happened:
            self.add_row(label(_("Nothing yet"), "second"))


class ConsentSection(Section):
    """The three questions with their evidence, whether marketing is allowed, and the ledger."""

    refusal_asked = Signal()

    def __init__(self) -> None:
        super().__init__("consentSection")
        self.answered = ChipLabel()
        self.answered.setObjectName("answeredChip")
        self.head.addWidget(self.answered)
        self.marketing = label("")
        self.marketing.setObjectName("marketing")
        self.refuse = writing(button("", "default", "hand-palm", "detailRefusal"))
        self.refuse.setProperty("small", True)
        self.refuse.clicked.connect(self.refusal_asked)
        self.foot.addWidget(self.marketing)
        self.foot.addStretch(1)
        self.foot.addWidget(self.refuse)

    def show_story(self, story: FriendStory, day: ShopDay) -> None:
        """Show how consent stands."""
        row = story.row
        self.title.setText(_("Consent"))
        self.empty()
        for question, given in (
            (_("Where from?"), story.where_from),
            (_("Informed?"), story.informed),
            (_("Can opt out?"), story.can_opt_out),
        ):
            self._add_question(question, given, day)
        for standing in story.uses:
            picture = PictureLabel(*_USES[standing.answer])
            told = label(words.use(standing, story, day), "caption", wrap=True)
            self.add_row(picture, label(uses.name(standing.use)), told)
            means = words.profiling(standing)
            if means:
                self.add_row(QWidget(), label(means, "caption", wrap=True))
        said = _("{n} of {total} answered").format(n=number(row.answered), total=number(words.QUESTIONS))
        self.answered.show_chip(status_chip("good" if row.answered == words.QUESTIONS else "warn", said))
        self._show_marketing(row.marketing)

    def _add_question(self, question: str, given: ConsentAnswer, day: ShopDay) -> None:
        self.add_row(
            PictureLabel(*_ANSWERS[given.answer]),
            label(question),
            label(words.answer(given, day), "caption", wrap=True),
        )

    def _show_marketing(self, marketing: Marketing) -> None:
        self.marketing.setText(
            {
                Marketing.ALLOWED: _("Marketing <b>allowed</b>"),
                Marketing.REFUSED: _("Marketing <b>refused</b>"),
                Marketing.UNKNOWN: _("Marketing <b>not asked yet</b>"),
            }[marketing]
        )
        self.refuse.setText(_("Record a refusal…"))
        self.refuse.setVisible(marketing is not Marketing.REFUSED)


class LedgerSection(Section):
    """The friend's consent ledger, newest first."""

    def __init__(self) -> None:
        super().__init__("ledgerSection")

    def show_story(self, story: FriendStory, day: ShopDay) -> None:
        """Show the ledger."""
        self.title.setText(_("Ledger"))
        self.empty()
        for line in story.ledger:
            what = words.ledger_line(line)
            self.add_row(label(words.day_of(line.at, day), "caption"), CutLabel(what))
        if not story.ledger:
            self.add_row(label(_("Nothing is written down yet"), "second"))
