"""Which sentences of the retrieved passages are quoted: the ones that answer, each with what it needs.

Follows retrieval and ranking, precedes disputes and verification. Everything here is a pure function of the
question, the hits and the texts; each candidate keeps its features and why it was or was not chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index.answers import Citation, Hit, Question, Quote
from index.datatypes import Span
from index.interaction import Interaction, WordMatches
from index.quotes.attributing import attribute_quote, find_statement
from index.quotes.candidates import Candidate, Source, rank_sentences, split_article
from index.quotes.extents import extend_sentence
from index.quotes.highlighting import find_highlights
from index.quotes.relevance import AskedQuestion, prepare_question
from index.quotes.restrictions import is_within, list_outlet_stems, list_restricting_stems
from index.quotes.sameness import add_carrier, overlap, say_the_same, widen_quote
from index.quotes.terms import Rarity
from index.texts.datelines import skip_dateline

HITS_READ = 12
"""Passages whose sentences are considered for a question of several parts."""

_HITS_OF_ONE_PART = 8  # the same for one part: four more changed no figure, and cost a third of the time

_MARGIN = 6.0  # log odds below the best from which a sentence is no longer worth showing
_TYPED = 5.0  # log odds that a part gains by asking for a name or a number, beside one that does not
_STRAY_MARGIN = 2.4  # the same for a sentence of another story than the first quote's
_LEADS = 0.6  # how much of a lead a sentence is from which it may open an overview
_OUTLET_MARGIN = 2.5  # log odds that a quote from another outlet may lie below the next from the same


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen quotes, best first or, of an overview, oldest first, and every candidate with its verdict.

    Attributes:
        asked: the parts of the question.
        matches: how well the words of each part are met; None where tokens have no vectors.
    """

    quotes: tuple[Quote, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    asked: tuple[AskedQuestion, ...] = field(default=(), repr=False)
    matches: tuple[WordMatches | None, ...] = field(default=(), repr=False)


def select_quotes(
    question: Question,
    hits: Sequence[Hit],
    sources: Mapping[str, Source],
    rarity: Rarity,
    *,
    cosines: Sequence[float] = (),
    interaction: Interaction | None = None,
    max_quotes: int = 4,
    least_attribution: float = 0.85,
    hits_read: int | None = None,
) -> Selection:
    """Choose at most `max_quotes` spans that answer a question, best first.

    Args:
        question: its parts are each to be covered, as far as there are quotes to spare.
        hits: ranked passages, of which the first `hits_read` are read, 8 or 12 by default; their scores are
            probabilities.
        sources: by `Article.id`, for every article that a hit comes from.
        rarity: how rare the question's words are in the corpus.
        cosines: of the question with each hit, where its words cannot be compared; () where they can.
        interaction: how the question's tokens are met in the hits; None where tokens have no vectors.
        least_attribution: confidence of a statement from which its speaker is shown with a quote.

    Every quote equals its slice of the article's text and consists of whole sentences. No two say the same:
    the outlets of those left out for that become carriers, and one that holds an earlier one whole stands in
    its place. What copies of a report hold alike is cited from one of them. A quote from another outlet goes
    before another one from the same outlet, unless it answers clearly worse. Beside the first quote to a
    question of one part stand only those of its story or that answer nearly as well, and where the question
    names somebody or something, those from reports that do so too. An overview goes round the outlets first,
    begins with how the story began, and tells the rest in the order of days, unless the latest is asked for.
    """
    within = question.dates is not None and all(
        is_within(question.dates, sources[hit.passage.article].article) for hit in hits
    )
    ignored = list_restricting_stems(question) if within else list_outlet_stems(question)
    asked = tuple(
        prepare_question(part, rarity, ignored, overview=question.overview, latest=question.latest)
        for part in _parts(question)
    )
    matches = match_parts(question, asked, interaction)
    read = hits[: hits_read or (HITS_READ if len(asked) > 1 else _HITS_OF_ONE_PART)]
    candidates = rank_sentences(asked, read, sources, matches, cosines)
    matter = max((candidate.matter for candidate in candidates), default=0.0)
    quotes: list[Quote] = []
    verdicts: dict[int, str] = {}
    queue = list(range(len(candidates)))
    opening = _find_opening(candidates, sources) if question.overview and not question.latest else None
    while queue and len(quotes) < max_quotes:
        index = opening if opening in queue else _next_candidate(queue, candidates, quotes, sources, asked)
        queue.remove(index)
        candidate = candidates[index]
        margin = _MARGIN if candidate.part == candidates[0].part else _MARGIN + _TYPED
        if max(candidate.score - candidates[0].score, candidate.matter - matter) < -margin:
            verdicts[index] = "answers clearly worse than the best"
            continue
        if len(asked) == 1 and quotes and _strays(quotes[0], candidate, candidates[0], sources):
            verdicts[index] = "is of another story than the first quote, and answers worse"
            continue
        if len(asked) == 1 and quotes and not _share_names(asked[0], quotes[0], candidate, sources):
            verdicts[index] = "its report names nothing of what the first quote's does"
            continue
        answered = next((i for i, one in enumerate(quotes) if _asks_for(candidate, one, sources)), None)
        if answered is not None:
            verdicts[index] = f"asks what quote {answered + 1} answers"
            continue
        candidate = _go_to_quoted(candidate, quotes, sources)
        quote = make_quote(candidate, sources[candidate.article], asked[candidate.part], least_attribution)
        twin = next((i for i, other in enumerate(quotes) if say_the_same(quote, other)), None)
        if twin is None:
            quotes.append(quote)
            verdicts[index] = f"quote {len(quotes)}"
        else:
            wider = widen_quote(quotes[twin], quote)
            quotes[twin] = wider or add_carrier(quotes[twin], quote.citation)
            quotes = [one for one in quotes if one is quotes[twin] or not (wider and overlap(one, wider))]
            verdicts[index] = f"{'widens' if wider else 'says the same as'} quote {twin + 1}"
    for index in queue:
        verdicts[index] = f"there were {max_quotes} better ones"
    judged = tuple(replace(candidate, verdict=verdicts[i]) for i, candidate in enumerate(candidates))
    if opening is not None:
        quotes.sort(key=lambda quote: _date_report(sources[quote.citation.article]))
    return Selection(tuple(quotes), judged, asked, matches)


def _find_opening(candidates: Sequence[Candidate], sources: Mapping[str, Source]) -> int | None:
    """Return the candidate that tells how the story of the best one began: the lead of a first report on it.

    None where none has a date, tells its report and is worth showing.
    """
    stories = [sources[one.article].story or one.article for one in candidates]
    days = [_date_report(sources[one.article]) for one in candidates]
    leads = (
        index
        for index, one in enumerate(candidates)
        if days[index] < date.max and stories[index] == stories[0] and not one.features["asks"]
        if one.features["lead"] >= _LEADS and one.score >= candidates[0].score - _MARGIN
    )
    return min(leads, key=days.__getitem__, default=None)


def _date_report(source: Source) -> date:
    """Return the day of a report, the last one there is where it has none."""
    return source.article.published.day if source.article.published else date.max


def _asks_for(candidate: Candidate, quote: Quote, sources: Mapping[str, Source]) -> bool:
    """Return whether a candidate asks what a quote answers in the next paragraph."""
    text = sources[candidate.article].article.text[candidate.sentence.end : quote.start]
    behind = candidate.article == quote.citation.article and candidate.sentence.end <= quote.start
    return bool(candidate.features["asks"]) and behind and text.count("\n\n") <= 1


def _go_to_quoted(candidate: Candidate, quotes: Sequence[Quote], sources: Mapping[str, Source]) -> Candidate:
    """Return the same sentence of the copy that is quoted already, where the candidate's report is one."""
    own = sources[candidate.article]
    text = own.article.text
    wanted = text[skip_dateline(text, *candidate.sentence) : candidate.sentence.end]
    for quote in quotes:
        other = sources[quote.citation.article]
        start = other.article.text.find(wanted) if _report(other) == _report(own) else -1
        for sentence in split_article(other.article.text) if start >= 0 else ():
            if sentence.end == start + len(wanted) and skip_dateline(other.article.text, *sentence) == start:
                return replace(candidate, article=other.article.id, sentence=sentence)
    return candidate


def _strays(first: Quote, candidate: Candidate, best: Candidate, sources: Mapping[str, Source]) -> bool:
    """Return whether a candidate is of another story than the first quote and answers worse than the best.

    That its report is newer does not bring it nearer to the matter.
    """
    story = sources[candidate.article].story or candidate.article
    own = sources[first.citation.article].story or first.citation.article
    return story != own and candidate.matter < best.matter - _STRAY_MARGIN


def _share_names(
    asked: AskedQuestion, first: Quote, candidate: Candidate, sources: Mapping[str, Source]
) -> bool:
    """Return whether a candidate's report holds a name of the question that the first quote's report holds.

    True as well where that one holds none, so that there is nothing to share.
    """
    if candidate.article == first.citation.article:
        return True
    one, other = (
        f"{article.title} {article.text}".casefold()
        for article in (sources[first.citation.article].article, sources[candidate.article].article)
    )
    held = [name for name in asked.names if name in asked.weights and name in one]
    return not held or any(name in other for name in held)


def match_parts(
    question: Question, asked: Sequence[AskedQuestion], interaction: Interaction | None
) -> tuple[WordMatches | None, ...]:
    """Return for each part how well its words are met; None where that cannot be told."""
    matches: list[WordMatches | None] = []
    reached = 0
    for part in asked:
        start = question.text.find(part.text, reached)
        reached = max(reached, start + len(part.text))
        words = [Span(term.start, term.end) for term in part.terms]
        matches.append(interaction.match_words(words, start) if interaction and start >= 0 else None)
    return tuple(matches)


def make_quote(candidate: Candidate, source: Source, asked: AskedQuestion, least_attribution: float) -> Quote:
    """Return the quote around a sentence: extended, attributed and highlighted."""
    text = source.article.text
    sentences = split_article(text)
    sure = tuple(s for s in source.statements if s.confidence >= least_attribution)
    span = extend_sentence(text, sentences, sentences.index(candidate.sentence), sure)
    begin = skip_dateline(text, span.start, span.end)
    span = Span(begin, span.end) if begin < span.end else span
    core = Span(max(0, candidate.sentence.start - span.start), candidate.sentence.end - span.start)
    quoted = text[span.start : span.end]
    quote = Quote(
        citation=source.citation,
        start=span.start,
        end=span.end,
        text=quoted,
        score=candidate.score,
        highlights=find_highlights(asked, quoted, core),
    )
    statement = find_statement(source.statements, candidate.sentence)
    if statement is None or statement.confidence < least_attribution:
        return quote
    return attribute_quote(quote, statement, text)


def _parts(question: Question) -> tuple[str, ...]:
    return tuple(part.text for part in question.parts) if len(question.parts) > 1 else (question.text,)


def _next_candidate(
    queue: Sequence[int],
    candidates: Sequence[Candidate],
    quotes: Sequence[Quote],
    sources: Mapping[str, Source],
    asked: Sequence[AskedQuestion],
) -> int:
    """Return the candidate to try next: for a part not yet covered, then from an outlet not yet quoted."""
    pool = queue
    margin = _MARGIN if asked[0].overview else _OUTLET_MARGIN
    if 1 < len(asked) > len(quotes):
        pool = [i for i in queue if candidates[i].part == len(quotes)] or queue
    best = pool[0]
    outlets = {_outlet(quote.citation) for quote in quotes}
    others = (i for i in pool if _outlet(sources[candidates[i].article].citation) not in outlets)
    fresh = next((i for i in others if _go_to_quoted(candidates[i], quotes, sources) is candidates[i]), None)
    if fresh is not None and candidates[fresh].score >= candidates[best].score - margin:
        return fresh
    return best


def _report(source: Source) -> str:
    """Return the report that an article carries: its own, unless it is a copy."""
    return source.report or source.article.id


def _outlet(citation: Citation) -> str:
    """Return what a quote counts under: its outlet, or its article where no outlet is stated."""
    return citation.outlet or f"article {citation.article}"
