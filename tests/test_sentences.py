"""Sentences and paragraphs are slices that lose no ink."""

from hypothesis import given
from hypothesis import strategies as st

from index.texts.sentences import split_paragraphs, split_sentences

AWKWARD = st.text(
    alphabet=st.sampled_from(list("abcN É é.!?…,;:'\"“”„«»()—-1 2\n\t😀\u0301\u200d<&>אבقш")), max_size=200
)


def pieces(text):
    return [text[start:end] for start, end in split_sentences(text)]


def test_a_quotation_stays_with_its_speaker():
    """A quotation of two sentences and the words that attribute it are one sentence."""
    text = "Snow fell. “The bridge is shut. Nobody may cross,” said Ilva Torrance. Then it thawed."
    assert pieces(text) == [
        "Snow fell.",
        "“The bridge is shut. Nobody may cross,” said Ilva Torrance.",
        "Then it thawed.",
    ]


def test_abbreviations_do_not_end_a_sentence():
    """A title or an initialism with full stops does not end a sentence."""
    assert pieces("Gen. Orrin Vale met U.S. envoys. He left.") == [
        "Gen. Orrin Vale met U.S. envoys.",
        "He left.",
    ]


def test_a_state_behind_a_party_does_not_end_a_sentence():
    """“R-S.C.” and “D-N.Y.” are one word."""
    assert pieces("Sen. Ada Roe, R-S.C., left. Rep. Jo Doe, D-N.Y. She left.") == [
        "Sen. Ada Roe, R-S.C., left.",
        "Rep. Jo Doe, D-N.Y.",
        "She left.",
    ]


def test_a_blank_line_ends_a_sentence():
    """A heading without a full stop is a sentence of its own."""
    assert pieces("A heading\n\nThe text.") == ["A heading", "The text."]


@given(AWKWARD)
def test_sentences_are_ordered_slices_with_all_the_ink(text):
    """Sentences are disjoint, in order, trimmed, and together hold every letter and digit."""
    spans = split_sentences(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert text[slice(*span)] == text[slice(*span)].strip()
        end = span.end
    kept = "".join(text[start:stop] for start, stop in spans)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.lists(AWKWARD.filter(lambda t: t.strip() and "\n" not in t), min_size=1, max_size=5))
def test_paragraphs_are_what_blank_lines_part(paragraphs):
    """Paragraphs are exactly the pieces between blank lines."""
    text = "\n\n".join(paragraphs)
    assert [text[start:end] for start, end in split_paragraphs(text)] == paragraphs
