"""A catalogue finds words, filters by outlet and date, and takes any text for a search."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Article, Label, Moment, Passage, Span, Statement
from index.errors import CorruptIndexError, NotFoundError
from index.store.catalogue import Catalogue
from index.store.drafting import Draft
from index.store.listings import Filter

from .test_sentences import AWKWARD

ARTICLES = (
    Article(
        "a1",
        "Bridge shut",
        "The bridge was shut. Nobody was hurt.",
        "n/a1",
        "Courier",
        published=Moment(date(2025, 5, 3)),
        url="https://x.example/1",
    ),
    Article(
        "a2",
        "Bridge open",
        "The café by the bridge reopened.",
        "n/a2",
        "Lantern",
        published=Moment(date(2025, 6, 1)),
    ),
    Article("b3", "Copy", "The bridge was shut. Nobody was hurt.", "n/b3", None),
)
STATEMENT = Statement(
    "a1", (Span(0, 20), Span(21, 37)), Span(1, 2), None, "A. B.", None, ("TASS",), Label.DENIED, 0.9, None
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.db"
    draft = Draft(path)
    with draft.transaction():
        for article in ARTICLES:
            draft.put_article(article)
            draft.put_passages(
                article, [Passage(0, article.id, 0, len(article.text), article.text)], [article.id.encode()]
            )
        draft.put_statements(ARTICLES[0], [STATEMENT])
        draft.set_reports({"b3": "a1"})
        draft.set_stories({"a1": "a1", "b3": "a1"})
    draft.close()
    return Catalogue(path)


def test_articles_come_back_as_they_were_put(catalogue):
    """Every field of an article and of a statement survives the round trip."""
    assert {a.id: a for a in catalogue.articles()} == {a.id: a for a in ARTICLES}
    assert catalogue.statements_of("a1") == (STATEMENT,)


def test_the_order_is_by_publication_with_undated_last(catalogue):
    """Articles are listed from the oldest, those without a date at the end."""
    assert [a.id for a in catalogue.articles()] == ["a1", "a2", "b3"]


def test_words_are_found_best_first(catalogue):
    """A passage with both words stands before one with a single one; scores are positive."""
    found = catalogue.search_words(["cafe", "bridge"], 5)
    assert found[0][0] == 2
    assert all(score > 0 for _, score in found)


def test_filters_restrict_what_is_found(catalogue):
    """Outlets and days of publication, both ends included, restrict search and lists alike."""
    ids = {
        name: [listing.article for listing in catalogue.listings(only, 5)]
        for name, only in {
            "all": Filter(),
            "outlet": Filter(outlets=("Courier",)),
            "until": Filter(last=date(2025, 5, 3)),
            "after": Filter(first=date(2025, 5, 4)),
        }.items()
    }
    assert ids == {"all": ["a2", "a1", "b3"], "outlet": ["a1"], "until": ["a1"], "after": ["a2"]}
    assert [i for i, _ in catalogue.search_words(["bridge"], 5, Filter(outlets=("Lantern",)))] == [2]


@given(st.lists(AWKWARD | st.text(max_size=20), max_size=5))
def test_any_text_may_be_searched_for(catalogue, terms):
    """Search terms are data: whatever they hold, nothing is raised."""
    catalogue.search_words(terms, 3)
    for term in terms:
        catalogue.count_passages_with(term)


def test_operators_in_a_question_are_plain_words(catalogue):
    """FTS5's operators and quotes in a term are matched, not obeyed."""
    assert catalogue.search_words(['bridge" OR "hurt', "NOT", "title:bridge"], 5) == ()


def test_copies_are_named_as_carriers(catalogue):
    """The citation of a copy names the outlet of the report that it carries."""
    assert catalogue.citation("b3").carriers == ("Courier",)
    assert catalogue.reports(["a1", "b3", "a2"]) == {"a1": "a1", "b3": "a1", "a2": "a2"}


def test_articles_are_found_by_id_beginning_url_and_source(catalogue):
    """A name that fits exactly comes first."""
    assert catalogue.find_article("https://x.example/1") == "a1"
    assert catalogue.find_article("n/a2") == "a2"
    with pytest.raises(NotFoundError, match="'a'"):
        catalogue.find_article("a")


def test_what_is_missing_is_an_error_with_its_name(catalogue, tmp_path):
    """Unknown articles and passages, and a file that is no database, are named."""
    with pytest.raises(NotFoundError, match="'zz'"):
        catalogue.article("zz")
    with pytest.raises(NotFoundError, match="passage 99"):
        catalogue.passages([1, 99])
    (tmp_path / "catalogue.db").write_bytes(b"not a database" * 99)
    with pytest.raises(CorruptIndexError, match=r"catalogue\.db"):
        Catalogue(tmp_path / "catalogue.db").count_passages()


def test_the_story_of_an_article(catalogue):
    """Each article leads to all of its story; without a story it is one by itself."""
    found = catalogue.stories_of(["b3", "a2", "a1", "zz"])
    assert found == {"a1": ("a1", "b3"), "a2": ("a2",), "b3": ("a1", "b3")}
    assert catalogue.stories_of([]) == {}


def test_a_slice_is_read_from_the_file(catalogue):
    """The slice that a quote is compared with comes from the stored text."""
    assert catalogue.slice_text("a1", 4, 10) == "bridge"
    assert catalogue.slice_text("zz", 0, 1) is None


def test_articles_are_listed_by_outlet_and_day(catalogue):
    """Newest first, those without a date last, each with what it carries; days are of what has one."""
    assert [one.article for one in catalogue.listings(Filter(), 9)] == ["a2", "a1", "b3"]
    assert [one.article for one in catalogue.listings(Filter(), 1)] == ["a2"]
    (one,) = catalogue.listings(Filter(outlets=("Courier",), last=date(2025, 5, 4)), 9)
    assert (one.report, one.outlet, str(one.published)) == ("a1", "Courier", str(ARTICLES[0].published))
    assert catalogue.days(Filter()) == (ARTICLES[0].published.day, ARTICLES[1].published.day)
    assert catalogue.days(Filter(first=date(2030, 1, 1))) is None
