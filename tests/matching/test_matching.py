"""Many accounts, one event: what joins, what stays apart, and what is drawn from a group."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from geo.matching import Constraints, clusters, explain_pair, groups, kinds, match_accounts, match_clusters, squares
from geo.matching.columns import Columns
from geo.matching.scores import judge
from geo.matching.traits import traits_of
from geo.matching.weighing import WeighedPairs, weigh_few, weigh_pairs
from geo.matching.weights import read_weights
from geo.model import (
    Account,
    Actor,
    Count,
    Days,
    Document,
    Evidence,
    Mention,
    PlacePhrase,
    Quoted,
    Resolved,
    Unresolved,
)
from geo.vocabulary import Factuality, MentionKind, TimePrecision
from tests.samples import ALEPPO, ARMY, IDLIB, REBELS, account, days_later, document, resolved

HOSPITAL = document("d1", "A hospital in eastern Aleppo was bombed on Saturday and four people died.", source="Wire")
CLINIC = document(
    "d2", "Medics in Aleppo say six were killed when jets bombed their clinic at the weekend.", source="Radio"
)


def event_of(*accounts: Account):
    (event,) = match_accounts(accounts)
    return event


def apart(*accounts: Account) -> bool:
    return len(match_accounts(accounts)) == len(accounts)


def test_two_tellings_of_one_happening_are_one_event():
    event = event_of(account(HOSPITAL), account(CLINIC, killed=Count(6, 6, 6), where=resolved(km=8.0)))
    assert len(event.accounts) == 2
    assert event.confidence > 0.9
    assert "two independent sources" in event.notes


def test_the_reasons_can_be_read():
    judged = explain_pair(account(HOSPITAL), account(CLINIC))
    assert judged.same
    assert judged.score == sum(reason.weight for reason in judged.reasons)
    assert "same day" in str(judged)
    assert explain_pair(account(CLINIC), account(HOSPITAL)) == judged


def test_repeated_strikes_on_following_days_stay_apart():
    second = document("d2", "Another hospital in eastern Aleppo was bombed on Sunday, residents said.", source="Radio")
    assert apart(account(HOSPITAL), account(second, day=days_later(1), killed=None))


def test_other_places_kinds_and_plans_stay_apart():
    first = account(HOSPITAL)
    assert apart(first, account(CLINIC, where=resolved(IDLIB)))
    assert apart(first, account(CLINIC, sub_type="peaceful_protest"))
    assert apart(first, account(CLINIC, factuality=Factuality.ANNOUNCED))
    assert apart(first, account(CLINIC, day=None))


def test_a_toll_of_several_days_is_no_event_of_them():
    told = document(
        "d2", "Four medics have been killed in Aleppo since Thursday, the health office said.", source="Radio"
    )
    toll = account(told, trigger="since Thursday", day=days_later(-2), last=days_later(2), precision=2)
    assert apart(account(HOSPITAL), toll)
    again = document("d3", "Since Thursday four medics have died in Aleppo, a charity said.", source="Wire")
    same_toll = account(again, trigger="Since Thursday", day=days_later(-2), last=days_later(2), precision=2)
    assert len(match_accounts([account(HOSPITAL), toll, same_toll])) == 2


def test_two_sums_of_the_same_days_are_one_whatever_they_call_what_was_done():
    told = document("d2", "Sixty people have been killed in raids on Aleppo since Thursday.", source="Radio")
    also = document("d3", "Over the past five days 62 residents of Aleppo died in the bombardment.", source="Wire")
    days = {"last": days_later(2), "precision": 2, "tags": ()}
    first = account(
        told, sub_type="attack", trigger="since Thursday", day=days_later(-2), killed=Count(60, 60, 60), **days
    )
    second = account(also, trigger="Over the past", day=days_later(-3), killed=Count(62, 62, 62), **days)
    assert "both count days, 5 in common" in str(explain_pair(first, second))
    assert not apart(first, second)
    before = account(also, trigger="Over the past", day=days_later(-9), **{**days, "last": days_later(-2)})
    assert apart(first, before)


def test_an_event_whose_day_is_vague_is_no_toll():
    told = document("d2", "Four died last week when jets bombed a hospital in eastern Aleppo.", source="Radio")
    vague = account(told, trigger="week", day=days_later(-3), last=days_later(3), precision=2)
    assert not apart(account(HOSPITAL), vague)


def test_the_east_and_the_west_of_a_town_stay_apart():
    east = resolved(part="eastern", km=6.0)
    far = replace(east, region_id="west", place_name="western Aleppo", region=translate(east.region, xoff=-0.08))
    assert not apart(account(HOSPITAL, where=east), account(CLINIC, where=east, killed=None))
    assert apart(account(HOSPITAL, where=east), account(CLINIC, where=far, killed=None))


def test_civilians_on_both_sides_do_not_join_what_different_sides_did():
    civilians = Actor("civilians", "Civilians", "civilians")
    judged = explain_pair(
        account(HOSPITAL, actor1=ARMY, actor2=civilians), account(CLINIC, actor1=REBELS, actor2=civilians)
    )
    assert "different sides did it" in str(judged)
    assert "same actor" not in str(judged)


def test_what_is_not_placed_joins_by_its_words_alone():
    copy = replace(HOSPITAL, document_id="d3", source="Other Wire")
    nowhere = Unresolved("no such place", "Nowhere")
    assert apart(account(HOSPITAL, where=nowhere), account(CLINIC, where=replace(nowhere, toponym="Elsewhere")))
    assert not apart(account(HOSPITAL, where=nowhere), account(CLINIC, where=replace(nowhere, toponym="nowhere")))
    assert len(match_accounts([account(HOSPITAL, where=nowhere), account(copy, where=nowhere)])) == 1


def test_districts_that_one_sentence_lists_are_events_of_their_own():
    words = "The army captured the Marjeh, Maadi and Salheen districts on Saturday."
    listed = [
        resolved(district(name, step * 0.005), km=0.7) for step, name in enumerate(("Marjeh", "Maadi", "Salheen"))
    ]
    taken = {
        "sub_type": "government_regains_territory",
        "trigger": "captured",
        "killed": None,
        "actor1": ARMY,
        "tags": (),
    }
    told = [taken_at(document("d1", words, source="Wire"), where, **taken) for where in listed]
    copied = [taken_at(document("d2", words, source="Paper"), where, **taken) for where in listed]
    radio = document("d3", "Although officials said the army captured Maadi on Saturday, clashes went on.", source="R")
    events = match_accounts([*told, *copied, taken_at(radio, listed[1], **taken)])
    assert sorted(len(event.accounts) for event in events) == [2, 2, 3]


def taken_at(told: Document, where: Resolved, **fields):
    start = told.text.index(where.toponym)
    name = Mention(start, start + len(where.toponym), where.toponym, MentionKind.TOPONYM)
    phrase = PlacePhrase(name.start, name.end, name.text, name)
    return replace(account(told, where=where, **fields), where=phrase)


def district(name: str, off: float):
    return replace(ALEPPO, gazetteer_id=name.lower(), name=name, lon=ALEPPO.lon + off)


def test_a_wire_copy_is_no_second_source():
    copy = replace(HOSPITAL, document_id="d3", source="Other Paper")
    event = event_of(account(HOSPITAL), account(copy))
    assert "(one source" in event.notes
    assert event.confidence == account(HOSPITAL).confidence


def test_a_wire_copy_that_was_drawn_out_is_no_second_source():
    words = "Syrian government warplanes bombed a hospital in {}eastern Aleppo on Saturday, killing four people, {}."
    told = {
        "wire": words.format("", "medics said"),
        "paper": words.format("rebel-held ", "medics told the agency by phone"),
        "radio": "Jets bombed a hospital in rebel-held eastern Aleppo on Saturday and four people died, medics say.",
    }
    wire, paper, radio = (account(document(name, text, source=name)) for name, text in told.items())
    assert "(one source" in event_of(wire, paper).notes
    assert "two independent sources" in event_of(wire, radio).notes


def test_one_publisher_is_one_source():
    again = replace(CLINIC, source="wire ")
    assert "(one source" in event_of(account(HOSPITAL), account(again)).notes


def test_the_most_precise_place_and_days_win():
    vague = account(CLINIC, where=resolved(km=8.0), day=days_later(-2), last=days_later(1), precision=2)
    event = event_of(vague, account(HOSPITAL))
    assert isinstance(event.resolution, Resolved)
    assert event.resolution.place_name == "eastern Aleppo"
    assert event.days is not None
    assert (event.days.start, event.days.end) == (days_later(0), days_later(0))


def test_counts_span_and_contradictions_are_listed():
    event = event_of(
        account(HOSPITAL, killed=Count(4, 4, 4), actor1=ARMY), account(CLINIC, killed=Count(6, 6, 6), actor1=REBELS)
    )
    assert event.fatalities == Count(4, 6, 6)
    assert any("numbers killed differ: 4 (Wire) and 6 (Radio)" in line for line in event.contradictions)
    assert any("blame different sides" in line for line in event.contradictions)
    assert event.notes.endswith("which differ).")


def test_contradictions_tell_bounds_and_ranges_as_they_were_told():
    told = [account(HOSPITAL, killed=Count(4, 4, 4)), account(CLINIC, killed=Count(6, 6, None))]
    daily = document("d3", "Five to eight people died when a hospital of eastern Aleppo was bombed.", source="Daily")
    event = event_of(*told, account(daily, killed=Count(5, 5, 8)))
    assert "The numbers killed differ: 4 (Wire), at least 6 (Radio) and 5 to 8 (Daily)." in event.contradictions
    assert event.fatalities == Count(4, 5, 8)


def test_at_least_stays_open_above():
    event = event_of(account(HOSPITAL, killed=Count(64, None, None)))
    assert event.fatalities == Count(64, None, None)
    assert "at least 64 killed" in event.notes


def test_a_denial_does_not_unmake_an_event():
    denied = account(CLINIC, factuality=Factuality.DENIED, attribution="the army", killed=None)
    event = event_of(account(HOSPITAL), denied)
    assert event.factuality is Factuality.ASSERTED
    assert event.contradictions[0] == "It is denied in Radio."
    assert event.attribution == "medics; the army"


def test_people_bind_and_part():
    one, other = account(HOSPITAL), account(CLINIC, where=resolved(IDLIB))
    names = (one.account_id, other.account_id)
    assert len(match_accounts([one, other], together=[names])) == 1
    same = account(CLINIC)
    names = (one.account_id, same.account_id)
    assert len(match_accounts([one, same])) == 1
    assert len(match_accounts([one, same], apart=[names])) == 2
    assert len(match_accounts([one, same], apart=[names], together=[names])) == 2


def test_a_person_s_parting_holds_against_a_third_account():
    third = document("d3", "Jets bombed a hospital in Aleppo's east on Saturday, killing four people.", source="Daily")
    accounts = [account(HOSPITAL), account(CLINIC), account(third)]
    parted = (accounts[0].account_id, accounts[1].account_id)
    for event in match_accounts(accounts, apart=[parted]):
        assert not {*parted} <= {item.account_id for item in event.accounts}


def crowd(seed: int, count: int) -> list[Account]:
    dice = random.Random(seed)
    told = []
    for number in range(count):
        text = f"Report {number}: {dice.choice(['a hospital', 'a school', 'a market'])} was bombed, {dice.random()}."
        told.append(
            account(
                document(f"d{number}", text, source=f"S{number % 5}"),
                day=days_later(dice.randrange(4)),
                sub_type=dice.choice(["air_drone_strike", "shelling_artillery_missile_attack", "attack"]),
                where=dice.choice([resolved(), resolved(part="eastern"), resolved(IDLIB)]),
                killed=dice.choice([None, Count(4, 4, 4), Count(9, 9, 9)]),
                tags=dice.choice([(), ("health_care",), ("education",)]),
            )
        )
    return told


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), order=st.randoms())
def test_the_order_of_arrival_makes_no_difference(seed, order):
    told = crowd(seed, 30)
    shuffled = told.copy()
    order.shuffle(shuffled)
    events = match_accounts(told)
    assert match_accounts(shuffled) == events
    assert sorted(item.account_id for event in events for item in event.accounts) == sorted(
        item.account_id for item in told
    )
    assert len({event.event_id for event in events}) == len(events)


def test_what_is_vague_joins_what_it_fits_best_and_chains_nothing():
    first, second = account(HOSPITAL), account(CLINIC, day=days_later(1), killed=Count(9, 9, 9))
    week = document("d3", "Eleven died when jets bombed clinics of the city, officials said.", source="Third")
    vague = account(week, day=days_later(0), last=days_later(1), precision=2, killed=Count(9, 9, 9))
    events = match_accounts([first, second, vague])
    assert sorted(len(event.accounts) for event in events) == [1, 2]
    assert len(match_clusters([first, second, vague], Constraints())) == 2


def test_a_half_told_by_its_holder_is_no_other_part_than_one_told_by_its_side():
    east = resolved(part="eastern", km=6.0)
    held = replace(east, region_id="city#held_rebels", region=translate(east.region, xoff=-0.08))
    assert not apart(account(HOSPITAL, where=east), account(CLINIC, where=held, killed=None))
    # What is left to it in the end is a small part, whose middle lies far from that of the half.
    last = replace(held, lon=ALEPPO.lon - 0.05, lat=ALEPPO.lat - 0.05, uncertainty_km=1.0)
    told = {"sub_type": "other", "tags": ("evacuation",), "killed": None}
    assert not apart(account(HOSPITAL, where=east, **told), account(CLINIC, where=last, **told))


def test_what_is_on_no_map_joins_by_what_it_concerns():
    vague = account(CLINIC, where=Unresolved("no such place", "Nowhere"), tags=("health_care", "children"))
    found = account(HOSPITAL, tags=("health_care", "children"))
    assert explain_pair(vague, found).same
    assert not apart(vague, found)


def test_an_account_that_comes_twice_counts_once():
    assert event_of(account(HOSPITAL), account(HOSPITAL)).accounts == (account(HOSPITAL),)


def test_a_later_report_leaves_the_events_of_other_ground_alone():
    there = account(
        document("d9", "A market in Idlib was bombed.", source="S9"), where=resolved(IDLIB), tags=("market",)
    )
    before = {event.event_id: event for event in match_accounts([there, account(HOSPITAL)])}
    after = {event.event_id: event for event in match_accounts([there, account(HOSPITAL), account(CLINIC)])}
    (kept,) = match_accounts([there])
    assert before[kept.event_id] == after[kept.event_id] == kept


def varied(seed: int, count: int) -> list[Account]:
    """Return accounts that differ in whatever is compared."""
    dice = random.Random(seed)
    east = resolved(part="eastern", km=6.0)
    west = replace(east, region_id="west", place_name="western Aleppo", region=translate(east.region, xoff=-0.08))
    held = replace(east, region_id="city#held_rebels", lon=37.1, uncertainty_km=1.0)
    civilians = Actor("civilians", "Civilians", "civilians")
    sums = [
        Quoted(Days(days_later(-first), days_later(first), TimePrecision.WEEK), (Evidence(0, 5, "since"),))
        for first in (1, 2)
    ]
    told = []
    for item in crowd(seed, count):
        told.append(
            replace(
                item,
                document_id=dice.choice([item.document_id, "d0", "d1"]),
                resolution=dice.choice(
                    [
                        item.resolution,
                        east,
                        west,
                        held,
                        resolved(km=300.0),
                        resolved(district("Maadi", 0.005)),
                        *(Unresolved("?", name) for name in ("", "A", "B")),
                    ]
                ),
                actor1=dice.choice([None, quoted(ARMY), quoted(REBELS), quoted(replace(REBELS, actor_id=""))]),
                actor2=dice.choice([None, quoted(civilians), quoted(ARMY), quoted(Actor("", "A militia"))]),
                when=dice.choice([item.when, item.when, *sums]),
                fatalities=dice.choice([None, item.fatalities, quoted(Count(10, None, None)), quoted(Count(3, 5, 90))]),
                injured=dice.choice([None, quoted(Count(None, None, 20)), quoted(Count(30, 30, 30))]),
                factuality=quoted(dice.choice([Factuality.ASSERTED, Factuality.ANNOUNCED])),
            )
        )
    return told


def quoted(value):
    return Quoted(value, (Evidence(0, 1, "x"),))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_pairs_weighed_at_once_have_the_score_of_pairs_that_are_explained(seed):
    weights = read_weights()
    # Copies under other names: accounts of one kind are compared with others once.
    alike = [replace(item, document_id=f"{item.document_id}-copy-{n}") for n in range(2) for item in varied(seed, 12)]
    told = {traits.account_id: traits for traits in map(traits_of, [*varied(seed, 12), *alike])}
    ordered = [told[name] for name in sorted(told)]
    pairs = sorted(combinations(range(len(ordered)), 2), key=lambda pair: pair[::-1])
    batches = [(np.array([one for one, _ in pairs]), np.array([other for _, other in pairs]))]
    judged = [judge(ordered[other], ordered[one], weights) for one, other in pairs]
    columns = Columns.of(ordered)
    told_of = dict(zip(pairs, judged, strict=True))
    told_for = {pair: (item.score, item.threshold, item.copied) for pair, item in told_of.items() if item.score > 0}
    assert rows_of(weigh_pairs(columns, batches, weights)) == told_for
    assert rows_of(weigh_few(ordered, batches, weights)) == told_for
    likely = {pair: told for pair, told in told_for.items() if told_of[pair].same}
    assert rows_of(weigh_pairs(columns, batches, weights, same=True)) == likely


def rows_of(pairs: WeighedPairs) -> dict[tuple[int, int], tuple[float, float, bool]]:
    told = (pairs.score.tolist(), pairs.threshold.tolist(), pairs.copied.tolist())
    rows = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return dict(zip(rows, zip(*told, strict=True), strict=True))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_cluster_too_large_for_a_table_makes_the_same_groups(seed):
    told = varied(seed, 40)
    events = match_accounts(told)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(groups, "_MOST_IN_TABLE", 1)
        patched.setattr(groups, "_DENSE", 2.0)
        assert match_accounts(told) == events


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_spares_work_on_a_busy_day_changes_nothing(seed):
    """Kinds and tables of words, and pairs that are passed over together, against each pair by itself."""
    alike = [replace(item, document_id=f"{item.document_id}-copy-{n}") for n in range(3) for item in varied(seed, 15)]
    events = match_accounts(alike)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kinds, "_MOST_KINDS", 0)
        patched.setattr(kinds, "_LARGEST_TABLE", 0)
        patched.setattr(groups, "IN_A_ROW", 1)
        assert match_accounts(alike) == events


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), said=st.lists(st.tuples(st.booleans(), st.integers(0, 44), st.integers(0, 44))))
def test_a_square_of_a_busy_day_makes_the_same_clusters(seed, said):
    told = [*varied(seed, 40), *(replace(item, document_id=f"{item.document_id}-copy") for item in varied(seed, 5))]
    names = [item.account_id for item in told]
    words = [(apart, (names[one], names[other])) for apart, one, other in said if names[one] != names[other]]
    constraints = Constraints.of(
        apart=[pair for apart, pair in words if apart], together=[pair for apart, pair in words if not apart]
    )
    found = match_clusters(told, constraints)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clusters, "_BUSY", 2)
        for name, value in {"_DENSE": 0.0, "_TILE": 7, "_AT_ONCE": 100, "_MOST_IN_BAND": 20}.items():
            patched.setattr(squares, name, value)
        assert match_clusters(told, constraints) == found


def test_a_busy_day_is_held_in_a_square_and_long_chains_are_not():
    together = [traits_of(item) for item in crowd(1, 30)]
    assert [len(rows) for rows in squares.busy_days(together, (), fewest=10)] == [30]
    chain = [replace(item, when=quoted(when(number))) for number, item in enumerate(crowd(1, 30))]
    assert list(squares.busy_days([traits_of(item) for item in chain], (), fewest=10)) == []


def when(number: int) -> Days:
    return Days(days_later(3 * number), days_later(3 * number + 3), TimePrecision.WEEK)


def test_a_text_that_many_print_is_one_source():
    told = [account(replace(HOSPITAL, document_id=f"d{number}", source=f"Paper {number}")) for number in range(60)]
    assert "(one source" in event_of(*told).notes
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clusters, "_BUSY", 2)
        assert "(one source" in event_of(*told).notes
