"""News on a topic: what is told, what is not, and how it is quoted."""

from __future__ import annotations

import pytest

from index.answering import Answerer
from index.building import build_index
from index.errors import NotFoundError
from index.events.novelty import find_news
from index.telling import MAX_TOLD

from .embedders import CountingEmbedder
from .test_building import make_builder

OLD = {
    "bridge": "The bridge at Ostermoor was shut on Friday. Engineers found a crack in the Ostermoor bridge.",
    "flood": "The river rose by a metre at Ness. Cellars in Ness were pumped out all night.",
    "vote": "Voters in Calder chose a council. The count in Calder took two days.",
}
NEW = {
    "reopened": "The bridge at Ostermoor was opened again on Sunday. “It holds,” said engineer Ada Brown.",
    "harvest": "The apple harvest in Lund was poor. Farmers in Lund blamed the frost.",
}


def write(corpus, reports):
    """Write reports as files, in the order of their days."""
    (corpus / "news").mkdir(exist_ok=True)
    for day, (name, text) in enumerate(reports.items(), 3):
        head = f"Title: {name.title()}\nDate: 2025-05-{day:02}\nURL: https://a.example/{name}\n\n"
        (corpus / f"news/{name}.txt").write_text(head + text + "\n", encoding="utf-8")


@pytest.fixture
def told(tmp_path):
    """A function that returns the news on a topic once more reports have come in."""
    (tmp_path / "config.toml").write_text('[index]\nsources = ["news"]\n', encoding="utf-8")
    builder = make_builder(tmp_path, CountingEmbedder())
    write(tmp_path, OLD)
    build_index(builder)
    answerer = Answerer.open(builder.settings, builder.embedder)
    seen = set(answerer.contents().marks())

    def tell(topic, reports=NEW):
        write(tmp_path, reports)
        build_index(builder)
        answerer.refresh()
        contents = answerer.contents()
        return answerer.report_news(topic, find_news(contents, set(contents.marks()) - seen))

    return tell


def test_a_new_report_on_the_topic_is_quoted(told):
    """Of two new reports the one on the topic is told, in its own words; old reports are not repeated."""
    digest = told("Ostermoor bridge")
    assert digest.reports == 1
    assert [quote.citation.title for quote in digest.quotes] == ["Reopened"]
    assert digest.quotes[0].text in NEW["reopened"]


def test_a_medium_that_reports_quote_is_part_of_the_topic(told):
    """A topic that names a medium which no article is by is told of reports that quote it."""
    quoting = {"quoting": "The Washington Post reported a crack in the bridge at Ostermoor."}
    assert told("Washington Post report on the Ostermoor bridge", quoting) is not None


def test_news_on_another_subject_is_not_told(told):
    """A topic that no new report is on has no news, though old ones were on it."""
    assert told("council vote in Calder") is None


def test_a_name_that_a_report_lacks_keeps_it_out(told):
    """A bridge in another town is not the one that is watched, whatever else is the same."""
    elsewhere = {"other": "Engineers found a crack in the old bridge at Varn. It was shut to heavy lorries."}
    topic = "engineers found a crack, old bridge shut to heavy lorries at {}"
    assert told(topic.format("Varn"), elsewhere) is not None
    assert told(topic.format("Ostermoor"), elsewhere) is None


def test_every_new_report_has_a_voice_up_to_a_bound(told):
    """More reports than fit a digest are counted, and one quote is taken from each of the first."""
    many = {f"r{n}": f"The bridge at Ostermoor was tested on day {n}. Load {n * 7} was laid on it."
            for n in range(MAX_TOLD + 3)}  # fmt: skip
    digest = told("Ostermoor bridge", many)
    articles = [quote.citation.article for quote in digest.quotes]
    assert len(articles) == len(set(articles)) <= MAX_TOLD
    assert digest.reports >= len(articles)


def test_the_newest_report_comes_first(told):
    """Undisputed news is told by publication, the newest first."""
    digest = told(
        "Ostermoor bridge",
        {
            "one": "The Ostermoor bridge holds. Divers tested the bridge at Ostermoor.",
            "two": "Drivers welcome the Ostermoor bridge. “Our bridge!” they cried in Ostermoor.",
        },
    )
    assert [quote.citation.title for quote in digest.quotes] == ["Two", "One"]


def test_news_of_another_generation_is_refused(told, tmp_path):
    """News that was worked out over a generation is not read from the next."""
    told("anything at all")
    builder = make_builder(tmp_path, CountingEmbedder())
    answerer = Answerer.open(builder.settings, builder.embedder)
    stale = find_news(answerer.contents(), set())
    write(tmp_path, {"late": "Snow fell on Ness."})
    build_index(builder)
    answerer.refresh()
    with pytest.raises(NotFoundError, match="look anew"):
        answerer.report_news("snow", stale)
