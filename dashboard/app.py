"""The dashboard's entry: `python -m geo serve` runs this file under Streamlit."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# Streamlit puts this file's own folder on the path; the packages lie in the one above.
_ROOT = str(Path(__file__).resolve().parent.parent)
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)

from dashboard.components.entrance import let_in, stands_outside  # noqa: E402
from dashboard.components.notices import show_failure, show_faults, show_loading  # noqa: E402
from dashboard.components.page_frame import draw_frame  # noqa: E402
from dashboard.i18n import Words  # noqa: E402
from dashboard.session import current_view, current_words, keep_view_across_pages, read_url  # noqa: E402
from geo.errors import AtlasError  # noqa: E402
from geo.settings import read_settings  # noqa: E402

_ICON = Path(__file__).with_name("components") / "icon.png"
"""A file of our own: Streamlit would fetch a named icon from the web for the browser tab."""
PAGES = {
    "map": ":material/map:",
    "trends": ":material/bar_chart:",
    "documents": ":material/description:",
    "zones": ":material/layers:",
    "review": ":material/fact_check:",
    "quality": ":material/verified:",
    "about": ":material/info:",
}


def main() -> None:
    """Draw the page that the reader is on."""
    st.set_page_config(page_title="Conflict Atlas", page_icon=str(_ICON), layout="wide")
    words = current_words()
    pages = [
        st.Page(f"screens/{name}.py", title=words(f"pages.{name}"), icon=icon, url_path=name, default=name == "map")
        for name, icon in PAGES.items()
    ]
    page = st.navigation(pages, position="hidden" if stands_outside() else "top")
    keep_view_across_pages()
    draw_frame(words)
    show_faults(read_url().faults, words)
    # Always there, so that what follows stands at the same place in every run.
    place = st.empty()
    try:
        if not let_in(words):
            return
        if page.url_path != "about":
            _await_store(place, words, mapped=page.url_path == "")
        page.run()
    except AtlasError as error:
        show_failure(error, words, store=read_settings().store)


def _await_store(place: DeltaGenerator, words: Words, *, mapped: bool) -> None:
    """Show the outline of a page while the store is read for the first time since it changed."""
    first = "dashboard.queries" not in sys.modules
    if first:
        # What reads and draws takes a second to load: the first words come before it.
        with place:
            show_loading(words)
    from dashboard import queries

    version = queries.store_version()
    key = (version, queries.series_of(version, current_view()), words.language)
    if queries.is_ready(*key, mapped=mapped):
        if first:
            place.empty()
        return
    with place:
        show_loading(words)
    queries.make_ready(*key, mapped=mapped)
    place.empty()


# Streamlit runs this file as a script.
if __name__ == "__main__":
    main()
