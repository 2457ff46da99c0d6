from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geo.model import Account, Count, Resolved, Unresolved
from geo.stores.codec import decode_account, encode_account, region_of, with_region_ids
from geo.vocabulary import SUB_EVENT_TYPES, Factuality
from tests.samples import ARMY, IDLIB, REBELS, account, resolved


def round_trip(told: Account) -> Account:
    shape = region_of(told)
    return decode_account(encode_account(told), {shape[0]: shape[2]} if shape else {})


def test_a_full_account_comes_back_equal():
    told = account(actor1=ARMY, actor2=REBELS, killed=Count(4, 5, None), factuality=Factuality.CLAIMED)
    assert round_trip(told) == told


def test_not_knowing_comes_back_as_not_knowing():
    told = account(day=None, where=Unresolved("no such place", "Nowhere"), killed=None, attribution="", tags=())
    again = round_trip(told)
    assert again == told
    assert isinstance(again.when, Unresolved)
    assert isinstance(again.resolution, Unresolved)
    assert again.resolution.toponym == "Nowhere"


def test_the_polygon_is_kept_outside_and_put_back():
    told = account()
    assert "POLYGON" not in encode_account(told).upper()
    bare = decode_account(encode_account(told), {})
    assert isinstance(bare.resolution, Resolved)
    assert bare.resolution.region is None
    assert bare.resolution.region_id == "aleppo-city#eastern"


def test_a_polygon_without_a_name_gets_one():
    unnamed = replace(resolved(part="eastern"), region_id="")
    named = with_region_ids(account(where=unnamed))
    assert isinstance(named.resolution, Resolved)
    assert named.resolution.region_id.startswith("shape-")
    assert round_trip(named) == named


@given(
    sub_type=st.sampled_from(sorted(SUB_EVENT_TYPES)),
    day=st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    low=st.none() | st.integers(0, 10**6),
    factuality=st.sampled_from(Factuality),
    attribution=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    confidence=st.floats(0, 1),
)
def test_any_account_comes_back_equal(sub_type, day, low, factuality, attribution, confidence):
    told = account(
        sub_type=sub_type,
        day=day,
        killed=Count(low, low, None),
        factuality=factuality,
        attribution=attribution,
        confidence=confidence,
        where=resolved(IDLIB),
    )
    assert round_trip(told) == told
