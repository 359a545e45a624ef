"""Whether quotes state what a question asks for, where it asks for a number, a name or who did something.

Asked once quotes are chosen, before an answer is given: a sentence may meet every word of a question but
the one that would answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.answers import Quote
from index.datatypes import Span
from index.questions.lexicons import names_person
from index.quotes.answer_types import AnswerType, find_names
from index.quotes.arrangement import measure_nearness
from index.quotes.fitness import find_fitting
from index.quotes.likeness import compare_stems, load_table
from index.quotes.relevance import COUNTING, AskedQuestion
from index.quotes.sought import LOW, Fitting
from index.quotes.terms import split_terms, stem_words
from index.texts.stems import stem_word

_ASKS_NAME = re.compile(
    r"^[^(]*\b(?:what|which)\b[^(]{0,40}\b(?:sur)?names?\b|^\W*which (?:two|three|four|five|six|\d+) [a-z]|"
    r"^\W*what (?:is|was|are|were) [^(]{2,60} (?:called|named)\W*(?:\(|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\bnames? (?:of|for) (?P<of>[^(]+)|"
    r"\b(?:is|was|are|were|what['’]s) (?:the )?(?P<owner>[^(]+?)['’]s? (?:[a-z]+ )?names?\b|"
    r"^\W*what (?:is|was|are|were) (?:the )?(?P<called>[^(]+?) (?:called|named)\b",
    re.IGNORECASE,
)  # "the name of *the nurse in Varn*", "*the nurse*'s full name", "what was *the nurse in Varn* called?"
_OFFICE = re.compile(
    r"^\W*who(?:['’]s| is| was| are| were) (?:(?:now|currently|then) )?"
    r"(?:the |[^(,]{2,40}?['’]s? |(?=[^(]+ of ))(?P<office>[^(,]{2,60}?)"
    r"(?: (?:of|for|at|in) [^(]{2,60}?)?\W*(?:\(|$)",
    re.IGNORECASE,
)  # "who is the *mayor* of Varn?", "who was Varn's *mayor*?"
_NOUN_ENDS = re.compile(
    r"[,?]|\s(?:of|who|whom|whose|that|which|in|at|on|from|with|for|to|is|was|were|are|\w+ed)\b",
    re.IGNORECASE,
)
_OWNER_ENDS = re.compile(r"['’]s?\s+(?=\w)")
_PARTS = re.compile(r"[.;:!?”\"]|\b(?:said|says|told|and|but|while|when|after|before|because)\b")
_WORD = re.compile(r"[^\W_]+")
_DESCRIBES = re.compile(
    r"(?: (?!(?:from|of|in|at|to|on|and|who|was|is|has|had|\w*ed|\w*[^\Ws]s)\b)[a-z-]+){0,2} "
)  # "the 51-year-old *former pilot* Roe", and not "the 51-year-old joined Roe"
_DOES = re.compile(r"^\W*who (?:(?:has|have|had|also|first) )*(?P<verb>[a-z]+)\b", re.IGNORECASE)

_MEASURES = re.compile(r"\bhow (?:tall|deep|heavy|wide|thick|far|fast|hot|cold)\b", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"^\W*(?:why|when|how|where)(?: \w+)? (?:did|was|were|is|are|has|have|had|does|do) (?:the )?",
    re.IGNORECASE,
)
_ACT = re.compile(r"(?:['’]s)? (?:(?:[a-z]+ly|been|being|ever) )?(?P<verb>[a-z]+)\b")

_BEFALLS = re.compile(r"^\W*(?:and |so |but )?(?:how many|who)\b(?P<rest>[^(?]*)", re.IGNORECASE)
_FATES = tuple(
    (frozenset(map(stem_word, asking.split())), frozenset(map(stem_word, f"{asking} {telling}".split())))
    for asking, telling in (
        (
            "die died dead death deaths killed kill drowned drown perished murdered",
            "fatal fatality life lives body toll casualty victim slain massacre shot stabbed executed "
            "suicide mourning funeral buried corpse remains survive survivor crushed burned",
        ),
        (
            "hurt injured injure injuries wounded wound",
            "hospital hospitalised hospitalized casualty victim treated bandaged burns maimed ill sick",
        ),
        (
            "arrested arrest detained",
            "custody charged jailed seized apprehended imprisoned suspect indicted captured held",
        ),
    )
)
"""What is asked of people in stems, and in which words it is told."""

_WHICH_YEAR = re.compile(r"\b(?:the|this|that) ((?:19|20)\d\d) [a-z]|\bfor ((?:19|20)\d\d)\b", re.IGNORECASE)

_ALIKE = 0.55  # cosine of two words for the same kind of person or thing: "wife", "widow"
_SAME_ACT = 0.35  # cosine of two words, below which they tell of different acts: "bought", "landed"
_SUPPOSED_ACT = 0.4  # the same, for what somebody is taken to have done
_TELLING = 4.0  # rarity of a verb, in nats, from which it is seldom put in other words
_GAP = 6  # words between a name and what its owner is, at most


def states_asked(asked: AskedQuestion, quotes: Sequence[Quote], before: Sequence[str] = ()) -> bool:
    """Whether one of the quotes holds what a question asks for, as far as words tell.

    A number is of what the question asks for and stands in a quote with a word of the question, or right
    behind a text that asks with one; an age is of whom the question names. A name is any that the question
    does not hold, beside the noun for whom is to be named. Who holds an office is told by a quote that holds
    the office and a name. Who did something is told by a quote that tells of doing it.

    Args:
        before: what stands before each quote in its report, () for nothing.
    """
    if not _tells_fate(asked, quotes):
        return False
    if asked.kind in COUNTING:
        leads = before or [""] * len(quotes)
        return any(_holds_number(asked, quote, lead) for quote, lead in zip(quotes, leads, strict=True))
    if _ASKS_NAME.search(asked.text):
        noun = _find_named_noun(asked.text)
        return any(_holds_name(asked.stems, noun, quote.text) for quote in quotes)
    office = _OFFICE.search(asked.text)
    if office is not None and names_person(office["office"].split()[-1]):
        noun = stem_word(office["office"].split()[-1])
        return any(_names_holder(asked, noun, quote.text) for quote in quotes)
    return _tells_of_act(asked, quotes)


def _holds_number(asked: AskedQuestion, quote: Quote, before: str) -> bool:
    fitting = find_fitting(asked.sought, quote.text)
    if _MEASURES.search(asked.text):
        fitting = tuple(found for found in fitting if found.fit > LOW)  # "31 of the limes" are no height
    if asked.kind is AnswerType.AGE and asked.names:
        return any(_is_of_named(asked, quote, age, before) for age, _ in fitting)
    lead = before if before.rstrip().endswith("?") else ""  # "All twenty-three." answers what is asked there
    moved = [Fitting(Span(len(lead) + start, len(lead) + end), fit) for (start, end), fit in fitting]
    weights = {stem: weight for stem, weight in asked.weights.items() if stem in asked.own}
    return measure_nearness(weights, split_terms(lead + quote.text), moved) > 0


def _is_of_named(asked: AskedQuestion, quote: Quote, age: Span, before: str) -> bool:
    """Whether an age is of somebody whom a question names.

    It is of the name right beside it ("Roe, 51," or "the 51-year-old Roe"). Without one it is of whom the
    quote names or, where it names nobody, the headline or what stands before it does; and "the 51-year-old"
    is of the last name before.
    """
    owner = _find_owner(quote.text, age)
    if owner is not None:
        return not asked.names.isdisjoint(stem_words(owner))
    if not asked.names.isdisjoint(stem_words(quote.text)):
        return True
    names_another = any(" " in quote.text[slice(*name)] for name in find_names(quote.text))
    if not names_another and not asked.names.isdisjoint(stem_words(f"{quote.citation.title} {before}")):
        return True
    lead = before + quote.text[: age.start]
    if not lead.lower().endswith("the "):
        return False
    last = [lead[slice(*name)] for name in find_names(lead)][-1:]
    return any(not asked.names.isdisjoint(stem_words(name)) for name in last)


def _find_owner(text: str, age: Span) -> str | None:
    """Return the name right beside an age, None where there is none."""
    for name in find_names(text):
        if re.fullmatch(r",? (?:aged? )?", text[name.end : age.start]) and name.end <= age.start:
            return text[slice(*name)]
        if name.start >= age.end and _DESCRIBES.fullmatch(text[age.end : name.start]):
            return text[slice(*name)]
    return None


def _tells_fate(asked: AskedQuestion, quotes: Sequence[Quote]) -> bool:
    """Whether a quote or its headline tells of what "how many *died*?", "who *died*?" asks, in any words."""
    match = _BEFALLS.match(asked.text)
    if match is None:
        return True
    held = frozenset().union(*(stem_words(f"{quote.text} {quote.citation.title}") for quote in quotes))
    words = stem_words(match["rest"])
    return all(words.isdisjoint(asking) or not held.isdisjoint(telling) for asking, telling in _FATES)


def _find_named_noun(question: str) -> str | None:
    """Return the stem of the noun for whom a question wants to be named; None for a thing, or by a name."""
    match = _NAMED.search(question)
    if match is None:
        return None
    phrase = _NOUN_ENDS.split(f"{match['of'] or match['owner'] or match['called']} ")[0].strip()
    words = _OWNER_ENDS.split(phrase)[-1].split()
    return stem_word(words[-1]) if words and names_person(words[-1]) else None


def _holds_name(known: frozenset[str], noun: str | None, text: str) -> bool:
    """Whether a text holds a name that a question does not, beside the noun for whom is to be named."""
    names = [name for name in find_names(text) if not stem_words(text[slice(*name)]) <= known]
    if noun is None:
        return bool(names)
    return any(_stand_together(text, place, name) for place in _find_like(noun, text) for name in names)


def _names_holder(asked: AskedQuestion, office: str, text: str) -> bool:
    """Whether a text holds an office, or a word of like meaning, and a name that the question does not."""
    return any(_find_like(office, text)) and _holds_name(asked.stems, None, text)


def _find_like(noun: str, text: str) -> Iterator[Span]:
    for match in _WORD.finditer(text):
        stem = stem_word(match.group())
        if stem == noun or compare_stems(stem, noun) >= _ALIKE:
            yield Span(*match.span())


def _stand_together(text: str, noun: Span, name: Span) -> bool:
    first, second = sorted((noun, name))
    between = text[first.end : second.start]
    return len(between.split()) <= _GAP and not _PARTS.search(between)


def _tells_of_act(asked: AskedQuestion, quotes: Sequence[Quote]) -> bool:
    """Whether a quote or its headline holds the verb of "who *bought* the kitchen?", or one somewhat like it.

    Who said or denied something is told in other words, and a rare verb is like none that is known.
    """
    match = _DOES.search(asked.text)
    if match is None or asked.seeks_speaker or asked.stances:
        return True
    return _tell_act(asked, match["verb"], quotes, _SAME_ACT)


def meets_premises(asked: AskedQuestion, quotes: Sequence[Quote]) -> bool:
    """Whether the quotes tell of what a question takes for granted: an act of whom it names, a year."""
    return tells_named_act(asked, quotes) and knows_named_year(asked, quotes)


def tells_named_act(asked: AskedQuestion, quotes: Sequence[Quote]) -> bool:
    """Whether the quotes tell of what a question takes somebody whom it names to have done.

    "Why was Roe *arrested*?", "When did Roe *confess*?": Where no quote and no headline holds the verb or one
    somewhat like it, what is asked may never have happened. True for every other question.
    """
    opening = _SUPPOSES.match(asked.text)
    name = next((span for span in find_names(asked.text) if opening and span.start == opening.end()), None)
    act = _ACT.match(asked.text, name.end) if name is not None else None
    return act is None or _tell_act(asked, act["verb"], quotes, _SUPPOSED_ACT)


def knows_named_year(asked: AskedQuestion, quotes: Sequence[Quote]) -> bool:
    """Whether the quotes are of the year that tells which thing is meant: "the *2026* budget".

    That is where one of them, or its headline, holds it, or its report came out a year off at most. True
    where a question names no such year, and where no report tells its day.
    """
    match = _WHICH_YEAR.search(asked.text)
    if match is None:
        return True
    year = next(part for part in match.groups() if part)
    days = [quote.citation.published.day.year for quote in quotes if quote.citation.published is not None]
    near = not days or any(abs(each - int(year)) <= 1 for each in days)
    return near or any(year in f"{quote.text} {quote.citation.title}" for quote in quotes)


def _tell_act(asked: AskedQuestion, word: str, quotes: Sequence[Quote], least: float) -> bool:
    """Whether a quote or its headline holds a verb, or a word that is like it; True of a common verb."""
    verb = stem_word(word)
    if verb not in load_table().rows or asked.weights.get(verb, 0.0) < _TELLING:
        return True
    held = frozenset().union(*(stem_words(f"{quote.text} {quote.citation.title}") for quote in quotes))
    return any(other == verb or compare_stems(other, verb) >= least for other in held)
