"""Owners: whose "he" and "she" are, by the names that the article gives elsewhere.

`speech.settling` asks once the speakers before are known; `speech.role_owners` tells whose a role is.
Where two people could be meant the answer is None. The order of preference follows what is known of pronouns
in news (Hobbs, Lingua 1978; Lappin and Leass, CL 1994): recency, subjects before objects, speakers before
others, agreement as a filter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from index.datatypes import Span
from index.speech.cast import Cast
from index.speech.naming import Name
from index.speech.personhood import is_known_person, is_like_person, may_speak, sounds_female

PRONOUNS = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he", "hers": "she"}
# How far back an owner is sought, in sentences.
_MEMORY = 8
_MARGIN = 0.4
_NEAR = 2  # sentences; so far the last speaker goes on where nobody else is named between
_SURE = 1.5  # margin at which the pronoun shows what goes with the name
_INTRODUCED = 1.5  # for a name with a role, as people are introduced
_RELATED = 1.0  # off, for a name that stands there for whose relative it is
_TOPIC = 0.5  # for a subject of the pronoun's own paragraph
_JOINED = 0.8  # off, for one of several names that are joined: "they" would stand for them
_LED = 4.0
_COMPARING = frozenset({"like", "unlike", "alongside", "besides", "without", "than"})
_LONG_LEAD = 6  # words
_FLOOR = 0.5  # what a full name scores four sentences and one paragraph back


def find_pronoun_owner(
    cast: Cast,
    mention: Span,
    sentence: int,
    paragraph: int,
    speakers: Sequence[tuple[int, Name]],
    barred: Collection[tuple[str, ...]] = (),
) -> Name | None:
    """Return whom "he" or "she" stands for; None where nobody or more than one fits.

    Args:
        cast: the article's names.
        mention: the pronoun.
        sentence, paragraph: their numbers in the article.
        speakers: the named speakers of the statements before, as (sentence, name), in order.
        barred: the names of those whom the speaker tells of: in "he said Roe left", "he" is not Roe
            (principle C of binding; Chomsky, Lectures on Government and Binding, 1981).
    """
    wanted = PRONOUNS.get(cast.text[mention.start : mention.end].lower())
    if wanted is None:
        return None
    if speakers and speakers[-1][0] >= sentence - _NEAR:
        last = speakers[-1][1]
        between = [
            name for name in cast.find_between(last.span.end, mention.start)
            if cast.find_pronoun(name) in (wanted, "either")
            and name.words[-1] != last.words[-1] and not name.caption
        ]  # fmt: skip
        fits = _agrees(cast, last, wanted) and not _is_barred(last, barred)
        fits = fits and not (last.sentence == sentence and last.acts_on == wanted)
        if last.paragraph == paragraph and not between and fits:
            return None if _has_rival(cast, last, wanted) else last
    spoken = {name.words[-1].lower() for _, name in speakers}
    scores: dict[str, float] = {}
    best_of: dict[str, Name] = {}
    for name in reversed(cast.names[: bisect_left(cast.starts, mention.start)]):
        if name.sentence < sentence - _MEMORY:
            break
        pronoun = cast.find_pronoun(name)
        if pronoun not in (wanted, "either"):
            continue
        key = name.words[-1].lower()
        if name.caption or _is_barred(name, barred) or not may_speak(cast, name, spoken):
            continue
        gap = sentence - name.sentence
        if gap == 0 and (name.acts_on == wanted or _is_compared(cast, name, mention)):
            barred = (*barred, name.words)
            continue
        score = 3.0 - 0.6 * gap - 0.6 * (paragraph - name.paragraph) + (1.5 if name.subject else 0.0)
        score += 0.7 if name.main else 0.0
        score += _TOPIC if name.main and pronoun == wanted and name.paragraph == paragraph else 0.0
        score += 0.8 if pronoun == wanted else 0.0
        score += _INTRODUCED if _is_introduced(cast, name) and not name.joined else 0.0
        score -= _RELATED if _is_relative(cast, name) else 0.0
        score -= _JOINED if name.joined else 0.0
        score += _LED if gap == 0 and _leads(cast, name, mention) else 0.0
        if pronoun == "either":
            score -= 1.5 if len(name.words) == 1 and not is_known_person(cast, name) else 0.0
            score -= 0.7 if wanted == "he" and sounds_female(cast, name) else 0.0
        if score > scores.get(key, -99.0):
            scores[key], best_of[key] = score, name
    lately = list(dict.fromkeys(name.words[-1].lower() for _, name in reversed(speakers[-3:])))
    latest_speech = {name.words[-1].lower(): name for _, name in speakers[-3:]}
    for position, key in enumerate(lately):
        if key in scores and not _is_followed(cast, latest_speech[key], mention, wanted, paragraph):
            scores[key] += 2.5 - 1.0 * position
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _FLOOR:
        return _find_only(cast, mention, wanted, speakers, barred)
    margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else _SURE
    if margin < _MARGIN:
        return None
    best = best_of[ranked[0][0]]
    if not is_like_person(cast, best, spoken):
        return None
    if wanted == "he" and cast.find_pronoun(best) == "either" and sounds_female(cast, best):
        return None
    if margin >= _SURE and cast.find_pronoun(best) == "either":
        cast.learned[best.words[-1].lower()] = wanted
    return best


def _has_rival(cast: Cast, last: Name, wanted: str) -> bool:
    """Whether a speaker of whom nothing but one word is known may be a medium that tells of somebody.

    "The referee Jane Roe likes it, said Goal. “I do,” she said."
    """
    if len(last.words) > 1 or is_known_person(cast, last) or cast.find_pronoun(last) != "either":
        return False
    before = cast.names[: bisect_left(cast.starts, last.span.start)]
    return any(
        each.sentence == last.sentence
        and each.subject
        and _is_introduced(cast, each)
        and _agrees(cast, each, wanted)
        for each in before[-_MEMORY:]
    )


def _find_only(
    cast: Cast,
    mention: Span,
    wanted: str,
    speakers: Sequence[tuple[int, Name]],
    barred: Collection[tuple[str, ...]],
) -> Name | None:
    """Return the last speaker that the pronoun is known to fit; None if others who may fit are named."""
    spoken = {name.words[-1].lower() for _, name in speakers}
    for _, name in reversed(speakers):
        full = cast.find_full(name.words) or name
        if not _agrees(cast, name, wanted) or wanted not in (cast.find_pronoun(name), full.pronoun):
            continue
        if _is_barred(name, barred):
            continue
        since = cast.find_between(name.span.end, mention.start)
        others = [
            each
            for each in since
            if cast.find_pronoun(each) in (wanted, "either")
            and each.words[-1] != name.words[-1]
            and not each.caption
            and may_speak(cast, each, spoken)
            and (each.subject or is_known_person(cast, each) or cast.find_pronoun(each) == wanted)
        ]
        return None if others else name
    return None


def _is_introduced(cast: Cast, name: Name) -> bool:
    """Whether a place names somebody in full and says what they are, not only whose friend or relative."""
    return name.role is not None and len(name.words) > 1 and name.is_whole and not _is_relative(cast, name)


def _is_relative(cast: Cast, name: Name) -> bool:
    """Whether a place says of somebody only whose friend or relative it is: "her son John Roe"."""
    if name.role is None:
        return False
    return cast.text[name.role.start : name.role.end].split()[0].lower() in KIN


def _is_followed(cast: Cast, name: Name, mention: Span, wanted: str, paragraph: int) -> bool:
    """Whether the text has gone on to somebody else that the pronoun is known to fit.

    That is one who is introduced with a role, or is the subject of a sentence in a later paragraph, the
    pronoun's own, behind the last naming of the first.
    """
    between = cast.find_between(name.span.end, mention.start)
    last = max((each.span.start for each in between if each.words[-1] == name.words[-1]), default=0)
    return any(
        each.span.start > last
        and cast.find_pronoun(each) == wanted
        and (_is_introduced(cast, each) or (each.main and name.paragraph < each.paragraph == paragraph))
        for each in between
    )


def _leads(cast: Cast, name: Name, mention: Span) -> bool:
    """Whether a name stands in the phrase that opens a pronoun's clause: "In Roe’s case, she said"."""
    gap = cast.text[name.span.end : mention.start]
    return gap.rstrip().endswith(",") and len(gap.split()) <= _LONG_LEAD


def _is_barred(name: Name, barred: Collection[tuple[str, ...]]) -> bool:
    """Whether a name is one of those, or a part of one: "Roe" of "Jane Roe"."""
    return any(
        name.words[-1] == other[-1] and (name.words == other or 1 in (len(name.words), len(other)))
        for other in barred
    )


def _is_compared(cast: Cast, name: Name, mention: Span) -> bool:
    """Whether a pronoun's clause sets somebody beside a name: "Like Roe, he said"."""
    before = cast.text[: name.span.start].rsplit(maxsplit=1)[-1:]
    return bool(before) and before[0].lower() in _COMPARING and _leads(cast, name, mention)


def _agrees(cast: Cast, name: Name, wanted: str) -> bool:
    """Whether "he" or "she" may stand for a name, by all that the article tells."""
    full = cast.find_full(name.words) or name
    shown = {cast.find_pronoun(name), full.pronoun}
    if shown - {wanted, "either"}:
        return False
    return wanted in shown or wanted == "she" or not sounds_female(cast, name)


KIN = frozenset(
    {
        "his", "her", "their", "its", "son", "sons", "daughter", "daughters", "husband", "wife", "brother",
        "sister", "mother", "father", "partner", "boyfriend", "girlfriend", "nephew", "niece", "cousin",
        "widow", "widower",
    }
)  # fmt: skip
"""Words that begin what tells only whose relative or friend somebody is."""
