"""Short passages in many voices: how many events each tells, of which type, where, and who did it to whom.

Each row was written to show one general turn of phrase; names stand for any others. `None` is what a passage leaves
out; a passage with no rows tells no event.
"""

from __future__ import annotations

import pytest

from geo.model import Account

from .reports import accounts

Told = tuple[str, str | None, str | None]

PASSAGES: tuple[tuple[str, tuple[Told, ...]], ...] = (
    # Who did it stands behind `and`, in a clause of its own.
    (
        "Officials from the UN visited Homs on Tuesday and Idlib rebels ambushed a convoy of traders near Hama.",
        (("attack", "rebels", "traders"),),
    ),
    # The doer of what is repelled.
    ("Rebels repelled an attack by the army near Hama on Monday.", (("armed_clash", "Rebels", "army"),)),
    # Two arrests by two forces in two places are two.
    (
        "Police arrested 12 students in Hama on Friday and soldiers detained a journalist in Homs.",
        (("arrests", "Police", "students"), ("arrests", "soldiers", "journalist")),
    ),
    # The present that moves, not the present that lasts.
    ("Sudan is transferring units from the border to Omdurman.", (("change_to_group_activity", "Sudan", None),)),
    # Who comes upon a mine suffers it; who laid it did it.
    ("A convoy of soldiers hit a mine near Marib on Monday.", (("remote_explosive_landmine_ied", None, "soldiers"),)),
    (
        "A soldier died near Marib on Monday when they activated an explosive device installed by rebels.",
        (("remote_explosive_landmine_ied", "rebels", "soldier"),),
    ),
    # An auxiliary of another clause makes no passive.
    (
        "Six policemen were martyred when terrorists attacked their post in Kabul on Sunday.",
        (("armed_clash", "terrorists", "policemen"),),
    ),
    ("Gunmen are reported to have killed ten farmers in Marib on Monday.", (("attack", "Gunmen", "farmers"),)),
    # Harm without auxiliary, object or doer is suffered.
    (
        "Two dock workers injured in shelling of Donetsk on Monday.",
        (("shelling_artillery_missile_attack", None, "workers"),),
    ),
    # Whose an attack is said to be.
    ("A drone strike attributed to the rebels hit Omdurman on Monday.", (("air_drone_strike", "rebels", None),)),
    # Who suffers an attack on somebody; who fought in a clash between two.
    (
        "Four soldiers were wounded in an attack on a police patrol near Marib on Monday.",
        (("armed_clash", None, "soldiers"),),
    ),
    (
        "Clashes erupted in the old quarter to the south of Marib on Monday between government forces and the Houthis.",
        (("armed_clash", "government forces", "Houthis"),),
    ),
    # A toll behind a semicolon is of what stands before it.
    (
        "Rebels shelled Hama on Monday; two children died.",
        (("shelling_artillery_missile_attack", "Rebels", "children"),),
    ),
    # One deed told twice, and a deed on the way.
    (
        "Gunmen stormed Marib overnight, setting homes on fire and forcing hundreds to flee.",
        (("armed_clash", "Gunmen", None),),
    ),
    ("Gunmen looted the market of Marib on Monday and shot dead two traders.", (("attack", "Gunmen", "traders"),)),
    ("An air strike carried out near Marib on Monday neutralised ten rebels.", (("air_drone_strike", None, "rebels"),)),
    (
        "Residents of Marib fled on Monday after soldiers shelled the town.",
        (("shelling_artillery_missile_attack", "soldiers", "Residents"),),
    ),
    (
        "Rebels killed two policemen near Marib on Monday; the attackers fled in a stolen van.",
        (("armed_clash", "Rebels", "policemen"),),
    ),
    # An answer by air is another deed.
    (
        "Rebels attacked a police station in Marib on Monday, and the army responded with air strikes.",
        (("armed_clash", "Rebels", "police"), ("air_drone_strike", "army", None)),
    ),
    # Who once fought is a civilian; bodies that were found are somebody's.
    ("Gunmen assassinated a former rebel commander in Idlib on Monday.", (("attack", "Gunmen", "commander"),)),
    (
        "The bodies of six farmers were found near Marib on Monday with their throats slit.",
        (("attack", None, "farmers"),),
    ),
    # The letters of a state, and the arm that a strike is flown with.
    ("US air strikes killed four men in Marib on Monday.", (("air_drone_strike", "US", "men"),)),
    ("A British drone strike killed two traders in Marib on Monday.", (("air_drone_strike", "British", "traders"),)),
    ("Turkey said it bombed a depot in Hama on Monday.", (("air_drone_strike", "Turkey", None),)),
    # A vehicle is nobody.
    (
        "Two herders died in Marib on Monday when their tractor hit a mine.",
        (("remote_explosive_landmine_ied", None, "herders"),),
    ),
    # Air defences hold off what flies; the attack is what they held off.
    (
        "Air defences repelled a massive attack on Donetsk on Monday.",
        (("disrupted_weapons_use", "Air defences", None),),
    ),
    # Shots come first, the bomb makes it what it is.
    (
        "A militant opened fire on the guards in Kabul on Monday and then blew himself up, killing six people.",
        (("suicide_bomb", "militant", "guards"),),
    ),
    # Who is killed once the town is taken is no part of its taking; who is abducted is not who is killed.
    (
        "Rebels killed 40 villagers in Hama on Monday after they captured the town.",
        (("attack", "Rebels", "villagers"), ("non_state_actor_overtakes_territory", "Rebels", None)),
    ),
    (
        "Forty people were killed in Hama on Monday. Two nurses were abducted from a clinic.",
        (("attack", None, None), ("abduction_forced_disappearance", None, "nurses")),
    ),
    # What is tried in vain is a protest still.
    (
        "Dozens of students tried to march on the palace in Tunis on Monday before police fired tear gas.",
        (("protest_with_intervention", "police", "students"),),
    ),
    # Who was overthrown long ago, an offensive ahead, and a name behind an office that speaks.
    (
        "Gunmen loyal to the deposed president killed two guards in Tunis on Monday.",
        (("armed_clash", "Gunmen", "guards"),),
    ),
    ("The army has drawn up a plan to empty Homs ahead of a ground offensive.", ()),
    (
        "The regional governor, Jane Roe, said rebels were shelling Homs on Monday.",
        (("shelling_artillery_missile_attack", "rebels", None),),
    ),
    # Two states, and a state and a group, that agree with each other.
    ("A truce between Sudan and the Houthis took effect on Monday.", (("agreement", "Sudan", "Houthis"),)),
    # One side leaves as the other comes: one change of hands.
    (
        "Rebel fighters withdrew from Hama on Monday as Syrian troops took full control of the town.",
        (("non_violent_transfer_of_territory", "Syrian troops", "fighters"),),
    ),
    # What befell another town the day before is no part of the news.
    (
        "A day after shelling killed four people in Hama, a missile hit Homs on Monday.",
        (("shelling_artillery_missile_attack", None, None), ("shelling_artillery_missile_attack", None, None)),
    ),
    # What was fired is also what was stopped; drones are nobody.
    (
        "Rebels fired 40 rockets at Homs on Monday. Most of the projectiles were intercepted.",
        (("shelling_artillery_missile_attack", "Rebels", None),),
    ),
    ("Soldiers shot down eleven drones over Homs on Monday.", (("disrupted_weapons_use", "Soldiers", None),)),
    # Whose workers they are is no side.
    ("Rebels detained six employees of aid agencies in Homs on Monday.", (("arrests", "Rebels", "employees"),)),
    # Two harms before the cause of both, in a region and a town of it.
    (
        "In Hama, two people died and eleven were injured when artillery hit a village near Homs on Monday.",
        (("shelling_artillery_missile_attack", "artillery", None),),
    ),
    # What was done hours before is another deed; what stood ready was not launched.
    (
        "Rebels shelled Homs on Monday, hours after Syrian jets bombed Idlib.",
        (("shelling_artillery_missile_attack", "Rebels", None), ("air_drone_strike", "Syrian", None)),
    ),
    (
        "Troops destroyed two missiles near Marib on Monday that were prepared to launch.",
        (("disrupted_weapons_use", "Troops", None),),
    ),
    # A house that comes down by itself, and one that a strike brought down.
    ("A building collapsed in Aleppo on Monday, killing three people.", ()),
    (
        "An air strike hit Aleppo on Monday. A building collapsed, killing three people.",
        (("air_drone_strike", None, None),),
    ),
    # Drills, accidents, nature, aims, laws and totals of months are no events.
    ("Some 4,000 soldiers stormed a beach near Marib on Wednesday in a live-fire exercise.", ()),
    ("A petrol tanker overturned and exploded near Marib on Saturday.", ()),
    ("Lightning struck a hut near Marib on Tuesday and killed two herders.", ()),
    ("Parliament in Damascus debated a bill under which anyone who kidnaps a child would be jailed.", ()),
    ("Between January and June more than 400 people were kidnapped in Syria, a consultancy said in its report.", ()),
    ("Authorities in Damascus released few details on Monday.", ()),
)


@pytest.mark.parametrize(("text", "told"), PASSAGES)
def test_a_passage_tells_its_events(text: str, told: tuple[Told, ...]) -> None:
    found = accounts(text)
    assert [(account.sub_event_type.value, *_who(account)) for account in found] == [
        (sub_type, first is not None, second is not None) for sub_type, first, second in told
    ]
    for account, (_, first, second) in zip(found, told, strict=True):
        for actor, words in ((account.actor1, first), (account.actor2, second)):
            assert actor is None or words is None or words in actor.evidence[0].text


def _who(account: Account) -> tuple[bool, bool]:
    return account.actor1 is not None, account.actor2 is not None
