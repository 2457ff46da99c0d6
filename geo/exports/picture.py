"""PNG: the map as a browser draws it. Chromium has to be installed; everything else is in the file it is shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from geo.errors import ConfigurationError
from geo.exports.options import ExportOptions, Layer
from geo.exports.page import write_page
from geo.tables import Scene

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SIZE = (1366, 900)
"""Width and height of the picture in pixels."""
LONGEST = 180
"""Seconds after which drawing has failed; a million events take a fraction of it."""


def write_picture(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write a picture of the scene's map; it shows events and zones whatever the layer.

    Raises `ConfigurationError` where no chromium is installed, or where it fails.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="atlas-picture-") as folder:
        page = Path(folder) / "map.html"
        # A picture is of one theme, whatever the machine that draws it is set to.
        write_page(scene, page, layer=layer, options=replace(options, theme=options.theme or "light"))
        # The browser names the kind of picture by the suffix.
        picture = Path(folder) / "map.png"
        try:
            done = subprocess.run(  # noqa: S603 - the words of the command are ours, the browser is the user's own
                _command(browser, page, picture), capture_output=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise ConfigurationError(f"{browser} drew no picture within {LONGEST} s") from error
        if not picture.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ConfigurationError(f"{browser} drew no picture: {said[-1] if said else 'it said nothing'}")
        shutil.copyfile(picture, path)


def find_browser() -> str:
    """Return the path of chromium; `ATLAS_CHROMIUM` names one that is not on the search path."""
    named = os.environ.get("ATLAS_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if found is None:
        raise ConfigurationError(
            "a picture needs chromium, and none is installed: apt-get install chromium, name one in ATLAS_CHROMIUM, or"
            " export .html and use the map's own button Picture"
        )
    return found


def _command(browser: str, page: Path, picture: Path) -> list[str]:
    # Chromium's sandbox does not start for root; the page may load nothing and is ours.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    width, height = SIZE
    return [
        browser,
        "--headless=new",
        *root,
        "--disable-gpu",
        "--hide-scrollbars",
        "--disable-background-networking",
        f"--user-data-dir={picture.parent / 'profile'}",
        f"--window-size={width},{height}",
        # The page unpacks and draws in several turns; the browser's own clock runs ahead until it is done.
        "--virtual-time-budget=20000",
        f"--screenshot={picture}",
        page.as_uri(),
    ]
