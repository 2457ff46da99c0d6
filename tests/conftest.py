"""The databases that stores are tried in, for every folder of tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.postgres import SET_UP, Server, find_server, running_server


@contextmanager
def needed_server() -> Iterator[Server]:
    """Run a PostgreSQL server with PostGIS; skip where there is none, but on CI fail."""
    programs = find_server()
    if programs is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"PostGIS is not installed: {SET_UP}")
    with running_server(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with needed_server() as server:
        yield server


@pytest.fixture(params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def address(request: pytest.FixtureRequest, tmp_path) -> str:
    """The address of a store that is not there yet, in each database."""
    if request.param == "geopackage":
        return str(tmp_path / "store.gpkg")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()
