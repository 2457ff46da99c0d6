"""Words for people who may be harmed, and phrases of harm made plain."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.words import word_set

PEOPLE = word_set(
    "people person persons civilians civilian men man women woman children child boys boy girls girl infants "
    "babies residents villagers soldiers soldier troops troop policemen policeman police officers officer "
    "fighters fighter rebels rebel militants militant insurgents guerrillas terrorists gunmen extremists "
    "jihadists workers worker medics medic doctors doctor nurses nurse students student teachers teacher "
    "journalists journalist others other more victims victim members member peasants protesters demonstrators "
    "prisoners detainees migrants refugees family families passengers patients patient pilgrims worshippers "
    "worshipers bystanders individuals individual servicemen personnel combatants commanders commander guards "
    "guard recruits peacekeepers marines youths youth teenagers teenager adults elderly relatives bodyguards "
    "bodyguard aid rescuers paramedics volunteers farmers herders students schoolchildren pupils lives life "
    "foreigners tourists attackers assailants bombers gunman crew staff employees palestinians israelis syrians "
    "iraqis afghans ukrainians russians americans houthis turks kurds subversives elements citizens settlers guests "
    "fishermen shepherds traders merchants miners loggers hunters operatives gangsters bandits kidnappers smugglers "
    "mercenaries conscripts cadets sailors pilots firefighters commuters motorists drivers shoppers mourners vendors "
    "labourers laborers lawmakers judges lawyers activists clerics priests imams monks nuns chiefs mothers fathers "
    "brothers sisters sons daughters cousins newborns minors twins adolescents pensioners martyrs enemy constables "
    "troopers guardsmen reservists truckers herdsmen gendarmes rangers breeders parents siblings grandchildren inmates "
    "hostages captives ranchers cattlemen shopkeepers schoolgirls schoolboys policewomen toddlers neighbours neighbors "
    "tunisians algerians libyans egyptians sudanese ethiopians eritreans somalis kenyans ugandans rwandans congolese "
    "nigerians malians burkinabe chadians cameroonians senegalese ghanaians ivorians mozambicans saudis yemenis "
    "emiratis qataris kuwaitis jordanians lebanese iranians pakistanis indians bangladeshis nepalis nepalese chinese "
    "japanese koreans vietnamese thais burmese filipinos indonesians malaysians australians canadians mexicans "
    "colombians venezuelans haitians cubans brazilians peruvians germans britons italians spaniards poles romanians "
    "greeks serbs croats bosnians albanians georgians armenians azerbaijanis uzbeks tajiks kazakhs chechens foreigners "
    "uighurs rohingya copts christians muslims hindus sikhs jews yazidis druze alawites shiites sunnis hazaras "
    "aides agents militiamen infiltrators vigilantes hitmen infants nomads pastoralists reporters cameramen "
    "photographers couple jawan jawans cop cops naxals naxalites ultras maoists cadres travellers travelers "
    "locals passersby passers-by cultists rioters onlookers devotees robbers commandos paratroopers hoodlums "
    "attendants airmen infantrymen sappers riflemen legionnaires coastguards warders separatists secessionists "
    "partisans mutineers dacoits outlaws tribesmen snipers hijackers raiders captains lieutenants sergeants "
    "corporals colonels"
)
SINGULAR = word_set(
    "person civilian man woman child boy girl soldier policeman officer fighter rebel militant medic doctor nurse "
    "student teacher journalist reporter cameraman photographer protester demonstrator prisoner patient worker "
    "driver farmer resident villager commander guard teenager youth bodyguard lawyer activist priest imam pastor "
    "politician mayor judge bystander pedestrian passer-by peacekeeper sailor pilot bomber attacker gunman baby "
    "toddler infant leader elder member chief official candidate businessman singer diplomat lawmaker senator "
    "minister general colonel captain sergeant major lieutenant governor councillor councilor trader nun bishop "
    "monk shepherd herder fisherman sheikh interpreter contractor guerrilla insurgent terrorist reservist constable "
    "trooper guardsman conscript paramedic rescuer trucker volunteer herdsman shopkeeper policewoman schoolgirl "
    "schoolboy cleric serviceman marine recruit ranger migrant refugee tourist foreigner settler worshipper cyclist "
    "motorist motorcyclist merchant vendor pensioner rapper academic professor prosecutor broadcaster inmate suspect "
    "militiaman jihadist gendarme pupil passenger victim agent cameraman presenter blogger taxi-driver aide rancher "
    "newborn neighbour neighbor relative grandmother grandfather beekeeper baker butcher carpenter tailor mechanic "
    "electrician cook barber midwife pharmacist surgeon engineer technician watchman clerk grocer miner logger hunter "
    "labourer laborer commuter peasant firefighter corporal attendant jawan cop naxalite devotee traveller "
    "traveler commando airman infantryman sapper paratrooper legionnaire warder separatist secessionist partisan "
    "tribesman"
)
_NATIONS = word_set(
    "palestinian israeli syrian iraqi afghan ukrainian russian american kurd yemeni egyptian libyan saudi jordanian "
    "iranian pakistani indian bangladeshi malaysian australian canadian mexican colombian venezuelan haitian cuban "
    "brazilian peruvian german briton italian spaniard pole romanian greek serb croat bosnian albanian georgian "
    "armenian azerbaijani uzbek tajik kazakh chechen christian muslim hindu sikh jew copt uighur nigerian kenyan "
    "somali ethiopian eritrean sudanese malian cameroonian congolese rwandan ugandan tunisian algerian moroccan turk "
    "filipino indonesian thai nepali chinese lebanese frenchman englishman dutchman irishman"
)
_AFTER_NATION = word_set(", . ; in on at and who near outside during was is by to from when while after before as with")


def is_countryman(lows: Sequence[str], at: int) -> bool:
    """Return whether a word names one person by people or faith, and describes no noun: `shot dead a Palestinian`."""
    known = at < len(lows) and lows[at] in _NATIONS
    following = lows[at + 1] if at + 1 < len(lows) else "."
    return known and (following in _AFTER_NATION or following.endswith("ing"))


def past_hyphens(lows: Sequence[str], at: int) -> int:
    """Return where the last part of a hyphenated name stands, or the word itself: the `Taiba` of `Lashkar-e-Taiba`."""
    while at + 2 < len(lows) and lows[at + 1] == "-" and lows[at].isalpha() and lows[at + 2].isalpha():
        at += 2
    return at


_FOUND = word_set(
    "found recovered discovered counted pulled retrieved dumped morgue exhumed seen lay lying unearthed collected "
    "brought received"
)
BODIES = frozenset({"bodies", "corpses"})
_WHOSE = word_set("his her its their our the")


def harm_words(lows: list[str]) -> list[str]:
    """Return the words with phrases of harm made plain: `lost their lives` says `died`, `bodies found` the dead."""
    plain = None
    for at, low in enumerate(lows):
        word = _plain(lows, at, low) if low in _PHRASES else None
        if word is not None:
            plain = plain or list(lows)
            plain[at] = word
    return plain or lows


_PHRASES = (
    frozenset({"lost", "claimed", "cost", "took", "taking", "wiped", "embraced", "succumbed", "paid", "made"}) | BODIES
)


def _plain(lows: list[str], at: int, low: str) -> str | None:
    ahead = lows[at + 1 : at + 7]
    if low in BODIES:
        return "dead" if _FOUND & set(lows) else None
    if low in ("paid", "made"):
        return "died" if ahead[:1] == ["the"] and ahead[1:2] in (["supreme"], ["ultimate"]) else None
    if low == "lost":
        return "died" if ahead[:1] and ahead[0] in _WHOSE and ahead[1:2] in (["life"], ["lives"]) else None
    if low in ("took", "taking"):
        return "killed" if ahead[:2] == ["the", "lives"] else None
    if low in ("claimed", "cost"):
        return "killed" if {"life", "lives"} & set(ahead) else None
    if low == "wiped":
        return (
            "killed"
            if ahead[:1] == ["out"] and {"family", "families", "people"} & set(lows[max(0, at - 6) : at])
            else None
        )
    if low == "embraced":
        return "died" if ahead[:1] == ["martyrdom"] else None
    return "died" if ahead[:1] == ["to"] and {"injuries", "wounds"} & set(ahead) else None


ACTIVE = word_set(
    "killed killing kill kills claimed wounded wounding wound wounds injured injuring injure injures hurting "
    "maiming left leaving leaves murdered murdering executed executing massacred beheaded assassinated slaughtered "
    "hurt neutralised neutralized eliminated eliminating lynched lynching massacring slaughtering beheading "
    "assassinating neutralising neutralizing martyred martyring butchered butchering"
)
"""Words that may stand before their count: `killed at least ten people`."""
STOPS = word_set(". ; : — while whereas but when after before said says told")
HARMED = frozenset({"casualties", "losses"})
_NOUNS = HARMED | {"injuries", "deaths", "fatalities"}
_NOBODY = (["no", "one"], ["no", "civilian"], ["no", "person"], ["not", "one"])
_DONE = word_set("killed injured wounded hurt harmed")
_NEWS = word_set(
    "report reports word information news data figure figures details confirmation estimate estimates breakdown tally "
    "account mention indication"
)
_OWN = word_set("among on")


def nobody_harmed(lows: list[str]) -> tuple[int, int] | None:
    """Return the first word and the word of harm of a phrase by which nobody was harmed: `without any casualties`."""
    for at, low in enumerate(lows):
        if low == "nobody" or lows[at : at + 2] in _NOBODY:
            harm = next((index for index in range(at + 1, min(at + 5, len(lows))) if lows[index] in _DONE), None)
            others = "else" in lows[at + 1 : at + 3]  # `nobody else was hurt`: somebody was
            if harm is not None and not others and {"was", "were", "been"} & set(lows[at:harm]):
                return at, harm
        elif low in ("no", "without"):
            harm = next((index for index in range(at + 1, min(at + 6, len(lows))) if lows[index] in _NOUNS), None)
            if harm is not None and not set(lows[at:harm]) & _NEWS and not set(lows[harm + 1 : harm + 3]) & _OWN:
                return at, harm
    return None


def toll_before(lows: list[str], position: int) -> int | None:
    """Read `put the day's dead in the east at 21`, `the toll has risen to 31`: the toll before a number."""
    if position < 1 or lows[position - 1] not in _STANDS:
        return None
    for index in range(position - 2, max(-1, position - _TOLL_REACH), -1):
        if lows[index] == "number" and _TOLL_NOUNS & set(lows[index + 1 : index + 5]):
            return index
        if lows[index] == "toll" or (lows[index] in ("dead", "deaths", "fatalities") and position - index < 12):
            return index
        if lows[index] in STOPS:
            return None
    return None


_STANDS = word_set("at to of is was reached reaching now provisionally numbered numbers : below above")
_TOLL_NOUNS = frozenset({"dead", "deaths", "fatalities", "killed"})
_TOLL_REACH = 24


def _is_summed_up(lows: list[str], first: int) -> bool:
    """Return whether the sum that more people make follows: `40 more bodies were found, taking to 100 the number …`."""
    return any(
        low in _BRINGING and bool({"toll", "number", "total", "deaths", "dead"} & set(lows[at + 1 : at + 8]))
        for at, low in enumerate(lows[first:], start=first)
    )


_BRINGING = word_set("bringing brings brought taking takes raising raises raised pushing pushed lifting")
_SUPERSEDED = word_set("earlier previous previously initial initially former")


def is_superseded(lows: list[str], first: int) -> bool:
    """Return whether a number is the one that another took the place of: `up from 24`, `an earlier toll of 14`."""
    if lows[first - 1 : first] == ["from"] and lows[first + 1 : first + 2] == ["to"]:
        return "toll" in lows or "number" in lows  # the 113 of `has risen from 113 to 140`
    if lows[first + 1 : first + 2] == ["more"] and _is_summed_up(lows, first):
        return True
    before = lows[max(0, first - 5) : first]
    if "toll" in before or "count" in before or "figure" in before:
        return bool(_SUPERSEDED & set(before))
    return before[-2:] in (["up", "from"], ["down", "from"]) or (before[-1:] == ["from"] and "to" in before)
