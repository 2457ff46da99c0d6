"""The page's own scripts and styles, and Leaflet's from the package django-js-lib-leaflet (it needs no Django)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

LANGUAGES = ("en", "ar", "uk", "fr")
"""Languages of the interface; Arabic runs from right to left."""

SCRIPTS = (
    "dom",
    "decode",
    "days",
    "theme",
    "words",
    "state",
    "link",
    "columns",
    "search",
    "selection",
    "shapes",
    "zones",
    "canvas",
    "patterns",
    "zonelayer",
    "ground",
    "scale",
    "basemap",
    "names",
    "clusters",
    "marks",
    "eventlayer",
    "histogram",
    "timeline",
    "quotes",
    "card",
    "list",
    "filters",
    "legend",
    "about",
    "picture",
    "asking",
    "sight",
    "shell",
    "atlas",
)
"""In the order they build on each other; a script may use any above it when it is read, and all of them later."""

STYLES = ("base", "panels", "timeline", "narrow", "print")


@cache
def script_text() -> str:
    """Return the page's own scripts as one."""
    return "\n".join(_own("js", f"{name}.js") for name in SCRIPTS)


@cache
def style_text() -> str:
    """Return the page's own styles as one."""
    return "\n".join(_own("css", f"{name}.css") for name in STYLES)


@cache
def words() -> dict[str, Any]:
    """Return the words of the interface: language, then key, then text."""
    return {language: json.loads(_own("words", f"{language}.json")) for language in LANGUAGES}


@cache
def leaflet_script() -> str:
    """Return Leaflet 1.9 without the link to its source map, which the page may not load."""
    return _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")


@cache
def leaflet_style() -> str:
    """Return Leaflet's stylesheet without its three pictures, which the map does not use."""
    lines = _leaflet("leaflet.css").splitlines()
    return "\n".join(line for line in lines if "url(" not in line)


def _own(folder: str, name: str) -> str:
    return _read(files("geo.layers") / "assets" / folder / name)


def _leaflet(name: str) -> str:
    return _read(files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name)


def _read(resource: Traversable) -> str:
    return resource.read_text(encoding="utf-8")
