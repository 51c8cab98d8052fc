"""The variants of a message side by side, and how the friends who can be reached are divided among them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.messages.draft import LETTERS, VARIANT_SMALL, VARIANTS_MAX
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import icon_button, label, restyle
from linecrm_desktop.views.widgets.parts import Segmented


class VariantBar(QWidget):
    """Chooses which variant is written now."""

    chosen = Signal()
    added = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 1
        self._reach: Reach | None = None
        self._keep_back = 0
        self.tabs = Segmented(["A"])
        self.tabs.setObjectName("variants")
        self.add = icon_button("plus", "", "addVariant")
        self.remove = icon_button("trash", "", "removeVariant")
        self._split = label("", "caption")
        self._split.setObjectName("split")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 0)
        row.setSpacing(6)
        for part in (self.tabs, self.add, self.remove):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self._split)
        self.tabs.chosen.connect(lambda _place: self.chosen.emit())
        self.add.clicked.connect(self.added)
        self.remove.clicked.connect(self.removed)
        self.retranslate()

    @property
    def current(self) -> int:
        """The variant that is written now, from 0."""
        return max(0, self.tabs.current())

    def begin(self) -> None:
        """Start with another message."""
        self.show_variants(1)

    def show_variants(self, count: int) -> None:
        """Show so many; the chosen one stays chosen while it is there."""
        current, self._count = min(self.current, count - 1), count
        self.retranslate()
        self.tabs.choose(current)

    def choose(self, variant: int) -> None:
        """Choose without telling anybody."""
        self.tabs.choose(variant)

    def show_split(self, reach: Reach | None, keep_back: int) -> None:
        """Say how many friends each variant goes to; small groups are marked."""
        self._reach, self._keep_back = reach, keep_back
        if reach is None:
            self._split.setText("")
            return
        kept = reach.reachable * keep_back // 100
        each = _each(reach.reachable - kept, self._count)
        named = zip(LETTERS if self._count > 1 else [""], each, strict=False)
        parts = [f"{letter} {number(n)}".strip() for letter, n in named]
        self._split.setText(" · ".join([*parts, _("kept back {n}").format(n=number(kept))]))
        is_small = self._count > 1 and min(each) < VARIANT_SMALL
        small = _("Under {n} friends each, which one did better can hardly be told.").format(n=number(VARIANT_SMALL))
        self._split.setToolTip(small if is_small else "")
        restyle(self._split, "role", "warning" if is_small else "caption")

    def retranslate(self) -> None:
        names = [_("Message")] if self._count == 1 else [_("Variant {letter}").format(letter=one) for one in LETTERS]
        self.tabs.show_options(names[: self._count])
        for shown, name in (
            (self.add, _("Try another variant")),
            (self.remove, _("Delete this variant")),
        ):
            shown.setAccessibleName(name)
            shown.setToolTip(name)
        self.add.setEnabled(self._count < VARIANTS_MAX)
        self.remove.setVisible(self._count > 1)
        self.show_split(self._reach, self._keep_back)


def _each(people: int, variants: int) -> list[int]:
    """Divide people among variants as equally as it goes, the first ones getting one more."""
    return [people // variants + (place < people % variants) for place in range(variants)]
