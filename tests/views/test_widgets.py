import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTimeEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.basics import Card, button, clear, icon_button, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.waterfall import Waterfall
from linecrm_desktop.views.widgets.chips import Chip, ChipLabel, chip_width, paint_chip, status_chip, tag_chip
from linecrm_desktop.views.widgets.choice_card import ChoiceCard
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner, EmptyState, SearchField, Segmented, StepBar
from linecrm_desktop.views.widgets.tiles import KpiTile
from linecrm_desktop.views.widgets.token_field import TokenField


def test_a_label_has_the_size_of_its_role(qtbot: QtBot) -> None:
    title, caption = label("A", "title"), label("A", "caption")
    for shown in (title, caption):
        qtbot.addWidget(shown)
        shown.ensurePolished()
    assert title.font().pointSizeF() == pytest.approx(theme.points(20), abs=0.01)
    assert caption.font().pointSizeF() == pytest.approx(theme.points(12), abs=0.01)


def test_buttons_and_fields_are_32_pixels_high(qtbot: QtBot) -> None:
    number = NumberField(1, 9)
    number.setProperty("small", False)
    for shown in (button("Save"), button("Save", "primary"), QLineEdit(), number, QTimeEdit()):
        qtbot.addWidget(shown)
        shown.ensurePolished()
        assert shown.sizeHint().height() == 32


def test_an_icon_button_has_a_name_for_those_who_do_not_see_it(qtbot: QtBot) -> None:
    shown = icon_button("x", "Close the panel")
    qtbot.addWidget(shown)
    assert shown.accessibleName() == shown.toolTip() == "Close the panel"


def test_left_and_right_move_in_a_segmented_control_and_the_ends_hold(qtbot: QtBot) -> None:
    shown, heard = Segmented(["All", "No decision", "Unused"]), list[int]()
    qtbot.addWidget(shown)
    shown.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(shown, key)
    assert heard == [1, 2, 1]
    assert shown.current() == 1


def test_a_segmented_control_keeps_its_choice_when_only_the_words_change(qtbot: QtBot) -> None:
    shown = Segmented(["All", "None"])
    qtbot.addWidget(shown)
    shown.choose(1)
    shown.show_options(["全部", "沒有"])
    assert shown.current() == 1
    assert [part.text() for part in shown.findChildren(QToolButton)] == ["全部", "沒有"]


def test_escape_empties_a_search_first(qtbot: QtBot) -> None:
    shown = SearchField("Find a tag")
    qtbot.addWidget(shown)
    shown.setText("serum")
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.text() == ""
    assert shown.accessibleName() == "Find a tag"


def test_only_steps_that_are_done_can_be_pressed(qtbot: QtBot) -> None:
    shown, heard = StepBar(["File", "Columns", "Check"]), list[int]()
    qtbot.addWidget(shown)
    shown.pressed.connect(heard.append)
    shown.show_step(1)
    for name in ("step1", "step3"):
        part = shown.findChild(QPushButton, name)
        assert part is not None
        part.click()
    assert heard == [0]


def test_a_banner_has_its_action_only_when_there_is_one(qtbot: QtBot) -> None:
    shown = Banner("warn", "The quota is nearly used up.")
    qtbot.addWidget(shown)
    assert shown.action.isHidden()
    shown.show_text("bad", "LINE cannot be reached.", "Try again")
    assert not shown.action.isHidden()
    assert shown.property("tone") == "bad"


def test_an_empty_list_says_one_sentence_and_offers_a_way(qtbot: QtBot) -> None:
    shown = EmptyState("users", "No friends yet.", "Import…")
    qtbot.addWidget(shown)
    assert shown.sentence.text() == "No friends yet."
    assert not shown.action.isHidden()
    assert shown.second.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_number_opens_with_a_key(key: Qt.Key, qtbot: QtBot) -> None:
    shown = KpiTile("Reachable friends", "4,057")
    qtbot.addWidget(shown)
    with qtbot.waitSignal(shown.opened):
        QTest.keyClick(shown, key)
    assert shown.accessibleName() == "Reachable friends: 4,057"


def test_a_tags_chip_has_the_icon_and_colour_of_its_type_and_a_status_its_word() -> None:
    assert tag_chip("VIP", TagType.VALUE) == Chip("VIP", "coin", "tag_val", "tag_val_soft")
    assert tag_chip("FB", TagType.NONE).ground == ""
    assert status_chip("good", "Healthy") == Chip("Healthy", "check-circle", "good", "good_soft")


def test_a_chip_never_paints_wider_than_it_may(qtbot: QtBot) -> None:
    image = QImage(200, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setFont(theme.font(12))
    chip = tag_chip("A very long name of a tag that cannot fit", TagType.INTEREST)
    assert chip_width(chip, painter.fontMetrics()) > 90
    used = paint_chip(painter, QPointF(0, 20), chip, 90)
    painter.end()
    assert used == 90
    assert not any(image.pixelColor(x, y).alpha() for x in range(91, 200) for y in range(40))


def test_a_chip_grows_with_the_text_size(qtbot: QtBot) -> None:
    shown = ChipLabel(tag_chip("VIP", TagType.VALUE))
    qtbot.addWidget(shown)
    assert shown.accessibleName() == "VIP"
    assert shown.sizeHint().height() == 22


def test_a_chart_can_be_read_without_seeing_it(qtbot: QtBot) -> None:
    shown = Waterfall([Bar("Match", 612, "612"), Bar("Blocked", 71, "−71", "bad"), Bar("Reachable", 541, "541")])
    qtbot.addWidget(shown)
    shown.show()
    assert shown.accessibleDescription() == "Match: 612; Blocked: −71; Reachable: 541"


def test_the_head_of_a_page_shows_a_way_back_only_inside_something(qtbot: QtBot) -> None:
    shown = PageHead("Imports")
    qtbot.addWidget(shown)
    assert shown.crumb.isHidden()
    shown.show_title("New import", "customers.csv", "Imports")
    assert shown.crumb.text() == "Imports"
    with qtbot.waitSignal(shown.went_back):
        shown.crumb.click()


def test_a_card_that_is_chosen_is_drawn_so(qtbot: QtBot) -> None:
    shown = Card()
    qtbot.addWidget(shown)
    shown.choose(True)
    assert shown.property("card") == "chosen"
    shown.choose(False)
    assert shown.property("card") == "true"


def test_clearing_a_layout_takes_everything_out_of_it_at_once(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    column, inner = QVBoxLayout(shown), QVBoxLayout()
    column.addWidget(label("a"))
    column.addLayout(inner)
    inner.addWidget(label("b"))
    clear(column)
    assert column.count() == 0


def test_of_several_cards_one_is_chosen_and_enter_opens_it(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    cards = [ChoiceCard("link", f"card{n}") for n in range(2)]
    for card in cards:
        card.show_text("Title", "says", "note")
        column.addWidget(card)
    cards[0].setChecked(True)
    with qtbot.waitActive(whole):
        whole.show()
        whole.activateWindow()
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert [card.isChecked() for card in cards] == [False, True]
    with qtbot.waitSignal(cards[1].opened):
        QTest.keyClick(cards[1], Qt.Key.Key_Return)


def test_a_token_is_never_shown_and_leaves_no_trace(qtbot: QtBot) -> None:
    shown = TokenField()
    qtbot.addWidget(shown)
    shown.setText("abc def\n ghi")
    assert shown.token() == "abcdefghi"
    assert shown.displayText() == "•" * len(shown.text())
    shown.wipe()
    assert shown.text() == ""


def test_a_number_field_shows_its_number_beside_its_edge(qtbot: QtBot) -> None:
    shown = NumberField(0, 30, "cap")
    qtbot.addWidget(shown)
    shown.setValue(99)
    assert shown.value() == 30
    assert shown.lineEdit().textMargins().left() > 0
