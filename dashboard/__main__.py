"""Streamlit with the dashboard: `python -m dashboard run dashboard/app.py …`, as `python -m geo serve` calls it.

While the server starts, and until somebody comes, the store is read: the first reader need not wait for all of it.
"""

from __future__ import annotations

from threading import Thread

from streamlit.web import cli


def main() -> None:
    """Run Streamlit's command line."""
    for ahead in (_read_ahead, _load_ahead):
        Thread(target=ahead, name=ahead.__name__, daemon=True).start()
    cli.main(prog_name="streamlit")


def _read_ahead() -> None:
    """Make what the map page needs of the store; what is wrong with it is told to who opens the page."""
    from dashboard import queries
    from dashboard.sight import exact_version
    from dashboard.state import View
    from geo.errors import AtlasError
    from geo.settings import read_settings

    view = View()
    try:
        version = exact_version(read_settings().store)
        queries.make_ready(version, queries.series_of(version, view), view.language, mapped=True)
    except AtlasError:
        return


def _load_ahead() -> None:
    """Load what draws maps: most of the reading is done in C, and leaves Python a processor for it."""
    from geo.layers import map_html  # noqa: F401 - asked for to load it


if __name__ == "__main__":
    main()
