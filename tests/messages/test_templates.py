from datetime import date

import pytest

from linecrm_desktop.messages.templates import CORES, templates
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.text import LANGUAGES


def test_there_are_steps_for_each_core_segment() -> None:
    assert tuple(core.key for core in CORE) == CORES
    found = templates("en")
    for core in CORES:
        days = [one.days for one in found if one.core == core]
        assert len(days) >= 2 and days == sorted(days)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_lacks_nothing_but_its_segment(language: str) -> None:
    for one in templates(language):
        assert one.draft.problems({"name": "林雅婷", "last_product": "x" * 80}, date(2026, 11, 28)) == []
        assert one.draft.brief.missing() == [1], (one.key, language)


def test_every_language_has_its_own_words() -> None:
    names = [tuple(one.draft.name for one in templates(language)) for language in LANGUAGES]
    assert len(set(names)) == len(LANGUAGES)
    assert templates("xx") == templates("en")


def test_the_first_message_to_new_friends_says_how_to_stop() -> None:
    for language in LANGUAGES:
        assert type(templates(language)[0].draft.bubbles[-1]).__name__ == "OptOutBubble"
