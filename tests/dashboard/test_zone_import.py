from __future__ import annotations

import json
from pathlib import Path

from geo.stores import open_store


def feature(controller: str, west: float, **more: str) -> dict:
    ring = [[west, 36.0], [west + 0.1, 36.0], [west + 0.1, 36.1], [west, 36.1], [west, 36.0]]
    properties = {"controller": controller, **more}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def snapshot(*features: dict) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def fill(app, name: str, files: list[tuple[str, bytes, str]]):
    app.text_input[0].set_value(name)
    app.file_uploader[0].set_value(files)
    return app


def test_zones_are_checked_then_imported(dashboard, own_store: Path) -> None:
    files = [
        ("zones_20161120.geojson", snapshot(feature("north", 37.0), feature("south", 37.1)), "application/geo+json"),
        ("zones_20161125.geojson", snapshot(feature("north", 37.0)), "application/geo+json"),
    ]
    app = fill(dashboard(own_store, "zones"), "other", files)
    next(button for button in app.button if button.label == "Check").click().run()
    assert not app.exception
    assert any("3 features in 2 files" in text.value for text in app.markdown)
    with open_store(str(own_store), read_only=True) as store:
        assert "other" not in store.series()
    fill(app, "other", files)
    next(button for button in app.button if button.label == "Import").click().run()
    assert not app.exception
    assert any("other" in message.value for message in app.success)
    with open_store(str(own_store), read_only=True) as store:
        assert {"aleppo", "other"} <= set(store.series())


def test_a_broken_file_is_named_with_its_reason(dashboard, own_store: Path) -> None:
    app = fill(dashboard(own_store, "zones"), "other", [("zones_20161120.geojson", b"{broken", "application/json")])
    next(button for button in app.button if button.label == "Check").click().run()
    assert not app.exception
    assert any("zones_20161120.geojson" in message.value for message in app.warning)


def test_without_files_it_asks_for_them(dashboard, own_store: Path) -> None:
    app = dashboard(own_store, "zones")
    next(button for button in app.button if button.label == "Check").click().run()
    assert app.warning[0].value == "Choose a file and name the series first."
