"""Names of tags and columns that say something about health, religion, politics or debt."""

import pytest

from linecrm_desktop.tags.sensitive import topic, topic_of_column


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Diabetes", "health"),
        ("糖尿病", "health"),
        ("妊娠中", "health"),
        ("โรคเบาหวาน", "health"),
        ("宗教：佛教徒", "religion"),
        ("民進黨支持者", "politics"),
        ("ＤＥＢＴ", "debt"),
        ("卡債", "debt"),
        ("Christian Dior", None),
        ("คริสต์มาส", None),
        ("保養", None),
        ("敏感肌", None),
        ("cancerous-looking", None),
        ("", None),
    ],
)
def test_what_a_name_is_about(text: str, about: str | None) -> None:
    assert topic(text) == about


def test_a_column_is_sensitive_by_its_name_or_a_third_of_its_values() -> None:
    assert topic_of_column("病史", []) == "health"
    assert topic_of_column("notes", ["糖尿病", "tea", "cups"]) == "health"
    assert topic_of_column("notes", ["糖尿病", "tea", "cups", "gifts"]) is None
    assert topic_of_column("notes", []) is None
