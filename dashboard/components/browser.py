"""The scripts and styles of the components that run in the browser, read once from the files beside this module.

They share one small object on the page (`bus.js`), by which the map and the list follow each other without a round
trip to the server, and how a map's page is put into a frame (`frame.js`).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).with_name("browser")


@lru_cache(maxsize=16)
def browser_component(name: str) -> ComponentRenderer:
    """Declare the component whose `NAME.js` (and `NAME.css`, where there is one) lie in the folder `browser`."""
    style = _FOLDER / f"{name}.css"
    return component(
        f"conflict_atlas_{name}",
        html='<div class="root"></div>',
        css=style.read_text(encoding="utf-8") if style.exists() else None,
        js=_read("bus.js") + _read("frame.js") + _read(f"{name}.js"),
    )


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
