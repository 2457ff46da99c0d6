"""News as strangers write it: turns of phrase that once gave a wrong event, a wrong doer, or none.

Each row was written for one turn of phrase; names stand for any others. A telling is its sub-event type, words of its
place, who did it, whom it befell and how many were killed; `None` is what is not asked for.
"""

from __future__ import annotations

import pytest

from geo.model import Account

from .reports import accounts

Told = tuple[str, str | None, str | None, str | None, int | None]

TOLD: tuple[tuple[str, tuple[Told, ...]], ...] = (
    # A capital stands for its government where it is the whole subject or the whole agent of a deed.
    (
        "Damascus fired rockets at Idlib on Friday.",
        (("shelling_artillery_missile_attack", "Idlib", "Damascus", None, None),),
    ),
    (
        "The suburbs of Omdurman were shelled by Kabul on Friday.",
        (("shelling_artillery_missile_attack", "Omdurman", "Kabul", None, None),),
    ),
    ("Kabul saw protests on Monday.", (("peaceful_protest", "Kabul", None, None, None),)),
    # Camps and posts are ground; prisoners are none.
    (
        "Rebels took the army camp in Marib on Monday and held the town.",
        (("non_state_actor_overtakes_territory", "Marib", "Rebels", "army", None),),
    ),
    (
        "The army captured two rebels in the rebel-held town of Marib on Friday.",
        (("arrests", "Marib", "army", "rebels", None),),
    ),
    # What fell to somebody is theirs.
    (
        "Raqqa fell to Islamic State on Sunday.",
        (("non_state_actor_overtakes_territory", None, "Islamic State", None, None),),
    ),
    # Only the clause that says so was unfought.
    (
        "The Taliban captured Kabul on Thursday, officials said, and government forces handed over the barracks at "
        "Marib without a fight.",
        (
            ("non_state_actor_overtakes_territory", "Kabul", "Taliban", None, None),
            ("non_violent_transfer_of_territory", "Marib", None, None, None),
        ),
    ),
    # What was burned by hand is no shelling.
    (
        "Soldiers burned 160 houses in Marib after shelling the town with mortars on Tuesday.",
        (
            ("looting_property_destruction", "Marib", "Soldiers", None, None),
            ("shelling_artillery_missile_attack", "Marib", None, None, None),
        ),
    ),
    (
        "Rebels holding the enclave answered with mortar rounds on Hama on Friday.",
        (("shelling_artillery_missile_attack", "Hama", "Rebels", None, None),),
    ),
    # Who is lost is whom it befell.
    ("The army lost 12 men near Marib on Friday.", (("armed_clash", "Marib", None, "army", 12),)),
    (
        "An air strike hit a school bus in Marib on Thursday. A hospital had received 29 bodies of children under 15.",
        (("air_drone_strike", "Marib", None, None, 29),),
    ),
    # The office behind a name makes it a fighter's.
    (
        "Abu Roe, a field commander with Ahrar al-Sham, was killed near Idlib on Friday.",
        (("armed_clash", "Idlib", None, "Ahrar al-Sham", 1),),
    ),
    (
        "Gunmen have shot dead a local government official in Marib on Monday.",
        (("attack", "Marib", "Gunmen", "official", 1),),
    ),
    # People in a convoy are no force.
    (
        "Ten people were killed when a convoy leaving Marib was ambushed on Friday.",
        (("attack", "Marib", None, None, 10),),
    ),
    # Who claims it, and who is blamed for it, in a sentence of their own.
    (
        "A man drove a car packed with explosives into a police post in Hama on Thursday, killing 40. Islamic State "
        "claimed responsibility.",
        (("suicide_bomb", "Hama", "Islamic State", None, 40),),
    ),
    (
        "Fifty migrants died when a centre in Hama was bombed from the air on Friday. Aid workers accused the Houthis.",
        (("air_drone_strike", "Hama", "Houthis", None, 50),),
    ),
    # What ends an attack is a part of it.
    (
        "Taliban gunmen killed nine teachers in Kabul on Tuesday before commandos shot the attackers.",
        (("attack", "Kabul", "Taliban", None, 9),),
    ),
    (
        "Police shot dead two bandits in Marib on Friday and recovered a pistol.",
        (("armed_clash", "Marib", "Police", "bandits", 2),),
    ),
    # Who tells a number, and who does the harm, are not counted.
    (
        "A rocket hit Hama on Friday. A Taliban official spoke of 46 dead.",
        (("shelling_artillery_missile_attack", "Hama", None, None, 46),),
    ),
    (
        "An army convoy was ambushed near Marib on Friday. One of the wounded was a student.",
        (("armed_clash", "Marib", None, None, None),),
    ),
    (
        "Gunmen hijacked a train near Hama on Tuesday.",
        (("abduction_forced_disappearance", "Hama", "Gunmen", None, None),),
    ),
    ("Armed men stormed a cholera treatment centre in Hama on Friday.", (("attack", "Hama", "Armed men", None, None),)),
    # A state's adjective before a noun of fire; a captive killed at once; a centre is no detention.
    (
        "An Israeli strike on tents near Beirut killed 90 people on Saturday.",
        (("air_drone_strike", "Beirut", "Israeli", None, 90),),
    ),
    (
        "Fighters dragged a teacher from her car near Hama on Sunday and shot her.",
        (("attack", "Hama", "Fighters", None, None),),
    ),
    (
        "Forty migrants died on Tuesday when a detention centre in Hama was bombed from the air.",
        (("air_drone_strike", "Hama", None, None, 40),),
    ),
    # Of the launch and of the interception of the same rockets the launch is the news.
    (
        "Two rockets were launched from Douma on Monday, both intercepted.",
        (("shelling_artillery_missile_attack", "Douma", None, None, None),),
    ),
    (
        "Missiles fired from Yemen were intercepted over Homs on Monday.",
        (("disrupted_weapons_use", "Homs", None, None, None),),
    ),
    # An aside about a thing tells only what it is, unless its day is of the week.
    ("The hospital in Mosul, damaged in fighting two weeks ago, remains closed.", ()),
    (
        "The hospital in Mosul, damaged in shelling on Friday, remains closed.",
        (("shelling_artillery_missile_attack", "Mosul", None, None, None),),
    ),
    # What tells nothing.
    ("A policeman killed his wife and her brother in Hama on Sunday.", ()),
    ("The army will enter Marib from the north on Friday if talks fail, officers said.", ()),
    ("Had it exploded, the bomb would have killed everybody on the platform in Hama.", ()),
    ("A tanker truck collided with a bus near Hama on Saturday. More than fifty people burned to death.", ()),
    ("Shares in the group exploded in Beirut; analysts see a price war and margins under fire.", ()),
    ("Since the missile fell in the next street in October she sleeps in the corridor in Hama.", ()),
    ("The drill, which imitates an attack on Hama, brings 4,000 soldiers to the island until Friday.", ()),
    ("What the valley remembers of 1983 is silence. They had shot 178 people and thrown them down a well in Hama.", ()),
)


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_news_of_strangers_is_read_as_told(text: str, told: tuple[Told, ...]) -> None:
    found = accounts(text)
    assert [account.sub_event_type.value for account in found] == [one[0] for one in told]
    for account, (_, place, doer, victim, killed) in zip(found, told, strict=True):
        assert place is None or (account.where is not None and place in account.where.text)
        assert doer is None or doer in _words(account, "actor1")
        assert victim is None or victim in _words(account, "actor2")
        assert killed is None or (account.fatalities is not None and account.fatalities.value.low == killed)


def _words(account: Account, field: str) -> str:
    actor = getattr(account, field)
    return "" if actor is None else " ".join(evidence.text for evidence in actor.evidence)
