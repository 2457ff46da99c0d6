from __future__ import annotations

import base64
import json
import re
from datetime import timedelta
from html import unescape

import numpy as np
import pandas as pd
import pytest

from dashboard.components.comparison import comparison_html
from dashboard.components.event_card import card_html, read_tellings, telling_html
from dashboard.components.event_list import selected_row, step
from dashboard.components.event_words import count_in_words, days_in_words, sentence
from dashboard.components.list_columns import list_columns, row_bits
from dashboard.i18n import load_words
from geo.model import Count, Unresolved
from tests.dashboard.records import table_of
from tests.samples import DAY, account, document

WORDS = load_words("en")
HOSTILE = "<img src=x onerror=alert(1)>'\"</script><b>"


def seen(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def test_the_card_says_what_is_known_and_how_well() -> None:
    row = table_of(account()).iloc[0].to_dict()
    text = seen(card_html(row, WORDS, controllers={"rebels": "Rebels"}))
    for part in ("Air or drone strike", "19 November 2016", "eastern Aleppo", "حلب", "within 3.0 km", "at least 4"):
        assert part in text
    assert "The reports do not say" in text


def test_the_card_of_an_event_without_place_and_day_says_so() -> None:
    row = table_of(account(day=None, where=Unresolved("The text names no place."))).iloc[0].to_dict()
    text = seen(card_html(row, WORDS, controllers={}))
    assert "Not placed" in text
    assert "The text names no place." in text


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, "Not said"),
        (Count(4, None, None), "at least 4"),
        (Count(None, None, 9), "at most 9"),
        (Count(12, 12, None), "at least 12"),
        (Count(5, 5, 5), "5"),
        (Count(5, 7, 9), "7 (5 to 9)"),
        (Count(5, None, 9), "5 to 9"),
    ],
)
def test_counts_keep_their_bounds(count: Count | None, said: str) -> None:
    bounds = (count.low, count.best, count.high) if count else (None, None, None)
    row = dict(zip(("fatalities_low", "fatalities_best", "fatalities_high"), bounds, strict=True))
    row = {name: pd.NA if value is None else value for name, value in row.items()}
    assert count_in_words(row, "fatalities", WORDS) == said


def test_who_reads_arabic_gets_the_event_in_arabic_and_english_reasons_folded() -> None:
    arabic = load_words("ar")
    row = table_of(account()).iloc[0].to_dict() | {
        "place_reason": "It is the only place of that name.",
        "control_reason": "The place lies on ground held by rebels.",
    }
    told = sentence(row, arabic)
    assert told.startswith("غارة جوية أو بطائرة مسيّرة، حلب")
    assert "القتلى: " in told
    html = card_html(row, arabic, controllers={})
    assert told in unescape(html)
    for reason in ("It is the only place", "The place lies on ground"):
        assert re.search(rf"<details[^>]*><summary>[^<]*</summary><span[^>]*>{reason}", html)


def test_vague_days_carry_their_precision() -> None:
    row = table_of(account(last=DAY + timedelta(days=6), precision=2)).iloc[0].to_dict()
    assert days_in_words(row, WORDS) == "19 November 2016 – 25 November 2016 (known to the week)"


def test_hostile_words_stay_words_everywhere() -> None:
    told = document("<d>", f"A hospital was bombed {HOSTILE}.", source=HOSTILE)
    table = table_of(account(told, attribution=HOSTILE))
    row = table.iloc[0].to_dict()
    row |= {"notes": HOSTILE, "place_name": HOSTILE, "actor1": HOSTILE, "control": HOSTILE, "control_reason": HOSTILE}
    tellings = read_tellings(row["accounts"])
    for html in (
        card_html(row, WORDS, controllers={}),
        comparison_html(tellings, WORDS),
        telling_html(tellings[0], lambda name: told, WORDS),
        telling_html(tellings[0], lambda name: None, WORDS),
    ):
        assert not re.findall(r"<(?:img|script|/script|b)\b", html)
        assert HOSTILE in seen(html) or "bombed" in seen(html)


def test_a_script_address_is_no_link() -> None:
    told = document()
    telling = read_tellings(table_of(account(told)).iloc[0]["accounts"])[0]
    for url, links in (("javascript:alert(1)", 0), ("https://example.org/a", 1), ("//example.org", 0)):
        changed = type(telling)(**{name: getattr(telling, name) for name in telling.__slots__} | {"url": url})
        assert telling_html(changed, lambda name: told, WORDS).count("<a href=") == links


def test_rows_in_which_sources_differ_are_marked() -> None:
    one = account(document("a", "A hospital was bombed. At least four died, medics said."))
    two = account(document("b", "A hospital was shelled. Seven died, medics said.", source="Other"), trigger="shelled")
    tellings = [*read_tellings(table_of(one).iloc[0]["accounts"]), *read_tellings(table_of(two).iloc[0]["accounts"])]
    html = comparison_html(tellings, WORDS)
    assert 'class="differ"' in html
    assert "“bombed”" in html
    assert "“shelled”" in html


def test_accounts_differ_by_what_they_tell_and_not_by_their_words() -> None:
    four = Count(4, 4, 4)
    one = account(document("a", "A hospital was bombed. Four died, medics said."), killed=four)
    two = account(document("b", "A hospital was bombed. Seven died, medics said."), killed=Count(7, 7, 7))
    same = account(document("c", "A hospital was struck. Four died, medics said."), trigger="struck", killed=four)

    def compared(*accounts) -> str:
        tellings = [telling for one in accounts for telling in read_tellings(table_of(one).iloc[0]["accounts"])]
        return comparison_html(tellings, WORDS, accounts=accounts)

    rows = re.findall(r'<tr class="(differ)?">.*?</tr>', compared(one, same))
    assert rows
    assert "differ" not in rows, "other words for the same are no difference"
    differing = re.findall(r'<tr class="differ">(.*?)</tr>', compared(one, two))
    assert ["killed" in row and "4<small" in row and "7<small" in row for row in differing] == [True]


def test_the_list_groups_by_day_and_puts_the_undated_last() -> None:
    later = account(document("b", "A market was bombed."), day=DAY + timedelta(days=3), tags=("market",))
    undated = account(document("c", "A bridge was bombed."), day=None, tags=())
    table = table_of(later, undated, account()).sort_values("date_start", na_position="last")
    columns = json.loads(list_columns(table, WORDS, controllers={}))["columns"]
    assert list(columns["labels"].values()) == ["19 November 2016", "22 November 2016"]
    assert columns["undated"] == "Day not known"
    assert columns["id"] == list(table["event_id"])
    codes = base64.b64decode(columns["killed"]["codes"]["base64"])
    assert columns["killed"]["values"][codes[0]] == "at least 4 killed"


def test_a_mask_travels_as_one_bit_an_event() -> None:
    assert row_bits(np.array([True, False, False, True] + [False] * 5 + [True])) == bytes([0b1001, 0b10])


def test_stepping_through_the_list_stops_at_its_ends() -> None:
    table = table_of(account(), account(document("b", "A bridge was bombed."), day=DAY + timedelta(days=9), tags=()))
    first, last = table["event_id"]
    assert step(table, first, 1) == last
    assert step(table, last, 1) == last
    assert step(table, first, -1) == first
    assert step(table, "gone", 1) == first
    assert step(table.head(0), "gone", 1) == ""
    assert selected_row(table, "gone") is None
