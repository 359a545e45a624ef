"""Pairing of claims with the sentences that dispute them, within an article and across those of one story.

Runs when an index is built, over each story; answers show both sides of what it finds.

A sentence disputes by its cue ("denied", "called the reports “…”", "an earlier version said"), and what it
disputes is found by what the cue refers to, by likeness (embedding and shared words), and by opposed
content. Other sentences of the story that make the same claim are disputed with it. What is not found by
one of these is not disputed: nothing here judges who is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.contraries import find_measures, oppose_numbers, oppose_words
from index.datatypes import Article, Dispute, DisputeKind, Span, Statement
from index.denials import Correction, Denial, Reference, find_denial
from index.embedding import Vectors
from index.particulars import extract_particulars
from index.sentences import split_sentences

_EDGES = " ,.;:–—“”«»\"'‘’"
_SHARES = (1.0, 0.92, 0.85, 0.8)  # of a denial's confidence, for the nearest claim and those before it
Embed = Callable[[Sequence[str]], Vectors]

LEAST_CONFIDENCE = 0.5
"""Disputes below this probability are not returned."""

_BACK = 6  # sentences before a denial among which the claim it points at is looked for
_BLOCK = 4  # claims that one reference can cover at most
_SAME_MATTER = 0.42  # cosine of two sentences of one article about one matter
_SAME_POINT = 0.55  # the same, where only one claim is pointed at
_SAME_CLAIM = 0.66  # cosine of two sentences that make one claim
_ABOUT = 0.5  # cosine of the denied words and a claim that they state
_ABOUT_SURE = 0.75  # that cosine and half the share of the denied words that the claim holds, together
_ABOUT_NEAR = 0.3  # the same, for a claim that stands just before
_SAME_COUNT = 0.35  # cosine of two sentences that count one thing
_OPPOSED = 0.62  # cosine of two sentences, one of which negates the other
_MOST_CLAIMS = 12  # of one denial
_REPORTING = re.compile(
    r"\b(?:sa(?:id|ys|ying)|t(?:old|ells)|report(?:s|ed|edly|ing)|claim(?:s|ed|ing)?|accus(?:e[ds]?|ing)|"
    r"alleg(?:e[ds]?|edly|ing)|according to|announc(?:e[ds]?|ing)|stat(?:ed|es|ing)|assert(?:s|ed)?|maintain(?:s|ed)|"
    r"insist(?:s|ed)?|warn(?:s|ed)?|confirm(?:s|ed)?|suggest(?:s|ed)?|argu(?:es|ed)|wr(?:ote|ites)|posted|tweeted|"
    r"sources?|witness(?:es)?|show(?:s|ed|n)?|believe[ds]?|put the|puts the|estimate[ds]?|repeated|describes?)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[“”«»\"]|(?<!\w)[‘'](?=\w)")
_GOES_ON = re.compile(
    r"[”»\"’'] ?,? ?(?:he|she|they|it|\w+ spokes\w+|spokes\w+) (?:said|says|told|added|adds)\b|"
    r"[”»\"’,] (?:he|she|they|it|(?:its|the|a|an|his|her|their) (?:\w+ ){0,2}spokes\w+,?[^.]{0,40}) (?:said|says|told|added|adds)\b|"
    r"^(?:he|she|they|it) (?:said|says|told|added|adds|called)\b|, (?:he|she|they|it) said\b|\bin a statement\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"\b(?:last year|years? (?:ago|earlier|before)|decades? ago|months ago|previous(?:ly)? (?:years?|election))\b",
    re.IGNORECASE,
)
_MONTHS = ("january february march april may june july august september october november december").split()
_IN_MONTH = re.compile(rf"\bin ({'|'.join(_MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the story and what it is compared by.

    Attributes:
        number: its row among the story's sentences; sentences of one article follow each other.
        speakers: names given to its speakers, lower case.
        claims: whether it reports what somebody says, or is said by somebody.
        twin: its words alone; equal in the articles that carry one text.
        past: whether it tells of another time than the report ("In March 2019", "last year").
    """

    number: int
    article: int
    span: Span
    text: str
    terms: frozenset[str]
    speakers: frozenset[str]
    claims: bool
    denial: Denial | None
    twin: str
    past: bool


def find_disputes(
    articles: Sequence[Article], statements: Sequence[Statement], embed: Embed
) -> tuple[Dispute, ...]:
    """Return the disputes among the articles of one story, in the order of the denials.

    `statements` are those of the articles, in any order, and may be empty; they tell whose words a
    sentence holds, so that nobody is paired with himself. `embed` gives (n, d) float32 unit rows.
    Both sides of a dispute are whole sentences, as half-open offsets into their articles' texts.
    """
    ordered = sorted(articles, key=lambda article: (article.published is None, str(article.published or "")))
    sentences = _read_sentences(ordered, statements)
    if not sentences:
        return ()
    abouts = {
        sentence.number: sentence.text[sentence.denial.about.start : sentence.denial.about.end].strip(_EDGES)
        for sentence in sentences
        if sentence.denial is not None
    }
    rows = np.asarray(embed([*(sentence.text for sentence in sentences), *abouts.values()]))  # (n + m, d)
    likeness = rows[: len(sentences)] @ rows[: len(sentences)].T  # (n, n)
    matter = rows[len(sentences) :] @ rows[: len(sentences)].T  # (m, n)
    story = _Story(ordered, sentences, likeness, dict(zip(abouts, matter, strict=True)), abouts)
    found: dict[tuple[int, int], tuple[DisputeKind, float]] = {}
    for claim, denial, kind, confidence in story.pair():
        key = (claim, denial)
        if claim != denial and confidence >= LEAST_CONFIDENCE and confidence > found.get(key, (kind, 0.0))[1]:
            found[key] = (kind, confidence)
    return tuple(
        Dispute(
            ordered[sentences[claim].article].id, sentences[claim].span,
            ordered[sentences[denial].article].id, sentences[denial].span,
            kind, round(confidence, 3),
        )
        for (claim, denial), (kind, confidence) in sorted(found.items(), key=lambda item: item[0][::-1])
    )  # fmt: skip


def find_opposing(
    disputes: Iterable[Dispute], article: str, start: int, end: int
) -> tuple[tuple[Dispute, bool], ...]:
    """Return the disputes that touch `[start, end)` of an article, the surest first.

    Each comes with whether the span is on the claim's side: then the other side is `Dispute.denial`,
    else it is `Dispute.claim`.
    """
    touching = []
    for dispute in disputes:
        if dispute.claim_article == article and dispute.claim.start < end and start < dispute.claim.end:
            touching.append((dispute, True))
        elif dispute.denial_article == article and dispute.denial.start < end and start < dispute.denial.end:
            touching.append((dispute, False))
    return tuple(sorted(touching, key=lambda item: -item[0].confidence))


Pair = tuple[int, int, DisputeKind, float]


class _Story:
    """The sentences of a story, how alike they are, and the rules that pair them."""

    def __init__(
        self,
        articles: Sequence[Article],
        sentences: Sequence[_Sentence],
        likeness: Vectors,
        matter: dict[int, Vectors],
        abouts: dict[int, str],
    ) -> None:
        self._articles = articles
        self._sentences = sentences
        self._likeness = likeness  # (n, n) cosines
        self._matter = matter  # by denial, (n,) cosines of the denied words
        self._abouts = abouts
        self._twins: dict[int, set[str]] = {}  # by article, what it says; a copy holds the same dispute itself
        for sentence in sentences:
            self._twins.setdefault(sentence.article, set()).add(sentence.twin)
        self._spreads = Counter(term for sentence in sentences for term in sentence.terms)

    def pair(self) -> list[Pair]:
        """Return pairs of claim and denial, with repetitions."""
        direct: list[Pair] = []
        for sentence in self._sentences:
            if sentence.denial is not None:
                direct.extend(self._pair_denial(sentence, sentence.denial))
        direct.extend(self._pair_contraries())
        return [*direct, *(pair for each in direct for pair in self._spread(each))]

    def _pair_denial(self, sentence: _Sentence, denial: Denial) -> list[Pair]:
        """Find the claims that one denial is about, and let the words that go on with it dispute them too."""
        if denial.correction is Correction.ITSELF:
            after = self._neighbour(sentence, 1)
            return [(sentence.number, after.number, DisputeKind.CORRECTION, 0.85)] if after else []
        kind = DisputeKind.CORRECTION if denial.correction else DisputeKind.DENIAL
        if denial.reference is Reference.CONTENT:
            claims = self._find_stated(sentence)
        else:
            claims = self._find_referred(sentence, denial.reference)
        pairs: list[Pair] = [(claim, sentence.number, kind, denial.confidence * share) for claim, share in claims]
        after = self._neighbour(sentence, 1)
        if claims and after is not None and after.denial is None and self._goes_on(sentence, after):
            pairs += [(claim, after.number, kind, 0.75 * share) for claim, share in claims]
        return pairs

    def _find_referred(self, sentence: _Sentence, reference: Reference) -> list[tuple[int, float]]:
        """Find what "the reports", "it" or "the figure" point back at: the nearest claims on one matter."""
        found: list[int] = []
        misses = 0
        same = _SAME_MATTER if reference is Reference.CLAIMS else _SAME_POINT
        for back in range(1, _BACK + 1):
            before = self._neighbour(sentence, -back)
            if before is None or misses >= 2 or len(found) >= _BLOCK:
                break
            fits = self._may_claim(before, sentence)
            if reference is Reference.AMOUNT:
                fits = fits and bool(find_measures(before.text))
            if fits and found:
                fits = float(self._likeness[before.number, found].max()) >= same
            if fits:
                found.append(before.number)
            elif before.denial is None or found:
                misses += 1
        return list(zip(found, _SHARES, strict=False))

    def _find_stated(self, sentence: _Sentence) -> list[tuple[int, float]]:
        """Find the claims whose words the denial repeats ("denied that its vessel touched the gate")."""
        terms = frozenset(extract_particulars(self._abouts[sentence.number]).words)
        weight = sum(self._rarity(term) for term in terms)
        cosines = self._matter[sentence.number]
        found: list[tuple[int, float]] = []
        for other in self._sentences:
            if not self._may_claim(other, sentence):
                continue
            near = other.article == sentence.article and 0 < sentence.number - other.number <= 3
            covered = sum(self._rarity(term) for term in terms & other.terms) / max(weight, 1e-9)
            likeness = float(cosines[other.number])
            surety = likeness + 0.5 * covered
            if likeness >= _ABOUT and surety >= _ABOUT_SURE:
                found.append((other.number, min(1.0, 0.8 + 0.5 * (surety - _ABOUT_SURE))))
            elif near and likeness >= _ABOUT_NEAR and covered >= 0.3:
                found.append((other.number, 0.8))
        if not found:
            nearest = self._find_referred(sentence, Reference.CLAIM)[:1]
            return [(claim, 0.75) for claim, _ in nearest if cosines[claim] >= _ABOUT_NEAR]
        return sorted(found, key=lambda item: -item[1])[:_MOST_CLAIMS]

    def _rarity(self, term: str) -> float:
        """Return how much a word tells one matter of the story from another."""
        return float(np.log((len(self._sentences) + 1) / (self._spreads.get(term, 0) + 0.5)))

    def _pair_contraries(self) -> list[Pair]:
        """Find sentences of opposed content: other numbers for one thing, a fact and its negation."""
        pairs: list[Pair] = []
        for one, two in np.argwhere(np.triu(self._likeness >= _SAME_COUNT, 1)).tolist():
            left, right = self._sentences[one], self._sentences[two]
            likeness = float(self._likeness[one, two])
            if not left.terms & right.terms or left.speakers & right.speakers:
                continue
            if left.past or right.past or left.twin == right.twin:
                continue
            kind = DisputeKind.CONTRARY
            if oppose_numbers(left.text, right.text):
                later = right.denial is not None and right.denial.correction is Correction.EARLIER
                kind = DisputeKind.CORRECTION if later else kind
                pairs.append((one, two, kind, min(0.9, 0.6 + 0.4 * (likeness - _SAME_COUNT))))
            elif likeness >= _OPPOSED and oppose_words(left.text, right.text):
                pairs.append((one, two, kind, min(0.9, 0.6 + 0.5 * (likeness - _OPPOSED))))
        return pairs

    def _spread(self, pair: Pair) -> list[Pair]:
        """Let what disputes a claim dispute the story's other sentences that make the same claim."""
        claim, denial, kind, confidence = pair
        near = np.flatnonzero(self._likeness[claim] >= _SAME_CLAIM)
        twin = self._sentences[denial].twin
        return [
            (other, denial, kind, confidence * float(self._likeness[claim, other]) ** 0.5)
            for other in near.tolist()
            if other != claim
            and twin not in self._twins[self._sentences[other].article]
            and self._may_claim(self._sentences[other], self._sentences[denial])
            and self._sentences[other].terms & self._sentences[claim].terms
            and not oppose_words(self._sentences[other].text, self._sentences[claim].text)
        ][:_MOST_CLAIMS]

    def _neighbour(self, sentence: _Sentence, steps: int) -> _Sentence | None:
        number = sentence.number + steps
        if 0 <= number < len(self._sentences) and self._sentences[number].article == sentence.article:
            return self._sentences[number]
        return None

    def _may_claim(self, other: _Sentence, denial: _Sentence) -> bool:
        """Return whether a sentence may be what another disputes: a claim, by somebody else."""
        if other.number == denial.number or not other.claims or other.denial is not None or other.past:
            return False
        if other.text.rstrip(_EDGES).endswith("?"):
            return False
        return not other.speakers & denial.speakers

    def _goes_on(self, sentence: _Sentence, after: _Sentence) -> bool:
        """Return whether the sentence after a denial is more of it: quoted, or said by who denied."""
        text = self._articles[sentence.article].text
        apart = "\n\n" in text[sentence.span.end : after.span.start]
        if sentence.speakers and after.speakers:
            return bool(sentence.speakers & after.speakers)
        return bool(_GOES_ON.search(after.text)) and (not apart or bool(_QUOTE.match(after.text)))


def _tells_past(text: str, article: Article) -> bool:
    """Return whether a sentence is set in another year or season than the report it stands in."""
    if _LONG_AGO.search(text):
        return True
    if article.published is None:
        return False
    day = article.published.day
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)]
    if years and max(years) < day.year:
        return True
    months = [_MONTHS.index(month.casefold()) + 1 for month in _IN_MONTH.findall(text)]
    return any((day.month - month) % 12 not in {0, 1, 2, 11} for month in months)


def _read_sentences(articles: Sequence[Article], statements: Sequence[Statement]) -> list[_Sentence]:
    spoken: dict[str, list[tuple[Span, str]]] = {}
    for statement in statements:
        for span in statement.content:
            spoken.setdefault(statement.article, []).append((span, (statement.name or "").casefold()))
    sentences: list[_Sentence] = []
    for number, article in enumerate(articles):
        said = spoken.get(article.id, [])
        for span in split_sentences(article.text):
            text = article.text[span.start : span.end]
            inside = [name for content, name in said if content.start < span.end and span.start < content.end]
            sentences.append(
                _Sentence(
                    len(sentences),
                    number,
                    span,
                    text,
                    frozenset(extract_particulars(text).words),
                    frozenset(name for name in inside if name),
                    bool(inside) or bool(_REPORTING.search(text) or _QUOTE.search(text)),
                    find_denial(text),
                    " ".join(re.findall(r"\w+", text.casefold())),
                    _tells_past(text, article),
                )
            )
    return sentences
