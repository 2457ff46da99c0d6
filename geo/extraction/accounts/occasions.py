"""Occasions on which the words of war tell of something else: games, exercises of troops, the crime of every day.

A striker fires, a side attacks and supporters storm the pitch; in an exercise jets bomb and troops storm a beach. The
words around say so: those of sport in the sentence or beside it, and an exercise told up to two sentences before.
"""

from __future__ import annotations

import re

from geo.extraction.accounts.threads import Thread
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Origin
from geo.extraction.language.words import word_set
from geo.extraction.reading import Reading
from geo.vocabulary import EventType, MentionKind

_ENOUGH = 2
"""Words of sport, in a sentence and those beside it, from which it tells of a game."""
_EXERCISE_REACH = 2
"""Sentences after an exercise in which what is told belongs to it."""
_SPORT = word_set(
    "chess champion opponent rook pawn grandmaster "
    "net manager crossbar "
    "goal goals goalkeeper goalless midfielder striker defender winger league season innings wicket wickets batsman "
    "batsmen bowler playoff playoffs quarterback touchdown match matches coach tournament champions championship cup "
    "semifinal semi-final quarterfinal halftime half-time teammate teammates kickoff kick-off scored fixture rugby "
    "tennis basketball football cricket soccer olympic olympics medal medals standings offside club clubs fans stadium "
    "pitch referee penalty defeat defeated victory title titles athlete athletes sprint marathon boxing boxer wrestler "
    "nba nfl uefa fifa whistle scoreline runner-up equaliser equalizer header visitors hosts squad cyclist race podium "
    "lap goalscorer keeper batting bowled hat-trick inning pitcher homer homers hitter game games playing team teams "
    "quarter-final won wins"
)
_SURE = word_set(
    "chess grandmaster "
    "goalkeeper midfielder striker innings wicket wickets batsman bowler playoff playoffs quarterback touchdown "
    "halftime half-time semifinal semi-final teammates equaliser equalizer hat-trick goalless offside referee pitcher "
    "uefa"
)
"""Words that nothing but a game has."""
_EXERCISES = word_set("exercise exercises drill drills manoeuvre manoeuvres maneuvers wargame wargames rehearsal")
_MILITARY = word_set("military troops soldiers army navy naval live-fire joint forces live war defence defense annual")


def is_occasion(reading: Reading, thread: Thread) -> bool:
    """Return whether a happening belongs to a game or an exercise, and to no conflict."""
    if all(_is_ordinary_crime(reading, draft) or _is_made_up(reading, draft) for draft in thread.drafts):
        return True
    if any(draft.killed is not None or draft.injured is not None for draft in thread.drafts) or thread.tolls:
        return False
    if all(_is_of_business(reading, draft) for draft in thread.drafts):
        return True
    return all(_is_in_a_game(reading, draft) or _is_in_an_exercise(reading, draft) for draft in thread.drafts)


def _is_made_up(reading: Reading, draft: Draft) -> bool:
    """Return whether a deed is one of a film or a book: `The novel follows …. A brother is kidnapped`."""
    if draft.moment.origin is Origin.OWN or draft.attribution is not None:
        return False
    index = draft.sentence.index
    first = reading.sentences[max(0, index - _EXERCISE_REACH)]
    return _FICTION.search(draft.sentence.text, first.start, draft.sentence.end) is not None


_FICTION = re.compile(
    r"\b(?:films?|novels?|movies?|thrillers?|operas?|musicals?|plays?|paintings?|memoirs?)\b[^.;]{0,40}"
    r"\b(?:follows?|tells?|depicts?|portrays?|recounts?|narrates?|stars|is about|is set in|imagines?)\b"
    r"|\bin (?:the|his|her|a) (?:\w+ )?(?:film|novel|movie|opera|musical|thriller|episode|series finale|video game)\b"
    r"|\b(?:opening|first|second|final|last|next) (?:episode|chapter|season) of (?:the|a|his|her)\b",
    re.IGNORECASE,
)


def _is_in_a_game(reading: Reading, draft: Draft) -> bool:
    lows = draft.sentence.lows
    harsh = {low for at, low in enumerate(lows) if low in _HARSH and lows[at : at + 2] != ["killed", "off"]}
    if draft.weapon is not None or draft.roles.actor2 is not None or harsh:
        return False
    armed = any(mention.kind is MentionKind.WEAPON for mention in draft.sentence.mentions)
    index = draft.sentence.index
    near = reading.sentences[max(0, index - 1) : index + 2]
    told = {low for sentence in near for low in sentence.lows if low in _SPORT}
    told |= {"score"} if _SCORE.search(draft.sentence.text, near[0].start, near[-1].end) else set()
    # A striker fires missiles too: with a weapon, words that nothing but a game has must say so.
    return (len(told) > _ENOUGH and not armed) or (len(told) >= _ENOUGH and bool(told & _SURE))


_SCORE = re.compile(r"(?<![\d-])\d{1,2}-\d{1,2}(?![\d-])")


def _is_of_business(reading: Reading, draft: Draft) -> bool:
    """Return whether a strike or an attack is one of trade: `profit fell, hit by strikes at its mine`."""
    if (_HARSH | _WAR) & set(draft.sentence.lows):
        return False
    index = draft.sentence.index
    near = {low for sentence in reading.sentences[max(0, index - 1) : index + 2] for low in sentence.lows}
    return len(near & _TRADE) > _ENOUGH


_TRADE = word_set(
    "profit profits shares share quarter third-quarter revenue revenues earnings investors investor takeover bid "
    "dividend stock stocks market markets percent turnover sales shareholders shareholder bond bonds executive company "
    "rally lenders bank banks rate rates index trading traders analysts inflation economists margins margin forecast "
    "forecasts brokers broker shale crude barrel futures currency exports imports demand supply price prices retailers "
    "startup merger acquisition valuation ipo sellers buyers tumbled slumped surged cheap oil"
)


def _is_ordinary_crime(reading: Reading, draft: Draft) -> bool:
    """Return whether a deed is a burglar's or a household's: the words beside it are those of a local crime report."""
    doer = draft.roles.actor1
    if (doer is not None and doer.value.side not in ("", "government", "civilians")) or _WAR & set(draft.sentence.lows):
        return False
    if _AT_HOME.search(draft.sentence.text, draft.sentence.start, draft.sentence.end):
        return True
    index = draft.sentence.index
    near = {low for sentence in reading.sentences[max(0, index - 1) : index + 2] for low in sentence.lows}
    return len(near & _CRIME) >= _ENOUGH and not _WAR & near


_AT_HOME = re.compile(
    r"\b(?:killed|shot|stabbed|strangled|murdered|killing|stabbing)\s+(?:dead\s+)?(?:his|her)\s+(?:own\s+)?"
    r"(?:wife|husband|girlfriend|boyfriend|mother|father|children|family|ex-\w+|lover|mistress|parents)\b",
    re.IGNORECASE,
)
"""A deed of a household, whoever's."""


_CRIME = word_set(
    "sheriff coroner parolee parole burglar burglars burglary misdemeanor felony booked homicide deputies boyfriend "
    "girlfriend ex-wife ex-husband stepfather robbery robberies robbed carjacking marijuana detective detectives "
    "jogging condo condominium driveway homeowner bond bail swat autopsy theft thefts thieves domestic"
)
_WAR = word_set(
    "rebels rebel militants militant insurgents army troops soldiers militia airstrike shelling rocket missile drone "
    "bomb bombing gunmen bandits cartel gang gangs jihadist jihadists separatists guerrillas protest protesters "
    "activist activists journalist opposition election settlers herders tribal ethnic terrorist terrorists "
    "military junta"
)
_HARSH = word_set("police soldiers troops gunmen militants arrested dead killed wounded injured bomb explosion tear")


def _is_in_an_exercise(reading: Reading, draft: Draft) -> bool:
    if draft.happening.head.event_type is EventType.STRATEGIC_DEVELOPMENTS:
        # That troops train is a development; that an exercise brings them is none.
        lows = draft.sentence.lows
        return draft.sentence.low(draft.happening.head.first) in _BRINGING and _names_exercise(lows)
    if draft.moment.origin is Origin.OWN and draft.sentence.index and not _names_exercise(draft.sentence.lows):
        return False
    index = draft.sentence.index
    return any(_names_exercise(one.lows) for one in reading.sentences[max(0, index - _EXERCISE_REACH) : index + 1])


_BRINGING = word_set("brings brought bring bringing sees involves involved gathers")


def _names_exercise(lows: list[str]) -> bool:
    found = any(low in _EXERCISES and lows[at - 1 : at] != ["to"] for at, low in enumerate(lows))
    return found and bool(_MILITARY & set(lows))
