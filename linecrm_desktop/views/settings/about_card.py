"""What Tagwell is and whose it is not."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from linecrm_desktop import APP_NAME
from linecrm_desktop.text import _
from linecrm_desktop.views.about import AboutDialog, independence, mark, version_line
from linecrm_desktop.views.widgets.basics import Card, button, label


class AboutCard(Card):
    """Mark, version, the sentence, and the way to the licences."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.version, self.words = label(role="section"), label(role="caption"), label(wrap=True)
        self.licences = button("", name="licences")
        self.licences.setProperty("small", True)
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(APP_NAME, "strong"))
        words.addWidget(self.version)
        head.setSpacing(12)
        head.addWidget(mark(40))
        head.addLayout(words, 1)
        head.addWidget(self.licences)
        self.body.addWidget(self.heading)
        self.body.addLayout(head)
        self.body.addWidget(self.words)
        self.licences.clicked.connect(lambda: AboutDialog(self.window()).open())

    def retranslate(self) -> None:
        self.heading.setText(_("About"))
        self.version.setText(version_line())
        self.words.setText(independence())
        self.licences.setText(_("Licences…"))
