from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.components import breakdowns, charts
from dashboard.components.figures import figures_html, headline
from dashboard.components.shares import doubt_shares
from dashboard.i18n import load_words
from dashboard.measures import Measure
from dashboard.tally import Sums, count_on, sums, tally_of, vague_events
from geo.model import Count, Unresolved
from geo.vocabulary import Factuality
from tests.dashboard.records import table_of
from tests.samples import DAY, account, document

WORDS = load_words("en")
EVENTS = table_of(
    account(killed=Count(4, None, None)),
    account(
        document("b", "A school was bombed."), day=DAY + timedelta(days=5), killed=Count(7, 8, 11), tags=("education",)
    ),
    account(document("c", "A bridge was bombed."), day=DAY + timedelta(days=9), killed=None, tags=()),
    account(
        document("d", "They denied that a market was bombed."),
        day=DAY + timedelta(days=12),
        killed=Count(50, 50, 50),
        factuality=Factuality.DENIED,
        tags=("market",),
    ),
    account(document("e", "A camp was bombed."), day=None, where=Unresolved("No place."), killed=None, tags=("camp",)),
)
AREAS = pd.DataFrame(
    {
        "day": pd.to_datetime([DAY, DAY + timedelta(days=1)]).astype("datetime64[s]"),
        "controller": ["rebels", "rebels"],
        "area_km2": [45.0, 40.5],
    }
)
HELD = {("rebels", DAY): 45.0, ("rebels", DAY + timedelta(days=1)): 40.5}


def sums_of(events: pd.DataFrame) -> Sums:
    return sums(tally_of(events), np.ones(len(events), dtype=bool))


def test_killed_adds_up_bounds_and_leaves_out_what_did_not_happen() -> None:
    killed = sums_of(EVENTS).killed
    assert (killed.low, killed.best, killed.high, killed.counted) == (11, 12, 15, 2)


def test_a_toll_of_a_month_is_counted_apart() -> None:
    events = EVENTS.copy()
    events.loc[events["fatalities_low"] == 4, "time_precision"] = 3
    events.loc[events["fatalities_low"] == 4, "fatalities_best"] = 4
    killed = sums_of(events).killed
    assert (killed.low, killed.best, killed.high, killed.counted, killed.long_tolls) == (7, 8, 11, 1, 1)


def test_what_a_mask_leaves_out_is_not_added_up() -> None:
    tally, mask = tally_of(EVENTS), (EVENTS["date_start"] != pd.Timestamp(DAY)).to_numpy(dtype=bool, na_value=True)
    left = sums(tally, mask)
    assert (left.events, left.killed.low, left.killed.counted, left.vague, left.waiting) == (4, 7, 1, 1, 4)
    assert count_on(tally, mask, DAY) == 0
    assert count_on(tally, np.ones(5, dtype=bool), DAY) == 1
    assert count_on(tally, mask, DAY + timedelta(days=400)) == 0, "the undated lie on no day"


def test_vague_is_what_lacks_place_or_day() -> None:
    assert int(vague_events(EVENTS).sum()) == 1


def test_headline_follows_events_and_day() -> None:
    figures = {
        figure.key: figure
        for figure in headline(
            sums_of(EVENTS),
            HELD,
            WORDS,
            total=9,
            here=1,
            start=DAY,
            day=DAY + timedelta(days=1),
            sides={"rebels": "Rebels", "sdf": "SDF"},
            colours={"rebels": "#009e73"},
        )
    }
    assert figures["events"].value == "5"
    assert figures["killed"].value == "12"
    assert "11–15" in figures["killed"].note
    assert figures["area-rebels"].value == "40.5 km²"
    assert figures["area-rebels"].note == "−4.5 km² since 19 Nov"
    assert "area-sdf" not in figures, "a side without ground in the period has no figure"
    assert "#009e73" in figures_html(iter(figures.values()))


def test_shares_count_what_is_not_settled() -> None:
    shares = {share.key: share for share in doubt_shares(EVENTS)}
    assert shares["unplaced"].count == 1
    assert shares["undated"].count == 1
    assert shares["unreviewed"].fraction == 1.0
    told = [shares[name].count for name in ("contested", "no_holder")]
    control = EVENTS["control"].tolist()
    assert told == [sum(one in ("contested", "uncertain") for one in control), control.count("unknown")]
    assert all(share.fraction == 0.0 for share in doubt_shares(EVENTS.head(0)))


def test_every_chart_is_valid_vega_and_carries_its_rows() -> None:
    names, colours = {"rebels": "Rebels"}, {"rebels": "#009e73"}
    drawn = [
        charts.events_by_day(EVENTS, WORDS),
        charts.casualties_by_day(EVENTS, WORDS, Measure.KILLED),
        charts.area_held(AREAS, WORDS, names=names, colours=colours, doubt=(0.1, 0.5)),
        charts.front_length(AREAS.rename(columns={"area_km2": "front_km"}), WORDS),
    ]
    for measure in Measure:
        drawn += [
            breakdowns.by_sub_type(EVENTS, WORDS, measure),
            breakdowns.by_actor(EVENTS, WORDS, measure),
            breakdowns.by_control(EVENTS, WORDS, measure, names=names, colours=colours),
            breakdowns.by_week(EVENTS, WORDS, measure),
        ]
    for chart in drawn:
        assert chart.drawing.to_dict()["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
        assert chart.note.startswith("n = ")
    assert drawn[0].rows["events"].sum() == 4
    assert "1 without a day" in drawn[0].note
    assert list(drawn[1].rows["best"]) == [4, 8]
    assert "0.1–0.5 km" in drawn[2].note


def test_people_harmed_are_added_up_by_kind_actor_and_ground() -> None:
    for chart in (
        breakdowns.by_sub_type(EVENTS, WORDS, Measure.KILLED),
        breakdowns.by_actor(EVENTS.assign(actor1="Northern Army"), WORDS, Measure.KILLED),
        breakdowns.by_control(EVENTS, WORDS, Measure.KILLED, names={}, colours={}),
    ):
        rows = chart.rows
        assert (rows["low"].sum(), rows["best"].sum(), rows["high"].sum(), rows["events"].sum()) == (11, 12, 15, 2)
        assert "n = 2" in chart.note
        assert "Left out: 2 events without a count; 0 tolls of a month or longer; 1 denied" in chart.note
    weeks = breakdowns.by_week(EVENTS, WORDS, Measure.KILLED).rows
    assert list(weeks["best"]) == [4, 8]
    assert breakdowns.by_week(EVENTS, WORDS).rows["events"].sum() == 4
    assert breakdowns.by_sub_type(EVENTS, WORDS, Measure.INJURED).rows.empty


def test_a_toll_of_a_month_and_an_event_of_a_month_belong_to_no_week() -> None:
    events = EVENTS.copy()
    events.loc[events["fatalities_low"] == 4, "time_precision"] = 3
    assert breakdowns.by_sub_type(events, WORDS, Measure.KILLED).rows["best"].sum() == 8
    assert breakdowns.by_week(events, WORDS).rows["events"].sum() == 3


def test_a_chart_of_one_day_leaves_days_around_it() -> None:
    chart = charts.events_by_day(EVENTS.head(1), WORDS)
    first, last = chart.drawing.to_dict()["encoding"]["x"]["scale"]["domain"]
    ends = [date(end["year"], end["month"], end["date"]) for end in (first, last)]
    assert (ends[1] - ends[0]).days == 14
    assert ends[0] < DAY < ends[1]
