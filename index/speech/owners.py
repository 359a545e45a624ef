"""Owners: whose a mention is ("he", "the mayor", "Danilov"), by the names that the article gives elsewhere.

`speech.attribution` asks once the speakers are known. Where two people could be meant the answer is None. The
order of preference follows what is known of pronouns in news (Hobbs, Lingua 1978; Lappin and Leass, CL 1994):
recency, subjects before objects, speakers before others, agreement as a filter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from index.datatypes import Span
from index.speech.cast import Cast
from index.speech.naming import Name
from index.speech.people import load_people

PRONOUNS = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he", "hers": "she"}
# How far back an owner is sought, in sentences.
_MEMORY = 8
_MARGIN = 0.4
_NAMED = 6  # names before a mention that may stand in its sentence
_NEAR = 2  # sentences; so far the last speaker goes on where nobody else is named between
_SURE = 1.5  # margin at which the pronoun shows what goes with the name
_INTRODUCED = 1.5  # for a name with a role, as people are introduced
_RELATED = 1.0  # off, for a name that stands there for whose relative it is
_JOINED = 0.8  # off, for one of several names that are joined: "they" would stand for them
_LED = 4.0
_COMPARING = frozenset({"like", "unlike", "alongside", "besides", "without", "than"})
_LONG_LEAD = 6  # words
_ENDS = frozenset('.!?”"’»')
_FLOOR = 0.5  # what a full name scores four sentences and one paragraph back


def cut_article(role: str) -> str:
    """Return a role without the article before it: "the mayor of Kherson" is the role "mayor of Kherson"."""
    first, _, rest = role.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else role


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
            return last
    spoken = {name.words[-1].lower() for _, name in speakers}
    scores: dict[str, float] = {}
    latest: dict[str, Name] = {}
    for name in reversed(cast.names[: bisect_left(cast.starts, mention.start)]):
        if name.sentence < sentence - _MEMORY:
            break
        pronoun = cast.find_pronoun(name)
        if pronoun not in (wanted, "either"):
            continue
        key = name.words[-1].lower()
        if name.caption or _is_barred(name, barred) or not _may_speak(cast, name, spoken):
            continue
        gap = sentence - name.sentence
        if gap == 0 and (name.acts_on == wanted or _is_compared(cast, name, mention)):
            barred = (*barred, name.words)
            continue
        score = 3.0 - 0.6 * gap - 0.6 * (paragraph - name.paragraph) + (1.5 if name.subject else 0.0)
        score += 0.7 if name.main else 0.0
        score += 0.8 if pronoun == wanted else 0.0
        score += _INTRODUCED if _is_introduced(cast, name) else 0.0
        score -= _RELATED if _is_relative(cast, name) else 0.0
        score -= _JOINED if name.joined else 0.0
        score += _LED if gap == 0 and _leads(cast, name, mention) else 0.0
        if pronoun == "either":
            score -= 1.5 if len(name.words) == 1 and not _is_known_person(cast, name) else 0.0
            score -= 0.7 if wanted == "he" and _sounds_female(cast, name) else 0.0
        scores[key] = max(scores.get(key, -99.0), score)
        latest.setdefault(key, name)
    lately = list(dict.fromkeys(name.words[-1].lower() for _, name in reversed(speakers[-3:])))
    latest_speech = {name.words[-1].lower(): name for _, name in speakers[-3:]}
    for position, key in enumerate(lately):
        if key in scores and not _is_followed(cast, latest_speech[key], mention, wanted):
            scores[key] += 2.5 - 1.0 * position
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _FLOOR:
        return _find_only(cast, mention, wanted, speakers)
    margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else _SURE
    if margin < _MARGIN:
        return None
    best = latest[ranked[0][0]]
    if wanted == "he" and cast.find_pronoun(best) == "either" and _sounds_female(cast, best):
        return None
    if margin >= _SURE and cast.find_pronoun(best) == "either":
        cast.learned[best.words[-1].lower()] = wanted
    return best


def _find_only(cast: Cast, mention: Span, wanted: str, speakers: Sequence[tuple[int, Name]]) -> Name | None:
    """Return the last speaker that the pronoun is known to fit; None if others who may fit are named."""
    spoken = {name.words[-1].lower() for _, name in speakers}
    for _, name in reversed(speakers):
        full = cast.find_full(name.words) or name
        if not _agrees(cast, name, wanted) or wanted not in (cast.find_pronoun(name), full.pronoun):
            continue
        since = cast.find_between(name.span.end, mention.start)
        others = [
            each
            for each in since
            if cast.find_pronoun(each) in (wanted, "either")
            and each.words[-1] != name.words[-1]
            and not each.caption
            and _may_speak(cast, each, spoken)
            and (each.subject or _is_known_person(cast, each) or cast.find_pronoun(each) == wanted)
        ]
        return None if others else name
    return None


def _differ(one: str, other: str) -> bool:
    return "either" not in (one, other) and one != other


def _may_speak(cast: Cast, name: Name, spoken: Collection[str]) -> bool:
    """Whether a name may be a person's: not one word of which nothing is known."""
    if cast.find_pronoun(name) != "either" or len(name.words) > 1:
        return True
    return name.words[-1].lower() in spoken or _is_known_person(cast, name)


def _is_introduced(cast: Cast, name: Name) -> bool:
    """Whether a place names somebody in full and says what they are, not only whose friend or relative."""
    return name.role is not None and len(name.words) > 1 and name.is_whole and not _is_relative(cast, name)


def _is_relative(cast: Cast, name: Name) -> bool:
    """Whether a place says of somebody only whose friend or relative it is: "her son John Roe"."""
    if name.role is None:
        return False
    return cast.text[name.role.start : name.role.end].split()[0].lower() in _KIN


def _is_followed(cast: Cast, name: Name, mention: Span, wanted: str) -> bool:
    """Whether somebody else that the pronoun is known to fit is introduced with a role after a name."""
    return any(
        _is_introduced(cast, each) and each.words[-1] != name.words[-1] and cast.find_pronoun(each) == wanted
        for each in cast.find_between(name.span.end, mention.start)
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
    return wanted in shown or wanted == "she" or not _sounds_female(cast, name)


def _sounds_female(cast: Cast, name: Name) -> bool:
    """Whether an unlisted given name ends as most women's names and few men's do."""
    full = cast.find_full(name.words) or name
    return len(full.words) > 1 and full.words[0].lower().endswith(("a", "ette", "elle", "ine", "lyn"))


def _is_known_person(cast: Cast, name: Name) -> bool:
    """Whether the article shows that a name is a person's: by a role, or as the subject of a sentence."""
    full = cast.find_full(name.words)
    if full is None or len(full.words) < 2 or full.pronoun == "it":
        return False
    return any(each.role is not None or each.main for each in cast.shared[name.words[-1].lower()])


def find_role_owner(cast: Cast, mention: str, head: str, position: int) -> Name | None:
    """Return the person whose role a mention like "the mayor" is; None if two or nobody have it.

    Args:
        cast: the article's names.
        mention: the words of the mention; those that tell more than its head must stand in the role too.
        head: the noun at its head.
        position: where the mention begins. A name given only behind it must hold an office ("the mayor"),
            since of a spokesman or an expert there may be several.
    """
    people = load_people()
    asked = {word for word in _split(mention) if word not in _SMALL}
    found: dict[str, Name] = {}
    for name in cast.roled.get(head.lower(), ()):
        if name.role is None:
            continue
        role = cast.text[name.role.start : name.role.end]
        words = set(_split(role))
        if not asked <= words or (words & _LESSER) - asked:
            continue
        known = found.get(name.words[-1].lower())
        if known is None or len(name.words) > len(known.words):
            found[name.words[-1].lower()] = known if known and known.span.start <= position else name
    if len(found) != 1:
        return None
    name = next(iter(found.values()))
    office = people.titles.get(head.lower()) == "either" and not head.lower().startswith("spokes")
    return name if name.span.start <= position or office else None


def find_epithet_owner(
    cast: Cast, mention: Span, head: str, sentence: int, paragraph: int, speakers: Sequence[tuple[int, Name]]
) -> Name | None:
    """Return whom news calls again by what they are: "the former striker", "the 62-year-old actor".

    That is the one person who spoke last or was the subject of a sentence since, two sentences back at most,
    those of the same paragraph first; None where there are two, where the sentence names somebody else before
    the mention, or where the noun is no epithet. Of "the
    coach" there may be many, so that a capital or a number must tell more; "the striker" is hardly said but
    of somebody just named. A name right behind the noun tells who it is: "the broadcaster Radio Varn".
    """
    people = load_people()
    words = cast.text[mention.start : mention.end].split()
    behind = words[words.index(head) + 1 :] if head in words else []
    if behind and behind[0][0].isupper():
        return None
    told = any(word[0].isupper() or word[0].isdigit() for word in words[1:])
    known = people.epithets | people.roles | people.titles.keys() if told else people.plain_epithets
    if head not in known or head.startswith("spokes"):
        return None
    wanted = people.nouns.get(head.lower(), "either")
    spoken = {name.words[-1].lower() for _, name in speakers}
    found: dict[str, Name] = {}
    for number, name in speakers[-1:]:
        if number >= sentence - _NEAR:
            found[name.words[-1].lower()] = name
    since = next(iter(found.values())).span.end if found else 0
    for name in reversed(
        cast.names[bisect_left(cast.starts, since) : bisect_left(cast.starts, mention.start)]
    ):
        pronoun = cast.find_pronoun(name)
        if name.sentence < sentence - _NEAR:
            break
        if name.main and pronoun != "it" and _may_speak(cast, name, spoken):
            found.setdefault(name.words[-1].lower(), name)
    fitting = [name for name in found.values() if not _differ(cast.find_pronoun(name), wanted)]
    beside = [name for name in fitting if name.paragraph == paragraph]
    fitting = beside if len(beside) == 1 else fitting
    if len(fitting) != 1 or _names_another(cast, mention.start, sentence, fitting[0]):
        return None
    return fitting[0]


def _names_another(cast: Cast, position: int, sentence: int, person: Name) -> bool:
    """Whether a sentence names somebody else before a position: "For Ada Roe, ..., the Varn native said"."""
    return any(
        name.sentence == sentence and name.words[-1] != person.words[-1] and cast.find_pronoun(name) != "it"
        for name in cast.names[: bisect_left(cast.starts, position)][-_NAMED:]
    )


def find_named_next(cast: Cast, mention: Span, head: str) -> Name | None:
    """Return whom the text names only after a role, as in: “…,” the mayor said. Jane Roe called it a lie.

    That is somebody whose full name is given nowhere before and opens a later sentence of the paragraph
    without a word of who this is; None where anybody else is named between, or where the role is no office.
    """
    people = load_people()
    noun = head.lower()
    if noun not in people.titles or noun.startswith("spokes"):
        return None
    for name in cast.names[bisect_left(cast.starts, mention.end) :]:
        gap = cast.text[mention.end : name.span.start]
        if "\n\n" in gap:
            return None
        if name.pronoun == "it" and not name.main:
            continue
        fits = not _differ(cast.find_pronoun(name), people.nouns.get(noun, "either"))
        new = cast.shared[name.words[-1].lower()][0] is name and name.role is None
        opens = name.main and gap.rstrip()[-1:] in _ENDS and len(name.words) > 1
        alone = not cast.text.startswith((" and ", " or ", ", "), name.span.end)
        return name if fits and new and opens and alone else None
    return None


def find_institution(cast: Cast, head: str) -> Name | None:
    """Return the one institution whose name ends in a noun: "the board" is the Regional Election Board."""
    people = load_people()
    if head.lower() not in people.bodies:
        return None
    found = cast.bodies.get(head.lower(), {})
    return next(iter(found.values())) if len(found) == 1 else None


def _split(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"['’]s\b", "", phrase.lower()))


_KIN = frozenset(
    {
        "his", "her", "their", "its", "son", "sons", "daughter", "daughters", "husband", "wife", "brother",
        "sister", "mother", "father", "partner", "boyfriend", "girlfriend", "nephew", "niece", "cousin",
    }
)  # fmt: skip
_SMALL = frozenset(
    {"the", "this", "that", "its", "his", "her", "their", "of", "for", "at", "in", "to", "on", "s"}
)
_LESSER = frozenset(
    {"deputy", "vice", "former", "ex", "assistant", "acting", "late", "then", "future", "would-be"}
)
