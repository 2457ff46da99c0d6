"""Stores of other versions: older ones are brought forward, newer ones refused."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update

from geo.errors import StoreError
from geo.stores import migrations, open_store
from tests.stores.test_contract import told


def set_version(address: str, version: int) -> None:
    with open_store(address, create=True) as store:
        store.add_documents([told()])
        state = store._tables["atlas_state"]  # type: ignore[attr-defined]
        with store._writing() as connection:  # type: ignore[attr-defined]
            connection.execute(update(state).where(state.c.name == "schema_version").values(value=version))


def test_a_newer_store_is_refused(address):
    set_version(address, 99)
    with pytest.raises(StoreError, match="later version"):
        open_store(address)


def test_an_older_store_is_brought_forward_once(address, monkeypatch):
    def add_column(connection) -> None:
        connection.execute(text("ALTER TABLE documents ADD COLUMN mark TEXT"))

    set_version(address, 0)
    with pytest.raises(StoreError, match="Open it once for writing"):
        open_store(address, read_only=True)
    with pytest.raises(StoreError, match="no step leads"):
        open_store(address)
    monkeypatch.setattr(migrations, "STEPS", {0: add_column})
    for _ in range(2):
        with open_store(address) as store:
            assert len(store.accounts()) == 1
            with store._reading() as connection:  # type: ignore[attr-defined]
                assert connection.execute(text("SELECT mark FROM documents")).scalars().all() == [None]
