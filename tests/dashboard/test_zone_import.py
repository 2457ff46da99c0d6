from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.components.mapping_form import mapping_toml, open_values, value_table
from geo.stores import open_store
from geo.zones import UnmappedValuesError, read_zone_files


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
    assert any("zones_20161120.geojson" in message.value.replace("\\", "") for message in app.warning)


def test_without_files_it_asks_for_them(dashboard, own_store: Path) -> None:
    app = dashboard(own_store, "zones")
    next(button for button in app.button if button.label == "Check").click().run()
    assert app.warning[0].value == "Choose a file and name the series first."


def test_values_that_no_rule_knows_are_filled_in_as_a_table_and_imported(tmp_path: Path) -> None:
    file = tmp_path / "zones_20161120.geojson"
    unnamed = [feature("", west, name=name) for west, name in ((37.0, 'Held by "A"'), (37.2, "B\\ side"), (37.4, "?"))]
    for item in unnamed:
        del item["properties"]["controller"]
    file.write_bytes(snapshot(*unnamed))
    with pytest.raises(UnmappedValuesError) as unmapped:
        read_zone_files([file], series="other")
    table = value_table(unmapped.value.unknown)
    assert set(table["value"]) == {'Held by "A"', "B\\ side", "?"}
    assert len(open_values(table)) == 3
    filled = table.set_index("value")
    filled.loc['Held by "A"', "controller"] = "Northern Army"
    filled.loc["B\\ side", ["controller", "status"]] = ["Southern Army", "contested"]
    filled.loc["?", "aside"] = "nobody knows"
    filled = pd.DataFrame(filled.reset_index())
    assert open_values(filled) == ()
    rules = tmp_path / "mapping.toml"
    rules.write_text(mapping_toml(filled, unmapped.value.draft), encoding="utf-8")
    read = read_zone_files([file], series="other", mapping=rules)
    assert dict(zip(read.zones["controller_name"], read.zones["status"], strict=True)) == {
        "Northern Army": "held",
        "Southern Army": "contested",
    }
    assert read.report.set_aside == {"nobody knows": 1}


def test_the_page_shows_the_mapping_editor_and_waits_for_it(dashboard, own_store: Path) -> None:
    unnamed = feature("", 37.0, name="A")
    del unnamed["properties"]["controller"]
    files = [("zones_20161120.geojson", snapshot(unnamed), "application/geo+json")]
    app = fill(dashboard(own_store, "zones"), "other", files)
    next(button for button in app.button if button.label == "Check").click().run()
    assert not app.exception
    assert any("What the values of" in title.value for title in app.subheader)
    assert app.button(key="mapping_store").disabled, "nothing is imported while a value has no meaning"


def test_the_series_are_told_with_their_days_and_sources(dashboard, own_store: Path) -> None:
    app = dashboard(own_store, "zones")
    (sources,) = (item for item in app.expander if item.label.startswith("Sources of this series"))
    told = sources.dataframe[0].value
    assert f"({len(told)})" in sources.label
    assert (told["first"] <= told["last"]).all()
    files = [("zones_20161120.geojson", snapshot(feature("north", 37.0, source="Gazette")), "application/geo+json")]
    fill(app, "other", files)
    next(button for button in app.button if button.label == "Import").click().run()
    app = dashboard(own_store, "zones", series="other")
    assert not app.exception
    (series,) = (item for item in app.expander if item.label.startswith("All series"))
    rows = series.dataframe[0].value.set_index("series")
    assert {"aleppo", "other"} <= set(rows.index)
    assert (str(rows.loc["other", "first"])[:10], rows.loc["other", "dates"]) == ("2016-11-20", 1)
