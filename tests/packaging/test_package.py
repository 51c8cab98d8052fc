"""What installers are told: one version in one place, icons that are whole, a double click that arrives."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from linecrm_desktop import __version__
from linecrm_desktop.store.opening import ENDING
from scripts import icons, package

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"


def test_every_place_takes_the_version_from_the_program() -> None:
    assert package.version() == __version__
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    elsewhere = [ROOT / "build.spec", *(ROOT / "packaging").rglob("tagwell.*"), *LINUX.iterdir()]
    assert [place.name for place in elsewhere if __version__ in place.read_text(encoding="utf-8")] == []


def test_the_changelog_names_the_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_shop_file_is_known_to_the_desktop() -> None:
    kind = ElementTree.parse(LINUX / "tagwell.xml").getroot()[0]
    globs = [one.attrib["pattern"] for one in kind if one.tag.endswith("glob")]
    assert globs == [f"*{ENDING}"]
    assert f"MimeType={kind.attrib['type']};" in (LINUX / "tagwell.desktop").read_text(encoding="utf-8")


def test_containers_of_icons_hold_their_pictures_where_they_say() -> None:
    pictures = {16: b"sixteen", 256: b"large"}
    made = icons.ico(pictures)
    at = int.from_bytes(made[6 + 12 : 6 + 16], "little")
    assert made[at:] == b"sixteenlarge"
    apple = icons.icns({"ic07": b"picture"})
    assert int.from_bytes(apple[4:8], "big") == len(apple)
    assert apple[8:12] == b"ic07"


def test_a_double_click_on_a_mac_asks_for_the_file() -> None:
    ask = (
        "from PySide6.QtGui import QFileOpenEvent; from linecrm_desktop.views.application import Application;"
        "app = Application([]); app.file_asked.connect(lambda path: print(path.name));"
        "app.sendEvent(app, QFileOpenEvent('/shops/mist.tagwell'))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "mist.tagwell"
