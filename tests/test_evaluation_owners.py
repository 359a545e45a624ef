"""The measure of whose a pronoun is."""

import gzip
import json

import pytest

from index.datatypes import Span
from index.evaluation.pronoun_owners import (
    OwnerLabel,
    evaluate_owners,
    is_same_person,
    is_wrong,
    read_labels,
    score_answers,
)
from index.speech.parsing import load_parser


@pytest.mark.parametrize(
    ("right", "given", "same"),
    [
        ("Jane Roe", "Roe", True),
        ("Roe", "Mayor Jane Roe", True),
        ("Jane Roe", "Ann Roe", False),
        ("Jane Roe", "Jane’s", True),
    ],
)
def test_names_are_compared_by_their_words(right, given, same):
    """A shorter form is the same person, a form with another word is not."""
    assert is_same_person(right, given) is same


def test_a_description_is_not_a_wrong_name():
    """“A source” names nobody; a name where nobody is named is wrong."""
    assert not is_wrong("Jane Roe", "a source")
    assert not is_wrong(None, "A source")
    assert is_wrong(None, "Jane Roe")


def test_shares_are_counted_by_hand():
    """Two of four named ones are right and three given a name; two of five names are wrong."""
    answers = [
        ("Jane Roe", "Roe", True),
        ("Jane Roe", "Jane Roe", False),
        ("Jane Roe", "Ann Poe", True),
        ("Jane Roe", None, False),
        (None, "Ann Poe", False),
    ]
    score = score_answers(answers)
    assert (score.labels, score.accuracy, score.coverage) == (4, 0.5, 0.75)
    assert (score.wrong, score.shown_wrong) == (0.4, 0.5)


def test_labels_hold_offsets_alone():
    """At least 150 mentions have an owner by name, about half of all are kept aside, by whole articles."""
    labels = read_labels()
    assert sum(label.owner is not None for label in labels) >= 150
    assert 0.4 < sum(label.aside for label in labels) / len(labels) < 0.6
    aside = {label.article for label in labels if label.aside}
    assert not aside & {label.article for label in labels if not label.aside}


def test_owners_are_scored_in_articles(tmp_path):
    """The statement whose speaker is the mention is looked up in the article with its id."""
    text = "Jane Roe is mayor. “It is late,” she said."
    file = tmp_path / "articles.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "a", "text": text}) + "\n")
    start = text.index("she")
    label = OwnerLabel("a", Span(start, start + 3), Span(0, 8), aside=True)
    score = evaluate_owners(file, [label], load_parser(), 0.85)
    assert (score.labels, score.accuracy, score.wrong) == (1, 1.0, 0.0)
