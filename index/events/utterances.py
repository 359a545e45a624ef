"""The sentences of a story as disputes are paired over them: what each says, and whose words it holds.

`events.disputes` reads a story through this; statements sharpen it where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.datatypes import Article, Label, Span, Statement
from index.events.contraries import negates
from index.events.counts import Measure, find_measures
from index.events.denials import Denial, find_denial
from index.events.particulars import find_quantities, is_common, is_year, list_terms
from index.events.parties import QUOTE, name_party
from index.texts.datelines import drop_dateline
from index.texts.sentences import split_sentences
from index.texts.stems import stem_word

_CORE_WORDS = 6  # fewer words of a quotation do not stand for their sentence
_CLAIM_WORDS = 4  # fewer say too little to be disputed
_SAME_PARTY = 0.6  # share of the shorter list of a speaker's names that the other list holds
_REPORTING = re.compile(
    r"\b(?:sa(?:id|ys|ying)|t(?:old|ells)|report(?:s|ed|edly|ing)|claim(?:s|ed|ing)?|accus(?:e[ds]?|ing)|"
    r"alleg(?:e[ds]?|edly|ing)|according to|announc(?:e[ds]?|ing)|stat(?:ed|es|ing)|assert(?:s|ed)?|"
    r"maintain(?:s|ed)|insist(?:s|ed)?|warn(?:s|ed)?|confirm(?:s|ed)?|suggest(?:s|ed)?|argu(?:es|ed)|"
    r"wr(?:ote|ites)|posted|tweeted|rumou?r(?:s|ed)?|speculation|sources?|"
    r"witness(?:es)?|show(?:s|ed|n)?|believe[ds]?|puts? (?:the|it|its)|"
    r"estimate[ds]?|(?:has|have) learn(?:ed|t)|can (?:\w+ )?reveal|"
    r"repeated (?:that|on|his|her|its|their)|describes?)\b",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"\b(?:(?:would|did|could|does|do|had|has|have)(?: not|n['’]t) (?:say|comment(?:ed)?|answer(?:ed)?|"
    r"respond(?:ed)?|reply|replied|be reached)|(?:declin|refus)(?:ed|es) to (?:say|comment|answer)|"
    r"(?:not )?immediately (?:available|respond))\b",
    re.IGNORECASE,
)
_ACTING = re.compile(
    r"\b(?:call(?:s|ed|ing) (?:for|on)|urg(?:es|ed)|demand(?:s|ed)|(?:is|are|was|were|be) (?:monitoring|"
    r"investigating|looking into|considering|reviewing|assessing)|will (?:consider|review|look into)|"
    r"give consideration)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“«\"‘]\s*([^”»“«\"]{2,400}?)[”»\"’](?!\w)")
_LONG_AGO = re.compile(
    r"\b(?:last year|years? (?:ago|earlier|before)|decades? ago|months ago|"
    r"(?:weeks|months|years) (?:after|before|earlier)|previous(?:ly)? (?:years?|election))\b",
    re.IGNORECASE,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_IN_MONTH = re.compile(rf"\bin ({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR_MONTHS = frozenset({0, 1, 2, 11})  # how many months before the report's own, modulo a year
_SAYS = r"(?:said|says|told|tells|added|adds)"
_SPOKESMAN = r"(?:its|the|a|an|his|her|their) (?:\w+ ){0,2}spokes\w+[^.]{0,40}"
_GOES_ON = re.compile(
    rf"[”»\"’'],? ?(?:he|she|they|it|{_SPOKESMAN}) {_SAYS}\b|^(?:he|she|they|it) (?:{_SAYS}|called)\b|"
    rf", (?:he|she|they|it) {_SAYS}\b|\b(?:it|he|she) said in a statement\b",
    re.IGNORECASE,
)
_ITS_OWN = re.compile(
    rf"(?:^|[”»\"’',] ?)(?:its|their) [^.“«;]{{3,60}}? {_SAYS}\b|\b{_SAYS} (?:its|their) \w", re.IGNORECASE
)
_SPEAKS_FOR = re.compile(
    r"\bthe ([^\W\d_]+)['’]s (?:[^\W\d_]+ ){0,2}"
    r"(?:spokes\w+|secretary|director|head|chair\w*|chief|minister|lawyer|manager|mayor|editor\S*)\b"
)
_ANY_BODY = frozenset(["company", "firm"])  # what a text calls whoever it named just before
_NAME = re.compile(r"[^\W\d_a-z][\w’']+")
_LOUD = 4  # letters from which a word in capitals is loud ("only NINE people") and no name
_OPENING_WORD = re.compile(r"(?:^|(?<=[.!?:]))[\W\d]*\w+")
_REPORTED = (
    r",? as (?:(?:had|has|have) been |was |were |previously |earlier |initially |first )*"
    r"(?:reported|announced)\b"
)
AS_REPORTED = re.compile(_REPORTED)
"""Words that say that what is denied stands in an earlier report: "not on desk duty, as was reported"."""

_APPOSED = re.compile(
    rf"{_REPORTED}|"
    r", (?:an?|the) (?:\w+ )?(?:allegation|claim|accusation|charge|assertion|suggestion|report|rumou?r)\b"
)  # "denied that its staff had been told so, an allegation made by a former cook"
_OPENS_QUOTED = re.compile(r"[“«\"‘']")
EDGES = " ,.;:–—“”«»\"'‘’"


@dataclass(frozen=True)
class Utterance:
    """A sentence of a story and what it is compared by, each part read from it when first needed.

    Attributes:
        number: its row among the story's sentences; those of one article follow each other.
        article: row of its article.
        source: its article.
        span: half-open offsets into the article's text.
        said: the statements that it holds words of, each with where those words stand.
    """

    number: int
    article: int
    source: Article
    span: Span
    said: tuple[tuple[Statement, Span], ...]

    @cached_property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.source.text[self.span.start : self.span.end]

    @cached_property
    def terms(self) -> frozenset[str]:
        """Stems of its words, the commonest left out."""
        return list_terms(self.text)

    @cached_property
    def party(self) -> frozenset[str]:
        """Stems of the names of whose words it holds; empty where it does not say."""
        return name_party(
            self.source, self.text, self.denial, [one for one, _ in self.said if self._is_own(one)]
        )

    def _is_own(self, statement: Statement) -> bool:
        """Whether a statement is of who speaks here, and not the one that is contradicted."""
        if self.denial is None or statement.cue is None:
            return True
        cue = statement.cue.start - self.span.start
        return not self.denial.cue.end <= cue < self.denial.about.start

    @property
    def is_unnamed(self) -> bool:
        """Whether somebody who is not named says it; he does not speak for a body that he belongs to."""
        return any(statement.label is Label.ANONYMOUS for statement, _ in self.said)

    @cached_property
    def claims(self) -> bool:
        """Whether it reports what somebody says, or is said by somebody."""
        text = self.text
        if not (self.said or _REPORTING.search(text) or QUOTE.search(text)):
            return False
        asks = text.rstrip(EDGES).endswith("?")
        return (
            len(text.split()) >= _CLAIM_WORDS
            and not asks
            and not (_SILENT.search(text) or _ACTING.search(text))
        )

    @cached_property
    def denial(self) -> Denial | None:
        """How it disputes something."""
        return find_denial(self.text)

    @cached_property
    def core(self) -> str:
        """What it says, without who says it, as far as quotation marks or statements show it."""
        return _find_core(self.source.text, self.span, [at for _, at in self.said])

    @cached_property
    def negates(self) -> bool:
        """Whether what it says is that something is not so."""
        return negates(self.core)

    @cached_property
    def about(self) -> str:
        """The words of the denial that say what is denied."""
        return _cut_about(self.text, self.denial) if self.denial else ""

    @cached_property
    def twin(self) -> str:
        """Its words alone; equal in the articles that carry one text."""
        return " ".join(re.findall(r"\w+", self.text.casefold()))

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the names in what it says, but for those of whose words it holds."""
        return name_stems(_OPENING_WORD.sub("", self.core)) - self.party

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The counted numbers in it."""
        return find_measures(self.text)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """All values in it but years, and but those of a dateline."""
        text = drop_dateline(self.text)
        return frozenset(each.value for each in find_quantities(text) if not is_year(text, each))

    @cached_property
    def past(self) -> bool:
        """Whether it is set in another year or season than the report ("In March 2019", "last year")."""
        return _tells_past(self.text, self.source)


def read_utterances(articles: Sequence[Article], statements: Sequence[Statement]) -> tuple[Utterance, ...]:
    """Return the sentences of `articles` in order; `statements` of other articles are passed over."""
    spoken: dict[str, list[Statement]] = {}
    for statement in statements:
        spoken.setdefault(statement.article, []).append(statement)
    found: list[Utterance] = []
    for row, article in enumerate(articles):
        said = spoken.get(article.id, [])
        for span in split_sentences(article.text):
            inside = [
                (statement, at)
                for statement in said
                for at in statement.content
                if at.start < span.end and span.start < at.end
            ]
            found.append(Utterance(len(found), row, article, span, tuple(inside)))
    return tuple(found)


def name_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that a text writes with a capital, the common and the loud left out."""
    named = (word for word in _NAME.findall(text) if not is_common(word))
    return frozenset(stem_word(word) for word in named if not (word.isupper() and len(word) >= _LOUD))


def share_party(one: Utterance, two: Utterance) -> bool:
    """Return whether two sentences hold the words of one person, or of a body and who speaks for it."""
    fewer = min(len(one.party), len(two.party))
    return fewer > 0 and len(one.party & two.party) >= _SAME_PARTY * fewer


def is_attested(sentence: Utterance) -> bool:
    """Return whether a sentence shows that it is somebody's words: by marks, a cue, or who said them."""
    cued = any(statement.cue is not None for statement, _ in sentence.said)
    return cued or bool(sentence.party or QUOTE.search(sentence.text) or _REPORTING.search(sentence.text))


def begins_quotation(before: Utterance, claim: Utterance) -> bool:
    """Return whether a sentence is the rest of a quotation that the one before it begins."""
    continued = not claim.party or share_party(before, claim)
    return before.claims and continued and bool(_OPENS_QUOTED.match(claim.text))


def continues_speech(sentence: Utterance, after: Utterance, parted: bool) -> bool:
    """Return whether the sentence after another holds more words of the same side, as far as is told.

    `parted` says whether a paragraph ends between them: then only a quotation goes on.
    """
    if _ITS_OWN.search(after.text):
        return True
    body = _SPEAKS_FOR.search(after.text)
    if body and (stem_word(body.group(1)) in sentence.party or body.group(1) in _ANY_BODY):
        return True
    if sentence.party and after.party:
        return share_party(sentence, after) and after.claims
    return bool(_GOES_ON.search(after.text)) and (not parted or bool(_OPENS_QUOTED.match(after.text)))


def _find_core(text: str, sentence: Span, contents: Sequence[Span]) -> str:
    """Return the words of a sentence that are said in it: a statement's, or the quoted ones, or all."""
    said = " ".join(text[max(at.start, sentence.start) : min(at.end, sentence.end)] for at in contents)
    said = drop_dateline(said)
    whole = drop_dateline(text[sentence.start : sentence.end])
    quoted = " ".join(_QUOTED.findall(whole))
    for core in (said, quoted):
        if len(core.split()) >= _CORE_WORDS:
            return core.strip(EDGES)
    return whole


def _cut_about(sentence: str, denial: Denial) -> str:
    """Return the words that say what is denied, from the "that" that opens them where there is one."""
    words = _APPOSED.split(sentence[denial.about.start : denial.about.end], maxsplit=1)[0]
    clause = re.split(r"\bthat\b", words, maxsplit=1)
    return (clause[1] if len(clause) == 2 and len(clause[1].split()) >= 2 else words).strip(EDGES)


def _tells_past(text: str, article: Article) -> bool:
    if _LONG_AGO.search(text):
        return True
    if article.published is None:
        return False
    day = article.published.day
    years = [int(year) for year in _YEAR.findall(text)]
    if years and max(years) < day.year:
        return True
    months = [_MONTHS.index(month.casefold()) + 1 for month in _IN_MONTH.findall(text)]
    return any((day.month - month) % 12 not in _NEAR_MONTHS for month in months)
