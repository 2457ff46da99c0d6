"""Who holds a cell, from statements that contradict each other."""

from datetime import date

from geo.vocabulary import ZoneStatus
from geo.zones.statements import Holding, Statement, cell_holdings

START = Holding(date(2016, 11, 15), "rebels", ZoneStatus.HELD)


def told(day: int, holder: str, share: float = 1.0, *, until: int | None = None, source: str = "a") -> Statement:
    return Statement(date(2016, 11, day), date(2016, 11, until or day), ("x",), holder, share, source, "")


def on(day: int, *statements: Statement) -> tuple[str, str]:
    current = START
    for holding in cell_holdings(START, statements, disagreement_days=7):
        if holding.since <= date(2016, 11, day):
            current = holding
    return current.controller, str(current.status)


def test_a_capture_counts_from_its_day():
    assert on(19, told(20, "government")) == ("rebels", "held")
    assert on(20, told(20, "government")) == ("government", "held")


def test_two_days_for_one_capture_leave_it_contested_between_them():
    statements = told(20, "government"), told(22, "government", source="b")
    assert [on(day, *statements) for day in (19, 20, 21, 22)] == [
        ("rebels", "held"),
        ("rebels", "contested"),
        ("rebels", "contested"),
        ("government", "held"),
    ]


def test_a_confirmation_long_after_is_no_contradiction():
    assert on(17, told(16, "government"), told(28, "government")) == ("government", "held")


def test_a_span_of_days_is_contested_until_its_last():
    assert on(20, told(20, "government", until=23)) == ("rebels", "contested")
    assert on(23, told(20, "government", until=23)) == ("government", "held")


def test_a_part_divides_the_cell_until_the_whole_is_taken():
    statements = told(20, "government", 0.3), told(24, "government")
    assert on(22, *statements) == ("rebels", "contested")
    assert on(24, *statements) == ("government", "held")


def test_a_mere_foothold_changes_nothing():
    assert on(21, told(20, "government", 0.05)) == ("rebels", "held")


def test_a_counter_attack_gives_it_back():
    statements = told(20, "government", 0.7), told(21, "rebels", 0.95), told(22, "government", 0.3)
    assert on(20, *statements) == ("rebels", "contested")
    assert on(21, *statements) == ("rebels", "held")
    assert on(22, *statements) == ("rebels", "contested")


def test_a_repelled_attack_is_no_change_of_hands():
    assert on(20, told(19, "rebels"), told(21, "rebels", source="b")) == ("rebels", "held")


def test_opposite_statements_of_one_day_stay_contested_until_a_later_one():
    statements = told(20, "government"), told(20, "rebels", source="b"), told(25, "government")
    assert on(24, *statements) == ("rebels", "contested")
    assert on(25, *statements) == ("government", "held")


def test_ground_that_others_share_out_is_no_longer_of_the_side_that_lost_it():
    assert on(21, told(20, "government", 0.5), told(20, "sdf", 0.5)) == ("government", "contested")
