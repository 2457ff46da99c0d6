from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.stores import open_store
from tests.dashboard.sample_store import ROOT, sample_store


@pytest.fixture(scope="session")
def demo_store() -> Path:
    """The sample store; tests only read it."""
    return sample_store()


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample store, to write to."""
    return Path(shutil.copy(demo_store, tmp_path / "own.gpkg"))


@pytest.fixture
def empty_store(tmp_path: Path) -> Path:
    path = tmp_path / "empty.gpkg"
    open_store(str(path), create=True).close()
    return path


@pytest.fixture
def dashboard(monkeypatch: pytest.MonkeyPatch):
    """Open the dashboard on a store, at a page and with URL parameters."""

    def opened(store: Path | str, page: str = "map", **parameters: str | list[str]) -> AppTest:
        monkeypatch.setenv("CONFLICT_STORE", str(store))
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        if page != "map":
            app.switch_page(f"screens/{page}.py").run()
        return app

    return opened
