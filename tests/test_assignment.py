"""Quotations and whom order gives them to where the parser erred, on narrations made by hand."""

from index.datatypes import Label, Span
from index.speech.narration import Narration
from index.speech.quotations import find_quotations
from index.speech.reports import SpeechReport
from index.speech.word_order import settle_by_order


def make_narration(text, words):
    """A paragraph of words, each (word, tag, relation, position of its head, number of its quotation)."""
    quotations = find_quotations(text)
    spans, at = [], 0
    for word, _, _, _, number in words:
        if number >= 0:
            spans.append(Span(quotations[number].start, quotations[number].end))
            at = quotations[number].end
        else:
            start = text.index(word, at)
            at = start + len(word)
            spans.append(Span(start, at))
    heads = tuple(each[3] for each in words)
    return Narration(
        start=0,
        end=len(text),
        spans=tuple(spans),
        quotation=tuple(each[4] for each in words),
        quotations=quotations,
        folded=frozenset(),
        words=tuple(each[0] for each in words),
        lower=tuple(each[0].lower() for each in words),
        tags=tuple(each[1] for each in words),
        relations=tuple(each[2] for each in words),
        heads=heads,
        children=tuple(
            tuple(word for word, head in enumerate(heads) if head == at != word) for at in range(len(words))
        ),
    )


def make_report(verb, speaker, content, pattern="clause"):
    return SpeechReport(
        pattern, verb, (verb,), speaker, content, Label.STATED, frozenset({"say"}), "finite", "named"
    )


def test_a_name_behind_a_cue_behind_a_quotation_speaks():
    """Who stands right behind "said" behind a quotation speaks, though the parser saw another subject."""
    narration = make_narration(
        "Roe “had parts,” said Doyle, whose boat sank.",
        [
            ("Roe", "NNP", "nsubj", 4, -1),
            ("had", "VBD", "ccomp", 4, 0),
            ("parts", "NNS", "dobj", 1, 0),
            (",", ",", "punct", 4, 0),
            ("said", "VBD", "ROOT", 4, -1),
            ("Doyle", "NNP", "nsubj", 8, -1),
            (",", ",", "punct", 8, -1),
            ("whose", "WP$", "poss", 8, -1),
            ("boat", "NN", "nsubj", 9, -1),
            ("sank", "VBD", "ccomp", 4, -1),
            (".", ".", "punct", 4, -1),
        ],
    )
    (settled,) = settle_by_order(narration, [make_report(4, (0,), (1, 2, 3, 5, 6, 7, 8, 9))])
    assert settled.speaker == (5,)
    assert max(settled.content) < settled.verb
