"""Turning points: chosen by rule, in order of time, no disputed claim without what disputes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers import Citation
from index.datatypes import Article, Dispute, DisputeKind, Label, Moment, Span, Statement
from index.events.turning_points import MAX_POINTS, Role, Turning, choose_points, list_events

START = datetime(2025, 5, 19, 6, 0, tzinfo=UTC)
CLAIMED, DENIED, PLAIN = (
    "The guards have left the town of Brennica.",
    "The ministry denied that any guard had left.",
    "Nobody was seen in the streets on Monday.",
)


def make_article(name, *sentences, hours=0.0, outlet=None, dated=True):
    """Return an article of sentences, published so many hours after the first."""
    published = Moment.at(START + timedelta(hours=hours)) if dated else None
    return Article(name, f"Title of {name}", "\n\n".join(sentences), name, outlet or name, None, published)


def find(article, words):
    start = article.text.index(words)
    return Span(start, start + len(words))


@dataclass
class FakeCatalogue:
    """Holds what a test writes down; `copies` leads from a carrier to its original."""

    held: list[Article]
    disputes: list[Dispute] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    stories: list[tuple[str, ...]] = field(default_factory=list)

    def article(self, key):
        return next(article for article in self.held if article.id == key)

    def disputes_of(self, key):
        return tuple(one for one in self.disputes if key in (one.claim_article, one.denial_article))

    def statements_of(self, key):
        return tuple(one for one in self.statements if one.article == key)

    def reports(self, keys):
        return {key: self.copies.get(key, key) for key in keys}

    def stories_of(self, keys):
        return {key: next((one for one in self.stories if key in one), (key,)) for key in keys}

    def citation(self, key):
        article = self.article(key)
        carriers = [one for one, original in self.copies.items() if original == self.copies.get(key, key)]
        outlets = tuple(self.article(one).outlet for one in carriers if one != key)
        return Citation(key, article.title, article.outlet, None, article.published, None, outlets)


def dispute(claiming, claim, denying, denial, kind=DisputeKind.DENIAL, confidence=0.8):
    spans = find(claiming, claim), find(denying, denial)
    return Dispute(claiming.id, spans[0], denying.id, spans[1], kind, confidence)


def choose(catalogue, articles=None):
    articles = catalogue.held if articles is None else articles
    events = [event for article in articles for event in list_events(article, catalogue)]
    return choose_points(articles, events)


def test_the_first_report_opens_the_claim_and_its_first_denial_follow():
    """A story of a claim and a later denial has both as points, each with its role."""
    one, two = make_article("one", CLAIMED, PLAIN), make_article("two", PLAIN, DENIED, hours=9)
    points = choose(FakeCatalogue([one, two], [dispute(one, CLAIMED, two, DENIED)]))
    assert [(p.turning, p.article, p.role) for p in points] == [
        (Turning.FIRST_REPORT, "one", Role.CLAIM),
        (Turning.FIRST_DENIAL, "two", Role.DENIAL),
    ]
    assert points[1].sentence == find(two, DENIED)


def test_the_claim_that_is_denied_first_is_shown_as_first_made():
    """The claim beside the first denial comes from the earliest report that makes it."""
    early = make_article("early", PLAIN, CLAIMED)
    late = make_article("late", CLAIMED, DENIED, hours=30)
    disputes = [dispute(late, CLAIMED, late, DENIED, confidence=0.9), dispute(early, CLAIMED, late, DENIED)]
    points = choose(FakeCatalogue([early, late], disputes))
    assert (Turning.CLAIM, "early") in [(p.turning, p.article) for p in points]


def test_no_disputed_claim_stands_alone():
    """A claim whose dispute is none of the other points gets the first words that dispute it."""
    one = make_article("one", CLAIMED)
    two = make_article("two", PLAIN, "A union denied the rumour of a strike.", hours=30)
    three = make_article("three", PLAIN, "Guards were still there, said a monitor.", hours=60)
    contrary = dispute(one, CLAIMED, three, "Guards were still there, said a monitor.", DisputeKind.CONTRARY)
    label = Statement("two", (find(two, "the rumour of a strike"),), label=Label.DENIED, confidence=0.9)
    points = choose(FakeCatalogue([one, two, three], [contrary], [label]))
    assert [(p.turning, p.article) for p in points] == [
        (Turning.FIRST_REPORT, "one"),
        (Turning.FIRST_DENIAL, "two"),
        (Turning.LATEST, "three"),
        (Turning.CONTRARY, "three"),
    ]


def test_corrections_of_others_go_before_those_of_their_own():
    """An outlet's correction of a small mistake of its own is left out where a report is corrected."""
    one = make_article("one", CLAIMED)
    own = make_article("own", PLAIN * 20, "An age was wrong.", "He was 41, not 44.", hours=30)
    other = make_article("other", "The agency corrected the figure to 140.", hours=60)
    kind = DisputeKind.CORRECTION
    disputes = [
        dispute(own, "An age was wrong.", own, "He was 41, not 44.", kind),
        dispute(one, CLAIMED, other, "The agency corrected the figure to 140.", kind),
    ]
    corrected = [p.article for p in choose(FakeCatalogue([one, own, other], disputes)) if p.role]
    assert corrected == ["one", "other"]
    alone = choose(FakeCatalogue([one, own], disputes[:1]))
    assert [(p.turning, p.article) for p in alone] == [
        (Turning.FIRST_REPORT, "one"),
        (Turning.CORRECTION, "own"),
    ]


def test_a_report_that_is_a_correction_is_one_of_a_report():
    """An outlet that corrects itself at the head of a report turns the story as much as another that does."""
    one, own = make_article("one", CLAIMED), make_article("own", "We were wrong.", "It was 140.", hours=30)
    other = make_article("other", PLAIN, "The agency corrected the figure.", hours=60)
    kind = DisputeKind.CORRECTION
    disputes = [
        dispute(own, "We were wrong.", own, "It was 140.", kind),
        dispute(one, CLAIMED, other, "The agency corrected the figure.", kind),
    ]
    points = choose(FakeCatalogue([one, own, other], disputes))
    corrected = [point.article for point in points if point.turning is Turning.CORRECTION]
    assert corrected == ["own", "other"]


def test_confirmation_peak_and_latest():
    """A later confirmation, the day with most reports and the newest report are points."""
    confirming = "An inspector confirmed that a clerk was questioned."
    held = [
        make_article("a", PLAIN),
        *(
            make_article(f"b{n}", f"Report {n} of this day tells nothing new.", hours=24 + n)
            for n in range(3)
        ),
        make_article("c", confirming, hours=60),
        make_article("d", "A court threw out the complaint on Friday.", hours=99),
    ]
    said = Statement("c", (find(held[4], "a clerk was questioned"),), label=Label.CONFIRMED, confidence=0.9)
    points = choose(FakeCatalogue(held, [], [said]))
    assert [(p.turning, p.article, p.reports) for p in points] == [
        (Turning.FIRST_REPORT, "a", 0),
        (Turning.PEAK, "b0", 3),
        (Turning.FIRST_CONFIRMATION, "c", 0),
        (Turning.LATEST, "d", 0),
    ]


def test_reports_without_a_date_turn_nothing():
    """Where no report has a date there is no first one."""
    assert choose(FakeCatalogue([make_article("one", CLAIMED, dated=False)])) == ()


def test_a_heading_is_not_the_lead():
    """The first report is quoted from its first full sentence."""
    article = make_article("one", "Correction:", CLAIMED)
    (point,) = choose(FakeCatalogue([article]))
    assert point.sentence == find(article, CLAIMED)


@st.composite
def stories(draw):
    held = [
        make_article(
            f"r{n}",
            CLAIMED,
            DENIED,
            PLAIN,
            hours=draw(st.integers(0, 200)),
            dated=draw(st.integers(0, 5)) > 0,
        )
        for n in range(draw(st.integers(1, 12)))
    ]
    held.sort(key=lambda one: (one.published is None, str(one.published), one.id))
    texts = st.sampled_from([CLAIMED, DENIED, PLAIN])
    pairs = draw(st.lists(st.tuples(st.sampled_from(held), texts, st.sampled_from(held), texts), max_size=12))
    disputes = [
        dispute(one, claim, two, denial, draw(st.sampled_from(DisputeKind)), draw(st.floats(0.4, 1)))
        for one, claim, two, denial in pairs
        if (one, claim) != (two, denial)
    ]
    return FakeCatalogue(held, disputes)


@settings(deadline=None)
@given(stories())
def test_points_are_few_ordered_sentences_and_claims_are_answered(catalogue):
    """For any story: at most ten points, in order, no sentence twice, and no disputed claim alone."""
    points = choose(catalogue)
    order = {article.id: number for number, article in enumerate(catalogue.held)}
    places = [(order[p.article], p.sentence) for p in points]
    assert places == sorted(set(places))
    assert len(points) <= MAX_POINTS
    shown = {(p.article, p.sentence) for p in points}
    for point in points:
        answers = set()
        for one in catalogue.disputes:
            claim, denial = (one.claim_article, one.claim), (one.denial_article, one.denial)
            if one.confidence >= 0.5 and claim == (point.article, point.sentence):
                answers.add(denial)
            if one.confidence >= 0.5 and one.kind is DisputeKind.CONTRARY:
                answers |= {claim} if denial == (point.article, point.sentence) else set()
        assert not answers or answers & shown or len(points) == MAX_POINTS
