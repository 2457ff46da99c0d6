"""What holds for every series, every join and every polygon."""

import json
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geo.crs import LONLAT, area_km2
from geo.zones import join_control, read_zone_files, zones_at
from geo.zones.frontline import frontline_edges
from geo.zones.nearest import great_circle_km, nearest_km_in_groups
from geo.zones.topology import repaired

from .samples import event, events_of, zone, zones_of

START = date(2020, 1, 1)
CALM = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

coordinates = st.integers(0, 40).map(lambda step: step / 10)
points = st.tuples(coordinates, coordinates)
near_points = st.tuples(*[st.integers(0, 40).map(lambda step: step / 100)] * 2)
"""Within 45 km, where a straight line of degrees and a geodesic enclose nothing worth naming."""


@st.composite
def boxes(draw):
    west, south = draw(coordinates), draw(coordinates)
    return box(west, south, west + draw(st.integers(1, 20)) / 10, south + draw(st.integers(1, 20)) / 10)


@st.composite
def snapshots(draw):
    days = draw(st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True))
    return {
        START + timedelta(days=day): draw(
            st.lists(st.tuples(st.sampled_from(["reds", "blues"]), boxes()), min_size=0, max_size=4)
        )
        for day in days
    }


@st.composite
def series(draw):
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        first = START + timedelta(days=draw(st.integers(0, 30)))
        length = draw(st.one_of(st.none(), st.integers(1, 20)))
        last = first + timedelta(days=length) if length else None
        status = draw(st.sampled_from(["held", "held", "contested"]))
        rows.append(zone(draw(st.sampled_from(["reds", "blues", "greens"])), draw(boxes()), first, last, status=status))
    return zones_of(*rows)


@st.composite
def some_events(draw):
    rows = []
    for number in range(draw(st.integers(1, 12))):
        place = draw(st.one_of(st.none(), points))
        first = draw(st.one_of(st.none(), st.integers(-3, 50).map(lambda day: START + timedelta(days=day))))
        last = first + timedelta(days=draw(st.integers(0, 9))) if first else None
        lon, lat = place or (None, None)
        rows.append(
            event(f"e{number}", lon, lat, first, last, uncertainty_km=draw(st.sampled_from([0.1, 10.0, 200.0])))
        )
    return events_of(*rows)


def written(folder, taken):
    for old in folder.glob("*.geojson"):
        old.unlink()
    for day, grounds in taken.items():
        features = [
            {"type": "Feature", "properties": {"controller": name}, "geometry": shapely.geometry.mapping(shape)}
            for name, shape in grounds
        ]
        content = {"type": "FeatureCollection", "features": features}
        (folder / f"{day:%Y%m%d}.geojson").write_text(json.dumps(content))
    return read_zone_files([folder], series="s")


@CALM
@given(taken=snapshots())
def test_slices_of_a_series_never_overlap_and_each_day_has_at_most_one(tmp_path, taken):
    zones = written(tmp_path, taken).zones
    slices = sorted({(row.valid_from, row.valid_to) for row in zones.itertuples()}, key=lambda pair: pair[0])
    for (_, end), (start, _) in zip(slices, slices[1:], strict=False):
        assert end <= start
    for day, grounds in taken.items():
        said = zones_at(zones, day)
        assert len(said[["valid_from", "valid_to"]].drop_duplicates()) <= 1
        if grounds:
            # Ground of both sides is contested, and may be all that there is of one of them.
            named = {side for name in said.loc[said["status"] == "contested", "name"] for side in name.split(" / ")}
            assert set(said["controller"]) | named == {name for name, _ in grounds}


@CALM
@given(taken=snapshots())
def test_a_written_series_reads_back_equal(tmp_path, taken):
    zones = written(tmp_path, taken).zones
    if zones.empty:
        return
    path = tmp_path / "whole.gpkg"
    path.unlink(missing_ok=True)
    zones.to_file(path, driver="GPKG")
    again = read_zone_files([path], series="s").zones
    path.unlink()
    kept = ["controller", "controller_name", "colour", "status", "name", "valid_from", "valid_to"]

    def content(frame):
        # A GeoPackage layer has one type: a polygon among multipolygons comes back as a multipolygon of one part.
        shapes = [MultiPolygon(shapely.get_parts(shape).tolist()).normalize().wkt for shape in frame.geometry]
        return sorted((*map(str, row), shape) for row, shape in zip(frame[kept].to_numpy(), shapes, strict=True))

    assert content(again) == content(zones)


@CALM
@given(zones=series(), events=some_events(), shuffle=st.randoms())
def test_one_in_one_out_whatever_the_order(zones, events, shuffle):
    joined = join_control(events, zones)
    assert joined["event_id"].tolist() == events["event_id"].tolist()
    order = list(range(len(events)))
    shuffle.shuffle(order)
    other = join_control(events.iloc[order].reset_index(drop=True), zones)
    columns = ["control", "zone_id", "frontline_km", "control_reason"]
    expected = joined.iloc[order].reset_index(drop=True)[columns]
    assert other[columns].equals(expected)


@CALM
@given(zones=series(), events=some_events(), shuffle=st.randoms())
def test_control_does_not_depend_on_the_order_of_zones(zones, events, shuffle):
    order = list(range(len(zones)))
    shuffle.shuffle(order)
    other = join_control(events, zones.iloc[order].reset_index(drop=True))
    assert other["control"].tolist() == join_control(events, zones)["control"].tolist()


@CALM
@given(zones=series(), events=some_events())
def test_the_join_agrees_with_asking_day_by_day(zones, events):
    joined = join_control(events.assign(uncertainty_km=0.0), zones)
    for row in joined.itertuples():
        if row.geometry is None or row.date_start is None or row.date_start != row.date_end:
            continue
        here = zones_at(zones, row.date_start.date())
        here = here[here.intersects(Point(row.lon, row.lat))]
        sides = {
            "contested" if status == "contested" else name
            for name, status in zip(here["controller"], here["status"], strict=True)
        }
        expected = "unknown" if not sides else sides.pop() if len(sides) == 1 else "contested"
        on_the_line = row.frontline_km == 0 and expected not in ("unknown", "contested")
        assert row.control == ("uncertain" if on_the_line else expected)


@CALM
@given(corners=st.lists(near_points, min_size=3, max_size=12), hole=st.lists(near_points, min_size=3, max_size=6))
def test_repaired_ground_is_valid_and_no_farther_away_than_reported(corners, hole):
    for drawn in (Polygon(corners), Polygon(corners, [hole]), MultiPolygon([Polygon(corners), Polygon(hole)])):
        repair = repaired(drawn)
        if repair.geometry is None:
            continue
        assert shapely.is_valid(repair.geometry)
        assert repair.geometry.geom_type in ("Polygon", "MultiPolygon")
        try:
            even_odd = shapely.make_valid(drawn)
            away = repair.geometry.symmetric_difference(even_odd)
        except shapely.errors.GEOSException:
            # Then there is nothing to compare with.
            continue
        apart = sum(area_km2(part) for part in shapely.get_parts(away) if part.geom_type == "Polygon")
        assert apart <= repair.changed_km2 * (1 + 1e-6) + 0.01
        if repair.faults == ():
            assert repair.geometry.equals(drawn)


@CALM
@given(line=st.lists(points, min_size=2, max_size=60, unique=True), places=st.lists(points, min_size=1, max_size=30))
def test_distances_agree_with_measuring_every_edge(line, places):
    corners = np.array(line)
    edges = np.stack([corners[:-1], corners[1:]], axis=1)
    all_of = (np.array([0, len(places)]), np.array([0, len(edges)]))
    found = nearest_km_in_groups(np.array(places), all_of[0], edges, all_of[1], shrink=1.0)
    whole = shapely.MultiLineString(edges.tolist())
    exact = [shapely.shortest_line(whole, Point(place)).coords[0] for place in places]
    expected = great_circle_km(np.array(places), np.array(exact))
    assert found == pytest.approx(expected, rel=0.012, abs=0.001)


@CALM
@given(shapes=st.lists(boxes(), min_size=2, max_size=5))
def test_the_frontline_lies_on_borders(shapes):
    geometries = np.array(shapes, dtype=object)
    side = np.arange(len(shapes))
    edges = frontline_edges(geometries, side, np.zeros(len(shapes), dtype=np.int64), shrink=1.0, bridge_km=0.3)
    borders = shapely.union_all(shapely.boundary(geometries))
    if len(edges.points):
        middles = shapely.points(edges.points.mean(axis=1))
        assert shapely.distance(middles, borders).max() < 1e-9
    assert gpd.GeoSeries(shapes, crs=LONLAT).is_valid.all()
