"""The friend's paths in the detail panel: what became of each step, and why one was skipped."""

from PySide6.QtCore import Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import words
from linecrm_desktop.journeys.story import Story, Told
from linecrm_desktop.models.journey import TurnState
from linecrm_desktop.text import _
from linecrm_desktop.views.friends.detail_parts import Section
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import PictureLabel

_PICTURES = {
    TurnState.SENT: ("chat-text", "info"),
    TurnState.APPROVED: ("hourglass", "text2"),
    TurnState.KEPT_BACK: ("hand-palm", "text2"),
    TurnState.SKIPPED: ("skip-forward", "warn"),
}
_COMING = ("clock", "text3")


class PathsSection(Section):
    """Each path that the friend entered; not there where they entered none."""

    def __init__(self) -> None:
        super().__init__("pathsSection")

    def show_stories(self, stories: dict[str, Story], day: ShopDay) -> None:
        """Show the paths, the newest first."""
        self.title.setText(_("Paths"))
        self.empty()
        for name, story in stories.items():
            self._add(PictureLabel("path", "text2"), name, _entered(story, day), strong=True)
            for told in story.steps:
                self._add_step(told, day)
            if story.left is not None:
                self._add(PictureLabel("sign-out", "text2"), _("Left the path: {why}").format(why=story.ended()), "")
        self.setVisible(bool(stories))

    def _add_step(self, told: Told, day: ShopDay) -> None:
        picture = _PICTURES[TurnState(told.state)] if told.state in tuple(TurnState) else _COMING
        self._add(PictureLabel(*picture), told.message, told.sentence or _("later"))

    def _add(self, picture: PictureLabel, first: str, second: str, *, strong: bool = False) -> None:
        said = label(first, "strong" if strong else "body", wrap=True)
        more = label(second, "caption", wrap=True)
        for part in (said, more):
            part.setTextFormat(Qt.TextFormat.PlainText)
        row = self.grid.rowCount()
        self.grid.addWidget(picture, row, 0)
        self.grid.addWidget(said, row, 1)
        if second:
            self.grid.addWidget(more, row + 1, 1)
        self.grid.setColumnStretch(1, 1)


def _entered(story: Story, day: ShopDay) -> str:
    entered = _("entered {day}").format(day=words.day_of(story.entered_at, day))
    return (
        _("{entered} · kept back on the whole path, to compare").format(entered=entered) if story.is_held else entered
    )
