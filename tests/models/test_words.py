from linecrm_desktop.jobs import Word
from linecrm_desktop.models.all import METADATA
from linecrm_desktop.models.words import SHOWN_NOWHERE, WORDS, words_of


def test_every_table_belongs_to_one_word_or_is_shown_nowhere() -> None:
    named = [*SHOWN_NOWHERE, *(table for tables in WORDS.values() for table in tables)]
    assert sorted(named) == sorted(METADATA.tables)


def test_what_was_written_becomes_the_words_that_screens_reload() -> None:
    assert words_of({"friend", "friend_tag", "change"}) == {Word.FRIENDS, Word.TAGS}
