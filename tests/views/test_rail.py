"""The rail in other languages than English."""

from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.rail import ITEMS, RailModel


def test_a_letter_of_the_method_has_its_english_word_beside_it_in_every_language(choices: Choices) -> None:
    model = RailModel(ITEMS)
    captions = [row for row, item in enumerate(ITEMS) if item.letter]
    assert [model.index(row).data() for row in captions] == ["Trace", "Attribute", "Group", "Send", "Protect"]
    choices.choose(language="zh_TW")
    assert [model.index(row).data() for row in captions] == [
        *("溯源 Trace", "屬性 Attribute", "分群 Group", "發送 Send", "保護")
    ]
