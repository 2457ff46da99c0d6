"""What a database refused, with what to do about it."""

from __future__ import annotations

from typing import Final

_AGAIN: Final = "what was stored is kept, and the same command goes on from there"
_REMEDIES: Final = (
    ("database or disk is full", f"Make room and call again: {_AGAIN}"),
    ("no space left", f"Make room and call again: {_AGAIN}"),
    ("could not extend file", f"Make room on the server and call again: {_AGAIN}"),
    ("database is locked", "Another program holds it: end its edit (QGIS keeps one open) and call again"),
    ("readonly database", "Let this user write to the file and to its folder, or name another store"),
    ("unable to open database file", "Let this user read and write the file and its folder, or name another store"),
    ("disk i/o error", f"Look whether its disk is still there, then call again: {_AGAIN}"),
    ("malformed", "Go back to a copy made by geo store backup, or ingest the reports into a new store"),
    ('extension "postgis" is not available', "Install PostGIS on the server: the package postgresql-*-postgis-3"),
    ("permission denied to create extension", "Let the server's superuser run in it: CREATE EXTENSION postgis"),
    ("permission denied for schema", "Let its owner run: GRANT CREATE ON SCHEMA public TO this user"),
    ("permission denied", "Let its owner GRANT this user the rights to its tables, or name a user that has them"),
    ("must be owner", "Call it as the user that owns the store's tables"),
    ("does not exist", "Make the database (createdb) or the user (createuser) that the address names, or mend it"),
    ("authentication failed", "Mend the user or the password in the address, or keep it in ~/.pgpass"),
    ("no password supplied", "Put the password into the address, or keep it in ~/.pgpass"),
    ("failed to resolve host", "Mend the host's name in the address"),
    ("connection refused", f"Start the server, or mend host and port in the address, and call again: {_AGAIN}"),
    (
        "no such file or directory",
        f"Start the server, or mend the folder of its socket in the address, and call again: {_AGAIN}",
    ),
    ("timeout", "Look whether the server can be reached from here: address, network, firewall"),
    ("too many clients", "Call again when fewer programs use the server"),
    ("invalid connection option", "Take what PostgreSQL does not know out of the address, behind its question mark"),
    ("read-only transaction", "Open the store for writing, or name a server that is no standby"),
    ("connection", f"Call again once the server answers: {_AGAIN}"),
)
"""Words of SQLite or PostgreSQL in lower case, and what to do; the first that is found counts."""


def refusal(error: Exception) -> str:
    """Return what the database said, in one line, and what to do about it where that is known."""
    said = " ".join(str(getattr(error, "orig", error)).split()).rstrip(".")
    remedy = next((remedy for words, remedy in _REMEDIES if words in said.lower()), "")
    stop = "" if said.endswith("?") else "."
    return f"{said}{stop} {remedy}" if remedy else said
