"""A private PostgreSQL server with PostGIS for tests: own folder, own socket, no TCP, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

SET_UP = "run tests/set_up_postgis.sh as root"


def find_server() -> Path | None:
    """Return the newest PostgreSQL's bin folder that has PostGIS, None without one."""
    for control in sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control"), reverse=True):
        folder = Path("/usr/lib/postgresql") / control.parts[4] / "bin"
        if (folder / "initdb").exists():
            return folder
    return None


@dataclass
class Server:
    """A running cluster."""

    programs: Path
    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def command(self, name: str, *arguments: str) -> None:
        # The server refuses to run as root.
        switch = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [*switch, str(self.programs / name), *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            env=environment,
            timeout=120,
        )

    def start(self) -> None:
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off -c shared_buffers=64MB"
        log = f"--log={self.folder / 'log'}"
        self.command("pg_ctl", "start", "--wait", f"--pgdata={self.folder / 'data'}", log, "-o", options)

    def stop(self) -> None:
        self.command("pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={self.folder / 'data'}")

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"atlas{next(self.numbers)}"
        self.command("createdb", f"--host={self.folder}", "--username=postgres", name)
        return f"postgresql://postgres@/{name}?host={self.folder}"


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """Run a fresh cluster in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-postgres-"))
    server = Server(programs, folder)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        arguments = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        server.command("initdb", f"--pgdata={folder / 'data'}", *arguments)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
