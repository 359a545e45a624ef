"""Stories as the rules of disputing read them, for their tests."""

from datetime import date

from index.datatypes import Article, Moment
from index.events.cosines import Cosines
from index.events.retelling import Retelling
from index.events.utterances import read_utterances
from tests.test_disputes import embed


def run(rule, *texts, pairs=None):
    """Return what a rule finds in a story of one article a text, as pairs of sentences with their kind."""
    articles = [
        Article(str(day), "", text, "", published=Moment(date(2024, 5, day)))
        for day, text in enumerate(texts, 1)
    ]
    cosines = Cosines()
    story = Retelling(articles, read_utterances(articles, ()), cosines)
    for _ in range(6):
        found = list(rule(story) if pairs is None else rule(story, pairs(story)))
        cosines.embed_wanted(embed)
    sentences = story.sentences
    return {(sentences[pair.claim].text, sentences[pair.denial].text, pair.kind) for pair in found}
