import json

import pytest

from index.datatypes import Article, Dispute, DisputeKind, Span
from index.errors import SourceError
from index.evaluation.labelled import DISPUTES_FILE, STORIES_FILE, evaluate_labelled

CLAIM, DENIAL = "The mill burnt.", "It did not burn."


class Held:
    """A catalogue of three articles: one story of two, one dispute across them, a copy that is none."""

    def articles(self):
        texts = {"a": CLAIM, "b": DENIAL, "c": "Rain fell."}
        return iter(Article(key, key, text, f"{key}.txt") for key, text in texts.items())

    def disputes_of(self, key):
        found = Dispute("a", Span(0, len(CLAIM)), "b", Span(0, len(DENIAL)), DisputeKind.DENIAL, 0.9)
        return (found,) if key in {"a", "b"} else ()

    def reports(self, ids):
        return {key: "b" if key == "c" else key for key in ids}

    def stories_of(self, ids):
        return {"a": ("a", "b"), "b": ("a", "b"), "c": ("c",)}


def write_labels(folder, rows):
    (folder / DISPUTES_FILE).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    groups = {"stories": {"mill": ["a.txt", "b.txt", "gone.txt"]}, "carriers": [["a.txt", "b.txt"]]}
    (folder / STORIES_FILE).write_text(json.dumps(groups), encoding="utf-8")


def label(matter, claim, denial):
    sides = {"claim": claim, "denial": denial}
    return {
        "matter": matter,
        "kind": "denial",
        **{side: {"article": f"{key}.txt", "quote": quote} for side, (key, quote) in sides.items()},
    }


def test_what_a_build_stores_is_held_against_labels_by_source(tmp_path):
    """Of two labelled matters one is found; the story is right, the copy wrong and another one missed."""
    first = label("burnt", ("a", CLAIM), ("b", DENIAL))
    write_labels(tmp_path, [first, label("rain", ("c", "Rain fell."), ("b", DENIAL))])
    score = evaluate_labelled(Held(), tmp_path)
    assert (score.disputes.pairs.right, score.disputes.pairs.wrong, score.disputes.pairs.missed) == (1, 0, 1)
    assert (score.disputes.matters, score.disputes.claims, score.disputes.denials) == (0.5, 0.5, 1.0)
    assert (score.stories.right, score.stories.wrong, score.stories.missed) == (1, 0, 0)
    assert (score.carriers.right, score.carriers.wrong, score.carriers.missed) == (0, 1, 1)


@pytest.mark.parametrize("text", ["{", "[]", '{"stories": {}}'])
def test_labels_that_cannot_be_read_are_reported(tmp_path, text):
    """Broken labels name their folder; they never count as a figure."""
    write_labels(tmp_path, [])
    (tmp_path / STORIES_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError):
        evaluate_labelled(Held(), tmp_path)
