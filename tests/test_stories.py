from datetime import date

import numpy as np
import pytest

from index.datatypes import Article, Moment, Report
from index.evaluation.pairs import PairScore, score_pairs
from index.events.stories import group_stories

FLOODS = {
    "harrowby-1": (
        "Flood in Harrowby",
        "The river Stell burst its banks in Harrowby on Tuesday and 40 families left their homes. "
        "Mayor Anna Pell opened the school for them.",
    ),
    "harrowby-2": (
        "Harrowby families flee as Stell rises",
        "Forty families were brought out of Harrowby after the Stell flooded the lower town. "
        "Mayor Pell said the school was open to all.",
    ),
    "castleway-1": (
        "Flood in Castleway",
        "The river Orne burst its banks in Castleway on Tuesday and 210 families left their homes. "
        "Council leader Tomas Reuben opened the sports hall for them.",
    ),
    "castleway-2": (
        "Castleway under water",
        "Castleway woke to water in its streets after the Orne flooded; 210 families are in the sports hall, "
        "said Tomas Reuben, the council leader.",
    ),
}


def write(key, title, text, day=None):
    return Article(key, title, text, key, published=Moment(day) if day else None)


def alike(count):
    """Vectors that tell nothing apart: every article has the same."""
    vectors = np.zeros((count, 4), dtype=np.float32)
    vectors[:, 0] = 1.0
    return vectors


def group(articles, reports=(), **options):
    return [story.articles for story in group_stories(articles, alike(len(articles)), reports, **options)]


def test_another_towns_flood_is_another_story():
    """Two reports of each flood find each other, though all four embeddings are equal."""
    articles = [write(key, *piece) for key, piece in FLOODS.items()]
    assert sorted(group(articles)) == [("castleway-1", "castleway-2"), ("harrowby-1", "harrowby-2")]


def test_another_years_election_is_another_story():
    """Reports of one vote belong together, and those of the vote four years before do not join them."""
    lead = "Voters in Garrowby chose {} as mayor on Sunday with {} percent of the vote. {}"
    marchetti, brandt = ("Ines Marchetti", 52), ("Olaf Brandt", 61)
    articles = [
        write("new-1", "Garrowby votes", lead.format(*marchetti, "Turnout rose."), date(2023, 5, 8)),
        write("new-2", "Marchetti wins", lead.format(*marchetti, "She thanked all."), date(2023, 5, 9)),
        write("old-1", "Garrowby votes", lead.format(*brandt, "Turnout fell."), date(2019, 5, 6)),
        write("old-2", "Brandt wins", lead.format(*brandt, "He thanked all."), date(2019, 5, 7)),
    ]
    assert group(articles) == [("old-1", "old-2"), ("new-1", "new-2")]


def test_years_in_the_text_part_undated_reports():
    """Without dates of publication, different years in the openings count against one event."""
    text = (
        "The Garrowby harvest fair of {} drew crowds to the mill meadow, said the fair's steward Piotr Nowak."
    )
    same = [write("a", "Fair", text.format(2018)), write("b", "Fair", text.format(2018))]
    other = [write("a", "Fair", text.format(2018)), write("b", "Fair", text.format(2022))]
    assert len(group(same, threshold=0.8)) == 1
    assert len(group(other, threshold=0.8)) == 2


SCENE = "She came in late with wet shoes, put the kettle on and cleared two chairs of files and coats. " * 8
LATER = (
    "“Nobody has told us anything”",
    "The solicitor for forty families out of Harrowby spoke to us above a bakery while the river fell again. "
    + SCENE
    + "“My clients sleep on cots while the Stell is back in its bed, and our mayor, Anna Pell, is silent.”",
)


@pytest.mark.parametrize(("day", "stories"), [(date(2024, 3, 20), 1), (date(2024, 6, 20), 2), (None, 2)])
def test_a_follow_up_that_shares_the_names_is_of_the_story(day, stories):
    """An interview that opens in other words belongs to the flood whose names it holds, within weeks."""
    first, second = (write(key, *FLOODS[key], date(2024, 3, 5)) for key in ("harrowby-1", "harrowby-2"))
    articles = [first, second, write("later", *LATER, day)]
    assert len(group([first, second], threshold=0.35)) == 1
    assert len(group(articles, threshold=0.35)) == stories


def test_carriers_go_where_their_original_goes():
    """A copy, however cut, is in its original's story and opens none of its own."""
    articles = [write(key, *piece) for key, piece in FLOODS.items()]
    articles.append(write("copy", "Elsewhere", "A cut text."))
    stories = group(articles, (Report("harrowby-1", ("copy",)),))
    assert ("copy", "harrowby-1", "harrowby-2") in stories
    assert len(stories) == 2


def test_the_first_report_names_the_story():
    """A story's articles stand in order of publication, and its id is the first of them."""
    title, text = FLOODS["harrowby-1"]
    articles = [write("undated", title, text), write("second", title, text, date(2024, 3, 6)),
                write("first", title, text, date(2024, 3, 5))]  # fmt: skip
    (story,) = group_stories(articles, alike(3))
    assert story.id == "first"
    assert story.articles == ("first", "second", "undated")


def test_no_articles_make_no_stories_and_rows_must_match():
    """Nothing in, nothing out; a wrong number of vectors is an error that names both numbers."""
    assert group_stories([], alike(0)) == ()
    with pytest.raises(ValueError, match="1 articles came with 2 vectors"):
        group_stories([write("a", "A", "Text")], alike(2))


def test_texts_without_a_word_stand_alone():
    """Empty and wordless texts neither raise nor join."""
    assert group([write("a", "", ""), write("b", "", "12"), write("c", "", "—")]) == [("a",), ("b",), ("c",)]


def test_work_does_not_grow_with_the_square():
    """Two thousand unlike articles are grouped without comparing each with each."""
    articles = [write(str(n), f"Name{n}x", f"Word{n}y came to place{n}z on a day.") for n in range(2000)]
    assert len(group(articles)) == 2000


def test_pairs_are_scored_by_hand():
    """Of three found pairs one is right; of two true pairs one is missed."""
    score = score_pairs([("a", "b", "c")], [("a", "b"), ("c", "d")])
    assert score == PairScore(right=1, wrong=2, missed=1)
    assert score.precision == pytest.approx(1 / 3)
    assert score.recall == pytest.approx(1 / 2)
    assert score.f1 == pytest.approx(0.4)
    assert PairScore(0, 0, 0).f1 == 1.0
