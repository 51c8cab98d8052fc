"""Every text of the code is there in every language, whole, with the same placeholders, and compiled."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "linecrm_desktop").rglob("*.py"))
PLACEHOLDER = re.compile(r"\{\w*\}")


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = load_script()
LANGUAGES: tuple[str, ...] = translations.LANGUAGES


@pytest.fixture(scope="module")
def messages() -> list[tuple[str, ...]]:
    """All messages of the code, each as its forms: one, or singular and plural."""
    return [translations.texts(message.id) for message in translations.extract() if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_current(language: str) -> None:
    assert translations.po_file(language).with_suffix(".mo").read_bytes() == translations.compiled(language), (
        "run: python scripts/translations.py compile"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated(language: str, messages: list[tuple[str, ...]]) -> None:
    catalogue = translations.read(language)
    found = {forms[0]: catalogue.get(forms[0]) for forms in messages}
    assert [text for text, message in found.items() if message is None] == [], "run: scripts/translations.py update"
    assert [text for text, message in found.items() if message.fuzzy] == []
    assert [text for text, message in found.items() if not all(translations.texts(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_every_language(language: str, messages: list[tuple[str, ...]]) -> None:
    catalogue = translations.read(language)
    wrong: list[str] = []
    for forms in messages:
        wanted = set(PLACEHOLDER.findall(forms[-1]))
        message = catalogue.get(forms[0])
        translated = translations.texts(message.string) if message is not None else ()
        wrong += [form for form in translated if form and set(PLACEHOLDER.findall(form)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_holds_a_message_that_the_code_no_longer_says(
    language: str, messages: list[tuple[str, ...]]
) -> None:
    known = {forms[0] for forms in messages}
    held = (translations.texts(message.id)[0] for message in translations.read(language) if message.id)
    assert [text for text in held if text not in known] == []


def test_every_language_but_english_has_a_catalogue() -> None:
    from linecrm_desktop.text import LANGUAGES as SPOKEN

    assert set(SPOKEN) - {"en"} == set(LANGUAGES)


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_plural_forms_stand_where_the_extractor_finds_them() -> None:
    hidden = [
        f"{module.relative_to(ROOT)}:{call.lineno}"
        for module in MODULES
        if module.name != "text.py"
        for call in calls(ast.parse(module.read_text(encoding="utf-8")), {"ngettext"})
        if not all(is_text(argument) for argument in call.args[:2])
    ]
    assert hidden == []


def test_sentences_are_never_joined_or_filled_before_they_are_translated() -> None:
    joined = [
        f"{module.relative_to(ROOT)}:{call.lineno}"
        for module in MODULES
        for call in calls(ast.parse(module.read_text(encoding="utf-8")), {"_", "N_", "ngettext"})
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in call.args[:2])
    ]
    assert joined == []


def test_no_text_hides_inside_an_f_string_where_older_pythons_do_not_find_it() -> None:
    hidden = [
        f"{module.relative_to(ROOT)}:{call.lineno}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in calls(node, {"_", "N_", "ngettext"})
        if any(is_text(argument) for argument in call.args[:2])
    ]
    assert hidden == []


def test_texts_are_translated_when_they_are_shown_not_at_import() -> None:
    early = [
        f"{module.relative_to(ROOT)}:{call.lineno}"
        for module in MODULES
        for statement in at_import(ast.parse(module.read_text(encoding="utf-8")))
        for call in calls(statement, {"_", "ngettext"})
    ]
    assert early == []


def at_import(tree: ast.Module | ast.ClassDef) -> Iterator[ast.stmt]:
    """Yield the statements that run while a module is imported."""
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            yield from at_import(statement)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement
