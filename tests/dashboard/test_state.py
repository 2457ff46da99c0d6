from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.state import View, filters_set, read_view, url_parameters, without_filters
from geo.vocabulary import SUB_EVENT_TYPES, EventType, Factuality, Review

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
NAMES = st.text(min_size=1, max_size=20)


def several(values):
    return st.lists(st.sampled_from(sorted(values)), unique=True, max_size=4).map(tuple)


VIEWS = st.builds(
    View,
    start=st.none() | DAYS.filter(lambda day: day.year < 2015),
    end=st.none() | DAYS.filter(lambda day: day.year > 2015),
    types=several(str(kind) for kind in EventType),
    sub_types=several(SUB_EVENT_TYPES),
    actors=st.lists(NAMES, unique=True, max_size=3).map(tuple),
    factualities=several(str(kind) for kind in Factuality),
    precisions=several([1, 2, 3]),
    killed=st.integers(0, 10_000),
    injured=st.integers(0, 10_000),
    sources=st.lists(NAMES, unique=True, max_size=3).map(tuple),
    reviews=several(str(kind) for kind in Review),
    control=several(["government", "rebels", "contested"]),
    text=st.text(max_size=30),
    sides=several(["government", "rebels"]),
    place=st.sampled_from(["", "aleppo:aleppo:city"]),
    area=st.sampled_from([(), (37.0, 36.1, 37.25, 36.3), (179.5, -1.0, -179.5, 1.0)]),
    day=st.none() | DAYS,
    selected=st.just("") | st.from_regex(r"ev-[0-9a-f]{16}", fullmatch=True),
    count=st.sampled_from(["events", "killed", "injured"]),
    language=st.sampled_from(["en", "ar"]),
)


# A busy machine is slow to make a view up, which says nothing of views.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VIEWS)
def test_a_link_reproduces_the_view(view: View) -> None:
    read = read_view(url_parameters(view))
    assert read.view == view
    assert read.faults == ()


def test_the_plain_view_needs_no_parameters() -> None:
    assert url_parameters(View()) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "yesterday"),
        ("type", "war"),
        ("geo", "9"),
        ("geo", "x"),
        ("killed", "-3"),
        ("killed", "many"),
        ("lang", "xx"),
        ("day", "2016-02-31"),
        ("review", "<script>"),
        ("area", "37,36,38"),
        ("area", "37,36,38,north"),
        ("area", "37,40,38,36"),
        ("area", "nan,36,38,37"),
        ("place", "Aleppo"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_named(name: str, value: str) -> None:
    read = read_view({name: [value], "q": ["hospital"]})
    assert read.view == View(text="hospital")
    assert [(fault.parameter, fault.value) for fault in read.faults] == [(name, value)]


def test_a_period_that_ends_before_it_starts_keeps_its_start() -> None:
    read = read_view({"from": ["2016-12-01"], "to": ["2016-11-01"]})
    assert read.view == View(start=date(2016, 12, 1))
    assert read.faults[0].parameter == "to"


def test_clearing_filters_keeps_day_selection_and_language() -> None:
    view = View(types=("battles",), killed=3, day=date(2016, 12, 1), selected="ev-1", language="ar")
    assert filters_set(view) == 2
    assert without_filters(view) == View(day=date(2016, 12, 1), selected="ev-1", language="ar")
