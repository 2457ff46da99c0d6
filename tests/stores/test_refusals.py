"""What cannot be opened or written to says what it is, and what to do; nothing is made by the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.stores import Decision, DecisionKind, open_store, opening
from tests.postgres import Server


@pytest.mark.parametrize("address", ["mysql://host/atlas", "postgresql:/atlas", "postgres:atlas", "sqlite:///a.gpkg"])
def test_an_address_of_another_kind_makes_no_file(tmp_path, monkeypatch, address):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r"is no address of a store\. Expected a path .* or postgresql://"):
        open_store(address, create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["postgres.gpkg", "a:b.gpkg"])
def test_a_file_may_be_called_nearly_anything(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    open_store(name, create=True).close()
    assert (tmp_path / name).is_file()


def test_a_damaged_store_is_told_from_a_foreign_file(tmp_path):
    path = tmp_path / "store.gpkg"
    open_store(str(path), create=True).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match=r"damaged: .*\. Go back to a copy made by geo store backup"):
        open_store(str(path))
    path.write_bytes(whole)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM atlas_state WHERE name = 'schema_version'")
    connection.close()
    with pytest.raises(StoreError, match=r"does not say of which version .*\. Go back to a copy"):
        open_store(str(path))


def test_a_store_that_another_program_holds_is_named_as_that(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_S", 0.1)
    path = tmp_path / "store.gpkg"
    open_store(str(path), create=True).close()
    holder = sqlite3.connect(path, isolation_level=None)
    with open_store(str(path)) as store:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"locked\. Another program holds it"):
            store.compact()
        holder.execute("ROLLBACK")
    holder.close()
    with open_store(str(path)) as store:
        assert store.check() == ()


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _told_to_a_guest(path: Path) -> str:
    """Return how many decisions somebody sees in a store who may write neither to it nor to its folder."""
    reader, writer = os.pipe()
    if not (guest := os.fork()):
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            with open_store(str(path), read_only=True) as store:
                os.write(writer, f"{len(store.decisions())} of {len(store.documents())}".encode())
        except StoreError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(guest, 0)
    os.close(writer)
    with open(reader) as told:
        return told.read()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_who_may_only_read_sees_what_others_write_at_that_moment(shared):
    path = shared / "store.gpkg"
    open_store(str(path), create=True).close()
    mode = path.stat().st_mode
    try:
        path.chmod(0o444)
        shared.chmod(0o555)
        assert _told_to_a_guest(path) == "0 of 0"
        shared.chmod(0o755)
        path.chmod(mode | 0o444)
        with open_store(str(path)) as store:
            store.decide(Decision(DecisionKind.REVIEW, event_id="ev-1"))
            assert path.with_name("store.gpkg-wal").exists()
            if os.geteuid() == 0:
                assert _told_to_a_guest(path) == "1 of 0"
            assert store.check() == ()
    finally:
        shared.chmod(0o755)


def _role(server: Server, address: str, name: str, *rights: str) -> str:
    database = address.split("/")[3].split("?")[0]
    for statement in (f"CREATE ROLE {name} LOGIN", *rights):
        subprocess.run(
            [server.programs / "psql", "-h", server.folder, "-U", "postgres", "-qc", statement, database], check=True
        )
    return address.replace("postgres@", f"{name}@")


@pytest.mark.postgis
def test_a_database_that_cannot_be_used_says_what_to_do(postgres: Server):
    address = postgres.new_database()
    wrong = [
        (address.replace("@/atlas", "@/nowhere"), r'database "nowhere\d+" does not exist\. Make the database'),
        (address.replace("postgres@", "nobody@"), r'role "nobody" does not exist\. Make the database .* or the user'),
        ("postgresql://postgres@127.0.0.1:1/atlas", r"Connection refused.*[.?] Start the server"),
        ("postgresql://postgres@no.such.host.invalid/atlas", r"Mend the host's name"),
        (f"{address}&colour=blue", r"invalid connection option.*\. Take what PostgreSQL does not know"),
        (_role(postgres, address, "weak"), r"permission denied to create extension.*CREATE EXTENSION postgis"),
    ]
    for asked, said in wrong:
        with pytest.raises(StoreError, match=said) as raised:
            open_store(asked, create=True)
        assert "\n" not in str(raised.value)


@pytest.mark.postgis
def test_a_user_without_rights_is_told_and_one_who_may_read_can(postgres: Server):
    address = postgres.new_database()
    open_store(address, create=True).close()
    with pytest.raises(StoreError, match=r"permission denied for table \w+\. Let its owner GRANT"):
        open_store(_role(postgres, address, "stranger"))
    reader = _role(postgres, address, "guest", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
    with open_store(reader, read_only=True) as store:
        assert store.event_count() == 0
    with open_store(reader) as store, pytest.raises(StoreError, match=r"permission denied .*GRANT"):
        store.draw_anew(version=1, unsettled=0)
