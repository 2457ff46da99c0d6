"""What reading texts loads, and that what it leaves out changes no answer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import geo.pipeline
from geo.matching import match_accounts
from geo.model import Document
from geo.pipeline import Plan, code_batch, controlled_events, extracted
from geo.pipeline.grounds import series_periods, shipped_series, why_unjoined
from geo.records import record

_LOADED = """
import sys
from geo.commands.application import app
from geo.model import Document
from geo.pipeline import Plan, extracted
from geo.settings import read_settings
answers = list(extracted([Document("a", "Shells fell on the town of Homs.")], plan=Plan.of(read_settings())))
print(len(answers[0]["events"]), sorted({"pandas", "geopandas", "sqlalchemy", "distributed"} & set(sys.modules)))
"""


def test_reading_a_text_off_the_zones_loads_no_tables():
    """They take longer to load than all the rest, and `geo extract` is started for single texts."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split(maxsplit=1) == ["1", "[]\n"]


def test_everything_that_the_room_gives_is_there():
    assert set(geo.pipeline._HOME_OF) == set(geo.pipeline.__all__)
    for name in geo.pipeline.__all__:
        assert getattr(geo.pipeline, name)


def test_an_event_without_a_table_has_the_record_that_a_table_gives(reports: list[Document], plan: Plan):
    """Those of the days of a series go through tables, the others do not: both say the same, to the letter."""
    elsewhen = [replace(report, published=date(2011, 5, 2)) for report in reports]
    undated = [replace(report, published=None) for report in reports]
    nowhere = Document("n", "At least 12 people were killed in the shelling.", published=date(2016, 11, 20))
    periods, reasons = series_periods(plan), set()
    for documents in (reports, elsewhen, undated, [nowhere]):
        events = [event for coded in code_batch(documents, plan=plan) for event in match_accounts(coded.accounts)]
        table, _ = controlled_events(events, shipped_series(plan))
        drawn = [event for answer in extracted(documents, plan=plan) for event in answer["events"]]
        tabled = {one["event_id"]: one for one in (record(row) for row in table.to_dict("records"))}
        assert all(one == tabled[one["event_id"]] for one in drawn)
        reasons |= {why_unjoined(event, periods) for event in events}
    assert len(reasons) == 4, "each way of having no zone is there, and having one"


def test_where_several_series_say_nothing_none_of_them_is_named(plan: Plan) -> None:
    text = "Russian missiles killed 35 civilians in Sumy on Sunday."
    (answer,) = extracted([Document("u", text, published=date(2025, 4, 14))], plan=plan)
    (event,) = answer["events"]
    assert event["control_reason"] == "No series of zones covers the place on that day."
