"""Is a segment large enough to send, to split, to learn from, and to share? Sizes come from settings.limits."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from linecrm_desktop.audiences.share import Share
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import clear, label
from linecrm_desktop.views.widgets.parts import PictureLabel

_ICONS = {"good": "check-circle", "info": "info", "warn": "warning", "bad": "x-circle"}


@dataclass(frozen=True, slots=True)
class SizeCheck:
    """One line: its key, how it stands (good, info, warn, bad), and what it says."""

    key: str
    tone: str
    sentence: str


def size_checks(reach: int, share: Share, limits: Limits) -> list[SizeCheck]:
    """Check so many friends who can be reached against what each use needs."""
    kept_back = reach * Brief().keep_back // 100
    half = (reach - kept_back) // 2
    send = _("To send: {n}, needs {needed}").format(n=number(reach), needed=number(limits.send))
    split = _("To split in A and B: {n} each, needs {needed}").format(n=number(half), needed=number(limits.split))
    opens = _("To see opens per variant: LINE needs {needed} openers").format(needed=number(limits.shown_by_line))
    found = [
        SizeCheck("send", "good" if reach >= limits.send else "warn", send),
        SizeCheck("split", "good" if half >= limits.split else "warn", split),
        SizeCheck("opens", "info" if half >= limits.shown_by_line else "warn", opens),
        _share_check(share, limits),
    ]
    if limits.send <= reach < limits.very_small:
        words = _("Very small. Start wider, and add one condition at a time.")
        found.append(SizeCheck("verySmall", "warn", words))
    return found


def _share_check(share: Share, limits: Limits) -> SizeCheck:
    """Say the first thing that keeps a segment from being shared, or who would be left out."""
    tone, words = "good", _("To share as an audience: {n}, needs {needed}")
    if share.asks_for:
        tone, words = "bad", _("To share as an audience: not allowed, it asks for the sensitive tag “{tag}”")
    elif share.shared < limits.share:
        tone = "warn"
    elif share.rare:
        tone, words = "warn", _("To share as an audience: too narrow, “{tag}” has fewer than {fewest} friends")
    elif share.uninformed:
        tone, words = "warn", _("To share as an audience: allowed, {out} not informed")
    said = words.format(
        n=number(share.shared),
        needed=number(limits.share),
        tag=share.asks_for or share.rare,
        fewest=number(limits.share_tag),
        out=number(share.uninformed),
    )
    return SizeCheck("share", tone, said)


class SizePart(QWidget):
    """The checks below each other, each with its mark."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_checks(self, checks: list[SizeCheck]) -> None:
        """Show these checks."""
        clear(self._grid)
        for row, check in enumerate(checks):
            words = label(check.sentence, wrap=True)
            words.setObjectName(f"size_{check.key}")
            self._grid.addWidget(PictureLabel(_ICONS[check.tone], check.tone), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
