"""The project's own data, a private state, and the machine's cache, so that the gazetteer is compiled once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.documents import read_documents
from geo.model import Document
from geo.pipeline import Plan
from geo.settings import read_settings
from geo.stores import Store, open_store

REPORTS = Path(__file__).resolve().parents[2] / "data" / "reports"


@pytest.fixture(scope="session")
def plan() -> Plan:
    # Rules alone: what is tested here does not depend on how well texts are read.
    return Plan.of(read_settings(), recognizer="rules")


@pytest.fixture(scope="session")
def reports() -> list[Document]:
    return [item for item in read_documents([str(REPORTS)]) if isinstance(item, Document)]


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.gpkg"), create=True) as opened:
        yield opened
