"""GeoParquet 1.1: one layer with its declared types."""

from __future__ import annotations

from pathlib import Path

from geo.exports.options import ExportOptions, Layer
from geo.exports.values import layer_of
from geo.tables import Scene


def write_geoparquet(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write one layer; geometry is WKB in EPSG:4326."""
    frame, _ = layer_of(scene, layer)
    frame.to_parquet(path, index=False, compression="zstd", schema_version="1.1.0")
