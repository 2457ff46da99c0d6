"""HTML: the map as one file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from geo.exports.options import ExportOptions, Layer
from geo.layers import map_html
from geo.tables import Scene


def write_page(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write the scene's map; it shows events and zones whatever the layer."""
    page = map_html(
        scene,
        day=options.day,
        selected=options.selected,
        language=options.language,
        documents=options.documents,
        exported_on=options.exported_on,
        theme=options.theme,
        tiles=options.tiles,
    )
    path.write_text(page, encoding="utf-8", newline="\n")
