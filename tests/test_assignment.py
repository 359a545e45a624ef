"""Quotations and whom order gives them to where the parser erred, on narrations made by hand."""

from dataclasses import replace

from index.datatypes import Label, Span
from index.speech.assignment import assign_quotations
from index.speech.cues import load_cues
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


def test_a_name_before_a_colon_takes_its_quotation_from_a_clause():
    """A quotation that a name behind a dash and a colon head is that name's, not the clause's before."""
    text = "Voters agree - Carl Brandt: “It was late.”"
    narration = make_narration(
        text,
        [
            ("Voters", "NNS", "nsubj", 1, -1),
            ("agree", "VBP", "ROOT", 1, -1),
            ("-", ":", "punct", 1, -1),
            ("Carl", "NNP", "compound", 4, -1),
            ("Brandt", "NNP", "npadvmod", 7, -1),
            (":", ":", "punct", 7, -1),
            ("It", "PRP", "nsubj", 7, 0),
            ("is", "VBZ", "ccomp", 1, 0),
            ("so", "RB", "advmod", 7, 0),
            (".", ".", "punct", 1, 0),
        ],
    )
    narration = replace(narration, folded=frozenset({0}))
    found = assign_quotations(text, narration, [make_report(1, (0,), (3, 4, 5, 6, 7, 8))], load_cues())
    assert [each.speaker for each in found if 7 in each.content] == [(3, 4)]


def test_the_name_before_a_bracket_speaks():
    """A cue behind a bracket that the parser gave no subject has the name before the bracket."""
    narration = make_narration(
        "Sunday Sen. Jane Roe (D-MA) said it sank.",
        [
            ("Sunday", "NNP", "npadvmod", 7, -1),
            ("Sen.", "NNP", "compound", 3, -1),
            ("Jane", "NNP", "compound", 3, -1),
            ("Roe", "NNP", "dep", 7, -1),
            ("(", "-LRB-", "punct", 3, -1),
            ("D-MA", "NNP", "appos", 3, -1),
            (")", "-RRB-", "punct", 3, -1),
            ("said", "VBD", "ROOT", 7, -1),
            ("it", "PRP", "nsubj", 9, -1),
            ("sank", "VBD", "ccomp", 7, -1),
            (".", ".", "punct", 7, -1),
        ],
    )
    (settled,) = settle_by_order(narration, [make_report(7, (), (8, 9))])
    assert settled.speaker[-3:] == (1, 2, 3)


def test_an_opening_cue_has_the_name_before_the_colon():
    """In "Continued Roe: …" the name speaks, though the parser took the verb for a participle."""
    narration = make_narration(
        "Continued Roe: it sank.",
        [
            ("Continued", "VBN", "amod", 1, -1),
            ("Roe", "NNP", "ROOT", 1, -1),
            (":", ":", "punct", 1, -1),
            ("it", "PRP", "nsubj", 4, -1),
            ("sank", "VBD", "acl", 1, -1),
            (".", ".", "punct", 1, -1),
        ],
    )
    report = replace(make_report(0, (), (3, 4)), form="passive", mention="none")
    (settled,) = settle_by_order(narration, [report])
    assert (settled.speaker, settled.form) == ((1,), "finite")


def test_an_opening_participle_has_the_speaker_behind_its_comma():
    """In "Noting that it sank, Roe said …" Roe notes, though the parser tied the two in no way."""
    narration = make_narration(
        "Noting that it sank, Roe said so.",
        [
            ("Noting", "VBG", "dep", 6, -1),
            ("that", "IN", "mark", 3, -1),
            ("it", "PRP", "nsubj", 3, -1),
            ("sank", "VBD", "ccomp", 0, -1),
            (",", ",", "punct", 6, -1),
            ("Roe", "NNP", "nsubj", 6, -1),
            ("said", "VBD", "ROOT", 6, -1),
            ("so", "RB", "advmod", 6, -1),
            (".", ".", "punct", 6, -1),
        ],
    )
    noting = replace(make_report(0, (), (1, 2, 3)), form="participle", mention="none")
    first, _ = settle_by_order(narration, [noting, make_report(6, (5,), (7,))])
    assert (first.speaker, first.content) == ((5,), (1, 2, 3))
