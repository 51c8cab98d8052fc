"""Each outside library has one door, files stay short, and every module says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "linecrm_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
DOORS = {
    "PySide6": ("views/", "app.py", "tour/", "trial/window.py"),
    "qtawesome": ("views/", "app.py"),
    "linebot": ("line/sdk.py",),
    "keyring": ("settings/secrets.py",),
    "pandas": ("imports/",),
    "numpy": (
        *("segments/columns.py", "segments/columnar.py", "store/packed.py"),
        *("audit/overlaps.py", "audit/likeness.py", "audit/mixed.py", "results/review/counting.py"),
    ),
    "rapidfuzz": ("audit/",),
    "regex": ("messages/counting.py", "line/practice_limits.py"),
    "chardet": ("imports/encodings.py",),
    "python_calamine": ("imports/workbooks.py",),
    "openpyxl": ("spreadsheet.py",),
    "segno": ("sources/qr.py",),
    "pyzipper": ("requests/sealed_zip.py",),
    "statsmodels": ("results/statistics.py",),
    "scipy": (),
    "sqlalchemy.dialects": ("store/",),
    "alembic": ("store/",),
    "sqlite3": ("store/", "cli/checking.py"),
    "psycopg": ("store/",),
    "urllib3": ("line/sdk.py", "line/web.py"),
    "requests": (),
}
"""Outside libraries, and the only files or folders of the package that may import them."""


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the full names of all that a file imports, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def named(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("library", DOORS)
def test_an_outside_library_has_one_door(library: str) -> None:
    through = [
        named(module)
        for module in MODULES
        if any(name == library or name.startswith(f"{library}.") for name in imported(parsed(module)))
    ]
    assert [name for name in through if not name.startswith(DOORS[library])] == []


def test_no_file_has_more_than_400_lines() -> None:
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py"), ROOT / "start.py"]
    lengths = {file.relative_to(ROOT): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {file: length for file, length in lengths.items() if length > MOST_LINES} == {}


def test_a_packages_init_holds_its_docstring_and_nothing_else() -> None:
    inits = [module for module in MODULES if module.name == "__init__.py" and module.parent != PACKAGE]
    assert [named(init) for init in inits if len(parsed(init).body) != 1 or not ast.get_docstring(parsed(init))] == []


def test_every_function_of_the_package_is_annotated() -> None:
    bare = [
        f"{named(module)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert bare == []
