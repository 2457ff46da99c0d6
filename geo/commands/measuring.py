"""`geo evaluate` and `geo bench`: they measure with what lies in the project's tests, so they need a whole checkout."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer
from rich.table import Table

from geo.commands.console import Exit, output, progress_bar, say
from geo.commands.files import check_target, write_text
from geo.commands.options import JsonFile
from geo.errors import ConfigurationError, UsageError

Names = Annotated[list[str] | None, typer.Argument(help="All where none is named.", metavar="NAME")]


def evaluate(names: Names = None, json_file: JsonFile = None) -> None:
    """Measure quality on the gold sets, and fail where a figure falls under its pinned floor."""
    check_target(json_file)
    module = _from_checkout("tests.evaluation")
    with progress_bar("Evaluating") as progress:
        result = _called(module.measure, names, progress)
    _write(result.record(), json_file)
    table = Table("figure", "value", "floor", "", "how", box=None)
    for figure in result.figures:
        floor = "" if figure.floor is None else f"{figure.floor:.3f}"
        state = "" if figure.floor is None else "holds" if figure.passed else "[red]under its floor[/]"
        table.add_row(figure.name, f"{figure.value:.3f}", floor, state, figure.note)
    output.print(table)
    for reason in result.skipped:
        say(reason)
    if not result.passed:
        raise typer.Exit(Exit.SOME_REJECTED)


def bench(names: Names = None, json_file: JsonFile = None) -> None:
    """Measure speed and memory against the named alternatives, in one run on this machine."""
    check_target(json_file)
    module = _from_checkout("tests.benchmarks")
    with progress_bar("Measuring") as progress:
        result = _called(module.bench, names, progress)
    _write(result.record(), json_file)
    table = Table("measurement", "value", "unit", "how", box=None)
    for item in result.measurements:
        table.add_row(item.name, f"{item.value:,.3f}", item.unit, item.note)
    output.print(table)
    say(result.machine)
    for reason in result.skipped:
        say(reason)


def _from_checkout(name: str) -> ModuleType:
    root = Path(__file__).resolve().parents[2]
    if not (root / name.replace(".", "/")).is_dir():
        raise ConfigurationError(f"{name} is not beside the program: run this in a whole checkout of the project")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        return importlib.import_module(name)
    except ImportError as error:
        reason = f"{name} cannot be loaded ({error}): install the requirements of requirements-dev.txt"
        raise ConfigurationError(reason) from error


def _called(measure: Any, names: list[str] | None, progress: Any) -> Any:
    try:
        return measure(tuple(names or ()), progress=progress)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _write(record: dict[str, Any], path: Path | None) -> None:
    if path is not None:
        write_text(path, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
