"""Entries of a chronicle are what it tells; the same words beside news are history."""

from __future__ import annotations

from datetime import date

from .reports import accounts

_ENTRIES = (
    "On 4 May 2013, soldiers shelled Douma, killing three people. Two more were wounded when troops shelled Hama.\n\n"
    "9 June 2013: Rebels attacked a checkpoint in Homs. The fighting lasted for three days."
)


def test_a_chronicle_tells_of_its_dates() -> None:
    found = accounts(_ENTRIES, published=date(2016, 11, 21))
    days = [account.when.value.start.isoformat() for account in found if hasattr(account.when, "value")]
    assert days[0] == "2013-05-04"
    assert "2013-06-09" in days
    assert set(days) <= {"2013-05-04", "2013-06-09"}


def test_the_same_dates_beside_news_are_history() -> None:
    found = accounts(_ENTRIES + " The army shelled Aleppo on Sunday.", published=date(2016, 11, 21))
    days = {account.when.value.start.isoformat() for account in found if hasattr(account.when, "value")}
    assert "2013-05-04" not in days
    assert "2016-11-20" in days


def test_a_date_long_back_within_a_sentence_makes_no_chronicle() -> None:
    assert accounts("The monument stands where soldiers shelled Douma on 4 May 2013, killing three people.") == ()
