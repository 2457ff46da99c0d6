"""`geo serve`: the dashboard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import say
from geo.commands.options import Store
from geo.errors import ConfigurationError
from geo.settings import read_settings

_APP = Path("dashboard") / "app.py"


def serve(
    store: Store = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets others in.")] = "localhost",
) -> None:
    """Serve the dashboard until Ctrl-C, to this machine alone unless --address says otherwise."""
    root = Path(__file__).resolve().parents[2]
    if not (root / _APP).exists():
        raise ConfigurationError(f"the dashboard is not at {root / _APP}: run from a whole copy of the project")
    settings = read_settings(store=store)
    say(f"Serving {settings.store} on http://{'localhost' if address == '0.0.0.0' else address}:{port}")  # noqa: S104
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(root / _APP)),
        *("--server.port", str(port), "--server.address", address, "--server.headless", "true"),
        *("--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"),
    ]
    environment = {**os.environ, "CONFLICT_STORE": settings.store}
    # In the project's root, where Streamlit finds .streamlit/config.toml and Python finds both packages.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    os.chdir(root)
    # The server takes this process's place, so that whatever ends this one ends the server.
    sys.stderr.flush()
    os.execve(sys.executable, command, environment)  # noqa: S606
