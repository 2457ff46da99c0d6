"""The real gazetteer, opened once: the first run on a machine compiles its index."""

from __future__ import annotations

import pytest

from geo.places import Gazetteer, Resolver, open_gazetteer
from geo.settings import read_settings


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_gazetteer(read_settings())


@pytest.fixture(scope="session")
def resolver(gazetteer: Gazetteer) -> Resolver:
    return Resolver(gazetteer)
