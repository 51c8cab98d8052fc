"""Says that a draft was not saved, and offers to go on with it or to throw it away."""

from PySide6.QtCore import Signal

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.writing import writing


class UnsavedBanner(Banner):
    """Hidden while there is no such draft."""

    go_on_asked = Signal()
    throw_away_asked = Signal()

    def __init__(self) -> None:
        super().__init__("info")
        self.setObjectName("unsavedSegment")
        self._name = ""
        self._away = writing(button("", "link", name="throwAwayUnsaved"))
        row = self.layout()
        if row is not None:
            row.addWidget(self._away)
        self.action.clicked.connect(self.go_on_asked)
        self._away.clicked.connect(self.throw_away_asked)
        self.hide()

    def offer(self, name: str) -> None:
        """Offer a draft of this name; an empty one: there is none."""
        self._name = name
        self.setVisible(bool(name))
        self.retranslate()

    def retranslate(self) -> None:
        said = _("“{segment}” was being built and is not saved.").format(segment=self._name)
        self.show_text("info", said, _("Go on with it"))
        self._away.setText(_("Throw it away"))
