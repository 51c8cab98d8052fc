"""The variants of a message side by side, and whether one did better or chance can have made the difference."""

from linecrm_desktop.results.lift import between_sentence
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import _
from linecrm_desktop.views.results import charts
from linecrm_desktop.views.results.wording import share_of
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.tables import show_texts, text_table


class VariantsCard(Card):
    """Shown only for a message that had variants."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "section")
        self.shares, self.differences = Chart(), Chart()
        self.table = text_table("variants")
        self.sentence = label("", "strong", wrap=True)
        self.sentence.setObjectName("variantVerdict")
        for part in (self._title, self.shares, self.differences, self.sentence, self.table):
            self.body.addWidget(part)

    def show_outcome(self, found: Outcome) -> None:
        """Show one send's variants, or hide."""
        self.setVisible(bool(found.variants))
        if not found.variants:
            return
        self._title.setText(_("Variants beside each other"))
        self.shares.show_drawing(charts.variants(found), self._title.text())
        self.differences.show_drawing(charts.differences(found), _("Difference"))
        self.sentence.setText("\n".join(verdicts(found)))
        names, rows = variant_rows(found)
        show_texts(self.table, names, rows, numbers=5)
        rows_high = self.table.verticalHeader().defaultSectionSize() * len(rows)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows_high + 4)


def verdicts(found: Outcome) -> list[str]:
    """Say of each pair which did better."""
    return [between_sentence(difference, one, other) for one, other, difference in found.differences]


def variant_rows(found: Outcome) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and a row for each variant."""
    names = [_("Variant"), _("Accepted"), _("Opened"), _("Clicked"), _("Did it"), _("Orders")]
    rows = [
        [
            one.letter,
            str(one.group.friends),
            share_of(one.line.seen, one.group.friends),
            share_of(one.line.pressed, one.group.friends),
            str(one.group.did),
            str(one.group.orders),
        ]
        for one in found.variants
    ]
    return names, rows
