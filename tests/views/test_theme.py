from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views import theme
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.icons import icon, pixmap
from linecrm_desktop.views.theme import DARK, LIGHT, Tokens

TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *(("text", ground, TEXT) for ground in ("surface", "win", "sel", "alt", "rail", "chrome")),
    *(
        ("text2", ground, TEXT)
        for ground in ("surface", "win", "rail", "sel", "chrome", "accent_soft", "warn_soft", "alt")
    ),
    *(("text3", ground, TEXT) for ground in ("surface", "win", "rail")),
    *(("accent", ground, TEXT) for ground in ("surface", "win", "sel", "accent_soft")),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_hover", TEXT),
    *((tone, f"{tone}_soft", TEXT) for tone in ("info", "warn", "bad", "good")),
    ("warn", "surface", TEXT),
    ("bad", "surface", TEXT),
    *((f"tag_{kind}", f"tag_{kind}_soft", TEXT) for kind in ("src", "int", "stg", "val", "eng", "con")),
    *(("ctl", ground, SHAPE) for ground in ("surface", "win", "sel")),
    *(("focus", ground, SHAPE) for ground in ("surface", "win", "rail")),
    *((f"chart{n}", "surface", SHAPE) for n in (1, 2, 3, 4)),
]


def luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_wcags() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast(LIGHT.text, LIGHT.surface) == pytest.approx(16.06, abs=0.01)
    assert contrast(DARK.text2, DARK.sel) == pytest.approx(5.83, abs=0.01)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "needed"), PAIRS)
def test_every_pair_that_is_used_can_be_read(look: Tokens, ink: str, ground: str, needed: float) -> None:
    assert contrast(getattr(look, ink), getattr(look, ground)) >= needed


def test_lines_green_is_in_no_style_sheet() -> None:
    for look in (LIGHT, DARK):
        assert look.line_green.lower() not in theme.style_sheet(look).lower()


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_token_left_in_it(look: Tokens) -> None:
    sheet = theme.style_sheet(look)
    assert "@" not in sheet
    assert "pt;" in sheet
    assert not any(f"url({name})" in sheet for name in ("caret", "check", "dash", "dot"))


def test_every_token_is_a_colour_in_both_looks() -> None:
    for look in (LIGHT, DARK):
        assert all(QColor(getattr(look, field.name)).isValid() for field in fields(Tokens))


def test_the_palette_selects_with_dark_text_on_a_pale_ground(choices: Choices, qapp: QApplication) -> None:
    choices.choose(theme="dark")
    assert qapp.palette().color(QPalette.ColorRole.Highlight).name().upper() == DARK.sel
    assert qapp.palette().color(QPalette.ColorRole.HighlightedText).name().upper() == DARK.text
    assert theme.tokens() is DARK


def test_text_size_changes_every_role_in_proportion(choices: Choices, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    choices.choose(text_size=130)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.3)
    assert theme.points(20) == pytest.approx(9.75 * 20 / 13 * 1.3)


@pytest.mark.parametrize(
    ("language", "first", "has"), [("zh_TW", "Segoe UI", "Noto Sans CJK TC"), ("ja", "Segoe UI", "Noto Sans CJK JP")]
)
def test_han_characters_have_the_shapes_of_the_language(
    choices: Choices, qapp: QApplication, language: str, first: str, has: str
) -> None:
    choices.choose(language=language)
    families = qapp.font().families()
    assert families[0] == first
    assert has in families
    other = {"Noto Sans CJK TC", "Noto Sans CJK JP"} - {has}
    assert not other & set(families)


def test_thai_comes_first_where_thai_is_spoken(choices: Choices, qapp: QApplication) -> None:
    choices.choose(language="th")
    assert qapp.font().families()[0] == "Leelawadee UI"


def test_a_tag_type_has_its_own_colours_and_not_sorted_yet_has_only_a_border() -> None:
    found = {theme.tag_colours(kind)[0].name() for kind in TagType if kind is not TagType.NONE}
    assert len(found) == 6
    assert theme.tag_colours(TagType.NONE)[1].name().upper() == LIGHT.surface


def test_icons_take_the_colours_of_the_look_in_use(choices: Choices) -> None:
    light = pixmap("tag", "text", 32).toImage()
    choices.choose(theme="dark")
    dark = pixmap("tag", "text", 32).toImage()
    assert not icon("tag").isNull()
    assert light != dark
    assert any(dark.pixelColor(x, y).alpha() for x in range(dark.width()) for y in range(dark.height()))


def test_an_icon_stands_left_in_a_box_that_is_wider_than_high(choices: Choices) -> None:
    drawn = icon("stop", "text").pixmap(40, 20).toImage()
    half = drawn.width() // 2
    assert not any(drawn.pixelColor(x, y).alpha() for x in range(half, drawn.width()) for y in range(drawn.height()))
