from hypothesis import given
from hypothesis import strategies as st

from linecrm_desktop.messages.blocks import TextBubble, to_line
from linecrm_desktop.messages.variables import Variable, fill, parts, used, without_fallback, write


def test_a_name_stands_where_the_variable_stood() -> None:
    assert fill("Hi {name|there}, hello", {"name": "林雅婷 Tina"}) == "Hi 林雅婷 Tina, hello"


def test_a_friend_without_a_name_gets_the_fallback() -> None:
    assert fill("Hi {name|there},", {}) == "Hi there,"
    assert fill("Hi {name|there},", {"name": "  "}) == "Hi there,"


def test_other_braces_stay_as_they_were_written() -> None:
    text = "{} {nom} {{name}} {name |x} {point|0} } {"
    assert fill(text, {"name": "Tina"}) == "{} {nom} {Tina} {name |x} {point|0} } {"


def test_a_value_that_looks_like_a_variable_is_not_filled_again() -> None:
    assert fill("{name|x}", {"name": "{last_product|y}", "last_product": "Serum"}) == "{last_product|y}"


def test_a_fallback_may_hold_a_bar() -> None:
    assert fill("{name|a|b}", {}) == "a|b"


def test_what_leaves_is_the_written_text_to_the_byte() -> None:
    text = "  Tab\there,\n\n nbsp\u00a0, 🍎 \u200d ，{name|你好} \n"
    assert to_line([TextBubble(text)], {"name": "A"}) == [{"type": "text", "text": text.replace("{name|你好}", "A")}]


@given(st.lists(st.sampled_from([*"{}|n \n🍎", "name", "last_product", "{name|"]), max_size=20))
def test_a_text_without_values_keeps_every_plain_character(pieces: list[str]) -> None:
    text = "".join(pieces)
    plain = "".join(part if isinstance(part, str) else part.fallback for part in parts(text))
    assert fill(text, {}) == plain


@given(st.sampled_from(["name", "last_product"]), st.text(max_size=20))
def test_a_variable_reads_back_as_it_was_written(name: str, fallback: str) -> None:
    (read,) = parts(write(Variable(name, fallback)))
    assert isinstance(read, Variable)
    assert read.name == name


def test_the_variables_in_use_and_those_without_a_fallback_are_found() -> None:
    bubbles = [TextBubble("Hi {name|there} {last_product}"), TextBubble("{name| } {other}")]
    assert used(bubbles) == {"name", "last_product"}
    assert without_fallback(bubbles) == [(0, "last_product"), (1, "name")]
