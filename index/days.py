"""The news of days and outlets, whatever it is about: reports found by when and where they were published.

Answering comes here for a question that names no topic ("What happened yesterday?", "any news?"), in which
there are no words to search for. One quote is given for each story, by the lead of one of its reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from operator import attrgetter, itemgetter

from index.answers import Answer, Dates, NoAnswer, Question, Quote, Reason
from index.archive import Archive
from index.datatypes import Span
from index.errors import CorruptIndexError
from index.finding import Explanation
from index.questions.date_ranges import write_day
from index.questions.overviews import name_language
from index.questions.replacing import bracket_topic
from index.quotes.candidates import split_article
from index.quotes.leads import find_lead, share_headline, tells_something
from index.quotes.named_days import find_naming, list_names
from index.quotes.sameness import add_carrier, say_the_same
from index.settings import AnswerSettings
from index.store.catalogue import Catalogue
from index.store.listings import Filter, Listing
from index.timeline import Topic, has_course

CERTAIN = 1.0
"""Confidence of news of the days and outlets asked for: to be that is all that was asked of it."""

NAMED, NAMED_YEAR = 0.6, 0.3
"""The same where only later reports are quoted, for naming those days, or no more than the year. By hand: who
names a day mostly tells what happened then, who names a year may do so in passing."""

_LISTED = 5_000  # articles of the days asked about that are grouped into stories
_NEWEST = 500  # the same where only the newest are wanted
_MONTH = 31  # days
_NAMING = 40  # passages that are looked at for a day that they name


@dataclass(frozen=True, slots=True)
class _Story:
    """What was published of a story on the days and by the outlets asked for.

    Attributes:
        reports: newest first, copies once, at least one.
        outlets: number of those that carry it.
    """

    reports: tuple[Listing, ...]
    outlets: int

    @property
    def size(self) -> tuple[int, int]:
        """By which the story that is reported most comes first."""
        return len(self.reports), self.outlets


def find_news(question: Question, archive: Archive, limits: AnswerSettings, today: date) -> Explanation:
    """Return the news of the days and the outlets that a question names, or why there is none.

    Of days, what was reported most comes first; of outlets alone, the newest. A question that names neither
    is of the newest day that the index holds, and then says so in `Question.text`. What happened on a day is
    also told by later reports that name it, after those of the day itself. Where nothing was published on
    the days asked about, the nearest day's reports are offered. Reports without a date are of no day.

    Args:
        today: day of asking; later ones are not "the newest".

    Raises CorruptIndexError where not one quote equals its article's text.
    """
    catalogue = archive.catalogue
    if not question.dates and not question.outlets:
        question = _ask_of_newest(question, catalogue, today)
    if question.unknown_outlets and not question.outlets:
        return Explanation(_offer_others(question, archive, limits))
    stories = _list_stories(question, catalogue)
    quotes = _quote_stories(stories, archive, limits.max_quotes, _asks_for_course(question))
    confidence = CERTAIN if quotes else _weigh_naming(question.dates)
    quotes += _quote_later(question, archive, quotes, stories, limits.max_quotes)
    if not quotes or confidence < limits.threshold:
        nearest = archive.keep_verified(quotes) or _quote_nearest(question, archive, limits)
        return Explanation(NoAnswer(question, Reason.NOTHING_IN_DATES, nearest=nearest))
    shown = archive.show_both_sides(quotes, archive.ask_nothing(), limits.max_quotes + 1)
    if not shown:
        raise CorruptIndexError("no quote equals its article's text any more; run `python -m index build`")
    topic = _make_topic(stories, quotes, archive)
    answer = Answer(
        question,
        shown,
        confidence,
        disputed=any(quote.side is not None for quote in shown),
        reports=len(set(catalogue.reports(quote.citation.article for quote in shown).values())),
        sure=confidence >= limits.sure,
        has_timeline=has_course(topic),
    )
    found = {"stories": float(len(stories)), "reports": float(sum(len(one.reports) for one in stories))}
    return Explanation(answer, evidence=found, topic=topic)


def _ask_of_newest(question: Question, catalogue: Catalogue, today: date) -> Question:
    """Return a question for the news as one for those of the newest day that is held; as it is for none."""
    day = _find_nearest_day(catalogue, (), today, today)
    if day is None:
        return question
    written = write_day(day, name_language(question.text))
    text = bracket_topic(question.text, written)
    return replace(question, text=text, complete=text, dates=Dates(day, day, True, written), overview=False)


def _find_nearest_day(
    catalogue: Catalogue, outlets: tuple[str, ...], first: date | None, last: date | None
) -> date | None:
    """Return the newest day with reports up to `last`, or else the first one from `first` on."""
    until = catalogue.days(Filter(outlets, last=last)) if last else None
    since = catalogue.days(Filter(outlets, first=first)) if first and until is None else None
    return until[1] if until else since[0] if since else None


def _list_stories(question: Question, catalogue: Catalogue) -> tuple[_Story, ...]:
    """Return the stories of the days and outlets that a question names, in the order to tell them."""
    dates = question.dates or Dates(None, None)
    only = Filter(question.outlets, dates.first, dates.last)
    newest = question.latest or dates.first is None
    listed: dict[str, list[Listing]] = {}
    for one in catalogue.listings(only, _NEWEST if newest else _LISTED):
        listed.setdefault(one.story, []).append(one)
    stories = [
        _Story(tuple(_choose_reports(found)), len({one.outlet for one in found})) for found in listed.values()
    ]
    # Sorting is stable: where as many report two stories, the newer one stays first.
    return tuple(stories if newest else sorted(stories, key=attrgetter("size"), reverse=True))


def _choose_reports(found: Sequence[Listing]) -> list[Listing]:
    """Return one article for each report, the original where it is among them, in the same order."""
    chosen: dict[str, Listing] = {}
    for one in found:
        if one.report not in chosen or one.article == one.report:
            chosen[one.report] = one
    return [one for one in found if one is chosen[one.report]]


def _asks_for_course(question: Question) -> bool:
    """Whether a question asks for several days, and not for how things stand at their end."""
    dates = question.dates
    several = dates is not None and dates.first is not None and dates.first != dates.last
    return several and not question.latest


def _quote_stories(
    stories: Sequence[_Story], archive: Archive, most: int, begun: bool = False
) -> tuple[Quote, ...]:
    """Return the lead of one report of each story, at most `most`, in the order of the stories.

    Which stories are told goes round the outlets first, then by their order; of a story its newest report
    from an outlet that has not been chosen yet stands for it or, if `begun`, one of its first day.
    """
    choose = partial(_choose_first, archive.catalogue) if begun else itemgetter(0)
    chosen: dict[int, Listing] = {}
    met: set[str | None] = set()
    for fresh in (True, False):
        for number, story in enumerate(stories):
            left = [one for one in story.reports if one.outlet is None or one.outlet not in met]
            if number not in chosen and len(chosen) < most and (left or not fresh):
                chosen[number] = choose(story.reports if begun else left or story.reports)
                met.add(chosen[number].outlet)
    asked = archive.ask_nothing()
    quotes: list[Quote] = []
    for number in sorted(chosen):
        article = archive.catalogue.article(chosen[number].article)
        _add_quote(quotes, archive.quote_sentence(article.id, find_lead(article), asked))
    return tuple(quotes)


def _choose_first(catalogue: Catalogue, reports: Sequence[Listing]) -> Listing:
    """Return of the first day's reports the one whose lead tells its headline best."""

    def tells(one: Listing) -> float:
        article = catalogue.article(one.article)
        return share_headline(article, find_lead(article))

    days = [one.published and one.published.day for one in reports]
    return max((one for one, day in zip(reports, days, strict=True) if day == days[-1]), key=tells)


def _add_quote(quotes: list[Quote], quote: Quote) -> None:
    """Add a quote; one that says the same as another makes its outlet a carrier of that."""
    for place, other in enumerate(quotes):
        if say_the_same(other, quote):
            quotes[place] = add_carrier(other, quote.citation)
            return
    quotes.append(quote)


def _quote_later(
    question: Question, archive: Archive, quotes: Sequence[Quote], stories: Sequence[_Story], most: int
) -> tuple[Quote, ...]:
    """Return what later reports of other stories tell of the days asked about, which they name."""
    dates = question.dates
    if dates is None or dates.published or dates.first is None or dates.last is None:
        return ()
    if len(quotes) >= most:
        return ()
    known = {one.article for story in stories for one in story.reports}
    told = {story for article in known for story in archive.catalogue.stories_of([article])[article]}
    asked = archive.ask_nothing()
    later: list[Quote] = []
    for article, sentence in _find_later(question, dates.first, dates.last, archive):
        if article in told or len(quotes) + len(later) >= most:
            continue
        told.update(archive.catalogue.stories_of([article])[article])
        quote = archive.quote_sentence(article, sentence, asked)
        if not any(say_the_same(other, quote) for other in quotes):
            _add_quote(later, quote)
    return tuple(later)


def _weigh_naming(dates: Dates | None) -> float:
    """Return how likely a sentence that names days tells what happened then."""
    days = (dates.last - dates.first).days if dates and dates.first and dates.last else 0
    return NAMED_YEAR if days > _MONTH else NAMED


def _find_later(question: Question, first: date, last: date, archive: Archive) -> Iterator[tuple[str, Span]]:
    """Yield the sentences of reports published after some days that name one of them, the first of each."""
    catalogue = archive.catalogue
    after = last + timedelta(days=1)
    terms = list_names(first, last)
    only = Filter(question.outlets, first=after)
    ids = [passage for passage, _ in catalogue.search_words(terms, _NAMING, only)]
    met: set[str] = set()
    for passage in catalogue.passages(ids):
        article = catalogue.article(passage.article)
        if article.id in met or article.published is None:
            continue
        told = [one for one in split_article(article.text) if tells_something(article.text, one)]
        found = find_naming(first, last, article.text, told, article.published.day)
        if found is not None:
            met.add(article.id)
            yield article.id, found


def _quote_nearest(question: Question, archive: Archive, limits: AnswerSettings) -> tuple[Quote, ...]:
    """Return the news of the day nearest to those asked about, of the same outlets; verified."""
    dates = question.dates or Dates(None, None)
    day = _find_nearest_day(archive.catalogue, question.outlets, dates.last, dates.first)
    if day is None:
        return ()
    nearest = replace(question, dates=Dates(day, day, True))
    stories = _list_stories(nearest, archive.catalogue)
    return archive.keep_verified(_quote_stories(stories, archive, limits.max_quotes))


def _offer_others(question: Question, archive: Archive, limits: AnswerSettings) -> NoAnswer:
    """Return that the outlets asked for are not held, with what others published on those days."""
    stories = _list_stories(question, archive.catalogue)
    nearest = archive.keep_verified(_quote_stories(stories, archive, limits.max_quotes))
    others = tuple(dict.fromkeys(quote.citation.outlet for quote in nearest if quote.citation.outlet))
    return NoAnswer(question, Reason.OUTLET_HAS_NOTHING, nearest=nearest, alternatives=others)


def _make_topic(stories: Sequence[_Story], quotes: Sequence[Quote], archive: Archive) -> Topic:
    """Return the reports of the stories that are quoted, by publication."""
    quoted = {quote.citation.article for quote in quotes}
    told = [
        one.article
        for story in stories
        if quoted & {each.article for each in story.reports}
        for one in story.reports
    ]
    articles = map(archive.catalogue.article, told)
    return Topic(tuple(sorted(articles, key=lambda one: one.publication_key())))
