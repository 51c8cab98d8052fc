"""What a dry run found, in words: tags, segments before and after, sends that somebody has to look at again."""

from collections.abc import Callable, Sequence, Set

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.tagging.planning import Plan, TagSize, plan
from linecrm_desktop.tagging.references import Reference, Where
from linecrm_desktop.tagging.words import WHERE
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_WAIT_MS = 250
Work = tuple[Set[int], Callable[[Session], object]]
"""The tags that a piece of work touches, and the work."""
_ROWS = 6
"""So many segments are in sight at once; the others are scrolled to."""
_ROW, _NUMBER = 30, 76
_LINES = 8
"""So many lines of other things are said at most; how many more there are is said too."""


class PlannedBox(QWidget):
    """Shows a plan, that it is counted just now, or why it cannot be done."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label(_("What will happen"), "section")
        self._trouble = Banner("bad")
        self._trouble.setObjectName("plannedTrouble")
        self._again = Banner("warn")
        self._again.setObjectName("plannedAgain")
        self._tags, self._others = label("", wrap=True), label("", "second", wrap=True)
        self._tags.setObjectName("plannedTags")
        self._others.setObjectName("plannedOthers")
        self._figures = label("", wrap=True)
        self._figures.setObjectName("plannedFigures")
        self._segments = text_table("plannedSegments")
        self._segments.setAccessibleName(_("Segments before and after"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for part in (self._title, self._trouble, self._tags, self._segments, self._figures, self._others, self._again):
            column.addWidget(part)
        self.show_hint("")

    def show_hint(self, text: str) -> None:
        """Say what is missing, or that it is counted just now."""
        self._show(text, "", "", "")
        self._segments.hide()

    def show_trouble(self, error: Exception) -> bool:
        """Say why it cannot be done; return False for errors that are not a person's to know."""
        if not isinstance(error, TagwellError):
            return False
        self._show("", "", error.sentence(), "")
        self._segments.hide()
        return True

    def show_plan(self, plan: Plan) -> None:
        """Say what will happen."""
        tags = [size_in_words(size) for size in plan.tags]
        others = [reference_in_words(one) for one in plan.references if one.kind is not Where.SEGMENT]
        if not plan.segments:
            others.insert(0, _("No segment asks for it."))
        names = _(", ").join(_("“{text}”").format(text=one.name) for one in plan.asks_again)
        again = _("These sends wait until you have looked at them again: {sends}.").format(sends=names) if names else ""
        self._show(shortened(tags, _LINES), shortened(others, _LINES), "", again)
        rows = [(one.name, _count(one.before), _count(one.after)) for one in plan.segments]
        show_texts(self._segments, (_("Segment"), _("Before"), _("After")), rows, numbers=2)
        self._segments.horizontalHeader().setSectionResizeMode(0, self._segments.horizontalHeader().ResizeMode.Stretch)
        for column in (1, 2):
            self._segments.setColumnWidth(column, _NUMBER)
        row = max(_ROW, self._segments.verticalHeader().defaultSectionSize())
        head = self._segments.horizontalHeader().sizeHint().height()
        self._segments.setFixedHeight(head + row * min(_ROWS, len(rows)) + 2)
        self._segments.setVisible(bool(rows))
        told = [_("{name}: {number}").format(name=name, number=value) for name, value in figures(plan)]
        self._figures.setText(" · ".join(told))
        self._figures.setVisible(bool(rows))

    def _show(self, tags: str, others: str, trouble: str, again: str) -> None:
        for part, text in ((self._tags, tags), (self._others, others), (self._figures, "")):
            part.setText(text)
            part.setVisible(bool(text))
        for banner, tone, text in ((self._trouble, "bad", trouble), (self._again, "warn", again)):
            banner.show_text(tone, text)
            banner.setVisible(bool(text))


class Foreseen(PlannedBox):
    """Counts by a dry run what a piece of work on tags would do, a moment after it was last changed."""

    changed = Signal()
    """It is counted, or is not any more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: Work | None = None
        self.is_counted = False
        self.wait = QTimer(self)
        self.wait.setSingleShot(True)
        self.wait.setInterval(_WAIT_MS)
        self.wait.timeout.connect(self._count)

    def count(self, wanted: Work | None, missing: str) -> None:
        """Count this work soon; None: say what is missing."""
        self._wanted = wanted
        self.show_hint(_("Counting…") if wanted else missing)
        if wanted:
            self.wait.start()
        else:
            self.wait.stop()
        self._say_counted(False)

    def refuse(self, error: Exception) -> None:
        """Say why it cannot be done."""
        if not self.show_trouble(error):
            self._desk.dialogs.show_error(error)
        self._say_counted(False)

    def _count(self) -> None:
        if self._wanted is not None:
            (tags, act), day = self._wanted, self._desk.day()
            self._desk.jobs.rehearse(
                lambda session: plan(session, tags, act, day), self._show_counted, self.refuse, key="tags.plan"
            )

    def _show_counted(self, found: Plan) -> None:
        if not self.wait.isActive() and self._wanted is not None:
            self.show_plan(found)
            self._say_counted(True)

    def _say_counted(self, counted: bool) -> None:
        self.is_counted = counted
        self.changed.emit()


def shortened(lines: Sequence[str], most: int) -> str:
    """Return lines one under the other, the last one of too many saying how many more there are."""
    more = len(lines) - most
    if more <= 0:
        return "\n".join(lines)
    rest = ngettext("and {n} more", "and {n} more", more + 1).format(n=number(more + 1))
    return "\n".join((*lines[: most - 1], rest))


def figures(plan: Plan | None) -> list[tuple[str, str]]:
    """Return what becomes of segments and messages in two numbers, each with its name; None: not counted."""
    changed = "—" if plan is None else number(len(plan.changed))
    if plan is not None and plan.changed and not plan.moved:
        changed = _("{n}, same friends").format(n=changed)
    losing = "—" if plan is None else number(plan.losing)
    return [(_("Segments changed"), changed), (_("Friends who lose a message"), losing)]


def size_in_words(size: TagSize) -> str:
    """Say how many friends a tag has before and after."""
    if size.after is None:
        count = size.before or 0
        sentence = ngettext(
            "“{tag}” is retired; {n} friend has it now.", "“{tag}” is retired; {n} friends have it now.", count
        )
        return sentence.format(tag=size.name, n=number(count))
    if size.was and size.before == size.after:
        return _("“{was}” will be called “{tag}”.").format(was=size.was, tag=size.name)
    if size.was:
        sentence = ngettext(
            "“{was}” will be called “{tag}”, with {n} friend; {before} now.",
            "“{was}” will be called “{tag}”, with {n} friends; {before} now.",
            size.after,
        )
        return sentence.format(was=size.was, tag=size.name, n=number(size.after), before=number(size.before or 0))
    if size.before is None:
        sentence = ngettext("“{tag}” is new, with {n} friend.", "“{tag}” is new, with {n} friends.", size.after)
        return sentence.format(tag=size.name, n=number(size.after))
    sentence = ngettext(
        "“{tag}” will have {n} friend; {before} now.", "“{tag}” will have {n} friends; {before} now.", size.after
    )
    return sentence.format(tag=size.name, n=number(size.after), before=number(size.before))


def reference_in_words(reference: Reference) -> str:
    """Name one thing that asks for a tag."""
    return _("{kind}: “{name}”").format(kind=_(WHERE[reference.kind]), name=reference.name)


def _count(friends: int | None) -> str:
    return "—" if friends is None else number(friends)
