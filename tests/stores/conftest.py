from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.postgres import SET_UP, Server, find_server, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    programs = find_server()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail(f"PostGIS is not installed: {SET_UP}")
        pytest.skip(f"PostGIS is not installed: {SET_UP}")
    with running_server(programs) as server:
        yield server


@pytest.fixture(params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def address(request: pytest.FixtureRequest, tmp_path) -> str:
    """The address of a store that is not there yet, in each database."""
    if request.param == "geopackage":
        return str(tmp_path / "store.gpkg")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()
