"""Claims that a denial points back at and does not repeat: "the reports", "it", "the figure", "wrongdoing".

Part of `events.denied_claims`: they stand before the denial in its own article, and the nearest count.
"""

from __future__ import annotations

import re
from functools import cache

from index.events.denial_rules import Reference, list_pointing, load_table
from index.events.particulars import list_terms
from index.events.parties import list_bodies
from index.events.retelling import Claims, Retelling
from index.events.utterances import (
    Utterance,
    begins_quotation,
    is_attested,
    name_stems,
    share_party,
)

BESIDE = 2
"""Sentences before it that a denial stands beside."""

RETOLD = re.compile(r"\b(?:I|we) (?:\w+ )?(?:wrote|reported|stated|published|claimed)\b", re.IGNORECASE)
"""Words by which reporters tell what they reported before, so that "It did not." puts it right."""

_NOT = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)  # "It did not.", unlike "no such thing"
_BACK = 6  # sentences before a denial among which the claim it points at is looked for
_BACK_TO_NAMED = 40  # the same, where it names whose claim it is
_BLOCK = 4  # claims that "the reports" can cover at most
_SHARES = (1.0, 0.92, 0.85, 0.8)  # of a denial's confidence, for the nearest claim and those before it
_SAME_MATTER = 0.42  # cosine of two sentences of one article about one matter
_SAME_POINT = 0.55  # the same, where only one claim is pointed at
_ACCUSED = 0.6  # share of a denial's confidence for an accusation; too little for it to spread
_BACK_TO_NAMING = 3  # sentences before a denial among which who names the denier is looked for
_NAMED = 0.6  # share of a denial's confidence for such a sentence; too little for it to spread
_CHARGED = 0.8  # share of a denial's confidence for a charge that it answers
_CHARGING = re.compile(
    r"\b(?:charged|indict(?:ed|s|ment)|accus(?:e[ds]?|ing|ations?)|alleg(?:e[ds]?|ing|edly|ations?)|prosecut(?:ed|ing)|"
    r"convict(?:ed|ion)|(?:case|complaint|lawsuit|suit) against|sued|suing|face[sd]? (?:\w+ ){0,3}charges|"
    r"facing (?:\w+ ){0,3}charges|(?:arrested|tried|jailed|held) (?:for|on|over))\b",
    re.IGNORECASE,
)
CHARGES = re.compile(
    r"^\W*(?:(?:the|these|those|all|any|his|her|its|their|such) )*(?:charge|allegation|accusation)s?\b",
    re.IGNORECASE,
)
"""Words behind a denial that are of what somebody is accused of."""

_MOST_READ = 40  # sentences of earlier reports among which the words of whom a denial names are looked for
_ELSEWHERE = 0.4  # cosine of a denial and such words ...
_ELSEWHERE_SURE = 0.7  # ... and their share of a denial's confidence; too little for it to spread
_BY_WHOM = re.compile(r"\W*\w+ (?:of|by|from) (?:the )?((?:[A-Z][\w’-]+ ?){1,4})")
_OWNER = re.compile(
    r"((?:[A-Z][\w’-]+ ?){1,4})['’]s? |\b(?:by|from|of) (?:the )?((?:[A-Z][\w’-]+ ?){1,4})"
)  # "Carragher's comments", "the suggestions by Civic Data"
_AS_TO = re.compile(
    r"\b(?:as (?:to|for)|concerning|regarding|commenting on|asked about) (?:the )?"
    r"(?:assertions?|claims?|allegations?|accusations?|statements?|reports?) (?:of|by|from) (?:the )?"
    r"(?P<whose>(?-i:[A-Z])[\w’-]+)",
    re.IGNORECASE,
)  # "As to the assertions of the Estmere side that ..., Roe called them an invention"
_SUCH = re.compile(r"^\W*(?:any )?such\s")
_KIND = r"(?P<kind>report|study|survey|poll|investigation|analysis|review|documentary|audit)"
_WHOSE = r"(?P<whose>(?:[A-Z][\w’'-]+ ){0,3})"
_DOCUMENT = re.compile(rf"^\W*(?:(?:an?|[Tt]he|this|that|its|his|her|their) )?{_WHOSE}{_KIND}\b")
_DOCUMENT_LAST = re.compile(rf"\b(?:[Tt]he|this|that|its|his|her|their) {_WHOSE}{_KIND}\W*$")
_TELLS = (
    r"\b{}\b[^.;“”\"]{{0,50}}? (?:show|f(?:ou|i)nd|sa(?:id|ys)|suggest|claim|alleg|conclud|stat|accus|reveal)"
)
_AHEAD = 8  # sentences behind a lead among which what a report says is looked for
_GOT_BY = re.compile(r"\bwhere ((?:(?:Mr|Ms|Mrs|Dr)\.? )?(?:[A-Z][\w’-]+ ?){1,4}) (?:gets?|got|has|takes?)\b")
_BLAME = re.compile(
    r"^\W*(?:(?:any|all|having|having any|his|her|its|their|some|direct|personal) )*"
    r"(?:knowing|knowledge|involvement|wrongdoing|responsibility|role|part|complicity|guilt)\b|"
    r"^.{0,60}?\b(?P<fault>to blame|at fault|responsible|guilty)\b",
    re.IGNORECASE,
)
_ACCUSING = re.compile(
    r"\b(?:alleg(?:e[ds]?|ing|edly|ations?)|accus(?:e[ds]?|ing|ations?)|claim(?:s|ed|ing)?|suspect(?:s|ed)?|"
    r"blam(?:e[ds]?|ing)|charg(?:ed|es)|su(?:ed|es|ing)|implicat(?:es|ed)|point(?:s|ed|ing)? (?:to|at))\b",
    re.IGNORECASE,
)


def find_referred(story: Retelling, sentence: Utterance, reference: Reference) -> Claims:
    """Find what "the reports", "it" or "the figure" point back at: the nearest claims on one matter."""
    named = _find_named(story, sentence, reference) or _find_document(story, sentence)
    if named:
        return list(zip(named, _SHARES, strict=False))
    if _AS_TO.search(sentence.text):
        return []
    found: list[Utterance] = []
    misses = 0
    marks = _list_marks(sentence)
    reach = _BACK_TO_NAMED if marks else _BACK
    about_here = _list_about(story, sentence, marks, reach)
    if marks and not about_here:
        return _find_elsewhere(story, sentence)
    most = 1 if _SUCH.match(sentence.about) and not about_here else _BLOCK  # "any such letter"
    is_bare = not sentence.about  # "says otherwise", "It did not."
    mere = sentence.denial is not None and bool(_NOT.search(sentence.text[slice(*sentence.denial.cue)]))
    least = _SAME_MATTER if reference is Reference.CLAIMS else _SAME_POINT
    for back in range(1, reach + 1):
        before = story.neighbour(sentence, -back)
        if before is None or misses >= 2 or len(found) >= most or (is_bare and found):
            break
        here = before.number in about_here
        fits = story.may_claim(before, sentence, near=here or back <= BESIDE) and is_attested(before)
        if is_bare:
            told = bool(before.party or before.said) or bool(RETOLD.search(before.text))
            fits = fits and told and not (mere and before.negates)
        if about_here and not found and not here:
            continue  # "called the group's samples “worthless”": what stands nearer is about something else
        if reference is Reference.AMOUNT:
            fits = fits and bool(before.measures or before.numbers)
        if fits and found:
            fits = max(story.compare(before, other) for other in found) >= least
        beside = bool(found) and before.number == found[-1].number - 1 and before.claims
        if beside and reference is not Reference.AMOUNT:
            several = reference is Reference.CLAIMS
            same = not found[-1].party or (several and share_party(before, found[-1]))
            fits = fits or begins_quotation(before, found[-1]) or (same and story.goes_on(before, found[-1]))
        if fits:
            found.append(before)
        elif before.denial is None or found:
            misses += 1
    return list(zip(found, _SHARES, strict=False)) or _find_elsewhere(story, sentence)


def find_accusation(story: Retelling, sentence: Utterance) -> Claims:
    """Find whom "denied any knowledge of the sacks" answers: who accuses just before, of what it names.

    The accusation names who denies it, or the article has told before of what the denial names. Where nobody
    accuses in words, and nothing is named, it is what was said of him.
    """
    if sentence.denial is not None and sentence.denial.reference is Reference.ACCUSATION:
        return find_charge(story, sentence)
    blame = _BLAME.match(sentence.about)
    if blame is None:
        return []
    topic = list_terms(sentence.about[blame.end() :].split(",")[0])
    told = story.find_sharing(topic)
    named: Utterance | None = None
    for back in range(1, _BACK + 1):
        before = story.neighbour(sentence, -back)
        if before is None:
            break
        if not story.may_claim(before, sentence) or before.negates:
            continue
        if not _ACCUSING.search(before.text):
            if not topic and named is None and _name_denier(sentence) & name_stems(before.text):
                named = before
            continue
        earlier = range(before.number - _BACK, before.number + 1)
        known = any(row in earlier and story.sentences[row].article == before.article for row in told)
        beside = bool(blame["fault"]) and back <= BESIDE
        if known or beside or sentence.party & before.terms:
            return [(before, _ACCUSED)]
    return [(named, _ACCUSED)] if named else []


def find_charge(story: Retelling, sentence: Utterance) -> Claims:
    """Find what "pleaded not guilty" and "denied the charges" answer: who is charged or accused just before.

    A charge is a claim though nobody is told to have said it. Further back it must name who answers it.
    """
    for back in range(1, _BACK + 1):
        before = story.neighbour(sentence, -back)
        if before is None:
            break
        if before.denial is not None or share_party(before, sentence) or not _CHARGING.search(before.text):
            continue
        if back <= _BACK_TO_NAMING or sentence.party & before.terms:
            return [(before, _CHARGED)]
    return []


def _name_denier(sentence: Utterance) -> frozenset[str]:
    """Return the stems of the names of who denies, without "ministry" and the like."""
    before = sentence.text[: sentence.denial.cue.start] if sentence.denial else ""
    return (name_stems(before) or sentence.party) - list_bodies()


def _list_marks(sentence: Utterance) -> frozenset[str]:
    """Return the words by which a claim shows that it is what the denial calls it; empty for a mere claim."""
    kinds = _load_kinds()
    return frozenset[str]().union(*(kinds.get(word, frozenset()) for word in list_terms(sentence.about)))


def _list_about(story: Retelling, sentence: Utterance, marks: frozenset[str], reach: int) -> set[int]:
    """Return the rows of the claims before that hold what a denial names, or are of its kind by `marks`."""
    window = range(max(0, sentence.number - reach), sentence.number)
    words = list_terms(sentence.about.split(",")[0]) - list_pointing()
    sharing = [row for row in story.find_sharing(words) if row in window[-_BACK:]]
    if not sharing:
        texts = ((row, story.sentences[row].text) for row in window)
        sharing = [row for row, text in texts if marks & set(re.findall(r"\w+", text.casefold()))]
    here = [story.sentences[row] for row in sharing if story.sentences[row].article == sentence.article]
    return {each.number for each in here if story.may_claim(each, sentence, near=True)}


def _find_named(story: Retelling, sentence: Utterance, reference: Reference) -> list[Utterance]:
    """Find the claim of whom the denial names ("the suggestions outlined by Civic Data"): the nearest."""
    match = _AS_TO.search(sentence.text) or _GOT_BY.search(sentence.text) or _OWNER.search(sentence.about)
    owner = next((group for group in match.groups() if group), "") if match else ""
    names = name_stems(owner) - sentence.party
    for back in range(1, _BACK_TO_NAMED + 1):
        before = story.neighbour(sentence, -back)
        if before is None or not names:
            break
        is_his = names <= (before.party | before.terms) and (back <= BESIDE or bool(before.party))
        counts = reference is not Reference.AMOUNT or bool(before.numbers)
        if is_his and counts and story.may_claim(before, sentence):
            return [before]
    return []


def _find_document(story: Retelling, sentence: Utterance) -> list[Utterance]:
    """Find what "the report is misleading" is about: the nearest sentence that says what the report says.

    A lead may call it so before the article tells of it, which then is looked for behind it.
    """
    document = _DOCUMENT.search(sentence.about) or _DOCUMENT_LAST.search(sentence.about)
    if document is None:
        return []
    tells = re.compile(_TELLS.format(re.escape(document["kind"])), re.IGNORECASE)
    names = name_stems(document["whose"] or "")
    for steps in (*range(-1, -_BACK_TO_NAMED, -1), *range(1, _AHEAD + 1)):
        other = story.neighbour(sentence, steps)
        if other is None or other.denial is not None or share_party(other, sentence):
            continue
        if tells.search(other.text) or (names and names <= other.party and other.claims):
            return [other]
    return []


def _find_elsewhere(story: Retelling, sentence: Utterance) -> Claims:
    """Find in earlier reports what "the conclusions of the mission" are: its words most like the denial."""
    match = _BY_WHOM.match(sentence.about)
    names = name_stems(match.group(1)) - sentence.party if match else frozenset()
    if not names:
        return []
    said = [
        other
        for other in story.sentences[: sentence.number]
        if other.article != sentence.article and names <= other.party and story.may_claim(other, sentence)
    ]
    alike = [(story.compare_denied(sentence, other), other.number) for other in said[-_MOST_READ:]]
    best, row = max(alike, default=(0.0, 0))
    return [(story.sentences[row], _ELSEWHERE_SURE)] if best >= _ELSEWHERE else []


@cache
def _load_kinds() -> dict[str, frozenset[str]]:
    """Return the words by which a claim shows what a denial calls it, by the stem of that noun."""
    return {
        stem: frozenset(group["holds"].split())
        for group in load_table()["kinds"]
        for stem in list_terms(group["nouns"])
    }
