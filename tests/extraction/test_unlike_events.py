"""What looks like an event and is none, beside what is: games, verdicts, history, totals, exercises, accidents.

Each row is a passage in the project's own words and the sub-event types of what it tells, in order.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.extraction import extract_accounts
from geo.model import Link, Quoted, Recognition
from geo.vocabulary import MentionKind

from .reports import PUBLISHED, accounts, lexicon, marks, report

NONE: tuple[str, ...] = ()
CLASH, LANDMINE, RIOT = "armed_clash", "remote_explosive_landmine_ied", "violent_demonstration"
TAKEN = "non_state_actor_overtakes_territory"
BOTH = "Rebels attacked a post of the army near Homs on Sunday and killed four soldiers. "

PASSAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Games: two words of sport, or one and a score, in a sentence and those beside it.
    ("Rovers beat Homs 3-1 in the cup on Saturday. Their striker struck twice before the whistle.", NONE),
    # What was tried in court; a year before a deed.
    ("A judge in Hama sentenced two men on Monday to ten years for the bombing of a bus that killed six.", NONE),
    ("Families in Homs want to know who planned the 2011 market bombing.", NONE),
    # A month long gone, told to explain the news of this week.
    ("Traders came back to Idlib on Monday, a town which the army retook in July.", NONE),
    # The same month where nothing else is told stands.
    ("Rebels captured the town of Idlib in July.", (TAKEN,)),
    # Why people fled, and since when; what came about over weeks.
    ("Fighting has displaced more than 40,000 people from Homs since July, aid workers said.", NONE),
    ("Some 9,000 people have fled Homs since fighting broke out there in July.", NONE),
    ("The ministry has recorded 120 attacks on clinics in Syria since 7 August.", NONE),
    # Exercises, and what is told of them after.
    ("Troops began a joint exercise near Homs on Monday. Jets dropped bombs and rockets were fired at targets.",
     NONE),
    ("The mayor of Homs came under fire from rights groups on Sunday. Police came under fire for failing to help.",
     NONE),
    ("Six people died in Homs on Sunday when gunmen blocked a bridge and opened fire on a bus.", ("attack",)),
    # What several words tell together, and what looks like it.
    ("Syrian soldiers were met with flowers and tears in Homs on Friday.", NONE),
    ("Drones laden with explosives crashed into a parade in Homs on Thursday, killing 89 people.",
     ("air_drone_strike",)),
    ("Idlib is in the hands of the rebels after the army pulled back on Monday.", (TAKEN,)),
    ("Rebels were in control of nearly all of Idlib by Saturday evening, monitors said.", (TAKEN,)),
    ("Rebels took Idlib and Hama on Friday, leaving the government with Homs.", (TAKEN, TAKEN)),
    ("Saboteurs dynamited a railway bridge near Homs on Monday.", (LANDMINE,)),
    # Nouns that are verbs elsewhere, and idioms.
    ("The minister in Damascus will sign a contract on artillery shells.", NONE),
    ("A heavy storm struck Homs on Monday and injured six people.", NONE),
    ("The talks between the army and the rebels took place in Damascus on Monday.", NONE),
    ("The army said on Monday that a driver lost control of a van near Homs.", NONE),
    ("Rebels killed a trader in Homs on Monday. It was the third such attack this month.", ("attack",)),
    # Accidents, flames and beasts.
    ("A gas explosion in a restaurant injured 12 diners in Homs on Tuesday.", NONE),
    ("A fire destroyed a house in Homs on Tuesday and injured three people.", NONE),
    ("A man was killed by a buffalo near Homs on Friday.", NONE),
    # The month of May makes nothing doubtful.
    ("HOMS, May 14 - Rebels shelled Homs on Sunday, killing four people.", ("shelling_artillery_missile_attack",)),
    # A supporter storms no pitch, but a parliament.
    ("Supporters of the former president stormed the congress building in Tunis on Sunday.", (RIOT,)),
    # One fight has the dead of both sides, and one sentence one event.
    (BOTH + "The army killed nine of the attackers.", (CLASH,)),
    ("Two soldiers from Sudan were killed and five wounded when a mine went off near Marib on Sunday.", (LANDMINE,)),
    ("Rebels seized the army base in Idlib on Sunday after a two-week siege.", (TAKEN,)),
    ("Rebels killed six soldiers in Hama on Sunday, while nine others were wounded.", (CLASH,)),
    # A reflexive names no bomber: whoever shot was shot.
    ("A gunman shot dead a soldier in Hama on Sunday and was then killed himself.", (CLASH,)),
    # An epidemic takes people place by place; nobody walks to a protest under guard.
    ("Cholera spread last week. The ministry counted 30 people dead in Homs, 12 in Hama and seven in Idlib.", NONE),
    ("Two women were shot dead near Homs on Sunday while being forced to march to another village.", ("attack",)),
    ("Clashes broke out in Homs on Friday after students tried to march on the palace.", (RIOT,)),
    # A founder is taken and no town; a town is taken, whoever says so.
    ("Omar Haji, the founder of a rebel movement, was captured in a house in Hama on Saturday.", ("arrests",)),
    ("The town of Idlib was captured on Saturday, a rebel commander said.", (TAKEN,)),
    # Houses burned and the mine that went before are two; what somebody was rumoured to have done is none.
    ("The army burned 60 houses near Homs on Sunday after landmines killed five soldiers.",
     ("looting_property_destruction", LANDMINE)),
    ("A crowd in Homs beat a man to death on Sunday on rumours that he had kidnapped a child.", ("mob_violence",)),
    # Goods that were stolen are no theft of today; a grave is news where it is found.
    ("Clashes between villagers over stolen cattle left 30 people dead near Homs on Sunday.", ("mob_violence",)),
    ("A year after the massacre in Homs, residents laid flowers at the mass grave on Friday.", NONE),
    ("Officials opened a mass grave in Homs on Friday.", ("other",)),
    # A dateline is nobody's subject, nor are those whom the men shot.
    ("HOMS, Syria - Gunmen from the hills rode into Hama on Monday, shot 11 farmers and torched their barns, a "
     "member of the council said.", ("attack",)),
    # What attackers burn on the way is part of it; soldiers sent fleeing are sent nowhere; a vow of old is no news.
    ("Jihadists ambushed a convoy near Homs on Sunday and killed ten soldiers. The assailants set 60 lorries on fire.",
     (CLASH,)),
    ("Rebels overran three towns in Idlib on Sunday, sending hundreds of soldiers fleeing into Turkey.", (TAKEN,)),
    ("Rebels took Idlib on Sunday. The army had vowed to fight a last battle there.", (TAKEN,)),
    ("A man rammed his car into two soldiers in Homs on Sunday, wounding both. The driver was shot dead.", (CLASH,)),
    ("A ceasefire between the government and the rebels began on Monday.", ("agreement",)),
    # Who is burned alive is attacked, whatever burned with them; a politician fights nobody.
    ("Four people were burned alive when herders set their hut ablaze near Homs on Sunday.", ("attack",)),
    ("Masked men firebombed the office of a newspaper in Homs on Sunday.", ("looting_property_destruction",)),
    ("A member of the Awami League was hacked to death by rivals in Homs on Sunday.", ("attack",)),
    # Shot in a fight is one thing, however many words stand between.
    ("Two people were shot dead in the Zahra district of Homs on Saturday in fighting between rival gunmen.", (CLASH,)),
    # What forces do after an attack is part of it, where no other day or place is told.
    ("Gunmen killed a mayor in Hama on Sunday. Soldiers were deployed.", ("attack",)),
    # A bomb that harms.
    ("A bomb wounded two soldiers in Hama on Sunday.", (LANDMINE,)),
    # Whose rifles are taken, and ground.
    ("Rebels seized six rifles and a mortar from the guards on Sunday near Homs.", ("disrupted_weapons_use",)),
    ("Rebels captured the town of Idlib on Sunday.", (TAKEN,)),
    # Questions about what may be, ends, demands, decades, films.
    ("How can a stranger detain a man in Homs?", NONE),
    ("The clashes at the gates of Homs have stopped since Sunday evening.", NONE),
    ("Residents of Homs marched on Sunday for the withdrawal of the troops.", ("peaceful_protest",)),
    ("A mill in Homs, bombed by rebels in the 1980s, opens its doors again.", NONE),
    ("The film follows a sniper who storms the fortress of Homs, kills a guard and takes the city.", NONE),
    # Who is taken somewhere is carried off where armed men take him, and an evacuee is not.
    ("About 2,000 people were taken to Idlib on Monday under an agreement.", NONE),
    ("Wounded residents of Homs were taken across the border on Monday.", NONE),
    ("Thirty women were taken to Idlib by the militants on Sunday.", ("abduction_forced_disappearance",)),
    ("Eleven passengers were taken by gunmen from a bus near Homs on Sunday.", ("abduction_forced_disappearance",)),
    # A truce that ends, and one that begins.
    ("Both sides broke the ceasefire in Homs on Monday.", NONE),
    ("The truce in Homs collapsed on Sunday, and talks will follow.", NONE),
    ("The truce in Idlib was broken by shelling on Friday that killed a farmer.",
     ("shelling_artillery_missile_attack",)),
    ("The army and the rebels agreed a truce in Homs on Sunday.", ("agreement",)),
    ("A ceasefire brokered by Turkey took effect in Homs on Sunday.", ("agreement",)),
    # Long after the deed.
    ("A court in Tunis jailed six people for their part in the museum attack.", NONE),
    # What a price does.
    ("Traders said the price of bread in Homs had shot up by a third.", NONE),
    ("Gunmen shot up a bar in Homs on Sunday, killing six.", ("attack",)),
    # One bomb, and a city under bombs.
    ("A bombing in Homs killed 12 people on Sunday.", (LANDMINE,)),
    ("The bombing of Homs resumed on Sunday.", ("air_drone_strike",)),
    # Kitchens, roads, trade.
    ("A gas cylinder exploded in a shop in Homs on Monday. Two cooks died.", NONE),
    ("He lost control of his van in Homs on Sunday, veered off the road and struck a fence.", NONE),
    ("Oil tumbled under the assault of cheap imports, and brokers in Beirut were besieged by sellers.", NONE),
    # One subject of two deeds, and of which a force is named.
    ("Worshippers in Homs were shot and blown up on Sunday.", (LANDMINE,)),
    ("Rebels attacked the air force headquarters in Homs on Sunday.", ("attack",)),
    # Who bombs without an aircraft does it on the ground.
    ("Rebels bombed an office of the ministry in Homs on Sunday.", (LANDMINE,)),
    # One deed by two nouns.
    ("Rebels kept up the shelling and bombardment of Homs on Sunday.", ("shelling_artillery_missile_attack",)),
    # Where the hurt lie is not where they were hurt; travellers in an ambush fought nobody.
    ("The bomb that tore through Homs on Sunday killed 30 people, and dozens lie wounded in the Hama hospital.",
     (LANDMINE,)),
    ("Dozens of people were killed when a convoy leaving Homs was ambushed on Sunday.", ("attack",)),
    # The object of a passive stands before it; who says it is no part of it.
    ("A rebel leader was held in Hama on Sunday, activists said.", NONE),
)  # fmt: skip


@pytest.mark.parametrize(("text", "told"), PASSAGES)
def test_a_passage_tells_only_its_events(text: str, told: tuple[str, ...]) -> None:
    assert [account.sub_event_type.value for account in accounts(text)] == list(told)


def test_the_dead_of_both_sides_are_one_toll() -> None:
    (account,) = accounts(BOTH + "The army killed nine of the attackers.")
    assert account.fatalities is not None
    assert account.fatalities.value.best == 13


@pytest.mark.parametrize(
    "text",
    [
        "Two men who were captured in Homs on Sunday are held in Damascus.",
        "Man captured on Sunday in Homs.",
        "A senior member of the band, who was wanted in Syria, was captured at the scene in Homs on Sunday.",
    ],
)
def test_a_captive_is_no_ground(text: str) -> None:
    assert {account.sub_event_type.value for account in accounts(text)} <= {"arrests", "abduction_forced_disappearance"}


def test_what_a_record_is_held_against_is_no_toll() -> None:
    (account,) = accounts("The strike on Homs on Sunday was the worst since July, when a missile killed nine people.")
    assert account.fatalities is None


def linked(text: str, *names: str) -> list[str]:
    """Return the places of the accounts of a text all of whose triggers a recogniser links to some names in it."""
    document = report(text)
    read = marks(document)
    places = tuple(m for m in read.of_kind(MentionKind.TOPONYM) if m.text in names)
    links = tuple(Link(trigger, places) for trigger in read.of_kind(MentionKind.TRIGGER))
    told = extract_accounts(document, Recognition(read.mentions, links), lexicon=lexicon())
    return [account.where.toponym.text for account in told if account.where is not None]


def test_two_places_that_no_list_joins_are_one() -> None:
    assert linked("Rebels shelled a clinic in Homs at dawn on Sunday in Syria.", "Homs", "Syria") == ["Homs"]
    assert linked("Rebels shelled Homs and Hama on Sunday.", "Homs", "Hama") == ["Homs", "Hama"]
    assert linked("Rebels killed two men in Homs, brothers from Hama, on Sunday.", "Homs", "Hama") == ["Homs"]


def test_a_region_behind_a_comma_holds_the_place_before_it() -> None:
    assert linked("Rebels shelled a farm outside Douma, Damascus province, on Sunday.", "Douma", "Damascus") == [
        "Douma"
    ]
    assert linked("Rebels shelled Homs, Hama and Idlib provinces on Sunday.", "Homs", "Hama") == ["Homs", "Hama"]


def test_fire_at_a_country_is_at_no_town_told_before() -> None:
    document = report("Gunmen killed four people in Homs on Sunday. Rebels then fired some 80 rockets at Lebanon.")
    read = marks(document)
    links = tuple(Link(trigger, ()) for trigger in read.of_kind(MentionKind.TRIGGER))
    told = extract_accounts(document, Recognition(read.mentions, links), lexicon=lexicon())
    assert told[-1].where is not None
    assert told[-1].where.toponym.text == "Lebanon"


def test_what_links_two_places_is_itself_the_place() -> None:
    text = "Rebels blew up the Marib bridge linking Homs and Hama on Sunday."
    assert linked(text, "Marib", "Homs", "Hama") == ["Marib"]


def test_a_noun_that_news_is_counted_from_is_no_news() -> None:
    text = "Troops withdrew from Homs on Sunday, the biggest gain of the rebels since the capture of Hama last June."
    (account,) = accounts(text)
    assert account.sub_event_type.value == "change_to_group_activity"
    assert isinstance(account.when, Quoted)
    assert account.when.value.end == PUBLISHED - timedelta(days=1)


def test_people_killed_in_the_worst_of_attacks_are_killed_in_it() -> None:
    (account,) = accounts("Twenty people were killed in Homs on Sunday in the deadliest bombardment in weeks.")
    assert account.sub_event_type.value == "shelling_artillery_missile_attack"


def test_who_men_are_held_to_be_and_who_only_speaks() -> None:
    (one,) = accounts(
        "Gunmen suspected to be Boko Haram attacked a village near Homs on Sunday and killed nine people."
    )
    assert one.actor1 is not None
    assert one.actor1.value.name == "Boko Haram"
    (two,) = accounts("The government condemned the murder of a mayor in Homs on Sunday.")
    assert two.actor1 is None


@pytest.mark.parametrize(
    ("text", "killed", "day"),
    [
        ("Thousands rallied in Homs on Sunday against the killing of a trader.", None, date(2016, 11, 20)),
        ("Hundreds marched through Homs on Friday in memory of 12 people killed in July.", None, date(2016, 11, 18)),
        ("Protests over the killing of a trader left two dead in Homs on Sunday.", 2, date(2016, 11, 20)),
        ("Two people were killed in Homs on Friday during protests over a law.", 2, date(2016, 11, 18)),
    ],
)
def test_what_a_crowd_speaks_of_has_a_day_and_dead_of_its_own(text: str, killed: int | None, day: date) -> None:
    (account,) = accounts(text)
    assert account.sub_event_type.value == "peaceful_protest"
    assert account.actor1 is not None
    assert account.actor1.value.name.startswith("Protesters")
    assert (account.fatalities.value.best if account.fatalities else None) == killed
    assert isinstance(account.when, Quoted)
    assert account.when.value.start == day


def test_the_dead_of_a_blast_are_not_of_the_attack_before_it() -> None:
    """Only what stands in the opening words was hours before the news."""
    (told,) = accounts("Hours after the attack, a bomb tore through a market in Homs, killing four people.")
    assert told.fatalities is not None
    assert (told.sub_event_type.value, told.fatalities.value.best) == (LANDMINE, 4)


def test_a_month_long_gone_does_not_date_the_protest_about_it() -> None:
    (account,) = accounts("Thousands rallied in Homs over the deaths of two pupils in May.")
    assert account.fatalities is None
    assert isinstance(account.when, Quoted)
    assert account.when.value.end == PUBLISHED


def test_what_lies_by_a_road_was_not_left_by_it() -> None:
    (account,) = accounts("The bodies of five men, their hands bound, were found by a road outside Homs on Tuesday.")
    assert account.actor1 is None
