"""Sizes and limits: how many friends are enough for what, and from when on the tag audit finds something."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel

from linecrm_desktop.settings import limits
from linecrm_desktop.text import N_, _, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.settings.keeping import keep
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.writing import writing_inside

_NAMES = {
    "very_small": N_("A segment is very small under"),
    "split": N_("Each version of an A/B test needs"),
    "share": N_("A shared audience needs"),
    "share_tag": N_("Each tag of a shared audience needs"),
    "small": N_("Tag audit: a tag is too small under"),
    "grace_days": N_("Tag audit: a new tag is left alone for"),
    "unused_days": N_("Tag audit: a tag is not used after"),
    "unsent_days": N_("Tag audit: nothing was sent for"),
}
_DAYS = frozenset({"grace_days", "unused_days", "unsent_days"})


class SizeCard(Card):
    """A number a row; each counts from the next look on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._kept: dict[str, int] = {}
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.names: dict[str, QLabel] = {}
        self.units: dict[str, QLabel] = {}
        self.fields: dict[str, NumberField] = {}
        self.start = button("", "link", name="sizesReset")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (name, allowed) in enumerate(limits.CHANGEABLE.items()):
            self.names[name], self.units[name] = label(role="second"), label(role="second")
            self.fields[name] = NumberField(allowed.start, allowed.stop - 1, f"size_{name}")
            self.fields[name].setMinimumWidth(80)
            for column, part in enumerate((self.names[name], self.fields[name], self.units[name])):
                grid.addWidget(part, row, column)
            self.fields[name].editingFinished.connect(partial(self._keep, name))
        grid.addWidget(self.start, len(self.fields), 1, 1, 2)
        grid.setColumnStretch(2, 1)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.note)
        self.body.addLayout(grid)
        self.start.clicked.connect(self._reset)

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the numbers in use."""
        self._kept = dict(facts.sizes)
        for name, value in facts.sizes.items():
            self.fields[name].setValue(value)
        self.start.setVisible(self._kept != limits.start_values())

    def retranslate(self) -> None:
        self.heading.setText(_("Sizes and limits"))
        self.note.setText(
            _(
                "Ours, not LINE’s. LINE shows no opens and clicks of fewer than {n} people, and that cannot be changed."
            ).format(n=number(limits.SHOWN_BY_LINE))
        )
        self.start.setText(_("Use the numbers of the start"))
        for name, field in self.fields.items():
            self.names[name].setText(_(_NAMES[name]))
            self.units[name].setText(_("days") if name in _DAYS else _("friends"))
            field.setAccessibleName(_(_NAMES[name]))

    def _keep(self, name: str) -> None:
        wanted = self.fields[name].value()
        if self._kept.get(name, wanted) == wanted:
            return
        self._kept[name] = wanted
        keep(
            self._desk,
            _("sizes and limits"),
            lambda session: limits.set_limit(session, name, wanted),
            lambda session, before: limits.set_limit(session, name, before),
            _("Changed: {what} {n}.").format(what=_(_NAMES[name]), n=number(wanted)),
        )

    def _reset(self) -> None:
        keep(self._desk, _("sizes and limits"), limits.forget, limits.put_back, _("The numbers of the start count."))
