from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Visit, served, visiting
from tests.dashboard.sample_store import sample_store
from tests.layers import browsing


@pytest.fixture(scope="session")
def demo_store() -> Path:
    """The sample store; tests only read it."""
    return sample_store()


@pytest.fixture(scope="module")
def dashboard_address(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard on the sample store."""
    with served(demo_store, tmp_path_factory.mktemp("serve") / "log.txt") as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsing.browser() as started:
        yield started


@pytest.fixture
def visit(chromium: Browser, dashboard_address: str) -> Iterator[Callable[..., Visit]]:
    """Open tabs on the dashboard; at the end none may have asked for anything outside, or have failed."""
    tabs: list[Visit] = []
    with ExitStack() as stack:

        def opened(**context: object) -> Visit:
            tabs.append(stack.enter_context(visiting(chromium, dashboard_address, **context)))
            return tabs[-1]

        yield opened
    assert [fault for tab in tabs for fault in tab.faults] == []
