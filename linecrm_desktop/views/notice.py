"""A notice of the operating system, for what a person must know while the window is out of sight."""

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

_SHOWN_MS = 15_000


def notify(window: QWidget, title: str, text: str) -> None:
    """Ask for attention: the window's entry in the taskbar, and a notice where the system shows them."""
    QApplication.alert(window)
    if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
        return
    icon = window.findChild(QSystemTrayIcon) or QSystemTrayIcon(QApplication.windowIcon(), window)
    icon.messageClicked.connect(window.activateWindow)
    icon.show()
    icon.showMessage(title, text, QApplication.windowIcon(), _SHOWN_MS)
