from __future__ import annotations

from datetime import date

import pytest

from geo.extraction import extract_accounts, locate_trigger
from geo.model import Account, Link, Quoted, Recognition, Unresolved
from geo.vocabulary import SUB_EVENT_TYPES, Factuality, MentionKind

from .reports import accounts, lexicon, marks, only, report


def days(account: Account) -> tuple[str, str]:
    assert isinstance(account.when, Quoted)
    return account.when.value.start.isoformat(), account.when.value.end.isoformat()


def where(account: Account) -> str:
    assert account.where is not None
    return account.where.text


def killed(account: Account) -> int | None:
    return account.fatalities.value.best if account.fatalities else None


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Russian airstrikes hit Idlib on Sunday.", "air_drone_strike"),
        ("Warplanes bombed a hospital in Idlib on Sunday.", "air_drone_strike"),
        ("Rebels shelled western Aleppo on Sunday.", "shelling_artillery_missile_attack"),
        ("A roadside bomb exploded near Mosul yesterday, killing two people.", "remote_explosive_landmine_ied"),
        ("A suicide bomber blew himself up in Kabul on Friday, killing 12 policemen.", "suicide_bomb"),
        ("A chlorine gas attack was reported in Douma on Sunday.", "chemical_weapon"),
        ("Attackers threw a grenade at a bus in Kabul on Sunday.", "grenade"),
        ("Clashes between the army and rebels broke out in Hama on Sunday.", "armed_clash"),
        ("The Syrian army recaptured Fardous on Sunday.", "government_regains_territory"),
        ("Rebels captured Sheikh Saeed on Sunday.", "non_state_actor_overtakes_territory"),
        ("Gunmen abducted three teachers in Chibok on Sunday.", "abduction_forced_disappearance"),
        ("Soldiers raped two women in Omdurman on Sunday.", "sexual_violence"),
        ("Gunmen shot dead two farmers in Chibok on Sunday.", "attack"),
        ("Thousands of people marched in Tunis on Saturday.", "peaceful_protest"),
        ("Police fired tear gas at protesters in Nairobi on Tuesday.", "protest_with_intervention"),
        ("Rioters threw stones at shops in Nairobi on Tuesday.", "violent_demonstration"),
        ("Police arrested 20 people in Nairobi on Tuesday.", "arrests"),
        ("The government and rebels agreed to a ceasefire in Homs on Friday.", "agreement"),
        ("Soldiers looted shops in Omdurman on Sunday.", "looting_property_destruction"),
        ("Russian troops withdrew from Raqqa on Sunday.", "change_to_group_activity"),
    ],
)
def test_sub_event_types(text: str, sub_event_type: str) -> None:
    assert only(text).sub_event_type.value == sub_event_type


def test_every_field_quotes_its_text() -> None:
    text = (
        "Russian airstrikes on Idlib killed at least 10 civilians and wounded 25 in a hospital on Sunday, "
        "the Syrian Observatory for Human Rights said."
    )
    account = only(text)
    names = {name for name, _ in account.quotations()}
    assert names >= {
        "event_type", "tags", "date_start", "place_name", "actor1", "fatalities_best", "injured_best", "attribution"
    }  # fmt: skip
    assert all(text[words.start : words.end] == words.text for _, words in account.quotations())
    assert account.attribution is not None
    assert account.attribution.value == "Syrian Observatory for Human Rights"
    assert account.factuality.value is Factuality.CLAIMED


def test_who_reports_is_no_actor() -> None:
    account = only("The Syrian army said rebels shelled western Aleppo on Sunday.")
    assert account.actor1 is not None
    assert account.actor1.value.side == "rebels"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked the Syrian army in Hama on Sunday.",
        "The Syrian army was attacked by rebels in Hama on Sunday.",
        "An attack by rebels on the Syrian army in Hama on Sunday was fierce.",
    ],
)
def test_who_did_it_to_whom_in_every_voice(text: str) -> None:
    account = only(text)
    assert account.actor1 is not None
    assert account.actor2 is not None
    assert (account.actor1.value.side, account.actor2.value.side) == ("rebels", "government")


@pytest.mark.parametrize(
    ("text", "doer", "victim"),
    [
        ("Three Islamic State fighters were killed in clashes in Raqqa on Sunday.", "", "Islamic State"),
        ("Clashes broke out in Hama on Sunday between Hezbollah fighters and rebels.", "Hezbollah", "Rebels"),
        ("The army attacked militants of the Islamic State in Homs on Sunday.", "Military Forces", "Islamic State"),
        ("The Syrian army and its allied militias seized Fardous on Sunday.", "Military Forces of Syria", ""),
        ("A bomb in Kabul killed six civilians and wounded 15 others on Sunday.", "", "Civilians"),
    ],
)
def test_sides_beside_each_other_are_told_apart(text: str, doer: str, victim: str) -> None:
    account = only(text)
    assert (account.actor1.value.name if account.actor1 else "").startswith(doer)
    assert (account.actor2.value.name if account.actor2 else "").startswith(victim)
    assert bool(account.actor1) == bool(doer)
    assert bool(account.actor2) == bool(victim)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Gunmen entered the hospital in Idlib on Sunday and murdered a soldier.", ["armed_clash"]),
        ("Gunmen killed two farmers in Idlib on Sunday and then fled.", ["attack"]),
        ("Two suspects were captured in Mosul on Sunday by troops.", ["arrests"]),
        ("Six rebels were killed during the attack.", ["armed_clash"]),
        ("The attack was condemned.", []),
        ("Over the past few months airstrikes killed dozens of fighters in Raqqa.", []),
    ],
)
def test_only_what_is_news_makes_an_account(text: str, types: list[str]) -> None:
    assert [account.sub_event_type.value for account in accounts(text)] == types


def test_a_pronoun_takes_its_actor_from_the_sentence_before() -> None:
    told = accounts("Rebels captured Sheikh Saeed on Sunday. They also recaptured Fardous.")
    assert [account.sub_event_type.value for account in told] == ["non_state_actor_overtakes_territory"] * 2


def test_another_source_s_toll_bounds_the_first() -> None:
    account = only(
        "Shells hit families in Aleppo on Sunday. Rescuers put the dead at 45. The Observatory counted 26 killed."
    )
    assert account.fatalities is not None
    assert (account.fatalities.value.low, account.fatalities.value.best, account.fatalities.value.high) == (26, 45, 45)
    assert len(account.fatalities.evidence) == 2


def test_a_state_that_speaks_or_flies_is_not_the_country_of_the_rebels() -> None:
    account, *_ = accounts(
        "Rebels captured Sheikh Saeed on Sunday despite Russian air raids. Russia offered to open corridors."
    )
    assert account.actor1 is not None
    assert account.actor1.value.country == ""


def test_two_happenings_of_one_sentence_become_two() -> None:
    shelled, bombed = accounts(
        "Rebels shelled western Aleppo on Sunday, killing 8 children, while airstrikes killed 20 people in Idlib."
    )
    assert (where(shelled), killed(shelled)) == ("western Aleppo", 8)
    assert (where(bombed), killed(bombed)) == ("Idlib", 20)


def test_several_tellings_of_one_happening_become_one_with_all_its_words() -> None:
    account = only(
        "A hospital in eastern Aleppo was bombed on Saturday. Doctors said the bombing of the hospital left ruins. "
        "Four people were killed."
    )
    assert killed(account) == 4
    assert len(account.sub_event_type.evidence) > 1
    assert days(account) == ("2016-11-19", "2016-11-19")
    assert {tag.value for tag in account.tags} >= {"health_care"}


def test_places_listed_together_become_one_account_each() -> None:
    found = accounts("Airstrikes hit Idlib, Hama and Homs on Sunday, killing 12 people.")
    assert [where(account) for account in found] == ["Idlib", "Hama", "Homs"]
    # The twelve belong to all three together: no more than twelve died in each.
    assert {(a.fatalities.value.low, a.fatalities.value.high) for a in found if a.fatalities} == {(0, 12)}


@pytest.mark.parametrize(
    "text",
    [
        "As many as 400,000 people have been killed in the fighting in Syria.",
        "In 2013, a sarin attack killed 1,400 people in Douma.",
        "No clashes were reported in Hama on Sunday.",
        "The minister called for an end to the bombing of Aleppo on Sunday.",
        "If rebels attack Aleppo, the army will be ready.",
        "Soldiers tried to capture Fardous.",
        "He died of a heart attack in Beirut on Sunday.",
        "A man was sentenced for the killing of two people in Nairobi.",
    ],
)
def test_history_wishes_and_totals_are_no_events(text: str) -> None:
    assert accounts(text) == ()


def test_factuality() -> None:
    assert only("Russia denied bombing a hospital in Idlib on Wednesday.").factuality.value is Factuality.DENIED
    assert only("The army allegedly shelled Douma on Sunday.").factuality.value is Factuality.CLAIMED
    assert only("The army threatened to storm Douma on Sunday.").factuality.value is Factuality.ANNOUNCED
    assert only("The army shelled Douma on Sunday.").factuality.value is Factuality.ASSERTED


def test_an_anaphor_hangs_on_the_name_before_it() -> None:
    found = accounts(
        "Aleppo was quiet on Friday. On Sunday rebels shelled the city's western districts, killing three people."
    )
    account = next(account for account in found if account.fatalities)
    assert where(account) == "the city's western districts"
    assert account.where is not None
    assert account.where.toponym.text == "Aleppo"


def test_the_same_period_is_the_one_before() -> None:
    found = accounts(
        "13 people were killed in Aleppo since Thursday. At least 64 people were killed in Idlib in the same period."
    )
    assert [days(account) for account in found] == [("2016-11-17", "2016-11-21")] * 2


def test_a_dateline_is_no_place_of_an_event() -> None:
    assert where(only("BEIRUT, Lebanon — Airstrikes killed five people in Idlib on Sunday.")) == "Idlib"


def test_the_day_of_filing_is_no_day_of_an_event() -> None:
    told = only("BEIRUT, 21 March 2016 — Airstrikes killed five people in Idlib on Saturday.")
    assert told.sub_event_type.value == "air_drone_strike"
    assert days(told) == ("2016-11-19", "2016-11-19")
    assert where(told) == "Idlib"


def test_harm_before_its_deed_is_one_event_after_a_dateline() -> None:
    told = only(
        "BEIRUT — At least 14 people were killed and dozens wounded on Friday when Syrian troops shelled a camp for "
        "displaced people in Idlib."
    )
    assert told.sub_event_type.value == "shelling_artillery_missile_attack"
    assert told.fatalities is not None
    assert told.fatalities.value.low == 14


def test_who_tells_the_toll_is_not_what_was_hit() -> None:
    told = only(
        "A car bomb exploded outside an army headquarters in Homs on Thursday. "
        "At least ten people were killed, a local ambulance crew told us."
    )
    assert told.sub_event_type.value == "remote_explosive_landmine_ied"
    assert killed(told) == 10


def test_without_publication_relative_days_stay_unresolved() -> None:
    (account,) = accounts("Rebels shelled Aleppo on Sunday.", published=None)
    assert isinstance(account.when, Unresolved)
    assert "no day of publication" in account.when.reason


def test_the_recognisers_links_decide_the_place() -> None:
    document = report("Near Homs, officials said, rebels shelled Hama on Sunday.")
    read = marks(document)
    (trigger,) = read.of_kind(MentionKind.TRIGGER)
    homs, hama = read.of_kind(MentionKind.TOPONYM)
    for place in (homs, hama):
        linked = Recognition(read.mentions, (Link(trigger, (place,)),))
        (account,) = extract_accounts(document, linked, lexicon=lexicon())
        assert account.where is not None
        assert account.where.toponym == place
        assert locate_trigger(document, trigger.start, trigger.end, linked) == (place.evidence,)


def test_where_fire_came_from_is_not_where_it_hit() -> None:
    document = report("Missiles fired from positions near Homs struck a factory in Hama on Sunday.")
    read = marks(document)
    homs, hama = read.of_kind(MentionKind.TOPONYM)
    links = tuple(Link(trigger, (homs, hama)) for trigger in read.of_kind(MentionKind.TRIGGER))
    told = extract_accounts(document, Recognition(read.mentions, links), lexicon=lexicon())
    assert [account.where.toponym for account in told if account.where is not None] == [hama]


def test_a_given_trigger_is_located_without_links() -> None:
    document = report("Officials in Damascus said that rebels had shelled Hama on Sunday.")
    start = document.text.index("shelled")
    assert [words.text for words in locate_trigger(document, start, start + 7, marks(document))] == ["Hama"]


def test_a_label_of_the_recogniser_wins_over_the_word_list() -> None:
    document = report("Rebels shelled Hama on Sunday.")
    read = marks(document)
    mentions = tuple(
        type(m)(m.start, m.end, m.text, m.kind, "grenade") if m.kind is MentionKind.TRIGGER else m
        for m in read.mentions
    )
    (account,) = extract_accounts(document, Recognition(mentions), lexicon=lexicon())
    assert account.sub_event_type.value == "grenade"


def test_confidence_grows_with_what_is_told() -> None:
    full = only("The Syrian army shelled Douma on Sunday, killing five people.")
    bare = only("Douma was shelled, activists said.")
    assert 0 < bare.confidence < full.confidence < 1


def test_accounts_are_the_same_at_every_run() -> None:
    text = (
        "Rebels shelled western Aleppo on Sunday. Airstrikes hit Idlib and Hama. Clashes broke out in Homs on Friday."
    )
    assert accounts(text) == accounts(text)
    assert len({account.account_id for account in accounts(text)}) == len(accounts(text))


def test_every_sub_event_type_has_a_trigger() -> None:
    told = {trigger.sub_event_type for trigger in lexicon().triggers.values()}
    by_rule = {"excessive_force_against_protesters"}
    assert set(SUB_EVENT_TYPES) - told <= by_rule


def test_days_before_publication_of_an_old_report() -> None:
    (account,) = accounts("Rebels shelled Hama on Sunday.", published=date(1990, 3, 20))
    assert days(account) == ("1990-03-18", "1990-03-18")
