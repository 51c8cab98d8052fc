"""Of how many new friends of each month the source is known: a sentence, a chart, and the numbers as tables."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableWidget, QVBoxLayout, QWidget

from linecrm_desktop.sources.coverage import Coverage, Month, SourceShare
from linecrm_desktop.text import _, month, ngettext, number, percent
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.charts.bars import Bar, HBars
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_NAMED = 4
"""So many sources have a column of their own; the others share one."""
_LISTED = 12
_NONE = "—"


class CoveragePage(ScrollArea):
    """Shows a coverage."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sourceCoverage")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._found: Coverage | None = None
        self._build_parts()
        self._build_page()

    def show_coverage(self, found: Coverage) -> None:
        """Show these numbers."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        self._chart_head.setText(_("Source known, by month of joining"))
        self._sources_head.setText(_("Where they came from"))
        self._months_head.setText(_("Month by month"))
        self.chart.setAccessibleName(_("Source known, by month of joining"))
        self.sources.setAccessibleName(_("Where they came from"))
        self.months.setAccessibleName(_("Month by month"))
        if self._found is not None:
            self._show(self._found)

    def _build_parts(self) -> None:
        self.said = label("", "strong", wrap=True)
        self.said.setObjectName("coverageSaid")
        self.note = label("", "second", wrap=True)
        self._chart_head, self._sources_head, self._months_head = (label("", "section") for _part in range(3))
        self.chart = HBars(whole=1.0)
        self.sources, self.months = text_table("coverageSources"), text_table("coverageMonths")

    def _build_page(self) -> None:
        chart, sources, months = Card(), Card(), Card()
        for card, parts in (
            (chart, (self._chart_head, self.chart)),
            (sources, (self._sources_head, self.sources)),
            (months, (self._months_head, self.months)),
        ):
            for part in parts:
                card.body.addWidget(part)
            card.body.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(chart, 1)
        top.addWidget(sources, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(self.note)
        column.addLayout(top)
        column.addWidget(months)
        column.addStretch(1)
        self.setWidget(inside)

    def _show(self, found: Coverage) -> None:
        self.said.setText(_said(found))
        self.note.setText(_note(found))
        self.chart.show_bars(
            [Bar(month(one.first), one.share or 0.0, _share(one)) for one in found.months], _("Where friends come from")
        )
        self._show_sources(found)
        self._show_months(found)

    def _show_sources(self, found: Coverage) -> None:
        listed = found.sources[:_LISTED]
        rows = [(one.name, _origin(one), number(one.friends), _of(one.friends, found.joined)) for one in listed]
        more = found.known - sum(one.friends for one in listed)
        if more:
            rows.append((_("Other sources"), "", number(more), _of(more, found.joined)))
        unknown = found.joined - found.known
        rows.append((_("Not known"), "", number(unknown), _of(unknown, found.joined)))
        names = (_("Source"), _("Known from"), _("Friends"), _("Share"))
        show_texts(self.sources, names, rows, numbers=2)
        _fit(self.sources)

    def _show_months(self, found: Coverage) -> None:
        named = [one.name for one in found.sources[:_NAMED]]
        has_more = len(found.sources) > len(named)
        names = [_("Month"), _("Joined"), _("Source known"), _("Share"), *named, *([_("Other sources")] * has_more)]
        rows = [_month_row(one, named, has_more=has_more) for one in reversed(found.months)]
        show_texts(self.months, names, rows, numbers=len(names) - 1)
        _fit(self.months)


def _fit(table: QTableWidget) -> None:
    """Show a short table whole, its first column as wide as there is room."""
    table.resizeColumnsToContents()
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows + 4)


def _month_row(one: Month, named: Sequence[str], *, has_more: bool) -> list[str]:
    held = {source.name: source.friends for source in one.sources}
    told = [held.get(name, 0) for name in named]
    more = [one.known - sum(told)] if has_more else []
    share = _NONE if one.share is None else percent(one.share, 0)
    return [month(one.first), number(one.joined), number(one.known), share, *map(number, (*told, *more))]


def _said(found: Coverage) -> str:
    if not found.joined:
        return _("Nobody joined in the last 12 months, as far as is known.")
    sentence = ngettext(
        "Of {n} friend who joined in the last 12 months, the source of {known} is known ({share}).",
        "Of {n} friends who joined in the last 12 months, the source of {known} is known ({share}).",
        found.joined,
    )
    share = percent(found.known / found.joined, 0)
    return sentence.format(n=number(found.joined), known=number(found.known), share=share)


def _note(found: Coverage) -> str:
    once = _(
        "A friend counts once: for the source tag that came first, else for what was written when their data came in."
    )
    if not found.undated:
        return once
    away = ngettext(
        "{n} friend without a day of joining is in no month.",
        "{n} friends without a day of joining are in no month.",
        found.undated,
    )
    return f"{once} {away.format(n=number(found.undated))}"


def _origin(source: SourceShare) -> str:
    return _("Source tag") if source.is_tag else _("Import")


def _share(one: Month) -> str:
    if one.share is None:
        return _("nobody joined")
    return _("{known} of {n} · {share}").format(
        known=number(one.known), n=number(one.joined), share=percent(one.share, 0)
    )


def _of(part: int, whole: int) -> str:
    return percent(part / whole, 0) if whole else _NONE
