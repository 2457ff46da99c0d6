"""From the marks of one document to its accounts.

Every sentence gives drafts; drafts of one happening are merged into one account with all its evidence; a draft that
says neither where, when nor how many, and joins no other, only refers to something and makes no account.
"""

from __future__ import annotations

from geo.extraction.accounts.claims import add_claim
from geo.extraction.accounts.confidence import confidence_of
from geo.extraction.accounts.headlines import headline_sentences, join_headline
from geo.extraction.accounts.merging import join_threads
from geo.extraction.accounts.occasions import is_occasion
from geo.extraction.accounts.relevance import is_of_conflict
from geo.extraction.accounts.threads import Thread
from geo.extraction.accounts.tolls import is_of_a_period, join_harm, join_toll, toll_of
from geo.extraction.actors.states import capitals_doing
from geo.extraction.drafts.drafts import Draft, drafts_of
from geo.extraction.drafts.moments import Origin
from geo.extraction.drafts.places import is_seat
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import Lexicon
from geo.extraction.reading import Reading, Sentence
from geo.extraction.syntax.linking import choose_places
from geo.extraction.syntax.whereabouts import whereabouts
from geo.model import Account, Days, Document, Evidence, PlacePhrase, Quoted, Recognition, Unresolved
from geo.vocabulary import EventType, MentionKind

_SNIPPET = 3
"""Sentences of a text so short that it names an event for its own sake."""
_LOOK_BACK = 3
"""Sentences in which a place told before still holds."""


def extract_accounts(document: Document, recognition: Recognition, *, lexicon: Lexicon) -> tuple[Account, ...]:
    """Return the accounts that a document tells, in the order of their first trigger.

    Places are words (`where`); the pipeline resolves them. Empty for a document without marks.
    """
    if not recognition.of_kind(MentionKind.TRIGGER):
        return ()
    reading = Reading(document, recognition, lexicon)
    accounts = [account_of(reading, thread) for thread in threads_of(reading)]
    unique = {account.account_id: account for account in accounts}
    return tuple(sorted(unique.values(), key=lambda account: account.sub_event_type.evidence[0]))


def told_threads(reading: Reading) -> list[Thread]:
    """Return the happenings that a document tells, whether or not they say enough, in the order of the text."""
    threads: list[Thread] = []
    titles: list[Draft] = []
    headlines = headline_sentences(reading)
    before: Quoted[Days] | None = None
    for sentence in reading.sentences:
        if sentence.index not in headlines:
            add_claim(threads, sentence)
        drafts = list(drafts_of(sentence, before)) if sentence.of_kind(MentionKind.TRIGGER) else []
        if not drafts and sentence.index not in headlines and threads and (toll := toll_of(sentence)) is not None:
            join_toll(threads, toll)
        for draft in drafts:
            if sentence.index in headlines:
                titles.append(draft)
            elif not join_harm(threads, draft):
                join_threads(threads, draft)
            if draft.moment.origin is Origin.OWN and isinstance(draft.moment.when, Quoted):
                before = draft.moment.when
    for draft in reversed(titles):
        join_headline(threads, draft)
    return threads


def threads_of(reading: Reading) -> list[Thread]:
    """Return the happenings that a document tells and that say enough to be accounts, in the order of the text."""
    return [thread for thread in told_threads(reading) if not refusing_rule(reading, thread)]


def refusing_rule(reading: Reading, thread: Thread) -> str:
    """Return the rule by which a happening that is told makes no account, empty where it makes one."""
    if is_of_a_period(thread):
        return "period"
    if is_occasion(reading, thread):
        return "occasion"
    if not _is_anchored(reading, thread):
        return "scant"
    return "" if is_of_conflict(reading, thread) else "no_conflict"


def locate_trigger(document: Document, start: int, end: int, recognition: Recognition) -> tuple[Evidence, ...]:
    """Return the names of the places where the event of the trigger at `[start, end)` happened.

    A link of the recogniser decides where it has one for that trigger; empty where the text does not say.
    """
    for link in recognition.links:
        if link.trigger.start < end and start < link.trigger.end:
            return tuple(place.evidence for place in link.places)
    reading = Reading(document, recognition, EMPTY_LEXICON)
    if not reading.sentences:
        return ()
    sentence = reading.sentence_at(start)
    named = [where for where in whereabouts(sentence) if not where.anaphor]
    return tuple(where.phrase.toponym.evidence for where in choose_places(sentence, start, end, named))


EMPTY_LEXICON = Lexicon.empty()


def _is_anchored(reading: Reading, thread: Thread) -> bool:
    """Return whether an account says enough to be one: where, when or how many, in words of its own."""
    head = thread.head
    own_place = any(draft.where_origin >= Origin.INHERITED and draft.where is not None for draft in thread.drafts)
    own_day = any(draft.moment.origin is Origin.OWN for draft in thread.drafts)
    counted = thread.killed is not None or thread.injured is not None
    if head.happening.head.event_type is EventType.STRATEGIC_DEVELOPMENTS and not own_day and _goes_on(head):
        return False
    if len(reading.sentences) <= _SNIPPET and not head.presupposed and _is_told_plainly(head):
        return True
    if head.presupposed or _is_definite(head):
        return own_place and (own_day or counted) or (own_day and counted)
    if head.sub_type.value == "agreement" and own_day and head.roles.actor1 and head.roles.actor2:
        return True  # two sides agree, wherever they met
    if thread.where is None and _place_before(reading, thread) is None:
        return counted
    return own_place or own_day or counted


def _goes_on(draft: Draft) -> bool:
    """Return whether a verb tells what goes on, and no event: `the zone is patrolled by …`, `has been patrolling`."""
    head, sentence = draft.happening.head, draft.sentence
    before = {sentence.low(index) for index in range(head.first - 4, head.first)}
    if sentence.low(head.first) in _MOVING and before & {"is", "are"}:
        return False  # `is transferring units to …`
    if sentence.low(head.first).endswith("ing"):
        return bool(before & {"is", "are", "was", "were", "been"})
    return head.trigger.part == "verb" and bool(before & {"is", "are", "being"})


_MOVING = word_set("transferring moving redeploying deploying relocating massing amassing withdrawing sending pulling")


def _is_told_plainly(draft: Draft) -> bool:
    """Return whether a note of a sentence or two is about it: a verb with somebody who does or suffers it."""
    signals = draft.happening.signals
    if draft.killed is not None or draft.injured is not None:
        return any(signal.trigger.part == "verb" and _is_simple(draft.sentence, signal) for signal in signals)
    if draft.happening.only_harm:
        return False
    named = any(mention.kind in (MentionKind.TOPONYM, MentionKind.ACTOR) for mention in draft.sentence.mentions)
    known = named or draft.roles.actor1 is not None or draft.roles.actor2 is not None
    if not known:
        return False
    if any(signal.trigger.part == "verb" and _is_simple(draft.sentence, signal) for signal in signals):
        return True
    noun = draft.happening.head.trigger.part == "noun" and not _is_definite(draft)
    return noun and bool(_TOOK_PLACE & set(draft.sentence.lows))


def _is_simple(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb tells what is done now or then, and not what had been, or is to be."""
    before = {sentence.low(index) for index in range(signal.first - 3, signal.first)}
    if sentence.low(signal.first).endswith("ing") and not before & _GOING_ON:
        return False
    return not before & _PERFECT and sentence.low(signal.first - 1) not in ("of", "to")


_TOOK_PLACE = word_set("reported erupted occurred broke took continued resumed raged ensued followed left flared")
"""Verbs of which a noun of violence may be the subject: `clashes were reported`."""
_GOING_ON = frozenset({"is", "are", "was", "were"})
_PERFECT = frozenset({"have", "has", "had"})
"""Words before a verb that tell of what was before."""


def _is_definite(draft: Draft) -> bool:
    """Return whether the trigger is a noun told as known: `the attack`, `their attacks`."""
    sentence, head = draft.sentence, draft.happening.head
    if head.trigger.part != "noun" or _tells_harm_first(draft):
        return False
    window = [sentence.low(index) for index in range(max(0, head.first - 3), head.first)]
    return bool({"the", "this", "that", "these", "those", "such", "latest", "their", "its"} & set(window))


def _tells_harm_first(draft: Draft) -> bool:
    """Return whether the harm is the news and the known event only its frame: `six were killed during the attack`."""
    if draft.killed is None and draft.injured is None:
        return False
    sentence, head = draft.sentence, draft.happening.head
    harm = [signal for signal in draft.happening.signals if signal.trigger.role == "harm" and signal.last < head.first]
    return any({"in", "during"} & {sentence.low(i) for i in range(signal.last + 1, head.first)} for signal in harm)


def _place_before(reading: Reading, thread: Thread) -> PlacePhrase | None:
    """Return the latest place told in the sentences before a happening that names none."""
    sentence = thread.head.sentence
    for index in range(sentence.index, max(-1, sentence.index - 1 - _LOOK_BACK), -1):
        earlier = reading.sentences[index]
        told = whereabouts(earlier)
        for at, where in reversed(list(enumerate(told))):
            if at and (
                _lies_around(reading, told[at - 1].phrase, where.phrase) or _is_bound_for(earlier, where.phrase)
            ):
                continue
            if _is_doer(earlier, where.phrase) or (not where.anaphor and is_seat(earlier, where.phrase.toponym)):
                continue
            if where.phrase.end <= thread.head.happening.head.mention.start and not _is_country(reading, where.phrase):
                return where.phrase
    return None


def _is_doer(sentence: Sentence, phrase: PlacePhrase) -> bool:
    """Return whether a capital stands for its state, which does something: `Kiev sent special forces`."""
    if not sentence.start <= phrase.toponym.start < sentence.end:
        return False
    return any(one.start == phrase.toponym.start for one in capitals_doing(sentence))


def _only_place(reading: Reading, thread: Thread) -> PlacePhrase | None:
    """Return the one place that a happening's sentence names, wherever in it; None for none or several."""
    named = [where.phrase for where in whereabouts(thread.head.sentence) if not where.anaphor]
    named = [phrase for phrase in named if not _is_country(reading, phrase)]
    named = [phrase for phrase in named if not _is_doer(thread.head.sentence, phrase)]
    pairs = zip(named, [*named[1:], None], strict=False)
    named = [one for one, two in pairs if two is None or not _owns(reading, one, two)]
    if len({phrase.toponym.text for phrase in named}) != 1 or thread.head.sentence.is_speaking(named[0].toponym.start):
        return None
    return named[0]


def _owns(reading: Reading, one: PlacePhrase, other: PlacePhrase) -> bool:
    """Return whether a place is named by the one it lies in: the second of `Tunis's Bardo quarter`."""
    return reading.document.text[one.end : other.start].strip() in ("'s", "’s")


def _lies_around(reading: Reading, one: PlacePhrase, other: PlacePhrase) -> bool:
    """Return whether a place only tells where the one before it lies: the second of `Mai Kadra, in Tigray`."""
    between = reading.document.text[one.end : other.start].split()
    return 0 < len(between) <= _AROUND and between[0] in (",", "in", "(") and set(between) <= _LINKING


def _is_bound_for(sentence: Sentence, place: PlacePhrase) -> bool:
    """Return whether a place only tells where a road or a journey goes: `on the road to Hama`, `bound for Hama`."""
    first = sentence.at(place.start)
    return sentence.low(first - 1) in ("to", "for", "from") and sentence.low(first - 2) in _WAYS


_WAYS = word_set("road highway motorway route way bound heading headed leading train bus flight railway")


_AROUND = 4
_LINKING = frozenset({",", "in", "(", "the", "northern", "southern", "eastern", "western", "central", "of"})


def _is_country(reading: Reading, phrase: PlacePhrase) -> bool:
    return reading.lexicon.countries.get(phrase.toponym.text) is not None


def account_of(reading: Reading, thread: Thread) -> Account:
    """Return a happening as an account of its document, its place in words."""
    document, head = reading.document, thread.head
    where = thread.where or _place_before(reading, thread) or _only_place(reading, thread)
    when = thread.when
    sentence = Evidence.of(document.text, head.sentence.start, head.sentence.end)
    return Account(
        document_id=document.document_id,
        sentence=sentence,
        sub_event_type=thread.sub_type,
        when=when if when is not None else Unresolved("no day is named"),
        factuality=thread.factuality,
        where=where,
        tags=thread.tags,
        actor1=thread.actor1,
        actor2=thread.actor2,
        civilian_targeting=thread.civilian,
        weapon=thread.weapon,
        fatalities=thread.killed,
        injured=thread.injured,
        attribution=thread.attribution,
        confidence=confidence_of(thread),
        source=document.source,
        url=document.url,
        published=document.published,
    )
