"""The actors that a sentence names as parties to what it tells: no one who only reports, each by its fullest name."""

from __future__ import annotations

from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.naming import whole_name
from geo.extraction.syntax.whereabouts import opens_company
from geo.model import Mention
from geo.vocabulary import MentionKind

_EMPTY = word_set(
    "the a an this that these those its their his her our some other two three four "
    "agency agencies charity charities ngos organisation organisations organization organizations"
)


def parties_of(sentence: Sentence) -> list[Mention]:
    """Return the actors of a sentence who do not report, without those that a name after them makes precise."""
    actors = [
        whole_name(sentence, mention)
        for mention in sentence.of_kind(MentionKind.ACTOR)
        if len(mention.text) > 1
        and not sentence.is_speaking(mention.start)
        and not set(mention.text.lower().split()) <= _EMPTY
        and not _is_in_name_of_site(sentence, mention)
        and not _is_opposed(sentence, mention)
        and not _is_behind_another(sentence, mention)
    ]
    # Only one of the next marks can be the name of a general word: all pairs would make long lists slow.
    return [
        mention
        for index, mention in enumerate(actors)
        if not any(_is_named_by(sentence, mention, other) for other in actors[index + 1 : index + 4])
    ]


def _is_opposed(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a mark only says whom others are against: the government of `anti-government protesters`."""
    first = sentence.at(mention.start)
    return sentence.low(first - 1) == "-" and sentence.low(first - 2) == "anti"


def _is_behind_another(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a mark only says to whom the group named next is close: `al-Qaeda-linked JNIM fighters`."""
    last = sentence.at(mention.end - 1)
    if sentence.low(last) not in _CLOSE:
        last += 2  # the mark may end before its hyphen
    if sentence.low(last) not in _CLOSE or sentence.low(last - 1) != "-":
        return False
    window = range(last + 1, last + 1 + _NAMED_WITHIN)
    following = (m for m in sentence.of_kind(MentionKind.ACTOR) if sentence.at(m.start) in window)
    return any(other.label or sentence.reading.lexicon.actors.get(other.text) is not None for other in following)


_CLOSE = word_set("linked affiliated aligned allied inspired")
_NAMED_WITHIN = 3
"""Words in which the group follows."""


def _is_in_name_of_site(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a mark only opens the name of a site: `the Government Science Secondary School`."""
    at = sentence.at(mention.end - 1) + 1
    last = at
    while last < at + _LONGEST_SITE and last < len(sentence.words) and sentence.words[last].capital:
        last += 1
    return mention.text[0].isupper() and any(sentence.low(index) in _SITES for index in range(at, last))


_LONGEST_SITE = 5
_SITES = word_set(
    "school college university hospital clinic hotel airport stadium church mosque museum press secondary"
)


def is_force(sentence: Sentence, toponym: Mention) -> bool:
    """Return whether what was taken for a place is a force or a company: `drove al-Shabaab out of …`."""
    if opens_company(sentence, toponym):
        return True
    lexicon = sentence.reading.lexicon
    group = lexicon.actors.get(toponym.text)
    if group is not None and group.side != "government":
        return toponym.text in {mention.text for mention in sentence.of_kind(MentionKind.ACTOR)}
    return toponym.text[0].islower() and sentence.reading.cased and lexicon.forces.get(toponym.text) is not None


def _is_named_by(sentence: Sentence, mention: Mention, other: Mention) -> bool:
    """Return whether a name follows a general word: `rebels of the Free Syrian Army`, `militants from Al-Shabaab`."""
    lexicon = sentence.reading.lexicon
    led = other.text[0].isupper() and sentence.low(sentence.at(mention.end - 1) + 1) in _LEADERS
    if lexicon.actors.get(mention.text) is not None or (lexicon.actors.get(other.text) is None and not led):
        return False
    between = [sentence.low(index) for index in range(sentence.at(mention.end - 1) + 1, sentence.at(other.start))]
    if between[:1] and between[0] in _LEADERS and between[1:] in (["of"], ["of", "the"]):
        return True
    while between and between[0] in _MEMBERS:
        between.pop(0)
    return between[:1] in (["of"], ["from"]) and len(between) <= 2 and between[-1] in ("of", "from", "the")


_LEADERS = word_set("commander commanders leader leaders chief chiefs wing branch head emir official officials")
_MEMBERS = word_set("members rebels fighters militants militia militias units gunmen elements insurgents terrorists")
