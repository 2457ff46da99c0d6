"""`geo serve`: the dashboard."""

from __future__ import annotations

import os
import socket
import sys
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import existing, say
from geo.commands.options import Store
from geo.errors import ConfigurationError, UsageError
from geo.settings import read_settings

_APP = Path("dashboard") / "app.py"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def serve(
    store: Store = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets others in.")] = "localhost",
    login: Annotated[
        Path | None, typer.Option(help="Secrets of Streamlit with a section \\[auth]: people log in.", metavar="FILE")
    ] = None,
) -> None:
    """Serve the dashboard until Ctrl-C, to this machine alone unless --address says otherwise."""
    root = Path(__file__).resolve().parents[2]
    if not (root / _APP).exists():
        raise ConfigurationError(f"the dashboard is not at {root / _APP}: run from a whole copy of the project")
    if login:
        existing(login, "file of secrets")
    settings = read_settings(store=store)
    secrets = [login] if login else [folder / ".streamlit" / "secrets.toml" for folder in (Path.home(), root)]
    asked = _login_asked(secrets, named=login is not None)
    _check_free(address, port)
    say(f"Serving {settings.store} on http://{'localhost' if address == '0.0.0.0' else address}:{port}")  # noqa: S104
    say(f"People log in, and have the roles of {settings.roles}." if asked else _without_login(address))
    command = [
        *(sys.executable, "-m", "dashboard", "run", str(root / _APP)),
        *("--server.port", str(port), "--server.address", address, "--server.headless", "true"),
        *("--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"),
        *(("--secrets.files", str(login.resolve())) if login else ()),
    ]
    # The server runs in another folder than the caller's.
    stored = settings.store if "://" in settings.store else str(Path(settings.store).absolute())
    environment = {**os.environ, "CONFLICT_STORE": stored}
    # In the project's root, where Streamlit finds .streamlit/config.toml and Python finds both packages.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    os.chdir(root)
    # The server takes this process's place, so that whatever ends this one ends the server.
    sys.stderr.flush()
    os.execve(sys.executable, command, environment)  # noqa: S606


def _check_free(address: str, port: int) -> None:
    """Raise `UsageError` where nothing can listen there: the server would say so after it was announced."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            # As the server does: a port that was in use a moment ago is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except OSError as error:
        why = error.strerror or error
        other = f"Choose another with --port, such as {port % 65535 + 1}, or another --address"
        raise UsageError(f"cannot listen on {address}, port {port}: {why}. {other}") from None


def _login_asked(files: list[Path], *, named: bool) -> bool:
    """Tell whether Streamlit finds a section `[auth]`; a file that cannot be read must not open the doors."""
    asked = False
    for file in files:
        if not (named or file.exists()):
            continue
        try:
            asked |= "auth" in tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"the secrets in {file} cannot be read: {error}") from None
    if named and not asked:
        raise ConfigurationError(f"{files[0]} has no section [auth]: docs/access.md shows a whole one")
    return asked


def _without_login(address: str) -> str:
    if address in _THIS_MACHINE:
        return "No login is configured: only this machine is let in, and whoever uses it is an editor."
    return (
        f"WARNING: no login is configured, and the server listens on {address}: whoever reaches it is an editor and "
        "sees exact places. docs/access.md tells how to have people log in."
    )
