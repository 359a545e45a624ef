"""Claims whose words a denial repeats: "denied that its vessel touched the gate".

Part of `events.denied_claims`: they may stand anywhere in the story, and are told by the words that both
hold and by likeness; where none is found, by whom the denial names, or just before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.events.contraries import agree_words
from index.events.denials import PLAIN_DENIAL
from index.events.particulars import list_terms
from index.events.referred_claims import find_accusation
from index.events.retelling import Claims, Retelling
from index.events.utterances import AS_REPORTED, Utterance, name_stems, share_party

_ABOUT = 0.5  # cosine of the denied words and a claim that they state ...
_ABOUT_SURE = 0.9  # ... and the least sum of it and half the share of the denied words that the claim holds
_ABOUT_LIKELY = 0.78  # the same sum, where both hold a name, or as many words as tell a matter ...
_TELLING, _ABOUT_TELLING, _HELD_TELLING = 2, 0.6, 0.45  # ... with that cosine and share
_ABOUT_NEAR = 0.35  # the same cosine, for a claim that stands just before ...
_ABOUT_POINTED = 0.2  # ... and that the denial points at ("such a paper")
_ABOUT_OWN = 0.3  # the same, for one's own words that one did not say
_ABOUT_OWN_ALIKE = 0.4  # the same, where they hold but some of the words
_ABOUT_SOLE = 0.45  # the same, where no word is shared
_HELD = 0.2  # least share of the denied words in a claim that is worth comparing with them
_HELD_NEAR = 0.3  # the same, from which a claim just before may be less like them
_HELD_ALL = 0.99
_COMPARED = 40  # claims that a denial is compared with, at most
_MOST_CLAIMS = 12  # of one denial
_NEAR = (1, 2, 3)  # sentences before a denial that stand near it, and behind it that may recall a report
_PLAIN = 0.9  # confidence of a denial whose cue alone says that something was claimed
_BRIEF = 4  # words; a denial of fewer says too little to be held against claims
_HAD_SAID = re.compile(r"\bhad (?:reported|claimed|alleged|written|said|told|announced)\b", re.IGNORECASE)
_UNSAID = re.compile(r"^(?:never|did|didn|have|haven)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"^\W*(?:he|she|it|they) also\b", re.IGNORECASE)  # who spoke just before
_QUOTED = re.compile(r"[“«\"][^”»\"]{3,60}(?:[”»\"]|$)")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A denial and what tells its claims.

    Attributes:
        terms: of the denied words.
        wording: of the words that it quotes, which then are what is disputed; empty where it quotes none.
        near: rows of the sentences just before it.
        recalled: rows of those just behind it that tell what had been reported.
        owner: stems of whom it names as having said it ("contradicts Vane, who said that ...").
        unsaid: whether somebody says that he did not say it, so that his own words are the claim.
        reported: whether a report is denied ("not ..., as reported"), so that its own words are.
    """

    sentence: Utterance
    terms: frozenset[str]
    wording: frozenset[str]
    near: frozenset[int]
    recalled: frozenset[int]
    owner: frozenset[str]
    unsaid: bool
    reported: bool


def find_stated(story: Retelling, sentence: Utterance) -> Claims:
    """Find the claims whose words the denial repeats, or else those that it answers."""
    stated = _read_stated(story, sentence)
    weight = max(sum(story.rarity(term) for term in stated.terms), 1e-9)
    plain: Claims = []
    likely: Claims = []
    compared = 0
    for row, shared in story.find_sharing(stated.terms).items():
        held = shared / weight
        if held < _HELD or compared >= _COMPARED:
            break
        other = story.sentences[row]
        if not _may_be_stated(story, stated, other, held):
            continue
        compared += 1
        likeness = story.compare_denied(sentence, other)
        if share := _share_plain(stated, other, held, likeness):
            plain.append((other, share))
        elif _is_likely(stated, other, held, likeness):
            likely.append((other, 0.75))
    found = plain or likely
    denial = sentence.denial
    if not found and denial is not None and denial.confidence >= _PLAIN:
        return find_accusation(story, sentence) or _find_nearest(story, sentence, stated.terms)
    return sorted(found, key=lambda item: -item[1])[:_MOST_CLAIMS]


def _read_stated(story: Retelling, sentence: Utterance) -> _Stated:
    denial = sentence.denial
    quoted = _QUOTED.search(sentence.about)
    later = (story.neighbour(sentence, ahead) for ahead in _NEAR)
    return _Stated(
        sentence,
        terms=list_terms(sentence.about),
        wording=list_terms(quoted.group()) if quoted else frozenset(),
        near=frozenset(
            before.number for back in _NEAR if (before := story.neighbour(sentence, -back)) is not None
        ),
        recalled=frozenset(
            after.number for after in later if after is not None and _HAD_SAID.search(after.text)
        ),
        owner=name_stems(sentence.text[denial.cue.end : denial.about.start]) if denial else frozenset(),
        unsaid=denial is not None and bool(_UNSAID.match(sentence.text[denial.cue.start :])),
        reported=bool(AS_REPORTED.search(sentence.text)),
    )


def _is_own(stated: _Stated, other: Utterance) -> bool:
    """Whether a sentence has who denies say in another report what he says that he did not."""
    elsewhere = other.article != stated.sentence.article
    return stated.unsaid and elsewhere and other.claims and share_party(other, stated.sentence)


def _is_reported(stated: _Stated, other: Utterance, held: float) -> bool:
    """Whether a sentence of another report, by whomever, holds all the words that were "reported"."""
    return stated.reported and held > _HELD_ALL and other.article != stated.sentence.article


def _may_be_stated(story: Retelling, stated: _Stated, other: Utterance, held: float) -> bool:
    if len(stated.wording & other.terms) < len(stated.wording) / 2:
        return False
    near = other.number in stated.near
    denial = stated.sentence.denial
    claims = story.may_claim(other, stated.sentence, near=near)
    if stated.unsaid and denial is not None and denial.confidence < PLAIN_DENIAL:
        claims = False  # "she had never said a laboratory had confirmed it" denies her own words alone
    if not (claims or _is_own(stated, other) or _is_reported(stated, other, held)):
        return False
    return agree_words(other.core, stated.sentence.about)


def _share_plain(stated: _Stated, other: Utterance, held: float, likeness: float) -> float:
    """Return the share of the denial's confidence for a claim that it plainly states, 0.0 for any other."""
    if _is_own(stated, other):
        if held > _HELD_ALL and likeness >= _ABOUT_OWN:
            return 1.0
        return 0.8 if held >= _HELD and likeness >= _ABOUT_OWN_ALIKE else 0.0
    if stated.owner & other.party and held >= _HELD_NEAR and likeness >= _ABOUT:
        return 0.9
    if _is_reported(stated, other, held):
        return 1.0
    surety = _add_up(stated, held, likeness)
    if (likeness >= _ABOUT or held > _HELD_ALL) and surety >= _ABOUT_SURE:
        return min(1.0, 0.8 + 0.5 * (surety - _ABOUT_SURE))
    least = _ABOUT_POINTED if stated.sentence.about.startswith("such ") else _ABOUT_NEAR
    beside = other.number in stated.near and likeness >= least and held >= _HELD_NEAR
    return 0.8 if beside or (other.number in stated.recalled and likeness >= _ABOUT) else 0.0


def _is_likely(stated: _Stated, other: Utterance, held: float, likeness: float) -> bool:
    """Whether a denial probably states a claim: both hold a name, or several words and are much alike."""
    named = likeness >= _ABOUT and bool(name_stems(stated.sentence.about) & other.terms)
    several = len(stated.terms & other.terms) >= _TELLING and held >= _HELD_TELLING
    telling = several and likeness >= _ABOUT_TELLING
    return (named or telling) and not other.negates and _add_up(stated, held, likeness) >= _ABOUT_LIKELY


def _add_up(stated: _Stated, held: float, likeness: float) -> float:
    """Return cosine and words together; a denial of one word says less by holding it."""
    return likeness + (0.5 if len(stated.terms) > 1 else 0.2) * held


def _find_nearest(story: Retelling, sentence: Utterance, terms: frozenset[str]) -> Claims:
    """Find the claim just before a denial that names its matter in a word or two ("any delay")."""
    others = (story.sentences[row] for row in story.find_sharing(terms))
    elsewhere = any(
        other.claims and other.denial is None and agree_words(other.core, sentence.about) for other in others
    )
    brief = len(sentence.about.split()) <= _BRIEF and not elsewhere
    for back in (1, 2):
        before = story.neighbour(sentence, -back)
        if before is None or before.denial is not None or _GOES_ON.match(sentence.text):
            break
        if not story.may_claim(before, sentence) or before.negates:
            continue
        if brief or story.compare_denied(sentence, before) >= _ABOUT_SOLE:
            return [(before, 0.7)]
    return []
